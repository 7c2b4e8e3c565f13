"""Secrets that open something to whoever has them: an address that leads somewhere, a code that is
signed with one.
"""

from __future__ import annotations

import secrets


def new_secret_key() -> str:
    """256 bits that nobody guesses, in letters that stand in an address."""
    return secrets.token_hex(32)

"""How work that takes long says how far it has come."""

from __future__ import annotations

from collections.abc import Callable

TellDone = Callable[[int], None]
"""So many are done."""
TellDoneOf = Callable[[int, int], None]
"""So many are done, of so many."""

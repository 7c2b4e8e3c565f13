"""The flows of promises, and of what is transferred to units."""

from .commitment import COMMITMENT
from .transfer import TRANSFER

__all__ = ["COMMITMENT", "TRANSFER"]

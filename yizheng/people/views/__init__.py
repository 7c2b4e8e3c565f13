"""Pages of people: one's own account, accounts of others, the roster."""

from .own_account import locked_out

__all__ = ["locked_out"]

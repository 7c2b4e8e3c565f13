"""The flows of public-opinion information."""

from .dispatch import DISPATCH
from .issue import ISSUE
from .opinion import OPINION

__all__ = ["DISPATCH", "ISSUE", "OPINION"]

"""The reader of texts: pure text in, figures out; knows no database."""

from .reader import read
from .results import Arithmetic, Breakdown, Mention, TextPeriod, TextReading

__all__ = ["Arithmetic", "Breakdown", "Mention", "TextPeriod", "TextReading", "read"]

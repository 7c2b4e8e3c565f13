"""The reader of texts: pure text in, figures out; knows no database."""

from .reader import read
from .results import Arithmetic, Mention, TextPeriod, TextReading

__all__ = ["Arithmetic", "Mention", "TextPeriod", "TextReading", "read"]

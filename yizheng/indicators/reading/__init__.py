"""Reads a text for its figures: pure text in, figures out; knows no database."""

from .reader import read
from .shapes import Arithmetic, Breakdown, Mention, Period, Reading

__all__ = ["Arithmetic", "Breakdown", "Mention", "Period", "Reading", "read"]

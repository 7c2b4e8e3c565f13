"""Promises: what a unit promised by a day, and whether it was kept."""

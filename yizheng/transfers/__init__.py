"""Transfers: source objects given to units to be handled, and what the units answered."""

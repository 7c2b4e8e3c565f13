"""Writes of the organisation: roles and who holds them, its settings, its units."""

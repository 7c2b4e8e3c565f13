"""Writes on people: their accounts, the roster, and who somebody is."""

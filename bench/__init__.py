"""Measurements: how much a page costs, and whether it costs the same among a thousand and a million
proposals.
"""

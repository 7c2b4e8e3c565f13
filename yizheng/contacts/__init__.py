"""Contacts: which member keeps in touch with whom, and that they did; what was said stays
theirs.
"""

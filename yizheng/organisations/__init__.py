"""The organisation, its terms and sessions, committees and units, its calendar, and who holds
which role where.
"""

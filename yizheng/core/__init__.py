"""What every app stands on: flows and doors, tenancy, access, the audit chain, the clock, files,
figures.

No business noun.
"""

"""Enterprises of the county, and who of them is a member."""

"""Persons, members with their sectors and groups, accounts and how they sign in."""

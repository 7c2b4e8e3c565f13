"""Forms of people: accounts, the roster, groups, one's own account."""

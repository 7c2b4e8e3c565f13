"""Pages of people: one's own account, accounts of others, the roster."""

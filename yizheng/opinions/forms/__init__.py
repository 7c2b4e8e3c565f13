"""Forms of opinions: their steps, drafts and editions, issues, what lists are filtered by."""

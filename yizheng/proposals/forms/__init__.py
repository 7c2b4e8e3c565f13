"""Forms of proposals: their steps, drafts, replies, what lists are filtered by."""

"""Pages of proposals: listing, one proposal, writing drafts, writing replies, papers, exchange with
Excel.
"""

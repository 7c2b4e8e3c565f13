"""Pages of proposals: the list, one proposal, writing drafts, writing replies, papers, the import
from Excel.
"""

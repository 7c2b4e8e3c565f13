"""Pages of taking part: invitations, a member's own page, the desk, lists and papers, the
calendar.
"""

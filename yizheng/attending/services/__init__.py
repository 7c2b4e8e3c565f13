"""Writes of taking part: invitations and leave, signing in, the list kept by hand."""

"""Proposals: from the draft over filing, handling and reply to the rating, with their
supervision.
"""

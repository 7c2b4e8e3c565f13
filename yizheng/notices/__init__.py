"""Notices: the inbox of an account, filled from the outbox."""

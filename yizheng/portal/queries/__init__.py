"""Reads of the portal: what waits for an actor, and what stands beside it on the home page."""

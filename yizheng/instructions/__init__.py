"""Instructions: what leaders wrote on an opinion, an outcome or another source object."""

"""Pages of venues, and of the visits paid to them."""

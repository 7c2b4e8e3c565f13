"""Pages of public-opinion information."""

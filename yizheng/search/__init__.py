"""Full-text search over what the apps say can be found."""

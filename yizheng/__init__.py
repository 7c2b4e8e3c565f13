"""The work platform of a consultative committee."""

__version__ = "0.1.0"

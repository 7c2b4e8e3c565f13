"""Sentences of refusals are compared in English."""

import pytest


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Every test of this folder."""

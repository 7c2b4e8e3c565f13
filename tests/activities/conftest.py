"""What the tests of activities share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import World

SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    def as_(who: str) -> Client:
        client = Client()
        client.force_login(world.accounts[who], backend="yizheng.people.backends.NameOrPhoneBackend")
        return client

    return as_

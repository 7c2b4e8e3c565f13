"""States carry their groups; whoever asks gets them in the order of the enum."""

from __future__ import annotations

import pytest

from yizheng.core.states import States


class Light(States):
    RED = "red", "stop warm", "red"
    AMBER = "amber", "warm", "amber"
    GREEN = "green", "go", "green"
    OFF = "off", "off"


def test_the_states_of_a_group_in_their_order() -> None:
    assert Light.of("warm") == (Light.RED, Light.AMBER)
    assert Light.of("go", "stop") == (Light.RED, Light.GREEN)
    assert Light.but("warm") == (Light.GREEN, Light.OFF)


def test_a_state_is_its_value_and_has_its_words() -> None:
    assert Light.of("go") == ("green",)
    assert "red" in Light.of("stop")
    assert (Light.RED.label, Light.OFF.label, Light.OFF.groups) == ("red", "off", frozenset())
    assert Light.choices == [("red", "red"), ("amber", "amber"), ("green", "green"), ("off", "off")]


def test_a_group_that_no_state_has_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="Light has no state of the group cold"):
        Light.of("warm", "cold")
    with pytest.raises(LookupError):
        Light.but("cold")

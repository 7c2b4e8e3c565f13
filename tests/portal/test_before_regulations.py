"""A house that has not adopted its regulations yet: its pages open, or say which one is missing."""

from __future__ import annotations

import pytest

from tests.portal.test_links import PEOPLE, closed_doors
from tests.signing_in import browser_of
from tests.world import World
from yizheng.core.figures import INDICATORS
from yizheng.opinions.figures import BY_CATEGORY
from yizheng.regulations import SCHEMAS
from yizheng.regulations.models import RegulationVersion


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_breaks_before_the_first_regulation(world: World, who: str) -> None:
    RegulationVersion.objects.all().delete()
    refused = closed_doors(browser_of(world, who))
    assert {status for _page, _link, status in refused} <= {409}, refused


@pytest.mark.parametrize("subject", sorted(SCHEMAS))
@pytest.mark.parametrize("who", ["clerk", "editor", "organiser"])
def test_nothing_breaks_while_one_regulation_is_missing(
    world: World, who: str, subject: str
) -> None:
    RegulationVersion.objects.filter(regulation__subject=subject).delete()
    refused = closed_doors(browser_of(world, who))
    assert {status for _page, _link, status in refused} <= {409}, refused


def test_every_figure_can_be_divided_before_the_first_regulation(world: World) -> None:
    """What only a regulation names is not known yet; what was recorded keeps the name it has."""
    RegulationVersion.objects.all().delete()
    for indicator in INDICATORS.values():
        for breakdown in indicator.breakdowns:
            assert all(map(str, breakdown.known().values())), breakdown.code
            assert breakdown.labels([]) == {}, breakdown.code
    categories = BY_CATEGORY.labels(["教育"])
    assert (BY_CATEGORY.known(), categories) == ({}, {"教育": "教育"})

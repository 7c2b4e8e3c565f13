"""A house that has not adopted its regulations yet: its pages open, or say which one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import lxml.html
import pytest
from django.test import Client

from tests.portal.test_links import PEOPLE, closed_doors
from tests.signing_in import browser_of
from tests.test_urls import places  # noqa: F401 (a fixture)
from tests.world import World
from yizheng.core.figures import INDICATORS
from yizheng.opinions.figures import BY_CATEGORY
from yizheng.regulations import SCHEMAS
from yizheng.regulations.models import RegulationVersion

TITLES = {"activities": "活动", "contacts": "联系", "opinions": "社情民意", "proposals": "提案"}


def _are_told(browser: Client, wanting: Iterable[str]) -> list[str]:
    """Of the pages that are not open each says which regulation is missing; which pages."""
    refused = closed_doors(browser)
    assert {status for _page, _link, status in refused} <= {409}, refused
    for _page, link, _status in refused:
        page = lxml.html.fromstring(browser.get(link).content)
        (said,) = page.xpath("//*[@data-refusal]/text()")
        assert any(TITLES[subject] in said for subject in wanting), (link, said)
    return [link for _page, link, _status in refused]


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_breaks_before_the_first_regulation(
    world: World,
    places: dict[str, Any],  # noqa: F811
    who: str,
) -> None:
    RegulationVersion.objects.all().delete()
    assert "/" not in _are_told(browser_of(world, who), TITLES)


@pytest.mark.parametrize("subject", sorted(SCHEMAS))
@pytest.mark.parametrize("who", ["clerk", "editor", "organiser"])
def test_nothing_breaks_while_one_regulation_is_missing(
    world: World, who: str, subject: str
) -> None:
    RegulationVersion.objects.filter(regulation__subject=subject).delete()
    assert "/" not in _are_told(browser_of(world, who), [subject])


def test_every_figure_can_be_divided_before_the_first_regulation(world: World) -> None:
    """What only a regulation names is not known yet; what was recorded keeps the name it has."""
    RegulationVersion.objects.all().delete()
    for indicator in INDICATORS.values():
        for breakdown in indicator.breakdowns:
            assert all(map(str, breakdown.known().values())), breakdown.code
            assert breakdown.labels([]) == {}, breakdown.code
    categories = BY_CATEGORY.labels(["教育"])
    assert (BY_CATEGORY.known(), categories) == ({}, {"教育": "教育"})

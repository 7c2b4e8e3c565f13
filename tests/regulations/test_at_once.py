"""Several people at the rules at the same moment, each with a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.together import at_once
from tests.world import World
from yizheng.core import audit
from yizheng.core.refusals import StaleState
from yizheng.regulations import services
from yizheng.regulations.models import Regulation, RegulationVersion

from .office import adopt, count, drafted, platform, stored

rounds = pytest.mark.parametrize("_round", range(3))


def outcomes(world: World, *jobs: Callable[[], RegulationVersion]) -> list[Any]:
    """The version that came of each, or the kind of its refusal."""
    return [
        each.number if isinstance(each, RegulationVersion) else type(each).__name__
        for each in at_once(world, *jobs)
    ]


@rounds
def test_of_two_who_adopt_for_one_day_one_is_told(open_county: World, _round: int) -> None:
    """Two unadopted texts beside each other, as the doors never leave them."""
    first = drafted(open_county)
    second = RegulationVersion(regulation=first.regulation, number=3, parameters=first.parameters)
    second.save()
    found = outcomes(
        open_county, *(lambda v=v: adopt(open_county, v, begins=5) for v in (first, second))
    )
    assert found in ([2, "BadInput"], ["BadInput", 3])
    assert (
        RegulationVersion.objects.filter(
            regulation=first.regulation, adopted_on__isnull=False
        ).count()
        == 2
    )


@rounds
def test_of_two_who_adopt_one_draft_one_is_told(open_county: World, _round: int) -> None:
    version = drafted(open_county)
    found = outcomes(
        open_county, *(lambda n=n: adopt(open_county, version, begins=n) for n in (5, 6))
    )
    assert found in ([2, "NotNow"], ["NotNow", 2])
    assert audit.history(version).filter(action="regulation.adopted").count() == 1


@rounds
def test_of_two_who_save_over_what_they_both_saw_one_is_told(
    open_county: World, _round: int
) -> None:
    seen = count()
    found = outcomes(
        open_county,
        *(lambda n=n: drafted(open_county, days=n, note=f"{n}", seen=seen) for n in (7, 9)),
    )
    assert found in ([2, "StaleState"], ["StaleState", 2])
    assert stored(2).parameters["deadlines"]["hand_back_days"] == int(stored(2).note)
    assert count() == seen + 1


@rounds
def test_saved_and_adopted_at_once_is_one_after_the_other(open_county: World, _round: int) -> None:
    """Whatever is adopted is what whoever adopted it had read."""
    version = drafted(open_county, days=7)
    found = outcomes(
        open_county,
        lambda: adopt(open_county, version, begins=5),
        lambda: drafted(open_county, days=9),
    )
    texts = {
        v.number: (v.parameters["deadlines"]["hand_back_days"], bool(v.adopted_on))
        for v in RegulationVersion.objects.filter(number__gt=1)
    }
    assert (found, texts) in [
        ([2, 3], {2: (7, True), 3: (9, False)}),
        (["StaleState", 2], {2: (9, False)}),
    ]


@rounds
def test_thrown_away_and_adopted_at_once_is_one_or_the_other(
    open_county: World, _round: int
) -> None:
    version, by = drafted(open_county), open_county.actor("clerk")
    adopted, thrown_away = at_once(
        open_county,
        lambda: adopt(open_county, version, begins=5).number,
        lambda: services.discard(version, by=by),
    )
    left = RegulationVersion.objects.filter(regulation=version.regulation, number=2).first()
    if left:
        assert adopted == 2 and left.in_force_from and type(thrown_away).__name__ == "NotNow"
    else:
        assert isinstance(adopted, StaleState) and thrown_away is None


@rounds
def test_two_who_begin_the_first_version_at_once_begin_one(open_county: World, _round: int) -> None:
    RegulationVersion.objects.all().delete()
    Regulation.objects.all().delete()
    model = services.model_of("proposals")
    found = outcomes(
        open_county,
        *(
            lambda: services.draft("proposals", model, by=platform(open_county), seen=0)
            for _ in range(3)
        ),
    )
    assert sorted(map(str, found)) == ["1", "StaleState", "StaleState"]
    assert (Regulation.objects.count(), RegulationVersion.objects.count()) == (1, 1)

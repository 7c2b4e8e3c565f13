"""What the lists behind the figures say of a record, where something may be missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from yizheng.activities.figures.record_kinds import ACTIVITY, MEASURED, SUGGESTION
from yizheng.activities.models import Activity, ActivitySuggestion, MeasuredResult
from yizheng.core.figures import RecordKind
from yizheng.organisations.models import Committee, Unit
from yizheng.venues.figures import VENUE
from yizheng.venues.models import Venue

TOWN = Unit(name="云溪县青石镇人民政府", short_name="青石镇")


@pytest.mark.parametrize(
    ("kind", "record", "column", "said"),
    [
        (VENUE, Venue(unit=TOWN), "unit", "青石镇"),
        (VENUE, Venue(), "unit", ""),
        (VENUE, Venue(area=Decimal(120)), "area", "120"),
        (VENUE, Venue(), "area", None),
        (ACTIVITY, Activity(committee=Committee(name="提案委员会")), "committee", "提案委员会"),
        (ACTIVITY, Activity(), "committee", ""),
        (SUGGESTION, ActivitySuggestion(unit=TOWN), "unit", "青石镇"),
        (SUGGESTION, ActivitySuggestion(), "unit", ""),
        (MEASURED, MeasuredResult(is_at_least=True), "at_least", "at least"),
        (MEASURED, MeasuredResult(is_at_least=False), "at_least", ""),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_cell_says_what_is_known(
    kind: RecordKind, record: Any, column: str, said: str | None
) -> None:
    (found,) = [each for each in kind.columns if each.code == column]
    value = found.value(record)
    assert (None if value is None else str(value)) == said

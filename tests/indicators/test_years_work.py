"""The figures of the year's work in a report: all agree with the county that did it, and differ
when a record is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.grounds import standing
from tests.indicators.years_work import REPORT, held, measured, year_as_reported
from tests.world import World
from yizheng.activities.models import (
    Activity,
    ActivitySuggestion,
    Attendance,
    Contribution,
    MeasuredResult,
    Outcome,
)
from yizheng.enterprises.models import EnterpriseMember
from yizheng.indicators import text_checks
from yizheng.instructions.models import Instruction
from yizheng.library.models import RuleDocument
from yizheng.opinions.models import Dispatch, IssueItem, Opinion
from yizheng.organisations.models import UnitContact
from yizheng.staff.models import StaffService
from yizheng.venues.models import Venue


def checked(world: World, text: str = REPORT) -> dict[str, tuple[str, str]]:
    """Place in the text → what it was taken for and the verdict."""
    found = text_checks.check(
        text.format(year=world.session.year), world.session.year, world.actor("clerk")
    )
    return {
        f"{each.mention.subject} {each.mention.text}": (each.mention.indicator or "", each.verdict)
        for each in found.judged
    }


def verdict(world: World, text: str) -> tuple[str, str]:
    [(_place, found)] = checked(world, text).items()
    return found


@standing
def county(world: World) -> World:
    year_as_reported(world)
    return world


FIGURES = 47  # counted in the text: 6 + 4 + 5 + 3 + 4 + 4 + 5 + 4 + 5 + 7


def test_every_figure_of_the_report_agrees_with_the_county_that_did_it(county: World) -> None:
    found = checked(county)
    assert {place: what for place, what in found.items() if what[1] != "agrees"} == {}
    assert len(found) == FIGURES


def _one(model: type[Any], **which: Any) -> Callable[[], Any]:
    return lambda: model.objects.filter(**which).first().delete()


def _one_activity(**which: Any) -> Callable[[], Any]:
    return lambda: Activity.objects.filter(pk=Activity.objects.filter(**which).first().pk).update(
        state="cancelled", cancelled_because="作废"
    )


# What is missing → the figures of the text that differ then. Everything else goes on agreeing.
MISSING = [
    (_one_activity(form="standing_meeting"), {"activities.meetings"}),
    (_one_activity(form="central_group_study", contributions=None), {"activities.studies"}),
    (
        _one_activity(form="counterpart_consultation"),
        {"activities.consultations", "activities.nonparty_attendances"},
    ),
    (
        _one_activity(form="special_survey", outcomes=None),
        {"activities.held", "activities.surveys"},
    ),
    (_one_activity(form="supervision_visit"), {"activities.supervision"}),
    (_one_activity(form="members_forum", measured=None), {"activities.forums"}),
    (_one_activity(programme="three_walks", measured=None), {"activities.held"}),
    (_one_activity(form="cultural_activity"), {"activities.cultural"}),
    (_one(Contribution, kind="essay"), {"activities.contributions"}),
    (_one(ActivitySuggestion), {"activities.suggestions"}),
    (_one(Outcome), {"activities.outcomes_above"}),
    (_one(MeasuredResult, measure="people_met", value=74), {"activities.people_met"}),
    (_one(MeasuredResult, measure="patients", value=85), {"activities.patients"}),
    (_one(MeasuredResult, measure="public_present"), {"activities.public_present"}),
    (_one(Attendance, participant__activity__form="training_class"), {"activities.trained"}),
    (
        _one(Attendance, participant__activity__form="activity_day"),
        {"activities.member_attendances"},
    ),
    (lambda: Opinion.objects.filter(dispatches=None).first().delete(), {"opinions.received"}),
    (_one(IssueItem), {"opinions.published"}),
    (_one(Dispatch, level="county"), {"opinions.sent"}),
    (_one(Instruction, level="city"), {"opinions.instructions"}),
    (_one(Venue, category__sort="studio"), {"venues.venues"}),
    (_one(UnitContact), {"organisations.contacts_rate"}),
    (_one(RuleDocument), {"library.adopted"}),
    (_one(EnterpriseMember), {"enterprises.with_member_rate"}),
    (_one(StaffService, left="promoted"), {"staff.left"}),
    (_one(StaffService, came="selected"), {"staff.came"}),
]


@pytest.mark.parametrize(
    "lose, differ",
    MISSING,
    ids=[min(codes) + str(place) for place, (_lose, codes) in enumerate(MISSING)],
)
def test_one_record_missing_makes_just_its_figures_differ(
    county: World, lose: Callable[[], Any], differ: set[str]
) -> None:
    lose()
    assert {code for code, said in checked(county).values() if said == "differs"} == differ


@pytest.mark.parametrize(
    "text, indicator, said",
    [
        # Words that narrow the count further than the records can: never red.
        ("{year}年，县政协在青石镇开展调研3次。", "activities.surveys", "unknown"),
        ("{year}年，提案委员会深入基层，开展调研3次。", "activities.surveys", "unknown"),
        ("{year}年，围绕乡村振兴，开展调研3次。", "activities.surveys", "unknown"),
        ("{year}年3月，开展调研3次。", "activities.surveys", "unknown"),
        ("{year}年，参加精准扶贫调研活动3次。", "activities.surveys", "unknown"),
        ("{year}年，参加省政协组织的3次远程协商活动。", "activities.consultations", "unknown"),
        ("近年来，共开展调研3次。", "activities.surveys", "unknown"),
        ("{year}年，形成调研报告11份。", "activities.outcomes", "unknown"),
        # The same said of the whole.
        ("{year}年，县政协共开展调研3次。", "activities.surveys", "differs"),
        ("{year}年，围绕供水、教育等课题，开展调研7次。", "activities.surveys", "agrees"),
        ("{year}年，开展视察9次。", "activities.inspections", "agrees"),
        ("{year}年，开展协商议政7次。", "activities.consultations", "agrees"),
        ("{year}年，召开常委会议和主席会议13次。", "activities.meetings", "agrees"),
        ("{year}年，召开常委会会议、主席会议、党组会议19次。", "activities.meetings", "agrees"),
        ("{year}年，召开党组会议、主席会议14次。", "activities.meetings", "differs"),
        ("{year}年，向市政协报送社情民意信息12篇。", "opinions.sent_up", "agrees"),
        (
            "{year}年，走访群众300余人次。",
            "activities.people_met",
            "unknown",
        ),  # ours is 224 or more
        ("{year}年，走访群众100余人次。", "activities.people_met", "differs"),
        (
            "{year}年，捐款1万元。",
            "activities.donated",
            "unknown",
        ),  # nothing is recorded of it; the words are loose besides
        # Counted in words of other figures, or of none of ours.
        ("{year}年，召开常委会议、培训班13次。", "", "unknown"),
        ("{year}年，调研次数比上年增加3次。", "", "unknown"),
        ("{year}年，平均每月开展调研3次。", "", "unknown"),
        ("{year}年，安排9名委员视察。", "activities.member_attendances", "unknown"),
        ("{year}年，新增委员工作室3个。", "", "unknown"),
    ],
)
def test_what_is_meant_and_what_is_left_open(
    county: World, text: str, indicator: str, said: str
) -> None:
    assert verdict(county, text) == (indicator, said)


def test_where_nothing_of_the_kind_is_kept_nothing_differs(world: World) -> None:
    """An office that records its meetings but nobody's attendance and no public-opinion
    information.
    """
    held(world, "meeting", "standing_meeting", 4)
    text = "{year}年，召开常委会议4次，开展调研3次，收到社情民意信息65条，培训65人次。"
    assert [said for _code, said in checked(world, text).values()] == [
        "agrees",
        "differs",
        "unknown",
        "unknown",
    ]


def test_a_number_that_may_be_more_is_never_taken_for_exact(world: World) -> None:
    [clinic, other] = held(world, "service", "service", 2)
    measured(clinic, "patients", 200, at_least=True)
    assert verdict(world, "{year}年，接诊群众200余人。") == ("activities.patients", "agrees")
    assert verdict(world, "{year}年，接诊群众250人。") == ("activities.patients", "unknown")
    assert verdict(world, "{year}年，接诊群众180人。") == ("activities.patients", "differs")
    MeasuredResult.objects.update(is_at_least=False)
    measured(other, "patients", 5)
    assert verdict(world, "{year}年，接诊群众250人。") == ("activities.patients", "differs")

"""The figures of the year's work against a county counted by hand."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from tests.activities.making import activity_at, offered, outcome, suggestion
from tests.grounds import standing
from tests.signing_in import browser_of
from tests.world import World, step
from yizheng.activities import services
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.core import clock
from yizheng.core.figures import INDICATORS, Period
from yizheng.indicators import queries

DAYS = -20
"""All of it took place twenty days ago."""


def came(obj: Activity, *who: Participant, sittings: int = 1) -> None:
    for number in range(1, sittings + 1):
        sitting, _made = Sitting.objects.get_or_create(
            activity=obj,
            number=number,
            defaults={"starts_at": obj.starts_at, "ends_at": obj.ends_at},
        )
        for each in who:
            Attendance(
                sitting=sitting, participant=each, signed_at=obj.starts_at, method="desk"
            ).save()


def held(
    world: World, form: str, title: str = "活动", stop: str = "held", **values: Any
) -> Activity:
    with clock.at(clock.now() - dt.timedelta(days=60)):
        return activity_at(world, stop, form=form, title=title, days=DAYS, **values)


@standing
def year(world: World) -> int:
    """Two consultations, two surveys, a training, a free clinic; and one survey that was only
    approved.
    """
    first = held(world, "counterpart_consultation", "供水对口协商")
    held(world, "standing_consultation", "专题协商")
    held(world, "special_survey")
    held(world, "sector_survey", programme="sector_month")
    held(world, "special_survey", "未开展的调研", stop="approved")
    training = held(world, "training_class", "委员培训班")
    clinic = held(world, "service", "送医下乡")
    second = held(world, "service", "再次送医")
    first.units.add(world.units["水务局"], world.units["财政局"])
    came(first, *first.participants.all(), sittings=2)  # two members, at two sittings each
    staff = Participant(activity=training, role="staff", person=world.accounts["clerk"].person)
    staff.save()
    came(
        training, training.participants.get(membership=world.members["member"]), staff
    )  # the other member stayed away
    by = world.actor("organiser")
    services.set_measured(
        clinic,
        {"patients": (Decimal(120), False, ""), "brochures": (Decimal(1000), True, "")},
        by=by,
    )
    services.set_measured(second, {"patients": (Decimal(85), True, "")}, by=by)
    assert first.year == clinic.year
    return first.year


def number(code: str, year: int, breakdown: str = "", key: str = "") -> Any:
    figure = queries.figure(code, Period.of_year(year), breakdown, key)
    return (
        figure.numerator if figure.denominator is None else (figure.numerator, figure.denominator)
    )


def test_counted_by_hand(world: World, year: int) -> None:
    whole = {
        "held": 7,
        "meetings": 0,
        "consultations": 2,
        "surveys": 2,
        "trainings": 1,
        "services": 2,
        "attendances": 4,
        "member_attendances": 3,
        "nonparty_attendances": 2,
        "staff_attendances": 1,
        "trained": 2,
        "nonparty_share": (2, 3),
        "coverage": (1, 3),
        "units_consulted": 2,
        "patients": 205,
        "brochures": 1000,
        "goods": 0,
    }
    assert {code: number(f"activities.{code}", year) for code in whole} == whole
    assert number("activities.surveys", year - 1) == 0


def test_parts_counted_by_hand(world: World, year: int) -> None:
    parts = [
        ("held", "kind", "survey", 2),
        ("held", "kind", "tours", 2),
        ("held", "programme", "sector_month", 1),
        ("consultations", "form", "counterpart_consultation", 1),
        ("nonparty_attendances", "kind", "consultation", 1),
        ("trained", "role", "staff", 1),
        ("trained", "role", "member", 1),
        ("attendances", "affiliation", "none", 1),
        ("patients", "form", "service", 205),
    ]
    assert [
        (code, by, key, number(f"activities.{code}", year, by, key)) for code, by, key, _n in parts
    ] == parts


def test_every_number_is_what_its_list_says(world: World, year: int) -> None:
    actor, period = world.actor("organiser"), Period.of_year(year)
    for code, indicator in INDICATORS.items():
        if not code.startswith("activities."):
            continue
        asked = [queries.wanted(code, period)]
        asked += [
            part.wanted
            for by in indicator.breakdowns
            for part in queries.parts(code, period, by.code)
        ]
        for figure in queries.figures(asked):
            rows = list(queries.listed(figure.wanted, actor))
            total = (
                sum(getattr(row, indicator.amount) for row in rows)
                if indicator.amount
                else len(rows)
            )
            assert total == figure.numerator, (code, figure.wanted.key)


def test_the_list_behind_a_sum_shows_each_value_and_what_they_come_to(
    world: World, year: int
) -> None:
    client = browser_of(world, "organiser")
    page = client.get("/figures/activities.patients/", {"year": year}).content.decode()
    assert "<b>2</b>" in page and "205" in page
    assert "120" in page and "85" in page and "送医下乡" in page
    sheet = load_workbook(
        io.BytesIO(client.get("/figures/activities.patients/export/", {"year": year}).content)
    ).active
    assert sheet is not None
    assert sorted(str(row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)) == [
        "120",
        "85",
    ]


def test_who_came_is_counted_for_all_and_named_to_those_who_read_activities(
    world: World, year: int
) -> None:
    page = (
        browser_of(world, "assigner")
        .get("/figures/activities.trained/", {"year": year})
        .content.decode()
    )
    assert "<b>2</b>" in page and "沈禾" not in page


def test_suggestions_and_outcomes(world: World) -> None:
    obj = held(world, "special_survey", stop="recorded")
    taken = suggestion(world, obj)
    suggestion(world, obj, text="建设备用水源", unit=None)
    step(world, taken, "decide", "officer", adoption="adopted", answer="已采纳，列入计划。")
    sent = outcome(world, obj, kind="survey_report", recipient="above")
    outcome(world, obj)  # never sent
    step(world, sent, "request_signature", "organiser")
    step(world, sent, "sign", "secretary")
    step(world, sent, "send", "organiser", sent_on=clock.today())
    assert number("activities.suggestions", obj.year) == 2
    assert number("activities.adopted_rate", obj.year) == (1, 2)
    sent.refresh_from_db()
    assert sent.sent_on is not None
    assert number("activities.outcomes", sent.sent_on.year) == 1
    assert number("activities.outcomes_above", sent.sent_on.year, "outcome", "survey_report") == 1
    assert number("activities.outcomes_above", sent.sent_on.year, "outcome", "special_report") == 0


def test_speeches_by_affiliation(world: World) -> None:
    from tests.activities.making import call_for

    obj = call_for(world)
    for who in ("member", "cosigner"):
        given = offered(world, obj, who)
        step(world, given, "take_oral", "organiser")
        with clock.at(obj.ends_at):
            step(world, given, "give", "organiser")
    type(obj).objects.filter(pk=obj.pk).update(state="held", held_at=obj.ends_at)
    assert number("activities.contributions", obj.year) == 2
    assert number("activities.speeches_nonparty_share", obj.year) == (1, 2)

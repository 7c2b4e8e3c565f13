"""Promises: how they stand, who sees them, reporting and confirming in the browser."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from tests.activities.making import activity_at, suggestion
from tests.grounds import standing
from tests.signing_in import browser_of
from tests.undo import undone
from tests.world import World, draft, later, step, told
from yizheng.core.access import system
from yizheng.core.refusals import BadInput, Refusal
from yizheng.promises import queries
from yizheng.promises.flow import PROMISE
from yizheng.promises.models import Promise

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def promised(world: World, number: str, unit: str, days: int, *walk: str) -> Promise:
    """A promise whose day lies so many days ahead (or, negative, behind), and what became of it."""
    today = timezone.localdate()
    promise = Promise(
        source=world.session,
        source_label="〔2026〕047 饮水管网",
        number=number,
        unit=world.units[unit],
        text=f"{unit}：更换旧管",
        promised_for=today + dt.timedelta(days=days),
        made_on=today,
    )
    PROMISE.begin(promise, "promised", by=world.actor("clerk"))
    for name in walk:
        promise = PROMISE.perform(name, promise, by=system(world.organisation.pk), data=_data(name))
    return promise


def _data(step: str) -> dict[str, Any]:
    """What the form of the step is sent with."""
    data: dict[str, dict[str, Any]] = {
        "report": {"evidence": "已换 3 公里"},
        "confirm": {"settled_on": timezone.localdate()},
        "miss": {"finding": "未动工"},
        "doubt": {"finding": "只换了一半"},
    }
    return data.get(step, {})


@standing
def county(world: World) -> World:
    """Due: four of the water office, two of finance.

    Kept 2, reported 1, overdue 3 (one found missed) at two units.
    """
    promised(world, "C-1", "水务局", -40, "report", "confirm")
    promised(world, "C-2", "水务局", -10)
    promised(world, "C-3", "水务局", -5, "miss")
    promised(world, "C-4", "水务局", 0, "report")
    promised(world, "C-5", "财政局", -1, "report", "confirm")
    promised(world, "C-6", "财政局", -2)
    promised(world, "C-7", "教育局", 200)
    promised(world, "C-8", "教育局", -3, "replace")
    return world


def test_the_strip_counts_what_has_come_due(county: World) -> None:
    found = queries.standing(county.actor("clerk"))
    assert (
        found.due,
        found.kept,
        found.reported,
        found.overdue,
        found.overdue_units,
        found.coming,
    ) == (6, 2, 1, 3, 2, 1)
    assert found.share == pytest.approx(1 / 3)
    assert queries.standing(county.actor("other_officer")) == queries.PromiseStanding(
        0, 0, 0, 0, 0, 1
    )


def test_unit_by_unit_the_most_overdue_first(county: World) -> None:
    rows = [
        (r.unit, r.standing.due, r.standing.kept, r.standing.overdue)
        for r in queries.by_unit(county.actor("chairperson"))
    ]
    assert rows == [("水务局", 4, 1, 2), ("财政局", 2, 1, 1), ("教育局", 0, 0, 0)]


def test_filters(county: World) -> None:
    today = timezone.localdate()
    everything = queries.visible_to(county.actor("clerk"))

    def numbers(**wanted: str) -> list[str]:
        return sorted(queries.filtered(everything, wanted, today).values_list("number", flat=True))

    assert numbers(due="overdue") == ["C-2", "C-3", "C-6"]
    assert numbers(due="month") == ["C-4"]
    assert numbers(due="later") == ["C-7"]
    assert numbers(state="kept") == ["C-1", "C-5"]
    assert numbers(unit=str(county.units["财政局"].pk), due="overdue") == ["C-6"]
    assert numbers(q="C-7") == ["C-7"]
    assert numbers(q="教育局") == ["C-7", "C-8"]


def test_a_unit_sees_its_own_a_member_none(county: World) -> None:
    assert {c.unit.short_name for c in queries.visible_to(county.actor("officer"))} == {"水务局"}
    assert not queries.visible_to(county.actor("member")).exists()
    other = Promise.objects.get(number="C-6")
    page = browser_of(county, "officer").get(f"/promises/{other.pk}/")
    assert page.status_code == 403
    assert browser_of(county, "officer").get("/promises/999999/").status_code == 404


def test_the_list_keeps_its_filters_and_counts(county: World) -> None:
    page = browser_of(county, "clerk").get("/promises/", {"due": "overdue"})
    text = page.content.decode()
    assert page.status_code == 200 and "C-2" in text and "C-1" not in text.replace("C-1 ", "")
    assert "due=overdue" in text
    assert (
        browser_of(county, "clerk").get("/promises/", {"unit": "x", "year": "abc"}).status_code
        == 200
    )


def test_the_export_holds_the_filtered_rows(county: World) -> None:
    page = browser_of(county, "clerk").get("/promises/export/", {"due": "overdue"})
    sheet = load_workbook(io.BytesIO(page.content)).active
    numbers = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert numbers == ["C-2", "C-3", "C-6"], "the earliest day first"


def test_the_officer_reports_with_a_paper_and_the_office_confirms(county: World) -> None:
    promise = Promise.objects.get(number="C-2")
    officer, clerk = browser_of(county, "officer"), browser_of(county, "clerk")
    paper = SimpleUploadedFile("验收单.pdf", PDF)
    data = {"evidence": "8 月 3 日完工，换管 12 公里。", "paper": paper, "seen": promise.version}
    page = officer.post(f"/steps/promise/{promise.pk}/report/", data)
    assert page.status_code == 302
    page = clerk.get(f"/promises/{promise.pk}/")
    text = page.content.decode()
    assert "换管 12 公里" in text and "验收单.pdf" in text
    promise.refresh_from_db()
    page = clerk.post(
        f"/steps/promise/{promise.pk}/confirm/",
        {"settled_on": timezone.localdate().isoformat(), "finding": "", "seen": promise.version},
    )
    promise.refresh_from_db()
    assert promise.state == "kept" and promise.settled_on == timezone.localdate()


def test_the_paper_opens_for_those_who_see_the_promise_only(county: World) -> None:
    from yizheng.core import files

    promise = Promise.objects.get(number="C-2")
    paper = files.attach(io.BytesIO(PDF), "a.pdf", to=promise, by=county.actor("officer"))
    assert browser_of(county, "officer").get(f"/files/{paper.pk}/").status_code == 200
    assert browser_of(county, "other_officer").get(f"/files/{paper.pk}/").status_code == 403
    assert browser_of(county, "member").get(f"/files/{paper.pk}/").status_code == 403


def test_a_paper_that_lies_about_its_type_is_refused_and_nothing_is_reported(county: World) -> None:
    promise = Promise.objects.get(number="C-2")
    data = {
        "evidence": "已完成",
        "paper": SimpleUploadedFile("a.pdf", b"MZ\x90\x00 program"),
        "seen": promise.version,
    }
    page = browser_of(county, "officer").post(f"/steps/promise/{promise.pk}/report/", data)
    promise.refresh_from_db()
    assert page.status_code == 422 and promise.state == "open" and "a.pdf" in page.content.decode()


def test_many_are_confirmed_at_once_and_refusals_stand_row_by_row(county: World) -> None:
    reported, opened = Promise.objects.get(number="C-4"), Promise.objects.get(number="C-6")
    data = {
        "selected": [reported.pk, opened.pk],
        "confirmed": "1",
        "settled_on": timezone.localdate().isoformat(),
    }
    page = browser_of(county, "clerk").post("/steps/promise/bulk/confirm/", data)
    reported.refresh_from_db()
    assert reported.state == "kept" and page.status_code == 200
    assert "C-6" in page.content.decode()


@pytest.mark.parametrize(("days", "refused"), [(1, True), (0, True), (-1, False)])
def test_a_promise_is_not_missed_before_its_day_nor_on_it(
    world: World, days: int, refused: bool
) -> None:
    """Promised for today it can still be done today; tomorrow it is missed."""
    promise = promised(world, "C-1", "水务局", days)
    page = browser_of(world, "clerk").post(
        f"/steps/promise/{promise.pk}/miss/", {"finding": "未见动工", "seen": promise.version}
    )
    assert page.status_code == (409 if refused else 302)
    promise.refresh_from_db()
    assert promise.state == ("open" if refused else "missed")


@pytest.mark.parametrize(("days", "overdue"), [(1, 0), (0, 0), (-1, 1)])
def test_it_is_overdue_the_day_after(world: World, days: int, overdue: int) -> None:
    promised(world, "C-1", "水务局", days)
    assert queries.standing(world.actor("clerk")).overdue == overdue


# Who takes which step, who begins it --------------------------------------------------------------

# step | from | to | who ("—": it follows from something else)
TABLE = """
report  | open missed   | reported | officer leader
confirm | reported      | kept     | clerk reviewer assigner organiser secretary
doubt   | reported      | open     | clerk reviewer assigner organiser secretary
miss    | open reported | missed   | clerk reviewer assigner organiser secretary
replace | open reported | replaced | —
void    | open reported missed | void | —
"""
STEPS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]
AT = {
    "open": (),
    "reported": ("report",),
    "kept": ("report", "confirm"),
    "missed": ("miss",),
    "replaced": ("replace",),
    "void": ("void",),
}
PERSONS = (
    "member",
    "third",
    "clerk",
    "reviewer",
    "assigner",
    "organiser",
    "secretary",
    "editor",
    "officer",
    "leader",
    "other_officer",
    "chairperson",
    "auditor",
    "administrator",
)


def test_the_table_names_every_step_every_state_and_how_a_promise_begins() -> None:
    assert {step for step, *_rest in STEPS} == set(PROMISE.steps)
    assert set(AT) == {str(state) for state in PROMISE.states}
    assert {name: (birth.state, birth.rule) for name, birth in PROMISE.births.items()} == {
        "promised": ("open", None)
    }
    assert not PROMISE.edits


@pytest.mark.parametrize("state", AT)
def test_who_may_take_which_step(world: World, state: str) -> None:
    promise = promised(world, "C-1", "水务局", -1, *AT[state])
    assert promise.state == state
    for name, sources, target, who in STEPS:
        assert PROMISE.steps[name].automatic == (who == "—")
        assert {str(source) for source in PROMISE.steps[name].sources} == set(sources.split())
        for person in PERSONS if who != "—" else ():
            expected = target if person in who.split() and state in sources.split() else "refused"
            assert (name, person, _taken(world, promise, name, person)) == (name, person, expected)


def _taken(world: World, promise: Promise, name: str, who: str) -> str:
    result = ""
    with undone():
        try:
            result = PROMISE.perform(name, promise, by=world.actor(who), data=_data(name)).state
        except Refusal:
            result = "refused"
    return result


@pytest.mark.parametrize(
    ("walk", "name", "data"),
    [
        ((), "report", {}),
        ((), "report", {"evidence": " "}),
        (("report",), "confirm", {}),
        (("report",), "doubt", {}),
        ((), "miss", {}),
        (("report",), "confirm", {"settled_on": "tomorrow"}),
    ],
)
def test_a_program_says_what_the_form_asks_for(
    world: World, walk: tuple[str, ...], name: str, data: dict[str, Any]
) -> None:
    promise = promised(world, "C-1", "水务局", -1, *walk)
    if data.get("settled_on") == "tomorrow":
        data = {"settled_on": timezone.localdate() + dt.timedelta(days=1)}
    with pytest.raises(BadInput):
        PROMISE.perform(name, promise, by=system(world.organisation.pk), data=data)
    assert Promise.objects.get().state == promise.state


# What ends with what it answered ------------------------------------------------------------------


def test_a_promise_is_void_when_the_activity_is_struck_from_the_record(world: World) -> None:
    """What was kept before stays kept: it was done."""
    held = activity_at(world, "recorded", days=-1)
    made = {}
    for number, walk in enumerate(((), ("report",), ("report", "confirm"), ("miss",))):
        unit = list(world.units.values())[number]
        found = suggestion(world, held, unit=unit)
        day = timezone.localdate() + dt.timedelta(days=30)
        step(
            world,
            found,
            "decide",
            "organiser",
            adoption="adopted",
            answer="十月底前完成",
            planned_for=day,
        )
        promise = Promise.objects.get(unit=unit)
        for name in walk:
            with later(31):
                promise = PROMISE.perform(
                    name, promise, by=system(world.organisation.pk), data=_data(name)
                )
        made[promise.pk] = promise.state
    assert list(made.values()) == ["open", "reported", "kept", "missed"]
    held.refresh_from_db()
    step(world, held, "annul", "secretary", note="未实际举行")
    assert {pk: Promise.objects.get(pk=pk).state for pk in made} == dict(
        zip(made, ("void", "void", "kept", "void"), strict=True)
    )
    assert told(world, "officer")[-1].endswith(
        "(十月底前完成) is owed no more: what it answered was struck from the record"
    )
    standing = queries.standing(world.actor("clerk"))
    assert (standing.due, standing.coming, standing.overdue) == (0, 0, 0), (
        "its day has not come; the void ones never count"
    )


def test_an_empty_county_says_how_it_begins(world: World) -> None:
    assert browser_of(world, "clerk").get("/promises/").status_code == 200
    draft(world)
    assert browser_of(world, "officer").get("/promises/").status_code == 200

"""Promises: how they stand, who sees them, reporting and confirming in the browser."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.grounds import standing
from tests.world import World, draft
from yizheng.commitments import queries
from yizheng.commitments.enums import CommitmentState as S
from yizheng.commitments.flow import COMMITMENT
from yizheng.commitments.models import Commitment
from yizheng.core.access import system

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def promised(world: World, number: str, unit: str, days: int, state: str = S.OPEN) -> Commitment:
    """A promise whose day lies so many days ahead (or, negative, behind)."""
    today = timezone.localdate()
    commitment = Commitment(
        content_type=ContentType.objects.get_for_model(Commitment), object_id=1, source_label="〔2026〕047 饮水管网", number=number,
        unit=world.units[unit], text=f"{unit}：更换旧管", promised_for=today + dt.timedelta(days=days), made_on=today,
        evidence="已换 3 公里" if state in (S.KEPT, S.REPORTED) else "", settled_on=today if state in (S.KEPT, S.MISSED) else None,
    )  # fmt: skip
    return COMMITMENT.begin(commitment, state, by=system(world.organisation.pk))


@standing
def county(world: World) -> World:
    """Due: four of the water office, two of finance. Kept 2, reported 1, overdue 3 (one found missed) at two units."""
    promised(world, "C-1", "水务局", -40, S.KEPT)
    promised(world, "C-2", "水务局", -10)
    promised(world, "C-3", "水务局", -5, S.MISSED)
    promised(world, "C-4", "水务局", 0, S.REPORTED)
    promised(world, "C-5", "财政局", -1, S.KEPT)
    promised(world, "C-6", "财政局", -2)
    promised(world, "C-7", "教育局", 200)
    promised(world, "C-8", "教育局", -3, S.REPLACED)
    return world


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.accounts[who], backend="yizheng.people.backends.NameOrPhoneBackend")
    return client


def test_the_strip_counts_what_has_come_due(county: World) -> None:
    found = queries.standing(county.actor("clerk"))
    assert (found.due, found.kept, found.reported, found.overdue, found.overdue_units, found.coming) == (6, 2, 1, 3, 2, 1)
    assert found.share == pytest.approx(1 / 3)
    assert queries.standing(county.actor("other_officer")) == queries.Standing(0, 0, 0, 0, 0, 1)


def test_unit_by_unit_the_most_overdue_first(county: World) -> None:
    rows = [(r.unit, r.standing.due, r.standing.kept, r.standing.overdue) for r in queries.by_unit(county.actor("chairperson"))]
    assert rows == [("水务局", 4, 1, 2), ("财政局", 2, 1, 1), ("教育局", 0, 0, 0)]


def test_filters(county: World) -> None:
    today = timezone.localdate()
    everything = queries.visible_to(county.actor("clerk"))

    def numbers(**wanted: str) -> list[str]:
        return sorted(queries.filtered(everything, wanted, today).values_list("number", flat=True))

    assert numbers(due="overdue") == ["C-2", "C-3", "C-6"]
    assert numbers(due="month") == ["C-4"]
    assert numbers(due="later") == ["C-7"]
    assert numbers(state=S.KEPT) == ["C-1", "C-5"]
    assert numbers(unit=str(county.units["财政局"].pk), due="overdue") == ["C-6"]
    assert numbers(q="C-7") == ["C-7"]
    assert numbers(q="教育局") == ["C-7", "C-8"]


def test_a_unit_sees_its_own_a_member_none(county: World) -> None:
    assert {c.unit.short_name for c in queries.visible_to(county.actor("officer"))} == {"水务局"}
    assert not queries.visible_to(county.actor("member")).exists()
    other = Commitment.objects.get(number="C-6")
    page = browser(county, "officer").get(f"/commitments/{other.pk}/")
    assert page.status_code == 403
    assert browser(county, "officer").get("/commitments/999999/").status_code == 404


def test_the_list_keeps_its_filters_and_counts(county: World) -> None:
    page = browser(county, "clerk").get("/commitments/", {"due": "overdue"})
    text = page.content.decode()
    assert page.status_code == 200 and "C-2" in text and "C-1" not in text.replace("C-1 ", "")
    assert "due=overdue" in text
    assert browser(county, "clerk").get("/commitments/", {"unit": "x", "year": "abc"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries_however_long(world: World, django_assert_max_num_queries: Any, count: int) -> None:
    for n in range(count):
        promised(world, f"C-{n}", "水务局", n)
    client = browser(world, "clerk")
    client.get("/commitments/")
    with django_assert_max_num_queries(32):
        client.get("/commitments/")


def test_the_export_holds_the_filtered_rows(county: World) -> None:
    page = browser(county, "clerk").get("/commitments/export/", {"due": "overdue"})
    sheet = load_workbook(io.BytesIO(page.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["C-3", "C-2", "C-6"] or [
        row[0].value for row in sheet.iter_rows(min_row=2)
    ] == ["C-2", "C-3", "C-6"]


def test_the_officer_reports_with_a_paper_and_the_office_confirms(county: World) -> None:
    commitment = Commitment.objects.get(number="C-2")
    officer, clerk = browser(county, "officer"), browser(county, "clerk")
    paper = SimpleUploadedFile("验收单.pdf", PDF)
    data = {"evidence": "8 月 3 日完工，换管 12 公里。", "paper": paper, "seen": commitment.version}
    page = officer.post(f"/steps/commitment/{commitment.pk}/report/", data)
    assert page.status_code == 302
    page = clerk.get(f"/commitments/{commitment.pk}/")
    text = page.content.decode()
    assert "换管 12 公里" in text and "验收单.pdf" in text
    commitment.refresh_from_db()
    page = clerk.post(f"/steps/commitment/{commitment.pk}/confirm/",
                      {"settled_on": timezone.localdate().isoformat(), "finding": "", "seen": commitment.version})  # fmt: skip
    commitment.refresh_from_db()
    assert commitment.state == S.KEPT and commitment.settled_on == timezone.localdate()


def test_the_paper_opens_for_those_who_see_the_promise_only(county: World) -> None:
    from yizheng.core import files

    commitment = Commitment.objects.get(number="C-2")
    paper = files.attach(io.BytesIO(PDF), "a.pdf", to=commitment, by=county.actor("officer"))
    assert browser(county, "officer").get(f"/files/{paper.pk}/").status_code == 200
    assert browser(county, "other_officer").get(f"/files/{paper.pk}/").status_code == 403
    assert browser(county, "member").get(f"/files/{paper.pk}/").status_code == 403


def test_a_paper_that_lies_about_its_type_is_refused_and_nothing_is_reported(county: World) -> None:
    commitment = Commitment.objects.get(number="C-2")
    data = {"evidence": "已完成", "paper": SimpleUploadedFile("a.pdf", b"MZ\x90\x00 program"), "seen": commitment.version}
    page = browser(county, "officer").post(f"/steps/commitment/{commitment.pk}/report/", data)
    commitment.refresh_from_db()
    assert page.status_code == 422 and commitment.state == S.OPEN and "a.pdf" in page.content.decode()


def test_many_are_confirmed_at_once_and_refusals_stand_row_by_row(county: World) -> None:
    reported, opened = Commitment.objects.get(number="C-4"), Commitment.objects.get(number="C-6")
    data = {"selected": [reported.pk, opened.pk], "confirmed": "1", "settled_on": timezone.localdate().isoformat()}
    page = browser(county, "clerk").post("/steps/commitment/bulk/confirm/", data)
    reported.refresh_from_db()
    assert reported.state == S.KEPT and page.status_code == 200
    assert "C-6" in page.content.decode()


def test_a_promise_is_not_missed_before_its_day(county: World) -> None:
    commitment = Commitment.objects.get(number="C-7")
    page = browser(county, "clerk").post(f"/steps/commitment/{commitment.pk}/miss/", {"finding": "早了", "seen": commitment.version})
    assert page.status_code == 409


def test_an_empty_county_says_how_it_begins(world: World) -> None:
    assert browser(world, "clerk").get("/commitments/").status_code == 200
    draft(world)
    assert browser(world, "officer").get("/commitments/").status_code == 200

"""“An office can bring in its last three years in an afternoon”: through the pages, and every
figure worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.core.test_jobs import work
from tests.days import first_day
from tests.portal.three_years import YEARS, workbook_of
from tests.world import World, platform
from yizheng.attending.models import Leave
from yizheng.contacts.models import ContactEntry, ContactLink
from yizheng.core import audit
from yizheng.core.figures import Period
from yizheng.indicators import queries
from yizheng.organisations.models import Role, RoleGrant, Session
from yizheng.proposals.models import Proposal
from yizheng.venues.models import Venue


@pytest.fixture
def brought_in(world: World, organiser: Client, queued: None) -> Client:
    """One person who holds the roles of all the sheets hands in one file after the other; the
    worker takes them over.
    """
    for code in ("clerk", "editor"):
        RoleGrant(
            account=world.accounts["organiser"], role=Role.objects.get(code=code), since=first_day()
        ).save()
    for n, year in enumerate(YEARS, start=4):
        days = {
            "opens_on": dt.date(year, 1, 8),
            "closes_on": dt.date(year, 1, 12),
            "proposals_until": dt.date(year, 1, 11),
        }
        session = Session(term=world.session.term, ordinal=n, year=year, **days)
        session.save()
        file = SimpleUploadedFile(f"{year}年.xlsx", workbook_of(year))
        preview = str(organiser.post("/years/", {"session": session.pk, "file": file})["Location"])
        shown = organiser.get(preview).content.decode()
        rows = 12 + 36 + 4 + 2 + (6 + n) + 2 + 5 + 1 + 1 + 1 + 2
        assert f"导入 {rows} 行" in shown, shown[shown.index("<main") :][:3000]
        page = organiser.post(preview, {"rows": rows})["Location"]
        work()
        assert "文件已全部导入" in organiser.get(page).content.decode()
    return organiser


def of(code: str, year: int) -> Any:
    return queries.figure(code, Period.of_year(year)).value


def test_figures_of_each_year_are_those_worked_out_by_hand(
    world: World, brought_in: Client
) -> None:
    for n, year in enumerate(YEARS, start=1):
        expected = {
            "activities.held": 12,
            "activities.surveys": 6,
            "activities.services": 6,
            "activities.people_served": 600 * n,
            # 12 of 沈禾, 8 of 许茉, 11 of 唐蘅; without 许茉, who is of the Party, 23
            "activities.attendances": 31,
            "activities.nonparty_attendances": 23,
            "activities.suggestions": 4,
            "activities.outcomes": 2,
            "opinions.received": 9 + n,
            "opinions.published": (10 + n) // 2,
            "opinions.adopted": 1,
            "opinions.instructions": 2,
            "proposals.received": 5,
            "proposals.filed": 3,
            "proposals.not_filed": 1,
            "venues.venues": n,
        }
        assert {code: of(code, year) for code in expected} == expected, year
    assert of("venues.area", 2025) == 50 + 100 + 150


def test_lists_and_trails_hold_what_came_in(world: World, brought_in: Client) -> None:
    assert "12" in brought_in.get("/activities/?year=2024").content.decode()
    assert Leave.objects.count() == 3 * 4 and all(
        audit.history(leave).get().action == "leave.imported" for leave in Leave.objects.all()
    )
    assert (
        Proposal.objects.filter(is_imported=True).count(),
        ContactLink.objects.count(),
        ContactEntry.objects.count(),
    ) == (15, 3, 6)
    assert sum(1 for venue in Venue.objects.all() for _place in venue.members.all()) == 3
    page = brought_in.get("/years/").content.decode()
    assert all(f"{year}年.xlsx" in page for year in YEARS)
    assert list(audit.verify(world.organisation.pk)) == [], "the chain holds"
    for year in YEARS:
        assert brought_in.get(f"/contacts/?year={year}").content.decode().count("许茉 → 唐蘅") >= 1


def test_the_three_files_again_make_nothing_twice(world: World, brought_in: Client) -> None:
    from yizheng.documents import year_workbook

    for year in YEARS:
        made = year_workbook.opened(f"{year}年.xlsx", workbook_of(year)).take(
            Session.objects.get(year=year, ordinal__gte=4), by=platform(world)
        )
        assert {each.added for each in made.values()} == {0}, year

"""Posts and staff, enterprises and units' contacts, counted by hand."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.organisations.bodies import NEW_YEAR, arrived, enterprise, post
from tests.signing_in import SignedIn
from tests.world import World
from yizheng.core import clock
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations import units
from yizheng.organisations.enterprises import queries as enterprise_queries
from yizheng.people.staff import queries, services

DAY = dt.date


# Posts and staff ----------------------------------------------------------------------------------


def test_promoted_out_and_selected_in_by_year(world: World) -> None:
    """D3: in 2026 one was selected in, one promoted out; a change of post here is neither, nor who
    was there before.
    """
    head, clerks = post(world), post(world, "科员", level="clerk", number=3)
    old = arrived(world, head, "邵荻", since=DAY(2021, 5, 1), came="present")
    inner = arrived(world, clerks, "虞蓝", since=DAY(2022, 1, 1), came="recruited")
    arrived(world, clerks, "穆青", since=DAY(2026, 3, 1))
    services.leave(
        old, by=world.actor("organiser"), until=DAY(2026, 6, 30), left="promoted", left_to="县委办"
    )
    services.move(inner, head, by=world.actor("organiser"), since=DAY(2026, 7, 1), title="主任")
    assert queries.by_way(2026) == [("选调", 1), ("提拔交流", 1)]
    assert [(m.person, m.day, m.where) for m in queries.movements(2026)] == [
        ("穆青", DAY(2026, 3, 1), ""),
        ("邵荻", DAY(2026, 6, 30), "县委办"),
    ]
    assert queries.by_way(2022) == [("考录", 1)]


def test_posts_added_in_a_year(world: World) -> None:
    """D4: 3 posts at section level and 7 others came in 2026; one of 2025 does not count."""
    post(world, since=DAY(2025, 12, 31))
    post(world, "专委会主任", number=3, since=NEW_YEAR)
    post(world, "科员", level="clerk", number=7, since=DAY(2026, 5, 1))
    added = queries.added_in(2026)
    assert added.aggregate(n=Sum("number"))["n"] == 10
    assert added.filter(level="section").aggregate(n=Sum("number"))["n"] == 3
    total = queries.total(queries.posts(clock.today()))
    assert (total.number, total.filled, total.at_section_level) == (11, 0, 4)


def test_what_a_post_cannot_bear_is_refused(world: World) -> None:
    place, by = post(world), world.actor("organiser")
    here = arrived(world, place, "邵荻")
    with pytest.raises(NotNow):
        arrived(world, place, "虞蓝")
    with pytest.raises(BadInput):
        arrived(world, post(world, "新岗", since=DAY(2026, 6, 1)), "穆青", since=DAY(2026, 5, 1))
    with pytest.raises(NotNow):
        services.end_post(place, by=by, on=clock.today())
    with pytest.raises(BadInput):
        services.leave(here, by=by, until=DAY(2025, 1, 1), left="retired")
    with pytest.raises(NotAllowed):
        services.leave(here, by=world.actor("clerk"), until=clock.today(), left="retired")


def test_staff_in_the_browser(world: World, signed_in: SignedIn) -> None:
    organiser = signed_in("organiser")
    values = {
        "name": "办公室主任",
        "level": "section",
        "kind": "administrative",
        "number": 1,
        "since": "2026-01-01",
    }
    assert organiser.post("/staff/posts/add/", values).status_code == 302
    assert "空缺 1 个" in organiser.get("/staff/").content.decode()
    place = queries.posts(clock.today())[0].post
    came = {"name": "邵荻", "post": place.pk, "since": "2026-02-01", "came": "selected"}
    assert organiser.post("/staff/arrive/", came).status_code == 302
    assert organiser.post("/staff/arrive/", {**came, "name": "虞蓝"}).status_code == 422
    assert "选调" in organiser.get("/staff/?year=2026").content.decode()


# Enterprises --------------------------------------------------------------------------------------


def test_share_of_those_above_scale_with_a_member(world: World) -> None:
    """K7: above scale 甲 (a member), 乙 (none), 丙 (a member who left); 丁 with a member is small,
    戊 is no longer above.
    """
    enterprise(world, "甲", ("member",))
    enterprise(world, "乙")
    enterprise(world, "丙", ("third",))
    enterprise(world, "丁", ("cosigner",), above_scale_since=None)
    enterprise(
        world,
        "戊",
        ("cosigner",),
        above_scale_since=DAY(2020, 1, 1),
        above_scale_until=DAY(2025, 12, 31),
    )
    left = world.members["third"]
    left.until = clock.today() - dt.timedelta(days=1)
    left.save()
    found = enterprise_queries.share()
    assert (found.above, found.reached) == (3, 1) and found.share == pytest.approx(1 / 3)
    assert enterprise_queries.share(DAY(2025, 6, 1)).above == 1, (
        "years before keep what was above scale then"
    )


def test_enterprises_in_the_browser(world: World, signed_in: SignedIn) -> None:
    town = world.units["交通运输局"]
    one = enterprise(world, "甲厂", ("member",), unit=town)
    organiser = signed_in("organiser")
    organiser.get("/enterprises/")
    with CaptureQueriesContext(connection) as first:
        organiser.get("/enterprises/")
    enterprise(world, "乙厂", ("cosigner",))
    enterprise(world, "丙厂")
    with CaptureQueriesContext(connection) as second:
        page = organiser.get("/enterprises/").content.decode()
    assert len(first) == len(second) and "3 家中 2 家有委员" in page
    without = organiser.get("/enterprises/?scale=yes&member=no").content.decode()
    assert "丙厂" in without and "乙厂" not in without
    units.close_unit(
        town, by=world.actor("clerk"), on=clock.today(), merged_into=world.units["财政局"]
    )
    sheet = load_workbook(io.BytesIO(organiser.get("/enterprises/export/?q=沈禾").content)).active
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows(min_row=2)] == [
        ["甲厂", "财政局"]
    ]
    wrong = {"name": "甲厂", "above_scale_since": "2026-01-01", "members": []}
    assert organiser.post("/enterprises/add/", wrong).status_code == 422
    early = {"name": "己厂", "above_scale_since": "2026-01-01", "above_scale_until": "2025-01-01"}
    assert organiser.post("/enterprises/add/", early).status_code == 422
    assert organiser.get(f"/enterprises/{one.pk}/").status_code == 200, (
        "its town was merged, the form still opens"
    )


# Units --------------------------------------------------------------------------------------------


def test_units_with_one_leader_and_one_officer(world: World, signed_in: SignedIn) -> None:
    """D2: of four units one has both, one only a leader, one lost its officer."""
    by = world.actor("clerk")
    for name, duties in (
        ("水务局", ("leader", "officer")),
        ("财政局", ("leader",)),
        ("教育局", ("leader", "officer")),
    ):
        for duty in duties:
            units.set_contact(world.units[name], duty, by=by, name="某某", post="", phone="")
    units.set_contact(world.units["教育局"], "officer", by=by, name="", post="", phone="")
    found = units.coverage()
    assert (found.units, found.both, found.share) == (4, 1, 0.25)
    page = signed_in("clerk").get("/organisation/units/?contacts=lacking").content.decode()
    assert (
        "yunxi县财政局" in page and "yunxi县水务局" not in page and "4 个单位中 1 个已明确" in page
    )

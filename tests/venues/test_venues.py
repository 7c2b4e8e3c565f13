"""Venues: who sees, keeps and serves; rota, wall and visits; counted by hand."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.days import ahead, first_day
from tests.form_browser import Browser
from tests.signing_in import SignedIn, browser_of
from tests.venues.making import keeper, serving, venue, visit
from tests.world import World, told
from yizheng.core import clock
from yizheng.core.audit import AuditEntry
from yizheng.core.clock import Calendar
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.opinions.models import Opinion
from yizheng.organisations.models import RoleGrant, Unit
from yizheng.organisations.services import units
from yizheng.people.queries import actor_of
from yizheng.people.services import accounts as people
from yizheng.venues import queries, rota, services
from yizheng.venues.flow import VISIT
from yizheng.venues.forms import VenueForm
from yizheng.venues.models import VenueCategory, Visit, WallNotice

PDF = b"%PDF-1.4\n%%EOF\n"


def test_counts_by_category_and_area(world: World) -> None:
    """Two studios of 80 and 20 m², one home without a known area, a closed station that no longer
    counts.
    """
    venue(world, "甲工作室")
    venue(world, "乙工作室", area=20)
    venue(world, "委员之家", "home", area=None)
    closed = venue(world, "旧联络站", "station")
    services.close_venue(closed, by=world.actor("organiser"), on=clock.today())
    found = queries.sorts(queries.by_category(world.actor("organiser")))
    assert [(sort.value, kinds, count, area) for sort, kinds, count, area in found] == [
        ("home", 1, 1, None),
        ("studio", 1, 2, 100),
    ]


def test_two_local_categories_count_as_one_sort(world: World) -> None:
    """K: reception rooms and stations, 3 categories, 3 venues."""
    local = VenueCategory(name="有事好商量议事厅", sort="reception")
    local.save()
    for name, category in (("东厅", local), ("西厅", VenueCategory.objects.get(name="委员会客厅"))):
        venue(world, name, category=category)
    venue(world, "北坡联络站", "station")
    found = {
        sort.value: (kinds, count)
        for sort, kinds, count, _area in queries.sorts(
            queries.by_category(world.actor("organiser"))
        )
    }
    assert found == {"reception": (2, 2), "station": (1, 1)}


def test_the_list_in_the_browser_filters_exports_and_asks_no_more_for_more(
    world: World, organiser: Client
) -> None:
    place = venue(world, "甲工作室")
    serving(place, world, "member")
    organiser.get("/venues/")
    with CaptureQueriesContext(connection) as one:
        organiser.get("/venues/")
    for name in ("乙工作室", "丙工作室"):
        serving(venue(world, name, unit=world.units["水务局"]), world, "member", "cosigner")
    with CaptureQueriesContext(connection) as three:
        page = organiser.get("/venues/").content.decode()
    assert len(one) == len(three) and "甲工作室" in page and "2 名委员" in page
    by_member = organiser.get("/venues/?q=许茉").content.decode()
    assert "乙工作室" in by_member and "甲工作室" not in by_member
    sheet = load_workbook(io.BytesIO(organiser.get("/venues/export/?q=许茉").content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["乙工作室", "丙工作室"]


def test_founding_a_venue_refuses_a_second_name_and_a_day_to_come(
    world: World, organiser: Client
) -> None:
    values = {
        "name": "甲工作室",
        "category": VenueCategory.objects.get(sort="studio").pk,
        "kind": "regional",
        "place": "石桥村",
        "stars": 0,
        "opened_on": first_day(),
    }
    assert organiser.post("/venues/add/", values).status_code == 302
    again = organiser.post("/venues/add/", values)
    assert again.status_code == 422 and "已有场所“甲工作室”" in again.content.decode()
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert (
        "这一天还没有到"
        in organiser.post(
            "/venues/add/", {**values, "name": "乙", "opened_on": tomorrow}
        ).content.decode()
    )


# The rota -----------------------------------------------------------------------------------------


def test_wednesdays_in_turn_without_days_off() -> None:
    """December 2026: Wednesdays are the 2nd, 9th, 16th, 23rd and 30th; the 16th is declared a day
    off.
    """
    days = rota.days_of(
        dt.date(2026, 12, 1), dt.date(2026, 12, 31), [2], Calendar({dt.date(2026, 12, 16): False})
    )
    assert [day.day for day in days] == [2, 9, 23, 30]


def test_members_serve_one_after_the_other_and_are_told(world: World) -> None:
    place = venue(world)
    serving(place, world, "member", "cosigner")
    first = clock.today() + dt.timedelta(days=7)
    days = [first + dt.timedelta(days=7 * n) for n in range(3)]
    pair = [world.members["member"], world.members["cosigner"]]
    times = {"begins": dt.time(9), "ends": dt.time(11)}
    assert services.fill_rota(place, pair, days, by=world.actor("organiser"), **times) == 3
    assert [str(row.membership) for row in place.rota.all()] == ["沈禾", "许茉", "沈禾"]
    assert any("石桥委员工作室" in line for line in told(world, "member"))
    with pytest.raises(BadInput, match="都已排过"):
        services.fill_rota(place, pair, days, by=world.actor("organiser"), **times)
    with pytest.raises(BadInput):
        services.fill_rota(
            place, pair, days, by=world.actor("organiser"), begins=dt.time(11), ends=dt.time(9)
        )


def test_next_duty_stands_on_the_members_home_and_can_be_handed_over(
    world: World, signed_in: SignedIn
) -> None:
    place = venue(world)
    serving(place, world, "member", "cosigner")
    day = clock.today() + dt.timedelta(days=3)
    services.fill_rota(
        place,
        [world.members["member"]],
        [day],
        by=world.actor("organiser"),
        begins=dt.time(9),
        ends=dt.time(11),
    )
    row = place.rota.get()
    member = signed_in("member")
    assert "09:00–11:00" in member.get("/").content.decode()
    data = {"member": world.members["cosigner"].pk, "day": day, "begins": "09:00", "ends": "11:00"}
    assert member.post(f"/venues/{place.pk}/rota/{row.pk}/", data).status_code == 302
    row.refresh_from_db()
    assert row.membership == world.members["cosigner"]
    assert member.get(f"/venues/{place.pk}/rota/{row.pk}/").status_code == 403, (
        "it is no longer their day"
    )


def test_who_serves_is_asked_for_the_day_of_the_rota(world: World) -> None:
    """One serves until tomorrow, the other from the day after; today both have a page of time."""
    place, by, today = venue(world), world.actor("organiser"), clock.today()
    days = [today + dt.timedelta(days=n) for n in range(4)]
    old, new = world.members["member"], world.members["cosigner"]
    serving(place, world, "member")
    services.end_member(place.members.get(), by=by, on=days[1])
    services.add_members(place, [new], by=by, since=days[2])
    times = {"begins": dt.time(9), "ends": dt.time(11)}
    form = Browser(world, "organiser").get(f"/venues/{place.pk}/rota/").form(holding="members")
    assert set(form.choices("members")) == {str(old.pk), str(new.pk)}
    for member, wrong in ((old, days[2]), (new, days[1])):
        with pytest.raises(BadInput, match=str(wrong)):
            services.fill_rota(place, [member], [wrong], by=by, **times)
    assert services.fill_rota(place, [old], days[:2], by=by, **times) == 2
    assert services.fill_rota(place, [new], days[2:], by=by, **times) == 2
    row = place.rota.get(day=days[1])
    with pytest.raises(BadInput):
        services.change_rota(row, new, by=by, day=days[1], **times)
    services.change_rota(row, old, by=by, day=days[1], begins=dt.time(8), ends=dt.time(9))
    services.change_rota(row, new, by=by, day=days[3] + dt.timedelta(days=1), **times)


def test_a_visit_of_last_week_is_received_by_who_served_then(world: World) -> None:
    place, today = venue(world), clock.today()
    week = today - dt.timedelta(days=7)
    serving(place, world, "member", "cosigner")
    left = place.members.get(membership=world.members["member"])
    services.end_member(left, by=world.actor("organiser"), on=today - dt.timedelta(days=3))
    browser = Browser(world, "organiser")
    form = browser.get(f"/venues/{place.pk}/visits/add/").form(holding="raised")
    said = {"visitor": "村民", "raised": "路灯坏了。", "served_by": world.members["member"].pk}
    late = form.fill(**said, day=today.isoformat()).send()
    assert late.status == 422 and today.isoformat() in late.sentence
    assert form.fill(day=week.isoformat()).send().status == 302
    assert place.visits.get().served_by == world.members["member"]


def test_who_keeps_it_is_who_holds_the_role_today(world: World, signed_in: SignedIn) -> None:
    """Until tomorrow still, from tomorrow not yet, until yesterday no more."""
    place, today = venue(world), clock.today()
    grant = RoleGrant.objects.get(account=keeper(world, place))
    for since, until, shown in ((-9, 1, True), (-9, 0, True), (1, None, False), (-9, -1, False)):
        grant.since = today + dt.timedelta(days=since)
        grant.until = None if until is None else today + dt.timedelta(days=until)
        grant.save()
        page = signed_in("organiser").get(f"/venues/{place.pk}/").content.decode()
        assert ("顾萱" in page) is shown


def test_closing_ends_people_rota_and_roles_but_keeps_visits(world: World) -> None:
    place = venue(world)
    serving(place, world, "member")
    account = keeper(world, place)
    visit(world, place)
    later = clock.today() + dt.timedelta(days=7)
    services.fill_rota(
        place,
        [world.members["member"]],
        [later],
        by=world.actor("organiser"),
        begins=dt.time(9),
        ends=dt.time(11),
    )
    yesterday = clock.today() - dt.timedelta(days=1)
    services.close_venue(place, by=world.actor("organiser"), on=yesterday)
    assert not place.rota.exists() and place.visits.count() == 1
    assert [row.until for row in place.members.all()] == [yesterday]
    assert actor_of(account).grants == {}
    with pytest.raises(NotNow):
        services.add_members(
            place, [world.members["third"]], by=world.actor("organiser"), since=clock.today()
        )


# Rights -------------------------------------------------------------------------------------------


def test_a_keeper_reaches_their_own_venue_only(world: World, signed_in: SignedIn) -> None:
    own, other = venue(world, "甲工作室"), venue(world, "乙工作室")
    keeper(world, own)
    browser = signed_in("keeper")
    assert "乙工作室" not in browser.get("/venues/").content.decode()
    assert browser.get(f"/venues/{own.pk}/rota/").status_code == 200
    assert browser.get(f"/venues/{other.pk}/").status_code == 404
    assert browser.get("/venues/add/").status_code == 403
    assert browser.get(f"/venues/{own.pk}/close/").status_code == 403


def test_the_role_of_a_keeper_needs_a_venue_and_a_role_reaches_one_place(
    world: World, signed_in: SignedIn
) -> None:
    place, by = venue(world), world.actor("administrator")
    role = RoleGrant.objects.model._meta.get_field("role").related_model.objects.get(
        code="venue-keeper"
    )
    account, since = world.accounts["reporter"], clock.today()
    with pytest.raises(BadInput):
        people.give_role(account, role, by=by, since=since)
    page = signed_in("administrator").post(
        f"/people/accounts/{account.pk}/give-role/",
        {"role": role.pk, "since": since, "venue": place.pk, "unit": world.units["水务局"].pk},
    )
    assert page.status_code == 422 and "一个角色只在一处有效" in page.content.decode()
    people.give_role(account, role, by=by, since=since, place=place)
    with pytest.raises(NotNow):
        people.give_role(account, role, by=by, since=since, place=place)
    actor = actor_of(account)
    assert actor.reach("venues.serve").at("venue") == {place.pk}
    assert not actor.holds("venues.serve")
    assert actor.place == place.name, "so the trail says where they stood"


def test_visits_are_read_at_the_venue_and_by_the_office_only(
    world: World, signed_in: SignedIn
) -> None:
    place = venue(world)
    serving(place, world, "member", "cosigner")
    row = visit(world, place)
    statuses = {
        who: signed_in(who).get(f"/venues/visits/{row.pk}/").status_code
        for who in ("cosigner", "third", "organiser", "editor")
    }
    assert statuses == {"cosigner": 200, "third": 403, "organiser": 200, "editor": 403}
    page = signed_in("cosigner").get(f"/venues/visits/{row.pk}/").content.decode()
    assert "丁**" in page and "丁某某" not in page and "19900001234" not in page
    assert signed_in("cosigner").post(f"/venues/visits/{row.pk}/visitor/").status_code == 403
    assert (
        "丁某某" in signed_in("member").post(f"/venues/visits/{row.pk}/visitor/").content.decode()
    )
    assert AuditEntry.objects.filter(action="visit.visitor_read").count() == 1
    sheet = load_workbook(
        io.BytesIO(signed_in("organiser").get("/venues/visits/export/").content)
    ).active
    cells = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert not cells & {"丁某某", "19900001234"} and "石桥村一位店主" in cells


# Visits -------------------------------------------------------------------------------------------


def test_a_visit_is_noted_on_the_phone_in_one_form_and_settled_at_once(
    world: World, signed_in: SignedIn
) -> None:
    place = venue(world)
    serving(place, world, "member")
    own = world.members["member"].pk
    data = {
        "visitor": "一位村民",
        "raised": "路灯坏了",
        "answer": "已联系电工，当天修好。",
        "day": clock.today(),
        "served_by": own,
    }
    assert signed_in("member").post(f"/venues/{place.pk}/visits/add/", data).status_code == 302
    row = Visit.objects.get()
    assert (row.served_by_id, row.settled_on) == (own, clock.today()) and VISIT.state_of(row).ends


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: {"day": ahead(1)},
        lambda: {"day": first_day() - dt.timedelta(days=1)},
        lambda: {"served_by": None},
    ],
)
def test_a_visit_that_cannot_be_is_refused(
    world: World, wrong: Callable[[], dict[str, Any]]
) -> None:
    with pytest.raises(BadInput):
        visit(world, venue(world), "organiser", **wrong())


def test_strangers_to_the_venue_note_no_visit(world: World) -> None:
    place = venue(world)
    with pytest.raises(NotAllowed):
        visit(world, place, "third")


def test_what_was_raised_is_handed_on_once(world: World) -> None:
    place = venue(world)
    serving(place, world, "member")
    row = visit(world, place)
    VISIT.perform(
        "hand_on", row, by=world.actor("member"), data={"to": "opinion", "title": "村口路灯"}
    )
    row.refresh_from_db()
    opinion = Opinion.objects.get()
    assert (opinion.title, row.handed_url) == ("村口路灯", f"/opinions/{opinion.pk}/")
    assert "村口路灯坏了三盏，晚上出行不便。" in opinion.body
    assert VISIT.offers(row, world.actor("member")) == []


def test_a_keeper_hands_on_what_they_took_down_as_an_opinion_of_their_own(
    world: World, signed_in: SignedIn
) -> None:
    place = venue(world)
    keeper(world, place)
    row = visit(world, place, "keeper")
    page = signed_in("keeper").post(
        f"/steps/visit/{row.pk}/hand_on/",
        {"seen": row.version, "to": "opinion", "title": "村口路灯"},
    )
    assert page.status_code == 302
    row.refresh_from_db()
    opened = signed_in("keeper").get(row.handed_url)
    assert (
        opened.status_code == 200 and "村口路灯坏了三盏，晚上出行不便。" in opened.content.decode()
    )


def test_whoever_cannot_write_there_cannot_hand_on(world: World) -> None:
    row = visit(world, venue(world), "organiser")
    with pytest.raises(BadInput):
        VISIT.perform(
            "hand_on", row, by=world.actor("organiser"), data={"to": "opinion", "title": "村口路灯"}
        )
    row.refresh_from_db()
    assert not Opinion.objects.exists() and row.handed_label == ""


def test_a_merged_town_takes_its_venues_along(world: World, organiser: Client) -> None:
    place = venue(world, unit=world.units["水务局"])
    units.close_unit(
        world.units["水务局"],
        by=world.actor("clerk"),
        on=clock.today(),
        merged_into=world.units["财政局"],
    )
    assert (
        "石桥委员工作室"
        in organiser.get(f"/venues/?unit={world.units['财政局'].pk}").content.decode()
    )
    assert organiser.get(f"/venues/{place.pk}/").status_code == 200
    assert organiser.get(f"/venues/{place.pk}/edit/").status_code == 200


def test_the_wall(world: World, organiser: Client) -> None:
    place = venue(world)
    data = {
        "board": "rules",
        "title": "值守制度",
        "text": "每周三上午接待。",
        "posted_on": clock.today(),
    }
    assert (
        organiser.post(f"/venues/{place.pk}/wall/add/", {**data, "until": first_day()}).status_code
        == 422
    )
    assert organiser.post(f"/venues/{place.pk}/wall/add/", data).status_code == 302
    assert "每周三上午接待。" in organiser.get(f"/venues/{place.pk}/").content.decode()


def test_the_wall_asks_no_more_for_three_notices_with_papers(
    world: World, organiser: Client, files_apart: Path
) -> None:
    place, by, asked = venue(world), world.actor("organiser"), []
    for titles in (("制度",), ("流程", "职责")):
        for title in titles:
            notice = WallNotice(venue=place)
            values = {"board": "rules", "title": title, "text": "见附件。", "until": None}
            services.post_notice(notice, {**values, "posted_on": clock.today()}, by=by)
            attach(io.BytesIO(PDF), f"{title}.pdf", to=notice, by=by)
        organiser.get(f"/venues/{place.pk}/")
        with CaptureQueriesContext(connection) as made:
            page = organiser.get(f"/venues/{place.pk}/").content.decode()
        asked.append(len(made))
    assert asked[0] == asked[1]
    assert [page.count(f"{title}.pdf") for title in ("制度", "流程", "职责")] == [1, 1, 1]


def test_only_towns_are_offered_as_the_town(world: World) -> None:
    """And what was chosen before that."""
    town = world.units["水务局"]
    Unit.objects.filter(pk=town.pk).update(kind=Unit.UnitKind.TOWN)
    chosen = venue(world)
    assert chosen.unit and chosen.unit.kind != Unit.UnitKind.TOWN

    def offered(form: VenueForm) -> set[int]:
        return set(form.fields["unit"].queryset.values_list("pk", flat=True))

    assert offered(VenueForm()) == {town.pk}
    assert offered(VenueForm(venue=chosen)) == {town.pk, chosen.unit_id}


def test_what_a_venue_is_for_is_not_taken_for_the_name_of_a_row(
    world: World, signed_in: SignedIn
) -> None:
    """The head of the page names the field that is wrong, and does not draw another a second time."""
    place = venue(world)
    sent = {"name": place.name, "phone": "abc", "about": "联系群众"}
    answer = signed_in("organiser").post(f"/venues/{place.pk}/edit/", sent)
    assert answer.status_code == 422
    assert answer.content.decode().count('name="about"') == 1


@pytest.mark.parametrize(("who", "leads"), [("organiser", True), ("clerk", False)])
def test_a_figures_list_leads_only_to_pages_its_reader_may_open(
    world: World, who: str, leads: bool
) -> None:
    """The list of categories opens the list of venues, which the clerk of proposals may not see."""
    venue(world)
    client = browser_of(world, who)
    opened = client.get(reverse("venues:list")).status_code
    assert opened == (200 if leads else 403)
    shown = client.get(reverse("indicators:figure", args=["venues.categories"])).content.decode()
    assert "委员工作室" in shown
    (main,) = re.findall(r"<main.*</main>", shown, re.S)
    assert (f'href="{reverse("venues:list")}"' in main) is leads


def test_what_is_wrong_between_two_fields_is_said_beside_a_field_that_is_missing(
    world: World,
) -> None:
    """What is missing, and what is wrong between two days, at once."""
    place, client = venue(world), browser_of(world, "organiser")
    notice = {"board": "news", "title": "", "text": "通知", "posted_on": "2026-03-02"}
    page = client.post(
        reverse("venues:add_notice", args=[place.pk]), {**notice, "until": "2026-03-01"}
    ).content.decode()
    assert re.findall(r'<a href="#id_(\w+)">[^<]*：', page) == ["title", "until"]
    visit_page = reverse("venues:add_visit", args=[place.pk])
    before = (place.opened_on - dt.timedelta(days=1)).isoformat()
    page = client.post(visit_page, {"day": before}).content.decode()
    wrong = re.findall(r'<a href="#id_(\w+)">[^<]*：', page)
    assert set(wrong) == {"visitor", "raised", "day", "served_by"}

"""Two windows on one row of master data: the second hears who was quicker and when, keeps what was
typed, and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.enterprises.making import enterprise
from tests.library.making import rule
from tests.signing_in import browser_of
from tests.staff.making import arrived, post
from tests.test_urls import COMMITTEE, ROWS, Row
from tests.venues.making import serving, venue
from tests.world import World
from yizheng.contacts import services as contacts
from yizheng.contacts.models import ContactLink
from yizheng.core import clock, doors
from yizheng.core.refusals import NotNow, Refusal, StaleState
from yizheng.enterprises import services as enterprises
from yizheng.library import services as library
from yizheng.organisations.models import CalendarDay, Committee, UnitContact
from yizheng.organisations.services import founding, settings, units
from yizheng.people.models import Account, Collective, Sector
from yizheng.people.services import accounts as people
from yizheng.people.services import roster
from yizheng.staff import services as staff
from yizheng.venues import services as venues
from yizheng.venues.models import RotaDay, VenueCategory, WallNotice

CHANGED = "您打开后，内容已被修改"
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


@dataclass(frozen=True)
class Page:
    """A form page: who keeps it, where it is, what the first and the second window type.

    `ends`: it can be done only once.
    """

    who: str
    address: Callable[[dict[str, Any]], str]
    first: dict[str, Any]
    second: dict[str, Any]
    ends: bool = False


def _page(who: str, address: str, field: str, first: Any, second: Any, **more: Any) -> Page:
    return Page(who, lambda row: address.format(**row), {field: first}, {field: second}, **more)


PAGES = {
    "term": _page("clerk", "/organisation/terms/{term}/", "ends_on", "2030-01-01", "2031-01-01"),
    "session": _page("clerk", "/organisation/sessions/{session}/", "ordinal", "4", "5"),
    "sector": _page("clerk", "/organisation/sectors/{sector}/", "name", "环境", "资源"),
    "committee": _page(
        "clerk", "/organisation/committees/{committee}/", "name", "经济委员会", "农业委员会"
    ),
    "group": _page("clerk", "/organisation/groups/{group}/", "name", "第二小组", "第三小组"),
    "collective": _page(
        "clerk", "/organisation/collectives/{collective}/", "name", "民建支部", "民进支部"
    ),
    "category": _page(
        "clerk", "/organisation/venue-categories/{category}/", "name", "议事厅", "会客室"
    ),
    "role": _page("administrator", "/organisation/roles/{role}/", "name", "审查人", "初审人"),
    "unit": _page("clerk", "/organisation/units/{unit}/rename/", "name", "水利局", "水务中心"),
    "unit closed": _page(
        "clerk",
        "/organisation/units/{unit}/close/",
        "on",
        str(YESTERDAY),
        str(timezone.localdate()),
        ends=True,
    ),
    "contact's phone and post": Page(
        "clerk",
        lambda row: "/organisation/units/{unit}/contact/leader/".format(**row),
        {"phone": "19900001111"},
        {"post": "副局长"},
    ),
    "contact replaced": _page(
        "clerk", "/organisation/units/{unit}/contact/leader/", "name", "石砚", "白芷"
    ),
    "contact first named": _page(
        "clerk", "/organisation/units/{unit}/contact/officer/", "name", "石砚", "白芷"
    ),
    "member's employer and post": Page(
        "clerk",
        lambda row: "/people/{member}/edit/".format(**row),
        {"employer": "县医院院长"},
        {"post": "副主席"},
    ),
    "member's phone": _page(
        "clerk", "/people/{member}/edit/", "phone", "19911110000", "19922220000"
    ),
    "member leaves": Page(
        "clerk",
        lambda row: "/people/{member}/end/".format(**row),
        {"reason": "deceased"},
        {"reason": "resigned", "record": "第十次会议"},
        ends=True,
    ),
    "role ends": _page(
        "administrator",
        "/people/accounts/{account}/roles/{grant}/end/",
        "on",
        "2030-01-01",
        "2031-01-01",
    ),
    "venue": _page("organiser", "/venues/{venue}/edit/", "place", "石桥村 2 号", "石桥村 3 号"),
    "venue closed": _page(
        "organiser",
        "/venues/{venue}/close/",
        "on",
        str(YESTERDAY),
        str(timezone.localdate()),
        ends=True,
    ),
    "serves no longer": _page(
        "organiser",
        "/venues/{venue}/members/{venue_member}/end/",
        "on",
        str(YESTERDAY),
        str(timezone.localdate()),
        ends=True,
    ),
    "rota": _page("organiser", "/venues/{venue}/rota/{rota_day}/", "begins", "08:00", "08:30"),
    "wall": _page(
        "organiser", "/venues/{venue}/wall/{wall_notice}/", "title", "值守安排", "值守须知"
    ),
    "enterprise": _page("organiser", "/enterprises/{enterprise}/", "trade", "铸造", "锻造"),
    "enterprise's members": Page(
        "organiser",
        lambda row: "/enterprises/{enterprise}/".format(**row),
        {"members": ["{member}"]},
        {"trade": "锻造"},
    ),
    "enterprise closed": _page(
        "organiser",
        "/enterprises/{enterprise}/close/",
        "on",
        str(YESTERDAY),
        str(timezone.localdate()),
        ends=True,
    ),
    "post": _page(
        "organiser", "/staff/posts/{staff_post}/", "paper", "云编〔2026〕1号", "云编〔2026〕2号"
    ),
    "post abolished": _page(
        "organiser",
        "/staff/posts/{empty_post}/end/",
        "on",
        str(YESTERDAY),
        str(timezone.localdate()),
        ends=True,
    ),
    "leaves the office": _page(
        "organiser", "/staff/{staff}/leave/", "left", "retired", "promoted", ends=True
    ),
    "changes the post": _page(
        "organiser", "/staff/{staff}/move/", "title", "主任", "副主任", ends=True
    ),
    "contact link": _page(
        "organiser",
        "/contacts/{contact}/end/",
        "on",
        str(YESTERDAY),
        str(timezone.localdate()),
        ends=True,
    ),
    "rule": _page("organiser", "/library/{rule}/edit/", "title", "履职办法", "履职规定"),
    "rule repealed": _page(
        "organiser", "/library/{rule}/repeal/", "meeting", "第十一次会议", "第十二次会议", ends=True
    ),
}


@pytest.fixture
def rows(world: World) -> dict[str, Any]:
    found = {name: place for app in COMMITTEE for name, place in app.places(world).items()}
    units.set_contact(
        world.units["水务局"], "leader", by=world.actor("clerk"), name="江越", post="局长", phone=""
    )
    return {
        **found,
        "term": world.session.term_id,
        "session": world.session.pk,
        "sector": Sector.objects.get(name="教育").pk,
        "committee": Committee.objects.get().pk,
        "collective": Collective.objects.get().pk,
        "category": VenueCategory.objects.first().pk,
        "role": world.accounts["reviewer"].grants.get().role_id,
        "unit": world.units["水务局"].pk,
        "member": world.members["third"].pk,
        "account": world.accounts["officer"].pk,
        "grant": world.accounts["officer"].grants.get().pk,
        "empty_post": post(world, "科员").pk,
    }


def second_window(world: World, who: str) -> Client:
    """Somebody else with the same role."""
    (role,) = {grant.role.code for grant in world.accounts[who].grants.all()}
    founding.grant(world.accounts["assigner"].pk, role, since=timezone.localdate())
    return browser_of(world, "assigner")


def form_in(content: bytes, field: str) -> Any:
    forms = lxml.html.fromstring(content.decode()).forms
    return next(form for form in forms if field in form.fields and form.method == "POST")


def filled(content: bytes, changes: dict[str, Any]) -> dict[str, Any]:
    """What the browser would send: everything as the page shows it, but for what was typed."""
    values: dict[str, Any] = {}
    for name, value in form_in(content, next(iter(changes))).form_values():
        values.setdefault(name, []).append(value)
    return values | changes


@pytest.mark.parametrize("name", PAGES)
def test_the_second_window_is_refused_and_nothing_of_the_first_is_lost(
    world: World, rows: dict[str, Any], name: str
) -> None:
    page = PAGES[name]
    address = page.address(rows)
    first_typed = {
        key: [rows["member"]] if value == ["{member}"] else value
        for key, value in page.first.items()
    }
    first = browser_of(world, page.who)
    second = second_window(world, page.who)
    seen_by_first, seen_by_second = first.get(address).content, second.get(address).content
    done = first.post(address, filled(seen_by_first, first_typed))
    assert done.status_code == 302, done.content.decode()
    refused = second.post(address, filled(seen_by_second, page.second))
    text = refused.content.decode()
    assert refused.status_code == 422 and CHANGED in text
    assert world.accounts[page.who].person.name in text and f"{timezone.localtime():%m-%d}" in text
    for field, value in page.second.items():
        assert form_in(refused.content, field).fields[field] == value, (
            "what was typed is still there"
        )
    if page.ends:
        again = second.post(address, filled(refused.content, page.second))
        assert again.status_code == 422 and CHANGED not in again.content.decode(), (
            "it happened already, and that is said"
        )
        return
    stands = form_in(first.get(address).content, next(iter(page.first)))
    for field, value in first_typed.items():
        assert _value(stands, field) == _texts(value), "the first change stands"
    assert second.post(address, filled(refused.content, page.second)).status_code == 302, (
        "who has read it may save over it"
    )


def _value(form: Any, field: str) -> list[str]:
    return [value for name, value in form.form_values() if name == field]


def _texts(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value])]


def test_the_own_settings_in_two_windows(world: World) -> None:
    window = browser_of(world, "clerk")
    page = window.get("/people/me/").content
    assert window.post("/people/me/", filled(page, {"phone": "19900002222"})).status_code == 302
    refused = window.post("/people/me/", filled(page, {"language": "en"}))
    assert refused.status_code == 422 and CHANGED in refused.content.decode()
    account = Account.objects.get(pk=world.accounts["clerk"].pk)
    assert (account.phone, account.language) == ("19900002222", "zh-hans")
    assert (
        window.post("/people/me/", filled(refused.content, {"language": "en"})).status_code == 302
    )


def test_the_same_day_in_two_windows_of_the_calendar(world: World) -> None:
    first, second = browser_of(world, "clerk"), second_window(world, "clerk")
    pages = [window.get("/organisation/calendar/").content for window in (first, second)]
    day = {"day": "2026-03-03", "is_working_day": "no"}
    assert (
        first.post("/organisation/calendar/", filled(pages[0], {**day, "note": "县庆"})).status_code
        == 302
    )
    refused = second.post("/organisation/calendar/", filled(pages[1], {**day, "note": "停电"}))
    assert (
        refused.status_code == 422
        and CHANGED in refused.content.decode()
        and "林澄" in refused.content.decode()
    )
    assert CalendarDay.objects.get().note == "县庆"
    other = {"day": "2026-03-04", "is_working_day": "no", "note": "县庆"}
    assert second.post("/organisation/calendar/", filled(pages[1], other)).status_code == 302, (
        "another day is another day"
    )
    assert (
        second.post(
            "/organisation/calendar/", filled(refused.content, {**day, "note": "停电"})
        ).status_code
        == 422
    ), "the list changed again"
    assert (
        second.post(
            "/organisation/calendar/",
            filled(second.get("/organisation/calendar/").content, {**day, "note": "停电"}),
        ).status_code
        == 302
    )


# Buttons ------------------------------------------------------------------------------------------


def button(content: bytes, address: str) -> dict[str, Any]:
    form = next(
        form for form in lxml.html.fromstring(content.decode()).forms if form.action == address
    )
    return dict(form.form_values())


BUTTONS: dict[str, tuple[str, str, str, Callable[[World, dict[str, Any]], None]]] = {
    "strike a day": (
        "organiser",
        "/venues/{venue}/",
        "/venues/{venue}/rota/{rota_day}/strike/",
        lambda world, rows: venues.change_rota(
            _rota(rows),
            world.members["member"],
            by=world.actor("organiser"),
            day=_rota(rows).day,
            begins=dt.time(8),
            ends=dt.time(9),
        ),
    ),
    "take a notice down": (
        "organiser",
        "/venues/{venue}/",
        "/venues/{venue}/wall/{shown_notice}/take-down/",
        lambda world, rows: (
            None
            if venues.post_notice(
                WallNotice.objects.get(pk=rows["shown_notice"]),
                {
                    "board": "news",
                    "title": "新",
                    "text": "新",
                    "posted_on": clock.today(),
                    "until": None,
                },
                by=world.actor("organiser"),
            )
            else None
        ),
    ),
    "remove a sector": (
        "clerk",
        "/organisation/sectors/",
        "/organisation/sectors/{empty_sector}/remove/",
        lambda world, rows: settings.save_named(
            Sector.objects.get(pk=rows["empty_sector"]), {"name": "科技"}, by=world.actor("clerk")
        ),
    ),
    "remove a day": (
        "clerk",
        "/organisation/calendar/",
        "/organisation/calendar/{day}/remove/",
        lambda world, rows: (
            None
            if settings.set_day(
                dt.date(2026, 3, 3), by=world.actor("clerk"), is_working_day=False, note="改"
            )
            else None
        ),
    ),
    "switch an account off": (
        "administrator",
        "/people/accounts/{account}/",
        "/people/accounts/{account}/deactivate/",
        lambda world, rows: people.change_settings(
            world.accounts["officer"], by=world.actor("officer"), phone="19933330000"
        ),
    ),
}


def _rota(rows: dict[str, Any]) -> Any:
    return RotaDay.objects.get(pk=rows["rota_day"])


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_on_what_somebody_changed_since_does_nothing(
    world: World, rows: dict[str, Any], name: str
) -> None:
    who, page, address, change = BUTTONS[name]
    empty = Sector(name="体育")
    empty.save()
    shown = WallNotice(venue_id=rows["venue"])
    venues.post_notice(
        shown,
        {"board": "news", "title": "旧", "text": "旧", "posted_on": clock.today(), "until": None},
        by=world.actor("organiser"),
    )
    day = settings.set_day(
        dt.date(2026, 3, 3), by=world.actor("clerk"), is_working_day=False, note=""
    )
    rows |= {"empty_sector": empty.pk, "shown_notice": shown.pk, "day": day.pk}
    window = browser_of(world, who)
    pressed = button(window.get(page.format(**rows)).content, address.format(**rows))
    change(world, rows)
    answer = window.post(address.format(**rows), pressed, follow=True)
    assert CHANGED in answer.content.decode()
    again = button(window.get(page.format(**rows)).content, address.format(**rows))
    assert (
        CHANGED not in window.post(address.format(**rows), again, follow=True).content.decode()
    ), "on the page as it is now it works"


LOOKS_AND_NEW = (
    "phone/",
    "phones/",
    "visitor/",
    "open-account/",
    "/add/",
    "sign-out",
    "/language/",
    "/elder/",
    "/import/",
    "read_all",
    "/read/",
)


def test_every_form_and_every_button_says_what_it_saw(world: World, rows: dict[str, Any]) -> None:
    """Of what is there already; what is new, and looks, have nothing to say."""
    asked = 0
    for row in ROWS:
        address = _address_of(row, rows)
        if address is None:
            continue
        who = row.having[0]
        content = browser_of(world, who).get(address).content
        for form in lxml.html.fromstring(content.decode()).forms if b"<form" in content else ():
            action = form.action or address
            if (
                form.method == "POST"
                and not any(part in action for part in LOOKS_AND_NEW)
                and "/steps/" not in action
            ):
                asked += 1
                assert "seen" in form.fields, f"{row.name}: {action}"
    assert asked > 25


MASTER_DATA = {"venues", "contacts", "staff", "enterprises", "library", "organisations", "people"}
ADDING = {
    "venues:add",
    "venues:add_members",
    "venues:fill_rota",
    "venues:add_notice",
    "venues:add_visit",
    "contacts:assign",
    "contacts:note",
    "staff:add_post",
    "staff:arrive",
    "enterprises:add",
    "library:add",
    "organisations:add_term",
    "organisations:add_session",
    "organisations:add_role",
    "organisations:add_unit",
    "organisations:add_named",
    "people:add_member",
    "people:open_account",
    "people:give_role",
}


def _address_of(row: Row, rows: dict[str, Any]) -> str | None:
    """Of a page of master data that is there to be changed."""
    app, _colon, page = row.name.partition(":")
    known = rows | {"sectors": "sectors", "duty": "leader", "membership": rows["member"]}
    values = [known.get(place) for place in row.places]
    if (
        app not in MASTER_DATA
        or row.method != "GET"
        or row.name in ADDING
        or "import" in page
        or "export" in page
        or None in values
    ):
        return None
    return reverse(row.name, args=values)


# Checks on what is there now ----------------------------------------------------------------------


def copies(row: Any) -> tuple[Any, Any]:
    """As two windows have read it."""
    return type(row).objects.get(pk=row.pk), type(row).objects.get(pk=row.pk)


TODAY = timezone.localdate()
TWICE: dict[str, tuple[Callable[[World], Any], Callable[[World, Any], Any]]] = {
    "membership": (
        lambda world: world.members["third"],
        lambda world, row: roster.end_membership(
            row, reason="deceased", on=TODAY, record="", by=world.actor("clerk")
        ),
    ),
    "unit": (
        lambda world: world.units["教育局"],
        lambda world, row: units.close_unit(row, by=world.actor("clerk"), on=TODAY),
    ),
    "venue": (
        venue,
        lambda world, row: venues.close_venue(row, by=world.actor("organiser"), on=TODAY),
    ),
    "reopened venue": (
        lambda world: closed_venue(world),
        lambda world, row: venues.reopen_venue(row, by=world.actor("organiser")),
    ),
    "serving": (
        lambda world: serving(venue(world), world, "member")[0],
        lambda world, row: venues.end_member(row, by=world.actor("organiser"), on=TODAY),
    ),
    "contact link": (
        lambda world: link(world),
        lambda world, row: contacts.end_link(row, by=world.actor("organiser"), on=TODAY),
    ),
    "post": (post, lambda world, row: staff.end_post(row, by=world.actor("organiser"), on=TODAY)),
    "staff": (
        lambda world: arrived(world, post(world), "邵荻"),
        lambda world, row: staff.leave(
            row, by=world.actor("organiser"), until=TODAY, left="retired"
        ),
    ),
    "enterprise": (
        enterprise,
        lambda world, row: enterprises.close(row, by=world.actor("organiser"), on=TODAY),
    ),
    "role": (
        lambda world: world.accounts["officer"].grants.get(),
        lambda world, row: people.end_role(row, by=world.actor("administrator"), on=TODAY),
    ),
    "rule": (
        rule,
        lambda world, row: library.repeal(
            row, by=world.actor("organiser"), on=TODAY, meeting="第十一次会议"
        ),
    ),
    "rota": (
        lambda world: rota_day(world),
        lambda world, row: venues.strike_rota(row, by=world.actor("organiser")),
    ),
    "sector": (
        lambda world: empty_sector(),
        lambda world, row: settings.remove_named(row, by=world.actor("clerk")),
    ),
    "day": (
        lambda world: settings.set_day(
            dt.date(2026, 3, 3), by=world.actor("clerk"), is_working_day=False, note=""
        ),
        lambda world, row: settings.remove_day(row, by=world.actor("clerk")),
    ),
    "entry": (
        lambda world: contacts.note(link(world), by=world.actor("member"), day=TODAY, way="visit"),
        lambda world, row: contacts.take_back(row, by=world.actor("member")),
    ),
}


def closed_venue(world: World) -> Any:
    place = venue(world)
    venues.close_venue(place, by=world.actor("organiser"), on=TODAY)
    return place


def link(world: World) -> ContactLink:
    contacts.assign(
        "members_to_places",
        [world.members["member"]],
        by=world.actor("organiser"),
        since=dt.date(2026, 1, 1),
        words=["石桥村"],
    )
    return ContactLink.objects.get()


def rota_day(world: World) -> Any:
    place = venue(world)
    serving(place, world, "member", "cosigner", "third")
    venues.fill_rota(
        place,
        [world.members["member"]],
        [TODAY],
        by=world.actor("organiser"),
        begins=dt.time(9),
        ends=dt.time(11),
    )
    return place.rota.get()


def empty_sector() -> Sector:
    row = Sector(name="体育")
    row.save()
    return row


@pytest.mark.parametrize("name", TWICE)
def test_what_ended_in_another_window_does_not_end_again(world: World, name: str) -> None:
    make, act = TWICE[name]
    first, second = copies(make(world))
    act(world, first)
    with pytest.raises((NotNow, StaleState)):
        act(world, second)


def test_a_unit_closed_in_another_window_is_neither_renamed_nor_given_a_contact(
    world: World,
) -> None:
    by = world.actor("clerk")
    first, second = copies(world.units["教育局"])
    units.close_unit(first, by=by, on=TODAY)
    with pytest.raises(NotNow):
        units.rename_unit(
            second, by=by, name="教育体育局", short_name="教体局", kind="department", on=TODAY
        )
    with pytest.raises(NotNow):
        units.set_contact(second, "leader", by=by, name="江越", post="", phone="")
    with pytest.raises(Refusal):
        units.close_unit(world.units["财政局"], by=by, on=TODAY, merged_into=second)


def test_a_day_of_the_rota_that_was_handed_over_is_no_longer_theirs(world: World) -> None:
    row = rota_day(world)
    first, second = copies(row)
    times = {"day": TODAY, "begins": dt.time(9), "ends": dt.time(11)}
    venues.change_rota(first, world.members["cosigner"], by=world.actor("member"), **times)
    with pytest.raises(Refusal):
        venues.change_rota(second, world.members["third"], by=world.actor("member"), **times)
    row.refresh_from_db()
    assert row.membership == world.members["cosigner"]


def test_the_mark_of_a_successor_is_another(world: World) -> None:
    """Named after another, a contact begins in the first version again; who saw the one before has
    not seen this one.
    """
    unit, by = world.units["水务局"], world.actor("clerk")
    before = units.set_contact(unit, "leader", by=by, name="江越", post="", phone="")
    seen = doors.mark(before)
    after = units.set_contact(unit, "leader", by=by, name="石砚", post="", phone="")
    assert (
        after.version == before.version == 0
        and doors.mark(after) != seen
        and doors.mark(None) not in (seen, doors.mark(after))
    )
    with pytest.raises(StaleState):
        units.set_contact(unit, "leader", by=by, name="江越", post="局长", phone="", seen=seen)
    assert UnitContact.objects.get(until=None).name == "石砚"


def test_nothing_that_changed_nothing_makes_another_page_stale(world: World) -> None:
    sector = Sector.objects.get(name="教育")
    settings.save_named(sector, {"name": "教育", "convener": None}, by=world.actor("clerk"))
    assert sector.version == 0
    place = venue(world)
    serving(place, world, "member")
    place.refresh_from_db()
    assert place.version == 0, "who serves there stands on no form of the venue"


# What the refusal tells ---------------------------------------------------------------------------


def refused_second(
    world: World, rows: dict[str, Any], name: str, **first: Any
) -> tuple[Client, str, Any]:
    """The second window as it was refused."""
    page = PAGES[name]
    address = page.address(rows)
    one, two = browser_of(world, page.who), second_window(world, page.who)
    earlier = two.get(address).content
    assert (
        one.post(address, filled(one.get(address).content, first or page.first)).status_code == 302
    )
    return two, address, two.post(address, filled(earlier, page.second))


def listed(content: bytes, which: str = "meanwhile") -> list[str]:
    found = lxml.html.fromstring(content.decode()).xpath(f"//ul[@data-{which}]/li")
    return [" ".join(each.text_content().split()) for each in found]


def test_the_refusal_names_what_changed_and_leads_to_it(world: World, rows: dict[str, Any]) -> None:
    _two, address, refused = refused_second(world, rows, "sector")
    assert listed(refused.content) == ["名称：环境"]
    summary = lxml.html.fromstring(refused.content.decode()).xpath("//*[@data-refusal-summary]")[0]
    assert summary.xpath("h2")[0].text_content() == "未保存", "nothing that was typed is wrong"
    (way,) = summary.xpath(".//a")
    assert (way.get("href"), way.get("target"), way.get("rel")) == (address, "_blank", "noopener")


def test_what_this_window_had_not_touched_is_not_undone(world: World, rows: dict[str, Any]) -> None:
    two, address, refused = refused_second(world, rows, "member's employer and post")
    (told,) = listed(refused.content)
    assert "县医院院长" in told and "下面已换成新内容" in told
    shown = form_in(refused.content, "post")
    assert (shown.fields["employer"], shown.fields["post"]) == ("县医院院长", "副主席")
    assert two.post(address, filled(refused.content, {"post": "副主席"})).status_code == 302
    now = form_in(two.get(address).content, "post").fields
    assert (now["employer"], now["post"]) == ("县医院院长", "副主席"), "both changes stand"


def test_what_both_changed_stays_as_it_was_typed(world: World, rows: dict[str, Any]) -> None:
    _two, _address, refused = refused_second(world, rows, "rota")
    (told,) = listed(refused.content)
    assert "08:00" in told and "下面已换成新内容" not in told
    assert form_in(refused.content, "begins").fields["begins"] == "08:30"


def test_what_is_kept_quiet_is_named_only(world: World, rows: dict[str, Any]) -> None:
    _two, _address, refused = refused_second(world, rows, "member's phone")
    (told,) = listed(refused.content)
    assert "19911110000" not in told and "：" not in told


def test_what_changed_before_the_page_was_opened_is_not_told(
    world: World, rows: dict[str, Any]
) -> None:
    keeper, address = browser_of(world, "clerk"), PAGES["member's employer and post"].address(rows)
    keeper.post(address, filled(keeper.get(address).content, {"post": "秘书长"}))
    _two, _address, refused = refused_second(world, rows, "member's employer and post")
    assert len(listed(refused.content)) == 1

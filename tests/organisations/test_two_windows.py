"""Two windows on one row of master data: the second hears who was quicker and when, keeps what was
typed, and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.organisations.two_window_pages import PAGES
from tests.signing_in import browser_of
from tests.staff.making import post
from tests.test_urls import COMMITTEE, ROWS, Row
from tests.venues.making import venue
from tests.world import World
from yizheng.core import clock
from yizheng.organisations.models import CalendarDay, Committee
from yizheng.organisations.services import founding, settings, units
from yizheng.people.models import Account, Collective, Sector
from yizheng.people.services import accounts as people
from yizheng.venues import services as venues
from yizheng.venues.models import RotaDay, VenueCategory, WallNotice

CHANGED = "您打开后，内容已被修改"


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
    first_typed, second_typed = page.typed_first(rows), page.typed_second()
    first = browser_of(world, page.who)
    second = second_window(world, page.who)
    seen_by_first, seen_by_second = first.get(address).content, second.get(address).content
    done = first.post(address, filled(seen_by_first, first_typed))
    assert done.status_code == 302, done.content.decode()
    refused = second.post(address, filled(seen_by_second, second_typed))
    text = refused.content.decode()
    assert refused.status_code == 422 and CHANGED in text
    assert world.accounts[page.who].person.name in text and f"{timezone.localtime():%m-%d}" in text
    for field, value in second_typed.items():
        assert form_in(refused.content, field).fields[field] == value, (
            "what was typed is still there"
        )
    if page.ends:
        again = second.post(address, filled(refused.content, second_typed))
        assert again.status_code == 422 and CHANGED not in again.content.decode(), (
            "it happened already, and that is said"
        )
        return
    stands = form_in(first.get(address).content, next(iter(first_typed)))
    for field, value in first_typed.items():
        assert _value(stands, field) == _texts(value), "the first change stands"
    assert second.post(address, filled(refused.content, second_typed)).status_code == 302, (
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


# What the refusal tells ---------------------------------------------------------------------------


def refused_second(
    world: World, rows: dict[str, Any], name: str, **first: Any
) -> tuple[Client, str, Any]:
    """The second window as it was refused."""
    page = PAGES[name]
    address = page.address(rows)
    one, two = browser_of(world, page.who), second_window(world, page.who)
    earlier = two.get(address).content
    typed = filled(one.get(address).content, first or page.typed_first(rows))
    assert one.post(address, typed).status_code == 302
    return two, address, two.post(address, filled(earlier, page.typed_second()))


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


def test_of_a_long_text_the_words_that_were_typed_stay_though_they_begin_as_before(
    world: World,
) -> None:
    """The trail keeps no more than a beginning, which does not tell whether more was typed."""
    beginning = "水" * 240
    address = reverse("venues:edit", args=[venue(world, about=f"{beginning}。").pk])
    one, two = browser_of(world, "organiser"), second_window(world, "organiser")
    earlier = two.get(address).content
    first = filled(one.get(address).content, {"about": "每周三开放。"})
    assert one.post(address, first).status_code == 302
    refused = two.post(address, filled(earlier, {"about": f"{beginning}，周末也开放。"}))
    (told,) = listed(refused.content)
    assert "每周三开放。" in told and "下面已换成新内容" not in told
    assert form_in(refused.content, "about").fields["about"].strip() == f"{beginning}，周末也开放。"

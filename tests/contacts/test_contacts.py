"""Contacts: who is linked to whom, how often is enough, who reads the notes; counted by hand."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.days import first_day, new_year
from tests.signing_in import SignedIn
from tests.world import World, draft, invite, morning, told
from yizheng import regulations as regulation_rules
from yizheng.contacts import queries, services
from yizheng.contacts.models import ContactEntry, ContactLink
from yizheng.contacts.parameters import in_force, of_year
from yizheng.contacts.queries import standing
from yizheng.core import clock
from yizheng.core.access import system
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.people.models import Membership
from yizheng.people.services import roster
from yizheng.proposals import services as proposal_services
from yizheng.regulations import services as regulations

DAY = dt.date
SECRET = "谈到家中老人就医困难"


@pytest.mark.parametrize(
    ("least", "count", "today", "since", "expected"),
    [
        # Twice a year, from before the year: due by 2 July (day 183) and 31 December.
        (2, 0, DAY(2026, 7, 2), DAY(2025, 1, 1), (2, DAY(2026, 7, 2), "open")),
        (2, 0, DAY(2026, 7, 3), DAY(2025, 1, 1), (2, DAY(2026, 7, 2), "late")),
        (2, 1, DAY(2026, 7, 3), DAY(2025, 1, 1), (2, DAY(2026, 12, 31), "open")),
        (2, 2, DAY(2026, 7, 3), DAY(2025, 1, 1), (2, None, "reached")),
        # Four a year, but only since 1 October: 92 of 365 days owe 1.008, that is 2.
        (4, 0, DAY(2026, 11, 1), DAY(2026, 10, 1), (2, DAY(2026, 11, 15), "open")),
        # Two a year since 20 December: 12 days owe at least one.
        (2, 0, DAY(2026, 12, 31), DAY(2026, 12, 20), (1, DAY(2026, 12, 31), "open")),
        # No least: nothing is owed.
        (0, 0, DAY(2026, 11, 1), DAY(2025, 1, 1), (0, None, "reached")),
    ],
)
def test_how_a_link_stands(
    least: int, count: int, today: dt.date, since: dt.date, expected: tuple[int, dt.date, str]
) -> None:
    found = standing(least, count, 2026, today, since)
    assert (found.required, found.due_on, found.level) == expected


def assigned(world: World, **values: object) -> list[ContactLink]:
    """The Party's member with a post keeps in touch with both others; since the year before."""
    cosigner = world.members["cosigner"]
    fields = {
        "who": [cosigner],
        "whom": [world.members["member"], world.members["third"]],
        "since": first_day(),
        **values,
    }
    services.assign("party_to_nonparty", by=world.actor("organiser"), **fields)
    return list(ContactLink.objects.all())


def test_bulk_assignment_in_turn_gives_nobody_themselves(world: World) -> None:
    """Three members among themselves: each is contacted once, by the next one."""
    all_three = [world.members[who] for who in ("member", "cosigner", "third")]
    services.assign(
        "leaders_to_members",
        all_three,
        by=world.actor("organiser"),
        since=first_day(),
        whom=all_three,
    )
    pairs = {(str(link.member), link.whom) for link in ContactLink.objects.all()}
    assert pairs == {("许茉", "沈禾"), ("唐蘅", "许茉"), ("沈禾", "唐蘅")}
    with pytest.raises(BadInput, match="都已有了"):
        services.assign(
            "leaders_to_members",
            all_three,
            by=world.actor("organiser"),
            since=first_day(),
            whom=all_three,
        )


def test_everybody_with_everybody_and_words(world: World) -> None:
    pair = [world.members["member"], world.members["cosigner"]]
    values = {"by": world.actor("organiser"), "since": first_day(), "in_turn": False}
    assert services.assign("leaders_to_members", pair, whom=pair, **values) == 2
    assert (
        services.assign(
            "members_to_places", pair, words=["石桥村", " 石桥村 ", "", "北坡 机械厂"], **values
        )
        == 4
    )
    assert told(world, "member") and not told(world, "third")


def test_sharing_out_asks_no_more_for_more(world: World) -> None:
    """Of six links two stand already."""
    three = [world.members[who] for who in ("member", "cosigner", "third")]
    values = {"by": world.actor("organiser"), "since": first_day(), "in_turn": False}
    made, asked = [], []
    in_force(clock.today())  # remembered by then
    for whom in (three[:1], three):
        with CaptureQueriesContext(connection) as queries_made:
            made.append(services.assign("leaders_to_members", three, whom=whom, **values))
        asked.append(len(queries_made))
    assert made == [2, 4] and asked[0] == asked[1]


@pytest.mark.parametrize("wrong", [{"kind": "no_such"}, {"who": []}, {"words": ["  "]}])
def test_an_assignment_of_nothing_is_refused(world: World, wrong: dict[str, object]) -> None:
    values = {
        "kind": "members_to_places",
        "who": [world.members["member"]],
        "words": ["石桥村"],
        **wrong,
    }
    with pytest.raises(BadInput):
        services.assign(
            values.pop("kind"), by=world.actor("organiser"), since=first_day(), **values
        )


def listed(
    world: World,
    who: str,
    year: int | None = None,
    wanted: Mapping[str, str] = MappingProxyType({}),
) -> list[queries.LinkRow]:
    """As the page of the year lists them for this person."""
    today = clock.today()
    year = year or today.year
    return queries.matrix(world.actor(who), wanted, year, of_year(year, today))


def test_who_was_not_reached_comes_first(world: World) -> None:
    """On 10 August three times a year means one by the first days of May, two by those of September.

    One was reached in time, one never.
    """
    first, second = assigned(world)
    year = new_year().year
    with clock.at(morning(DAY(year, 8, 10))):
        services.note(first, by=world.actor("cosigner"), day=DAY(year, 4, 3), way="visit")
        found = listed(world, "secretary")
        assert [(row.link, row.stands.level, row.stands.count) for row in found] == [
            (second, "late", 0),
            (first, "open", 1),
        ]
        tally = queries.tallies(found, in_force(clock.today()))[0]
        assert (tally.links, tally.reached, tally.never, tally.late) == (2, 0, 1, 1)
        never = listed(world, "secretary", wanted={"state": "never"})
        assert [row.link for row in never] == [second]


def test_a_member_who_left_is_no_longer_to_be_reached(world: World) -> None:
    first, _second = assigned(world)
    first.to_member.until = clock.today() - dt.timedelta(days=1)
    first.to_member.save()
    assert first not in [row.link for row in listed(world, "organiser")]


def test_noting_it_in_the_browser_and_from_the_home_page(world: World, signed_in: SignedIn) -> None:
    link = assigned(world)[0]
    member = signed_in("cosigner")
    assert f"/contacts/{link.pk}/note/" in member.get("/").content.decode()
    data = {"way": "phone", "day": clock.today(), "note": SECRET}
    assert member.post(f"/contacts/{link.pk}/note/", data).status_code == 302
    assert ContactEntry.objects.get().note == SECRET
    tomorrow = clock.today() + dt.timedelta(days=1)
    assert member.post(f"/contacts/{link.pk}/note/", {**data, "day": tomorrow}).status_code == 422
    assert (
        member.post(
            f"/contacts/{link.pk}/note/", {**data, "day": first_day() - dt.timedelta(days=1)}
        ).status_code
        == 422
    )


def pages(client: Client, link: ContactLink) -> str:
    return client.get(f"/contacts/{link.pk}/").content.decode()


def adopt(world: World, on: dt.date, **changes: object) -> None:
    """Another version of the regulation, in force from that day."""
    model = json.loads(
        (Path(regulation_rules.SCHEMAS["contacts"].model or "")).read_text(encoding="utf-8")
    )
    by = system(world.organisation.pk)
    version = regulations.draft("contacts", model | changes, by=by)
    regulations.adopt(version, by=by, meeting="九届主席会议第二次会议", on=on, in_force_from=on)


def open_notes(world: World, to: str) -> None:
    """Notes are open to some."""
    adopt(world, clock.today(), notes_open_to=to)


@pytest.mark.parametrize(
    ("open_to", "readers"),
    [
        ("nobody", {"cosigner"}),
        ("keepers", {"cosigner", "organiser"}),
        ("readers", {"cosigner", "organiser", "secretary"}),
    ],
)
def test_the_note_is_private_as_far_as_the_regulation_says(
    world: World, signed_in: SignedIn, open_to: str, readers: set[str]
) -> None:
    link = assigned(world)[0]
    services.note(link, by=world.actor("cosigner"), day=clock.today(), way="visit", note=SECRET)
    open_notes(world, open_to)
    found = {
        who
        for who in ("cosigner", "organiser", "secretary")
        if SECRET in pages(signed_in(who), link)
    }
    assert found == readers
    assert signed_in("member").get(f"/contacts/{link.pk}/").status_code == 403, (
        "whom it is about does not read it either"
    )


@pytest.mark.parametrize(("days", "stands"), [(1, True), (0, True), (-1, False)])
def test_a_contact_whose_last_day_is_known_is_noted_until_then(
    world: World, signed_in: SignedIn, days: int, stands: bool
) -> None:
    link = assigned(world)[0]
    last = clock.today() + dt.timedelta(days=days)
    services.end_link(link, by=world.actor("organiser"), on=last)
    page = pages(signed_in("cosigner"), link)
    assert (f"/contacts/{link.pk}/note/" in page) is stands


def test_an_earlier_year_is_counted_by_its_own_regulation(
    world: World, signed_in: SignedIn
) -> None:
    """Three times a year, and from the first day of this year five times under another name."""
    last = new_year().year - 1
    Membership.objects.filter(since__gt=DAY(last, 1, 1)).update(since=DAY(last, 1, 1))
    assigned(world, since=DAY(last, 1, 1))
    kind = {"code": "party_to_nonparty", "label": "新的名字", "who": "party_group"}
    adopt(world, new_year(), kinds=[{**kind, "whom": "nonparty", "least": 5}])

    def found(year: int) -> set[tuple[str, int]]:
        rows = listed(world, "organiser", year)
        return {(row.label, row.stands.required) for row in rows}

    assert found(last) == {("党员委员联系党外委员", 3)}
    assert found(new_year().year) == {("新的名字", 5)}
    shown = signed_in("organiser").get(f"/contacts/?year={last}").content.decode()
    assert "党员委员联系党外委员" in shown and "新的名字" not in shown


@pytest.mark.parametrize("asked", ["last", "1999", "²", "99999999999999999999", ""])
def test_a_year_that_is_not_on_offer_shows_this_one_throughout(
    world: World, signed_in: SignedIn, asked: str
) -> None:
    """Rows, their tallies and the kinds to choose from go by one regulation."""
    assigned(world, since=new_year())
    kind = {"code": "party_to_nonparty", "label": "新的名字", "who": "party_group"}
    adopt(world, new_year(), kinds=[{**kind, "whom": "nonparty", "least": 5}])
    year = str(new_year().year - 1) if asked == "last" else asked
    shown = signed_in("organiser").get("/contacts/", {"year": year})
    assert shown.status_code == 200
    words = shown.content.decode()
    assert words.count("新的名字") == 4  # to choose, two rows, their tally
    assert "党员委员联系党外委员" not in words


def test_no_exit_carries_the_note(world: World, signed_in: SignedIn) -> None:
    link = assigned(world)[0]
    services.note(link, by=world.actor("cosigner"), day=clock.today(), way="visit", note=SECRET)
    sheet = load_workbook(
        io.BytesIO(signed_in("organiser").get("/contacts/export/").content)
    ).active
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert "许茉" in cells and SECRET not in cells
    assert not any(
        SECRET in json.dumps(entry.detail, ensure_ascii=False) for entry in AuditEntry.objects.all()
    )


def test_others_neither_note_nor_take_back(world: World) -> None:
    link = assigned(world)[0]
    with pytest.raises(NotAllowed):
        services.note(link, by=world.actor("member"), day=clock.today(), way="visit")
    entry = services.note(link, by=world.actor("cosigner"), day=clock.today(), way="visit")
    with pytest.raises(NotAllowed):
        services.take_back(entry, by=world.actor("organiser"))
    services.take_back(entry, by=world.actor("cosigner"))
    assert not ContactEntry.objects.exists()


def test_the_list_asks_no_more_for_more(world: World, signed_in: SignedIn) -> None:
    services.assign(
        "members_to_places",
        [world.members["member"]],
        by=world.actor("organiser"),
        since=first_day(),
        words=["石桥村"],
    )
    organiser = signed_in("organiser")
    organiser.get("/contacts/")
    with CaptureQueriesContext(connection) as one:
        organiser.get("/contacts/")
    assigned(world)
    with CaptureQueriesContext(connection) as three:
        page = organiser.get("/contacts/").content.decode()
    assert len(one) == len(three) and "许茉 → 沈禾" in page and "石桥村" in page


def test_assigning_in_the_browser(world: World, signed_in: SignedIn) -> None:
    organiser = signed_in("organiser")
    data = {
        "who": [world.members["cosigner"].pk],
        "whom": [world.members["member"].pk],
        "in_turn": "yes",
        "since": first_day(),
    }
    assert organiser.post("/contacts/assign/party_to_nonparty/", data).status_code == 302
    wrong = organiser.post(
        "/contacts/assign/party_to_nonparty/", {**data, "whom": [world.members["cosigner"].pk]}
    )
    assert wrong.status_code == 422, "a member of the Party is no non-party member"
    assert ContactLink.objects.count() == 1


def test_who_is_no_member_any_more_is_not_named(world: World) -> None:
    """Another window has ended the membership; a list that was open before still shows them."""
    stale = Membership.objects.get(pk=world.members["third"].pk)
    roster.end_membership(
        world.members["third"],
        reason="deceased",
        on=clock.today() - dt.timedelta(days=1),
        record="",
        by=world.actor("clerk"),
    )
    with pytest.raises(BadInput, match="唐蘅"):
        assigned(world, whom=[stale], since=clock.today())
    with pytest.raises(NotNow, match="唐蘅"):
        proposal_services.invite(draft(world), [stale], by=world.actor("member"))


@pytest.mark.parametrize("since", ["500 days ago", "no day at all"])
def test_too_long_a_line_is_refused_with_all_else(
    world: World, signed_in: SignedIn, since: str
) -> None:
    """Nothing is cut off in silence: 80 characters are kept, 81 are one too many."""
    day = clock.today() - dt.timedelta(days=500) if since == "500 days ago" else ""
    typed = {"who": [world.members["member"].pk], "words": "石" * 80 + "\n" + "桥" * 81}
    answer = signed_in("organiser").post(
        "/contacts/assign/members_to_places/", {**typed, "in_turn": "no", "since": day}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and not ContactLink.objects.exists()
    assert "“桥桥桥桥桥桥桥桥桥桥…”超过 80 个字" in page and "石石…" not in page
    assert set(re.findall(r'href="#id_(\w+)"', page)) == {"words", "since"}


def test_contacts_end_with_the_membership_on_either_side(world: World) -> None:
    """The cosigner keeps in touch with both others: one of them leaves, then the cosigner."""
    assigned(world)
    last, clerk = clock.today() - dt.timedelta(days=1), world.actor("clerk")
    roster.end_membership(world.members["third"], reason="deceased", on=last, record="", by=clerk)
    assert {link.to_member_id: link.until for link in ContactLink.objects.all()} == {
        world.members["member"].pk: None,
        world.members["third"].pk: last,
    }
    roster.end_membership(
        world.members["cosigner"], reason="deceased", on=clock.today(), record="", by=clerk
    )
    assert set(ContactLink.objects.values_list("until", flat=True)) == {last, clock.today()}


def test_an_invitation_to_co_sign_lapses_in_the_night_after_the_last_day(world: World) -> None:
    (invited,) = invite(world, draft(world), "member", "third")
    roster.end_membership(
        world.members["third"],
        reason="deceased",
        on=clock.today(),
        record="",
        by=world.actor("clerk"),
    )
    assert proposal_services.lapse_invitations(system(world.organisation.pk)) == 0
    with clock.at(morning(clock.today() + dt.timedelta(days=1))):
        assert proposal_services.lapse_invitations(system(world.organisation.pk)) == 1
    invited.refresh_from_db()
    assert invited.state == "lapsed"


def test_a_link_that_ends_next_month_is_not_made_a_second_time(
    world: World, signed_in: SignedIn
) -> None:
    link, by = assigned(world)[0], world.actor("organiser")
    last = clock.today() + dt.timedelta(days=30)
    services.end_link(link, by=by, on=last)
    again = {"by": by, "whom": [link.to_member]}
    with pytest.raises(BadInput):
        services.assign("party_to_nonparty", [link.member], since=last, **again)
    day_after = last + dt.timedelta(days=1)
    assert services.assign("party_to_nonparty", [link.member], since=day_after, **again) == 1
    assert "已结束" not in pages(signed_in("cosigner"), link)
    with clock.at(morning(day_after)):
        assert "已结束" in pages(signed_in("cosigner"), link)


def test_who_is_not_yet_a_member_is_told_at_the_day(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        assigned(world, since=clock.today() - dt.timedelta(days=500))
    assert {field for field, _sentence in refused.value.by_field} == {"since"}


def test_by_when_a_contact_is_due_is_said_as_everywhere_with_what_is_counted(
    world: World, signed_in: SignedIn
) -> None:
    """Three times a year are owed: the first by the end of the first third, the 122nd day of the
    year. Ten days later it is ten days late, ten days before ten days are left.
    """
    assigned(world)
    last = new_year() + dt.timedelta(days=121)
    for day, said in [(10, "逾期 10 天（自然日）"), (-10, "还剩 10 天（自然日）")]:
        with clock.at(morning(last + dt.timedelta(days=day))):
            shown = signed_in("organiser").get("/contacts/").content.decode()
        assert said in shown

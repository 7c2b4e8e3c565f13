"""One term after another: who serves on a day is a member of the term that holds on it, and of no
other.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.days import ago, ahead
from tests.signing_in import browser_of
from tests.world import World
from yizheng.core import audit
from yizheng.core.refusals import BadInput, NotNow
from yizheng.organisations.models import Term
from yizheng.organisations.services import settings
from yizheng.people.models import Membership, Sector
from yizheng.people.queries import actor_of, serving_on
from yizheng.people.services import roster

pytestmark = pytest.mark.usefixtures("english")


def term(world: World, ordinal: int, begins: dt.date, ends: dt.date | None = None) -> Term:
    made = Term()
    values = {"ordinal": ordinal, "begins_on": begins, "ends_on": ends}
    settings.save_term(made, values, by=world.actor("clerk"))
    return made


def join(world: World, of: Term, name: str, since: dt.date, **values: Any) -> Membership:
    sector = Sector.objects.order_by("pk").first()
    fields = {"name": name, "phone": "", "sector": sector, "party": "群众", **values}
    return roster.add_member(of, fields, by=world.actor("clerk"), since=since)


def names_on(day: dt.date) -> set[str]:
    return {member.person.name for member in serving_on(day).select_related("person")}


def test_when_a_term_begins_the_one_before_ends_and_with_it_its_seats(world: World) -> None:
    """Three members of the ninth term; one of them is elected again, one is new."""
    old = world.session.term
    new = term(world, 10, ahead(30))
    old.refresh_from_db()
    assert old.ends_on == ahead(29)
    again, fresh = join(world, new, "沈禾", ahead(30)), join(world, new, "新委员", ahead(30))
    assert again.person_id != fresh.person_id
    assert names_on(ahead(29)) == {"沈禾", "许茉", "唐蘅"}
    assert names_on(ahead(30)) == {"沈禾", "新委员"}
    ended = Membership.objects.filter(term=old).values_list("until", "end_reason").distinct()
    assert list(ended) == [(ahead(29), "term")]


def test_who_was_not_elected_again_may_do_nothing_from_that_day_on(world: World) -> None:
    term(world, 10, ahead(30))
    account = world.accounts["member"]
    assert actor_of(account, on=ahead(29)).holds("proposals.submit")
    gone = actor_of(account, on=ahead(30))
    assert not gone.membership_ids and not gone.grants


def test_the_last_day_put_right_moves_the_seats_and_taken_back_frees_them(world: World) -> None:
    old, clerk = world.session.term, world.actor("clerk")
    days = {"ordinal": 9, "begins_on": old.begins_on}
    for ends in (ahead(3), ahead(9), None):
        settings.save_term(old, {**days, "ends_on": ends}, by=clerk)
        found = set(Membership.objects.filter(term=old).values_list("until", "end_reason"))
        assert found == {(ends, "term" if ends else "")}
    told = audit.history(old).filter(action="members.term_ended")
    assert [entry.detail["members"] for entry in told] == [3, 3, 3]


def test_an_end_of_ones_own_stays_what_it_is(world: World) -> None:
    member = world.members["third"]
    roster.end_membership(
        member, reason="revoked", on=ago(1), record="九届常委会第12次会议", by=world.actor("clerk")
    )
    term(world, 10, ahead(30))
    member.refresh_from_db()
    assert (member.until, member.end_reason) == (ago(1), "revoked")


def test_a_seat_that_ends_with_its_term_may_end_earlier_and_not_later(world: World) -> None:
    term(world, 10, ahead(30))
    member, clerk = world.members["member"], world.actor("clerk")
    member.refresh_from_db()
    with pytest.raises(BadInput, match="ended on"):
        roster.end_membership(member, reason="deceased", on=ahead(30), record="", by=clerk)
    roster.end_membership(member, reason="deceased", on=ago(2), record="", by=clerk)
    assert "沈禾" not in names_on(ago(1))
    with pytest.raises(NotNow, match="ended already"):
        roster.end_membership(member, reason="deceased", on=ago(2), record="", by=clerk)


def test_the_roster_of_an_old_term_changes_nothing_today(world: World) -> None:
    """Five members of the eighth term, entered now: nobody of them serves, is due or may act."""
    before = names_on(ahead(0))
    eighth = term(world, 8, dt.date(2017, 1, 9))
    assert eighth.ends_on == world.session.term.begins_on - dt.timedelta(days=1)
    for n in range(5):
        join(world, eighth, f"老委员{n}", eighth.begins_on, is_standing=True)
    assert names_on(ahead(0)) == before
    assert len(names_on(dt.date(2018, 5, 2))) == 5


def test_an_older_row_keeps_nobodys_rights(world: World) -> None:
    """Of both terms, and taken off the roll of this one: no right is left."""
    eighth = term(world, 8, dt.date(2017, 1, 9))
    join(world, eighth, "沈禾", eighth.begins_on, phone=world.members["member"].person.phone)
    roster.end_membership(
        world.members["member"],
        reason="revoked",
        on=ago(1),
        record="九届常委会第12次会议",
        by=world.actor("clerk"),
    )
    gone = actor_of(world.accounts["member"])
    assert not gone.membership_ids and not gone.grants


def test_two_terms_never_hold_at_once(world: World) -> None:
    """Neither one that reaches into this one, nor one that begins on its very day."""
    for begins, ends in ((dt.date(2017, 1, 9), ahead(0)), (world.session.term.begins_on, None)):
        with pytest.raises(BadInput, match="two terms never hold at once"):
            term(world, 8, begins, ends)


def test_a_new_term_does_not_begin_inside_one_whose_last_day_is_set(world: World) -> None:
    old, clerk = world.session.term, world.actor("clerk")
    days = {"ordinal": 9, "begins_on": old.begins_on, "ends_on": ahead(40)}
    settings.save_term(old, days, by=clerk)
    with pytest.raises(BadInput, match="lasts until"):
        term(world, 10, ahead(40))
    assert term(world, 10, ahead(41)).ends_on is None


@pytest.mark.parametrize(("day", "passes"), [(-1, False), (0, True)])
def test_nobody_joins_a_term_before_it_begins(world: World, day: int, passes: bool) -> None:
    begins = world.session.term.begins_on
    since = begins + dt.timedelta(days=day)
    if passes:
        assert join(world, world.session.term, "早到", since).since == begins
    else:
        with pytest.raises(BadInput, match="begins on"):
            join(world, world.session.term, "早到", since)


def test_nobody_joins_a_term_that_is_over_and_it_does_not_end_before_who_joined(
    world: World,
) -> None:
    old, clerk = world.session.term, world.actor("clerk")
    join(world, old, "晚到", ago(3))
    days = {"ordinal": 9, "begins_on": old.begins_on}
    with pytest.raises(BadInput, match="1 member joined only after"):
        settings.save_term(old, {**days, "ends_on": ago(4)}, by=clerk)
    settings.save_term(old, {**days, "ends_on": ago(2)}, by=clerk)
    with pytest.raises(BadInput, match="ended on"):
        join(world, old, "再晚", ago(1))


def test_a_new_term_does_not_begin_before_who_joined_the_one_it_ends(world: World) -> None:
    join(world, world.session.term, "晚到", ago(3))
    with pytest.raises(BadInput, match="1 member joined only after") as refused:
        term(world, 10, ago(5))
    assert [field for field, _sentence in refused.value.by_field] == ["begins_on"]
    assert term(world, 10, ago(2)).begins_on == ago(2)


def test_a_term_does_not_begin_after_who_belongs_to_it(world: World) -> None:
    old, clerk = world.session.term, world.actor("clerk")
    days = {"ordinal": 9, "begins_on": ago(1), "ends_on": None}
    with pytest.raises(BadInput, match="3 members joined before that day"):
        settings.save_term(old, days, by=clerk)


def test_the_page_says_which_term_ended_and_the_seat_says_why(world: World) -> None:
    clerk = browser_of(world, "clerk")
    sent = {"ordinal": 10, "begins_on": ahead(30).isoformat(), "ends_on": ""}
    said = clerk.post(reverse("organisations:add_term"), sent, follow=True).content.decode()
    assert "第九届" in said and "届满" in said
    page = clerk.get(reverse("people:member", args=[world.members["member"].pk])).content.decode()
    assert (
        "届满" in page and reverse("people:end_member", args=[world.members["member"].pk]) in page
    )

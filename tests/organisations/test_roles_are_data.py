"""An office names, renames and adds its own roles: what a role stands for is said by the role,
never by its code.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tests.days import ago, ahead, today, yesterday
from tests.signing_in import SignedIn
from tests.venues.making import keeper, venue
from tests.world import World, build
from yizheng.core import tenancy
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import Committee, NamedRow, Role, RoleGrant
from yizheng.organisations.queries import not_ended
from yizheng.organisations.services import roles as organisations
from yizheng.organisations.services import units
from yizheng.people.models import Person, Sector
from yizheng.people.queries import actor_of
from yizheng.people.services import accounts as people
from yizheng.people.services import roster

PACKAGE = Path(__file__).parents[2] / "yizheng"


@pytest.fixture
def own_names(world: World) -> World:
    """The office calls its roles as it likes; their codes say nothing."""
    for number, role in enumerate(Role.objects.order_by("pk")):
        role.name, role.code = f"角色{number}", f"r-{number}"
        role.save()
    return world


def role_of(world: World, who: str) -> Role:
    return world.accounts[who].grants.get().role


def person(name: str) -> Person:
    row = Person(name=name)
    row.save()
    return row


def test_no_module_names_a_role_by_its_code() -> None:
    asks = re.compile(r"role__code|role\.code\b|role_codes|Role\.objects\.(?:get|filter)\(code=")
    named = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and asks.search(path.read_text(encoding="utf-8"))
    ]
    assert set(named) <= {"organisations/services/founding.py"}


def test_a_members_account_opens_whatever_the_role_is_called(own_names: World) -> None:
    clerk = own_names.actor("clerk")
    new = roster.add_member(
        own_names.session.term,
        {"name": "新委员", "phone": "", "sector": Sector.objects.first(), "party": "群众"},
        by=clerk,
        since=today(),
    )
    opened = people.open_for_member(new.person, by=clerk)
    assert [grant.role.is_members for grant in opened.account.grants.all()] == [True]
    assert actor_of(opened.account).holds("proposals.submit")


def test_every_role_of_the_members_comes_with_the_account(world: World) -> None:
    organisations.save_role(
        Role(),
        by=world.actor("administrator"),
        name="读者",
        permissions=["indicators.read"],
        needs_second_factor=False,
        is_members=True,
    )
    opened = people.open_for_member(person("新委员"), by=world.actor("clerk"))
    assert {grant.role.name for grant in opened.account.grants.all()} == {"委员", "读者"}


def test_without_a_role_of_the_members_it_is_said(world: World) -> None:
    Role.objects.update(is_members=False)
    with pytest.raises(NotNow, match="没有设定委员角色"):
        people.open_for_member(person("新委员"), by=world.actor("clerk"))


def test_the_office_opens_no_other_account(own_names: World) -> None:
    with pytest.raises(NotAllowed):
        people.open_account(
            person("别人"), by=own_names.actor("clerk"), role=role_of(own_names, "reviewer")
        )


def test_the_first_administrator_is_found_by_what_the_role_may(own_names: World) -> None:
    assert organisations.administrators_role() == role_of(own_names, "administrator")


def test_where_somebody_stands_is_not_their_membership(own_names: World) -> None:
    """The trail names unit, role or sector: of a plain member the sector."""
    assert (
        own_names.actor("member").place == "农业" and own_names.actor("officer").place == "水务局"
    )
    assert own_names.actor("clerk").place == role_of(own_names, "clerk").name


@pytest.mark.parametrize(
    ("place", "given", "refused"),
    [
        ("unit", "", True),
        ("unit", "unit", False),
        ("unit", "committee", True),
        ("unit", "venue", True),
        ("venue", "", True),
        ("venue", "venue", False),
        ("venue", "unit", True),
        ("committee", "", True),
        ("committee", "committee", False),
        ("committee", "unit", True),
        ("anywhere", "", False),
        ("anywhere", "unit", False),
        ("anywhere", "committee", False),
        ("anywhere", "venue", False),
    ],
)
def test_a_role_holds_where_it_says(world: World, place: str, given: str, refused: bool) -> None:
    by = world.actor("administrator")
    role = organisations.save_role(
        Role(),
        by=by,
        name="联络员",
        permissions=["people.read"],
        needs_second_factor=False,
        place=place,
    )
    places: dict[str, NamedRow] = {
        "unit": world.units["水务局"],
        "committee": Committee.objects.get(),
        "venue": venue(world),
    }
    where = places.get(given)
    if refused:
        with pytest.raises(BadInput):
            people.give_role(world.accounts["clerk"], role, by=by, since=today(), place=where)
    else:
        grant = people.give_role(world.accounts["clerk"], role, by=by, since=today(), place=where)
        assert RoleGrant.objects.get(pk=grant.pk).place == where


def test_a_place_that_does_not_fit_its_holders_is_refused(world: World) -> None:
    """The clerk holds it over the whole organisation; when that has ended it may become a role at a
    unit.
    """
    role, by = role_of(world, "clerk"), world.actor("administrator")
    values = {
        "name": role.name,
        "permissions": role.permissions,
        "needs_second_factor": False,
        "place": "unit",
    }
    with pytest.raises(NotNow, match="林澄"):
        organisations.save_role(role, by=by, **values)
    people.end_role(world.accounts["clerk"].grants.get(), by=by, on=today())
    assert organisations.save_role(role, by=by, **values).place == "unit"


def test_what_is_the_members_own_holds_everywhere(world: World) -> None:
    role = role_of(world, "member")
    with pytest.raises(BadInput):
        organisations.save_role(
            role,
            by=world.actor("administrator"),
            name=role.name,
            permissions=role.permissions,
            needs_second_factor=False,
            place="unit",
        )


def test_what_is_not_said_of_a_role_stays(world: World) -> None:
    role = role_of(world, "officer")
    organisations.save_role(
        role,
        by=world.actor("administrator"),
        name="联络人",
        permissions=role.permissions,
        needs_second_factor=False,
    )
    role.refresh_from_db()
    assert (role.name, role.place) == ("联络人", "unit")


def test_the_page_of_a_role_says_where_it_holds_and_whose_it_is(
    world: World, signed_in: SignedIn
) -> None:
    admin = signed_in("administrator")
    values = {"name": "工作站联络员", "permissions": ["venues.serve"], "place": "venue"}
    assert admin.post("/organisation/roles/add/", values).status_code == 302
    role = Role.objects.get(name="工作站联络员")
    assert (role.place, role.is_members) == ("venue", False)
    listed = admin.get("/organisation/roles/").content.decode()
    assert "履职场所" in listed and "委员角色" in listed
    assert (
        admin.post(f"/organisation/roles/{role.pk}/", {**values, "is_members": "on"}).status_code
        == 422
    )


# How roles end ------------------------------------------------------------------------------------


def until(grant: RoleGrant) -> dt.date | None:
    grant.refresh_from_db()
    return grant.until


def test_roles_at_a_closed_unit_end_on_its_last_day_and_each_account_tells_it(world: World) -> None:
    """One runs on, one ended before, one would begin the day after, one ends on the very day."""
    by, unit = world.actor("administrator"), world.units["水务局"]
    runs, ended = world.accounts["officer"].grants.get(), world.accounts["leader"].grants.get()
    RoleGrant.objects.filter(pk=ended.pk).update(until=ago(2))
    role = runs.role
    coming = people.give_role(world.accounts["clerk"], role, by=by, place=unit, since=ahead(1))
    on_the_day = people.give_role(
        world.accounts["reviewer"], role, by=by, place=unit, since=yesterday(), until=today()
    )
    units.close_unit(unit, by=world.actor("clerk"), on=today())
    assert (until(runs), until(ended), until(on_the_day)) == (today(), ago(2), today())
    assert not RoleGrant.objects.filter(pk=coming.pk).exists(), "it would never hold"
    told = AuditEntry.objects.filter(action="account.role_ended").values_list(
        "object_label", flat=True
    )
    assert sorted(told) == sorted(["何楠", "林澄"])


def test_a_keeper_of_a_closed_venue_keeps_it_no_more(world: World) -> None:
    from yizheng.venues import services as venues

    place = venue(world)
    account = keeper(world, place)
    venues.close_venue(place, by=world.actor("organiser"), on=yesterday())
    assert until(account.grants.get()) == yesterday() and actor_of(account).grants == {}


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (1, True)])
def test_the_members_role_ends_with_the_membership(
    own_names: World, days: int, holds: bool
) -> None:
    last = ahead(days)
    roster.end_membership(
        own_names.members["member"],
        reason="deceased",
        on=last,
        record="",
        by=own_names.actor("clerk"),
    )
    assert until(own_names.accounts["member"].grants.get()) == last
    assert actor_of(own_names.accounts["member"]).holds("proposals.submit") is holds


def test_a_members_role_that_begins_later_is_taken_back(world: World) -> None:
    member = world.members["member"]
    RoleGrant.objects.filter(account=world.accounts["member"]).update(since=today())
    roster.end_membership(
        member, reason="deceased", on=yesterday(), record="", by=world.actor("clerk")
    )
    assert not actor_of(world.accounts["member"]).grants


def test_whoever_is_a_member_otherwise_keeps_the_role_as_long(world: World) -> None:
    """A second membership, in the next term, runs until the end of the month after: the role until
    then, not longer.
    """
    from yizheng.organisations.models import Term
    from yizheng.people.models import Membership

    first = world.members["member"]
    term = Term(ordinal=10, begins_on=today())
    term.save()
    second = Membership(
        person=first.person, term=term, sector=first.sector, party=first.party, since=today()
    )
    second.save()
    by = world.actor("clerk")
    roster.end_membership(second, reason="deceased", on=ahead(30), record="", by=by)
    assert until(world.accounts["member"].grants.get()) is None
    roster.end_membership(first, reason="deceased", on=today(), record="", by=by)
    assert until(world.accounts["member"].grants.get()) == ahead(30)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_role_that_has_ended_is_not_ended_again(world: World, days: int, refused: bool) -> None:
    ended = ahead(days)
    grant, by = world.accounts["officer"].grants.get(), world.actor("administrator")
    RoleGrant.objects.filter(pk=grant.pk).update(until=ended)
    if refused:
        with pytest.raises(NotNow):
            people.end_role(grant, by=by, on=ahead(9))
        assert until(grant) == ended
    else:
        people.end_role(grant, by=by, on=today())
        assert until(grant) == yesterday()


def test_a_grant_that_runs(world: World) -> None:
    """Until its last day, that day included; also one that begins later."""
    grant = world.accounts["officer"].grants.get()
    for last, runs in ((None, True), (yesterday(), False), (today(), True), (ahead(1), True)):
        RoleGrant.objects.filter(pk=grant.pk).update(until=last)
        assert RoleGrant.objects.filter(not_ended(today()), pk=grant.pk).exists() is runs


def test_no_role_is_given_at_a_place_of_another_organisation(world: World) -> None:
    """The place is named by kind and number: nothing in the tables would notice."""
    other = build("linshui").units["水务局"]
    with tenancy.scope(world.organisation), pytest.raises(NotAllowed):
        people.give_role(
            world.accounts["clerk"],
            Role.objects.get(code="unit-officer"),
            by=world.actor("administrator"),
            place=other,
            since=today(),
        )
    assert not RoleGrant.everywhere.filter(place_id=other.pk, account=world.accounts["clerk"])

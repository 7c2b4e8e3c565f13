"""Who administers and who works do so at once: neither waits for what the other holds."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import transaction

from tests.together import at_once
from tests.world import World
from yizheng.contacts import services as contacts
from yizheng.contacts.models import ContactLink
from yizheng.core import audit, clock
from yizheng.core.refusals import BadInput, Refusal
from yizheng.organisations.models import Role, RoleGrant
from yizheng.organisations.rules import AUDIT_READ, MANAGE_ACCOUNTS, clash
from yizheng.organisations.services import roles as organisations
from yizheng.people.services import accounts as people
from yizheng.proposals import services as proposals


def test_an_account_is_switched_off_while_somebody_writes(open_county: World) -> None:
    """The one holds the organisation's row and comes for the chain; the other holds the chain and,
    at its commit, shares the organisation's key.
    """
    administrator, member = open_county.actor("administrator"), open_county.actor("member")

    def switches_off() -> None:
        with transaction.atomic(), audit.together():
            people.set_active(open_county.accounts["reporter"], False, by=administrator)
            time.sleep(0.5)

    def writes() -> None:
        time.sleep(0.2)
        with transaction.atomic(), audit.together():
            proposals.create_draft(by=member, title="关于供水的建议", suggestions=["换管"])

    assert at_once(open_county, switches_off, writes) == [None, None]


def hold_up(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """What is done there takes its time, so that two who do it at once really cross."""
    real = getattr(module, name)

    def slowly(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        time.sleep(0.4)
        return answer

    monkeypatch.setattr(module, name, slowly)


def role(world: World, name: str, *permissions: str) -> Role:
    by = world.actor("administrator")
    return organisations.save_role(
        Role(), by=by, name=name, permissions=permissions, needs_second_factor=False
    )


def refused(results: list[Any]) -> list[Any]:
    return [each for each in results if isinstance(each, Refusal)]


def test_two_roles_of_one_person_do_not_come_to_clash_at_once(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One window gives the role 甲 the audit, another gives the role 乙 the accounts; somebody
    holds both.
    """
    world, by = open_county, open_county.actor("administrator")
    first, second = role(world, "甲", "proposals.read"), role(world, "乙", "proposals.read")
    for each in (first, second):
        people.give_role(world.accounts["third"], each, by=by, since=clock.today())
    hold_up(monkeypatch, organisations, "_check_holders")

    def widens(which: Role, permission: str) -> Any:
        return organisations.save_role(
            which, by=by, name=which.name, permissions=[permission], needs_second_factor=False
        )

    results = at_once(
        world, lambda: widens(first, AUDIT_READ), lambda: widens(second, MANAGE_ACCOUNTS)
    )
    assert len(refused(results)) == 1
    held = {name for each in (first, second) for name in Role.objects.get(pk=each.pk).permissions}
    assert not clash(held)


def test_a_role_is_not_given_while_another_of_the_same_person_comes_to_clash(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, by = open_county, open_county.actor("administrator")
    auditing, growing = role(world, "甲", AUDIT_READ), role(world, "乙", "proposals.read")
    people.give_role(world.accounts["third"], growing, by=by, since=clock.today())
    hold_up(monkeypatch, organisations, "_check_holders")
    hold_up(monkeypatch, people, "_check_separation")

    def gives() -> Any:
        return people.give_role(world.accounts["third"], auditing, by=by, since=clock.today())

    def widens() -> Any:
        return organisations.save_role(
            growing, by=by, name="乙", permissions=[MANAGE_ACCOUNTS], needs_second_factor=False
        )

    assert len(refused(at_once(world, gives, widens))) == 1
    held = RoleGrant.objects.filter(account=world.accounts["third"]).select_related("role")
    assert not clash({name for grant in held for name in grant.role.permissions})


def test_two_roles_that_clash_are_not_given_at_once(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, by = open_county, open_county.actor("administrator")
    both = role(world, "甲", AUDIT_READ), role(world, "乙", MANAGE_ACCOUNTS)
    hold_up(monkeypatch, people, "_check_separation")

    def gives(which: Role) -> Any:
        return people.give_role(world.accounts["third"], which, by=by, since=clock.today())

    assert len(refused(at_once(world, lambda: gives(both[0]), lambda: gives(both[1])))) == 1


def test_a_name_that_two_take_at_once_is_one_of_theirs(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second looks when the first is done, and is told that the name is taken."""
    world = open_county
    hold_up(monkeypatch, organisations, "_check_role")
    results = at_once(
        world, *(lambda: role(world, "督办员", "proposals.read") for _window in range(2))
    )
    assert [type(each) for each in refused(results)] == [BadInput]
    assert Role.objects.filter(name="督办员").count() == 1


def test_links_shared_out_twice_at_once_are_given_once(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = open_county
    hold_up(monkeypatch, contacts, "_pairs")

    def shares() -> Any:
        pair = [world.members["member"], world.members["third"]]
        return contacts.assign(
            "members_to_places",
            pair,
            by=world.actor("organiser"),
            since=clock.today(),
            words=["石桥村"],
            in_turn=False,
        )

    results = at_once(world, shares, shares)
    assert sorted(str(type(each).__name__) for each in results) == ["BadInput", "int"]
    assert ContactLink.objects.count() == 2

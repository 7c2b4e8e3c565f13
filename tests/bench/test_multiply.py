"""Copies of a county are counties: people sign in to them, and see their own and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Model

from bench import bare, multiply
from tests.signing_in import browser_for
from tests.world import World, proposal_at
from yizheng.organisations import places
from yizheng.organisations.models import Organisation, RoleGrant
from yizheng.people.models import Account
from yizheng.proposals.models import Assignment, Proposal


def quiet(_done: int, _total: int, _what: str) -> None:
    """No bar."""


def multiplied(copies: int, tables: list[type[Model]]) -> multiply.Shift:
    # PostgreSQL drops no index while checks of the open transaction are to come
    connection.check_constraints()
    shift = multiply.shift_for(copies, tables)
    multiply.multiply(copies, tables, shift, quiet)
    return shift


@pytest.fixture
def copied(world: World) -> multiply.Shift:
    """The small county with one assigned proposal, three times more."""
    proposal_at(world, "assigned")
    return multiplied(3, multiply.tables_of_a_county())


def test_each_copy_has_its_own_proposal_members_and_units(
    world: World, copied: multiply.Shift
) -> None:
    assert Organisation.objects.count() == 4
    assert sorted(Organisation.objects.values_list("code", flat=True)) == [
        "yunxi",
        "yunxi-1",
        "yunxi-2",
        "yunxi-3",
    ]
    for organisation in Organisation.objects.all():
        proposal = Proposal.everywhere.get(organisation=organisation)
        assert proposal.title == "关于加快青石镇农村饮水管网改造的建议"
        assert (
            proposal.proposer is not None and proposal.proposer.organisation_id == organisation.pk
        )
        assert proposal.session.organisation_id == organisation.pk
        assert Assignment.everywhere.get(proposal=proposal).unit.organisation_id == organisation.pk
        assert [s.position for s in proposal.suggestions(manager="everywhere").all()] == [1, 2]
        grants = RoleGrant.everywhere.filter(organisation=organisation)
        at_units = places.load(grants.filter(place_kind="unit"))
        assert {grant.place.organisation_id for grant in at_units} == {organisation.pk}
        assert grants.filter(place_kind="", place_id=0).count() == 14


def test_the_people_of_a_copy_see_its_proposal_and_no_other(
    world: World, copied: multiply.Shift
) -> None:
    original = Proposal.everywhere.get(organisation=world.organisation)
    client = browser_for(Account.objects.get(username="yunxi-clerk-2"))
    own = copied.id(original.pk, 2)
    listed = client.get("/proposals/").content.decode()
    assert listed.count("关于加快青石镇农村饮水管网改造的建议</a>") == 1
    assert f"/proposals/{own}/" in listed
    assert client.get(f"/proposals/{own}/").status_code == 200
    assert client.get(f"/proposals/{original.pk}/").status_code == 404
    assert client.get(f"/proposals/{copied.id(original.pk, 3)}/").status_code == 404


def test_new_rows_get_ids_behind_the_copies(world: World, copied: multiply.Shift) -> None:
    highest = max(Proposal.everywhere.values_list("pk", flat=True))
    assert proposal_at(world, "draft").pk > highest


def test_many_proposals_in_one_office(world: World) -> None:
    proposal_at(world, "assigned")
    multiplied(5, multiply.tables_of_proposals())
    assert Organisation.objects.count() == 1
    assert Proposal.objects.count() == 6
    assert len(set(Proposal.objects.values_list("case_number", flat=True))) == 6
    assert Assignment.objects.filter(unit=world.units["水务局"]).count() == 6


def test_both_engines_write_the_same_bare_page(world: World) -> None:
    proposal_at(world, "assigned")
    rows = bare._rows()
    django, jinja = ("".join(bare._render(engine, rows).split()) for engine in ("django", "jinja"))
    assert django == jinja
    assert "关于加快青石镇农村饮水管网改造的建议" in django

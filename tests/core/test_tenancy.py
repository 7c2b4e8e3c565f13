"""Many organisations in one database: nothing is read or written without saying for whom."""

from __future__ import annotations

import pytest

from tests.world import World, build, draft
from yizheng.core import tenancy
from yizheng.core.tenancy import UnscopedQuery
from yizheng.organisations.models import Unit
from yizheng.people.models import Sector
from yizheng.proposals.models import Proposal


@pytest.mark.django_db
def test_a_query_without_a_scope_is_an_error() -> None:
    county = build()
    for ask in (
        Unit.objects.count,
        lambda: list(Proposal.objects.all()),
        lambda: Unit(name="某局", short_name="某局").save(),
    ):
        with pytest.raises(UnscopedQuery):
            ask()
    with tenancy.scope(county.organisation):
        assert Unit.objects.count() == 4


def test_a_scope_shows_its_own_rows_only(world: World) -> None:
    other = build("linshan")
    mine = draft(world)
    with tenancy.scope(other.organisation):
        assert not Proposal.objects.exists()
        assert {unit.name for unit in Unit.objects.all()}.isdisjoint(
            {u.name for u in world.units.values()}
        )
        theirs = draft(other)
    assert list(Proposal.objects.all()) == [mine]
    assert set(Proposal.everywhere.all()) == {mine, theirs}


def test_a_new_row_belongs_to_the_scope_and_an_inner_scope_ends(world: World) -> None:
    other = build("linshan")
    with tenancy.scope(other.organisation):
        sector = Sector(name="体育")
        sector.save()
    assert sector.organisation == other.organisation
    assert tenancy.current() == world.organisation.pk


def test_what_is_remembered_does_not_outlive_its_scope(world: World) -> None:
    with tenancy.scope(world.organisation):
        assert tenancy.remembered("answer", lambda: 1) == 1
        assert tenancy.remembered("answer", lambda: 2) == 1
        tenancy.forget("answer")
        assert tenancy.remembered("answer", lambda: 3) == 3
    with tenancy.scope(world.organisation):
        assert tenancy.remembered("answer", lambda: 4) == 4

"""Queries whose words are kept: they answer as the ORM would, from the records as they stand."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest
from django.db.models import QuerySet

from tests.world import World, draft, proposal_at, with_assisting
from yizheng.core import clock, prepared_queries, tenancy
from yizheng.core.prepared_queries import PreparedQuery
from yizheng.people.queries import active_account
from yizheng.proposals.models import Proposal
from yizheng.proposals.queries import HANGING, for_detail, load

pytestmark = pytest.mark.django_db


def _own(proposal: Proposal, name: str, owner: str) -> list[object]:
    above = {"": [proposal], "assignment": list(proposal.assignments.all())}
    above["reply"] = [
        reply for assignment in above["assignment"] for reply in assignment.replies.all()
    ]
    return [row for obj in above[owner] for row in getattr(obj, name).all()]


@pytest.fixture(params=["tried", "another"], autouse=True)
def of_django(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything here holds with the version it was tried with and, the plain way, with others."""
    if request.param == "another":
        monkeypatch.setattr(prepared_queries, "TRIED", frozenset({(1, 4)}))
    return str(request.param)


@pytest.mark.parametrize("stop", ["draft", "accepted", "replied", "closed"])
def test_what_is_loaded_is_what_hangs_there(world: World, stop: str) -> None:
    proposal_at(world, "closed", title="关于别的事的建议")
    made = proposal_at(world, stop)
    with tenancy.scope(world.organisation):
        proposal = Proposal.objects.get(pk=made.pk)
        load(proposal)
        plain = Proposal.objects.get(pk=made.pk)
        for name, owner, _rows in HANGING:
            assert _own(proposal, name, owner) == _own(plain, name, owner), name


def test_a_loaded_relation_is_still_a_relation(world: World) -> None:
    made = with_assisting(world)
    with tenancy.scope(world.organisation):
        proposal = for_detail(world.actor("clerk")).get(pk=made.pk)
        load(proposal)
        assert proposal.assignments.filter(part="assisting").count() == 1
        assert proposal.cosignatures.exists() is False
        assert {assignment.unit.short_name for assignment in proposal.assignments.all()} == {
            assignment.unit.short_name for assignment in made.assignments.all()
        }


def test_an_account_that_was_closed_is_nobody(world: World) -> None:
    account = world.accounts["clerk"]
    found = active_account(account.pk)
    assert found == account
    assert found is not None
    assert (found.person, found.organisation) == (account.person, account.organisation)
    account.is_active = False
    account.save()
    assert active_account(account.pk) is None


def test_words_kept_for_good_may_not_rest_on_the_day(world: World, of_django: str) -> None:
    def due(organisation: int) -> QuerySet[Any, Any]:
        return Proposal.everywhere.filter(
            organisation=organisation, due_on__lt=clock.today()
        ).values_list("pk")

    kept = of_django == "tried"  # where nothing is kept, the day is asked for each time
    refused = pytest.raises(ValueError, match="may not rest on the day")
    with refused if kept else nullcontext():
        PreparedQuery(due)(world.organisation.pk)


def test_the_version_that_is_installed_is_one_of_those_tried(of_django: str) -> None:
    """An upgrade of Django comes by here: try it, and write it down in TRIED."""
    assert prepared_queries.is_tried() is (of_django == "tried")


def test_with_another_version_no_words_are_kept(world: World, of_django: str) -> None:
    asked: list[int] = []

    def make(pk: int) -> QuerySet[Any, Any]:
        asked.append(pk)
        return Proposal.everywhere.filter(pk=pk).values_list("title")

    made, other = proposal_at(world, "draft"), proposal_at(world, "draft", title="另一件")
    query = PreparedQuery(make)
    assert [query(each.pk) for each in (made, other)] == [[(made.title,)], [("另一件",)]]
    assert (len(asked) == 1) is (of_django == "tried")
    assert (asked == [made.pk, other.pk]) is (of_django == "another")


def test_more_ids_than_places_are_asked_for_in_turns_and_empty_places_find_nothing(
    world: World,
) -> None:
    made = [draft(world, title=f"第{n}件") for n in range(5)]
    titles = PreparedQuery(
        lambda one, other: Proposal.everywhere.filter(pk__in=[one, other]).values_list("title"),
        ids=2,
    )
    found = titles.of_each([proposal.pk for proposal in made])
    assert sorted(found) == [(f"第{n}件",) for n in range(5)]
    assert titles.of_each([]) == []

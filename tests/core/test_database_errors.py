"""Two at the very same moment: one is done, the other is refused with a sentence, and nothing is
half done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection
from django.db.models import ProtectedError
from django.urls import reverse

from tests.core.test_rules_agree import holder_of_everything
from tests.people.test_at_once import hold_up, refused
from tests.proposals.pages import drafted
from tests.signing_in import browser_of
from tests.together import at_once
from tests.world import World, assign, draft, proposal_at
from yizheng.core import audit, clock, database_errors, doors
from yizheng.core.refusals import BadInput, NotNow, Refusal, StaleState
from yizheng.core.request_values import LONGEST, plain, whole_number
from yizheng.organisations.models import Role, Unit
from yizheng.organisations.services import settings, units
from yizheng.people.models import Membership, Person, Sector
from yizheng.people.services import persons, roster
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Assignment, Proposal


def as_a_page(act: Callable[[], Any], *, before: float = 0, after: float = 0) -> Callable[[], Any]:
    """As a request does it: the head of the audit chain is locked last, at the end of one
    transaction.
    """

    def run() -> Any:
        time.sleep(before)
        with doors.whole(), audit.together():
            answer = act()
            time.sleep(after)
        return answer

    return run


@pytest.mark.parametrize("closes_first", [True, False])
def test_a_unit_is_not_closed_while_a_case_goes_to_it(
    open_county: World, closes_first: bool
) -> None:
    world = open_county
    by = holder_of_everything(open_county)
    unit = open_county.units["交通运输局"]
    proposal = proposal_at(world, "filed")
    first, second = (0.0, 0.3) if closes_first else (0.3, 0.0)
    results = at_once(
        world,
        as_a_page(lambda: units.close_unit(unit, by=by, on=clock.today()), before=first, after=0.6),
        as_a_page(lambda: assign(world, proposal, "交通运输局"), before=second, after=0.6),
    )
    assert len(refused(results)) == 1
    is_closed = Unit.objects.get(pk=unit.pk).closed_on is not None
    assert is_closed is not Assignment.objects.filter(unit=unit).exists()


@pytest.mark.parametrize("removes_first", [True, False])
def test_what_goes_while_somebody_names_it(open_county: World, removes_first: bool) -> None:
    """A sector is removed as a member is put into it: no dangling name, and no error page."""
    world = open_county
    by = holder_of_everything(open_county)
    member = open_county.members["member"]
    sector = Sector(name="将去")
    sector.save()
    first, second = (0.0, 0.3) if removes_first else (0.3, 0.0)
    results = at_once(
        world,
        as_a_page(lambda: settings.remove_named(sector, by=by), before=first, after=0.6),
        as_a_page(
            lambda: roster.change_member(member, {"sector": sector}, by=by),
            before=second,
            after=0.6,
        ),
    )
    assert len(refused(results)) == 1
    assert [
        each for each in results if isinstance(each, Exception) and not isinstance(each, Refusal)
    ] == []
    assert Sector.objects.filter(pk=Membership.objects.get(pk=member.pk).sector_id).exists()


def test_two_that_are_merged_crosswise(open_county: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = open_county
    one, other = proposal_at(world, "review"), proposal_at(world, "review")
    merge = PROPOSAL.steps["merge"]

    def slowly(act: Any) -> None:
        time.sleep(0.4)
        assert merge.effect
        merge.effect(act)

    monkeypatch.setitem(PROPOSAL.steps, "merge", replace(merge, effect=slowly))
    by = world.actor("reviewer")
    results = at_once(
        world,
        lambda: PROPOSAL.perform("merge", one, by=by, data={"others": [other]}),
        lambda: PROPOSAL.perform("merge", other, by=by, data={"others": [one]}),
    )
    assert len(refused(results)) == 1
    assert Proposal.objects.filter(state="merged").count() == 1


def test_the_share_of_key_proposals_is_counted_one_after_the_other(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two filed proposals one may be key."""
    world = open_county
    both = [proposal_at(world, "filed"), proposal_at(world, "filed")]
    make = PROPOSAL.steps["make_key"]
    slow = tuple(_slowed(guard) for guard in make.guards)
    monkeypatch.setitem(PROPOSAL.steps, "make_key", replace(make, guards=slow))
    data = {"leader": world.accounts["chairperson"].person, "note": ""}
    jobs = [
        lambda each=each: PROPOSAL.perform("make_key", each, by=world.actor("reviewer"), data=data)
        for each in both
    ]
    assert [type(each) for each in refused(at_once(world, *jobs))] == [NotNow]
    assert Proposal.objects.filter(is_key=True).count() == 1


def _slowed(guard: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def slowly(obj: Any) -> Any:
        answer = guard(obj)
        time.sleep(0.4)
        return answer

    return slowly


def test_a_new_person_written_down_twice_at_once_is_one(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = open_county
    by = holder_of_everything(open_county)
    member = open_county.members["member"]
    hold_up(monkeypatch, persons, "same_person")
    new = {"name": "新人", "phone": "19900000001", "sector": member.sector}
    job = lambda: roster.add_member(member.term, new, by=by, since=clock.today())
    assert len(refused(at_once(world, job, job))) == 1
    assert (
        Person.objects.filter(name="新人").count(),
        Membership.objects.filter(person__name="新人").count(),
    ) == (1, 1)


def test_one_short_name_for_two_units_at_once(
    open_county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, by = open_county, holder_of_everything(open_county)
    hold_up(monkeypatch, units, "_check_names")
    jobs = [
        lambda name=name: units.add_unit(
            {"name": name, "short_name": "林草局", "kind": "department"}, by=by
        )
        for name in ("甲局", "乙局")
    ]
    assert len(refused(at_once(world, *jobs))) == 1
    assert Unit.objects.filter(short_name="林草局").count() == 1


# Which error is which -----------------------------------------------------------------------------


class _Named(Exception):
    def __init__(self, name: str) -> None:
        self.sqlstate = name


def caused(error: Exception, name: str) -> Exception:
    error.__cause__ = _Named(name)
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (caused(IntegrityError("unique"), "23505"), StaleState),
        (caused(IntegrityError("foreign"), "23503"), StaleState),
        (caused(OperationalError("deadlock"), "40P01"), StaleState),
        (caused(OperationalError("busy"), "55P03"), StaleState),
        (DataError("value out of range"), BadInput),
        (OverflowError("too large"), BadInput),
        (ProtectedError("held", set()), NotNow),
        (caused(IntegrityError("check"), "23514"), None),
        (caused(IntegrityError("null"), "23502"), None),
        (OperationalError("the server went away"), None),
        (RuntimeError("ours"), None),
    ],
)
def test_what_is_a_refusal_and_what_stays_an_error(
    error: Exception, kind: type[Refusal] | None
) -> None:
    found = database_errors.refusal_of(error)
    assert type(found) is (kind or type(None))


def test_what_only_one_can_have_is_refused_by_the_database_itself(world: World) -> None:
    """As when two asked at once and both were told that it is free."""
    with pytest.raises(StaleState), doors.whole():
        Sector.objects.bulk_create(
            [Sector(organisation=world.organisation, name="同名") for _window in range(2)]
        )
    assert not Sector.objects.filter(name="同名").exists()


def test_a_check_that_refuses_is_a_fault_of_ours_and_stays_one(world: World) -> None:
    proposal = draft(world)
    with pytest.raises(IntegrityError), doors.whole():
        Proposal.objects.filter(pk=proposal.pk).update(state="merged", merged_into=None)
        connection.check_constraints()
        Proposal.objects.filter(pk=proposal.pk).update(title=None)


# What nobody types --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("", None),
        ("-1", None),
        ("²", None),
        ("１２", None),
        ("9" * LONGEST, int("9" * LONGEST)),
        ("9" * (LONGEST + 1), None),
        ("9" * 5000, None),
    ],
)
def test_a_number_is_read_or_is_none(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_signs_that_no_text_has() -> None:
    assert plain("换\x00管\ud800道") == "换管道"


@pytest.mark.parametrize("value", ["²", "9" * 30, "9" * 5000, "-1"])
def test_a_number_that_is_none_is_no_error_page(world: World, value: str) -> None:
    proposal = proposal_at(world, "submitted")
    client = browser_of(world, "clerk")
    pages = [
        client.post(
            reverse("core:step", args=["proposal", proposal.pk, "pass_check"]),
            {"seen": value, "note": ""},
        ),
        client.post(reverse("core:bulk", args=["proposal", "pass_check"]), {"selected": value}),
        client.post(
            reverse("core:step", args=["proposal", proposal.pk, "merge"]),
            {"seen": proposal.version, "others": value},
        ),
        client.get(reverse("proposals:list"), {"session": value, "page": value, "unit": value}),
    ]
    role = Role.objects.get(code="clerk")
    client = browser_of(world, "administrator")
    pages.append(
        client.post(
            reverse("organisations:edit_role", args=[role.pk]),
            {"seen": f"{role.pk}-{value}", "name": "另一名"},
        )
    )
    assert [page.status_code for page in pages if page.status_code >= 500] == []


def test_rows_of_text_leave_out_what_no_database_keeps(world: World) -> None:
    client = browser_of(world, "member")
    assert (
        client.post(reverse("proposals:new"), drafted(suggestion=["换\x00管", "修泵"])).status_code
        == 302
    )
    assert [each.text for each in Proposal.objects.get().suggestions.all()] == ["换管", "修泵"]

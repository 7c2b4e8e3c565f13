"""The day itself, the day before and the day after; exactly at the limit and one more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.proposals.roads import AT
from tests.world import (
    World,
    adopt_rules,
    assign,
    assignment_of,
    draft,
    invite,
    later,
    morning,
    of_collective,
    platform,
    proposal_at,
    rate,
    released,
    speak,
    step,
    unit_step,
    write_and_send,
    write_reply,
)
from yizheng.core import clock
from yizheng.core.refusals import NotNow, StaleState
from yizheng.organisations.models import Session
from yizheng.organisations.queries import calendar
from yizheng.proposals import services
from yizheng.proposals.flow import ASSIGNMENT, COSIGNATURE, PROPOSAL
from yizheng.proposals.flow.due_dates import due_day, latest_extension
from yizheng.proposals.forms.steps import ExtensionForm
from yizheng.proposals.models import Assignment, Extension, Proposal
from yizheng.proposals.queries import contacts_of

pytestmark = pytest.mark.usefixtures("english")


# The collecting window ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_from_opening", "occasion"),
    [
        (-94, "ordinary"),
        (-93, "plenary"),
        (-92, "plenary"),
        (2, "plenary"),
        (3, "plenary"),
        (4, "ordinary"),
    ],
)
def test_plenary_proposals_are_taken_from_three_months_before_to_the_last_day(
    world: World, days_from_opening: int, occasion: str
) -> None:
    """Three months are counted as 93 days before the opening; the last day is the fourth of the
    plenary.
    """
    opening = clock.today() + dt.timedelta(days=100)
    Session.objects.filter(pk=world.session.pk).update(
        opens_on=opening,
        closes_on=opening + dt.timedelta(days=4),
        proposals_until=opening + dt.timedelta(days=3),
    )
    proposal = draft(world)
    with clock.at(morning(opening + dt.timedelta(days=days_from_opening))):
        assert step(world, proposal, "submit", "member").occasion == occasion


@pytest.mark.parametrize(
    ("days_from_opening", "may"), [(-94, False), (-93, True), (3, True), (4, False)]
)
def test_a_sector_proposes_within_the_window_alone(
    world: World, days_from_opening: int, may: bool
) -> None:
    opening = clock.today() + dt.timedelta(days=100)
    Session.objects.filter(pk=world.session.pk).update(
        opens_on=opening,
        closes_on=opening + dt.timedelta(days=4),
        proposals_until=opening + dt.timedelta(days=3),
    )
    proposal = draft(world, kind="sector", collective_name="农业界")
    with clock.at(morning(opening + dt.timedelta(days=days_from_opening))):
        if may:
            assert step(world, proposal, "submit", "member").state == "submitted"
        else:
            with pytest.raises(NotNow, match="only for a plenary"):
                step(world, proposal, "submit", "member")


# Handing back -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days_after", "may"), [(-1, True), (0, True), (1, False)])
def test_hand_back_until_its_last_day(world: World, days_after: int, may: bool) -> None:
    proposal = proposal_at(world, "assigned")
    last = assignment_of(proposal).hand_back_until
    wish = {"reason": "属教育系统", "unit": world.units["教育局"]}
    with clock.at(morning(last + dt.timedelta(days=days_after))):
        if may:
            assert unit_step(world, proposal, "hand_back", "officer", **wish).state == "hand_back"
        else:
            with pytest.raises(NotNow, match="stays responsible"):
                unit_step(world, proposal, "hand_back", "officer", **wish)


def test_what_the_first_unit_spoke_does_not_count_for_the_second(world: World) -> None:
    """The first unit accepts, speaks with the proposer, and hands it back: the new unit has still
    to speak with them.
    """
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    unit_step(
        world, proposal, "hand_back", "officer", reason="属教育系统", unit=world.units["教育局"]
    )
    unit_step(world, proposal, "grant_hand_back", "assigner", unit=world.units["教育局"])
    unit_step(world, proposal, "accept", "other_officer")
    new = assignment_of(proposal)
    items = {s.pk: {"outcome": "done", "text": "已落实"} for s in proposal.suggestions.all()}
    services.save_reply(new, by=world.actor("other_officer"), items=items, result_class="A")
    with pytest.raises(NotNow, match="No contact"):
        unit_step(world, proposal, "request_sign_off", "other_officer")
    said = {"way": "phone", "on": clock.today(), "with_whom": "沈禾", "note": "听取意见"}
    unit_step(world, proposal, "contact", "other_officer", **said)
    assert [contact.way for contact in contacts_of(proposal)] == [
        "phone"
    ]  # what its proposer is shown when they rate it
    assert unit_step(world, proposal, "request_sign_off", "other_officer").state == "signing"


def test_an_extension_puts_the_reply_off_and_nothing_else(world: World) -> None:
    asked = AT["extension", "asked"](world)
    before = Assignment.objects.get(pk=asked.assignment_id)
    with clock.at(clock.now() + dt.timedelta(days=3)):
        step(world, asked, "grant", "assigner")
    after = Assignment.objects.get(pk=asked.assignment_id)
    assert after.reply_due_on == asked.until > before.reply_due_on
    assert (after.accepted_at, after.state, after.state_since) == (
        before.accepted_at,
        before.state,
        before.state_since,
    )
    assert after.due_on == after.proposal.due_on == asked.until


def test_the_proposals_date_follows_when_another_unit_gets_it_later(world: World) -> None:
    proposal = proposal_at(world, "assigned")
    first = assignment_of(proposal)
    assert proposal.due_on == first.reply_due_on
    unit_step(
        world, proposal, "hand_back", "officer", reason="属教育系统", unit=world.units["教育局"]
    )
    with later(4):
        unit_step(world, proposal, "grant_hand_back", "assigner", unit=world.units["教育局"])
    new = assignment_of(proposal)
    proposal.refresh_from_db()
    assert new.reply_due_on > first.reply_due_on
    assert proposal.due_on == new.reply_due_on


# More time ----------------------------------------------------------------------------------------


def _extended(world: World, assignment: object, by: str = "assigner") -> object:
    """The reply's date put off by ten days, whatever state the part is in."""
    with ASSIGNMENT.editing("extend", assignment, by=world.actor(by)) as edit:
        edit.row.reply_due_on = due_day(edit.row) + dt.timedelta(days=10)
    return type(assignment).objects.get(pk=assignment.pk)


def test_more_time_for_the_reply_leaves_the_clock_of_acceptance_alone(world: World) -> None:
    before = assignment_of(proposal_at(world, "assigned"))
    assert before.due_on == calendar().add_working_days(
        clock.today(), 3
    )  # acceptance: three working days
    with later(2):
        after = _extended(world, before)
    assert after.due_on == before.due_on
    assert after.reply_due_on == before.reply_due_on + dt.timedelta(days=10)


def test_more_time_granted_leaves_the_clock_of_a_hand_back_alone_and_counts_when_it_is_refused(
    world: World,
) -> None:
    proposal = proposal_at(world, "accepted")
    assignment = assignment_of(proposal)
    until = calendar().on_or_after(assignment.reply_due_on + dt.timedelta(days=20))
    unit_step(world, proposal, "ask_extension", "officer", until=until, reason="需要勘测")
    handed = unit_step(
        world, proposal, "hand_back", "officer", reason="属教育系统", unit=world.units["教育局"]
    )
    decision = calendar().add_working_days(clock.today(), 5)
    assert handed.due_on == decision
    with later(1):
        step(world, Extension.objects.get(), "grant", "assigner")
        assert (assignment_of(proposal).due_on, assignment_of(proposal).reply_due_on) == (
            decision,
            until,
        )
        back = unit_step(world, proposal, "refuse_hand_back", "assigner", note="属你单位职责")
    assert back.due_on == until
    proposal.refresh_from_db()
    assert proposal.due_on == until


@pytest.mark.parametrize("stop", ["accepted", "signing", "checking"])
def test_more_time_counts_wherever_the_replys_own_date_is_the_clock(
    world: World, stop: str
) -> None:
    assignment = assignment_of(proposal_at(world, stop))
    after = _extended(world, assignment)
    assert after.due_on == after.reply_due_on == assignment.reply_due_on + dt.timedelta(days=10)


def test_a_part_that_was_answered_gets_no_more_time(world: World) -> None:
    with pytest.raises(NotNow, match="its date stands"):
        _extended(world, assignment_of(proposal_at(world, "replied")))


@pytest.mark.parametrize(("days_more", "may"), [(0, True), (1, False)])
def test_a_reply_is_put_off_to_the_last_day_of_the_six_months(
    world: World, days_more: int, may: bool
) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    until = latest_extension(assignment.assigned_on, clock.today()) + dt.timedelta(days=days_more)
    form = ExtensionForm(
        {"until": until, "reason": "需要勘测"}, obj=assignment, actor=world.actor("officer")
    )
    assert ("until" not in form.errors) is may


@pytest.mark.parametrize(("days_more", "may"), [(0, False), (1, True)])
def test_a_reply_is_put_off_to_a_later_day(world: World, days_more: int, may: bool) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    until = assignment.reply_due_on + dt.timedelta(days=days_more)
    form = ExtensionForm(
        {"until": until, "reason": "需要勘测"}, obj=assignment, actor=world.actor("officer")
    )
    assert ("until" not in form.errors) is may


# Rating -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days_after", "over"), [(-1, False), (0, False), (1, True)])
def test_a_rating_due_today_can_still_be_given(world: World, days_after: int, over: bool) -> None:
    proposal = proposal_at(world, "replied")
    last = proposal.evaluations.get().due_on
    assert last == calendar().add_working_days(clock.today(), 15)
    with clock.at(morning(last + dt.timedelta(days=days_after))):
        assert services.conclude_ratings(platform(world)) == over
        if over:
            with pytest.raises(StaleState):
                _rated(world, proposal)
        else:
            assert _rated(world, proposal).state == "answered"


def _rated(world: World, proposal: Proposal) -> Proposal:
    from tests.world import rating

    evaluation = proposal.evaluations.get()
    return evaluation.flow.perform(
        "answer", evaluation, by=world.actor("member"), data=rating("satisfied")
    )


def test_the_round_of_a_collective_lasts_to_the_end_of_its_day(world: World) -> None:
    proposal = of_collective(world)
    for name, who in (("pass_check", "clerk"), ("file", "reviewer")):
        step(world, proposal, name, who)
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    write_and_send(world, proposal)
    released(world, proposal)
    proposal.refresh_from_db()
    with clock.at(morning(proposal.due_on)):
        assert services.conclude_ratings(platform(world)) == 0
    with clock.at(morning(proposal.due_on + dt.timedelta(days=1))):
        assert services.conclude_ratings(platform(world)) == 1


def test_ratings_of_an_older_round_do_not_decide_the_present_one(world: World) -> None:
    """The regulation would have it handled again twice; satisfied with the second reply, it is
    closed all the same.
    """
    adopt_rules(world, handled_again_at_most=2)
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", "unsatisfied")
    write_reply(world, proposal)
    unit_step(world, proposal, "request_sign_off", "officer")
    released(world, proposal)
    rate(world, proposal, "member", "satisfied")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.round) == ("closed", 2)


def test_unsatisfied_again_it_is_handled_as_often_as_the_regulation_gives(world: World) -> None:
    adopt_rules(world, handled_again_at_most=2)
    proposal = proposal_at(world, "replied")
    for round_ in (2, 3):
        rate(world, proposal, "member", "unsatisfied")
        proposal.refresh_from_db()
        assert (proposal.state, proposal.round) == ("handling", round_)
        write_reply(world, proposal)
        unit_step(world, proposal, "request_sign_off", "officer")
        released(world, proposal)
    rate(world, proposal, "member", "unsatisfied")
    proposal.refresh_from_db()
    assert proposal.state == "closed"


def test_the_class_of_the_second_round_is_that_of_its_own_reply(world: World) -> None:
    proposal = proposal_at(world, "replied")
    assert proposal.result_class == "B"  # one done, one planned
    rate(world, proposal, "member", "unsatisfied")
    write_reply(world, proposal, ("done", "done"))
    unit_step(world, proposal, "request_sign_off", "officer")
    released(world, proposal)
    proposal.refresh_from_db()
    assert proposal.result_class == "A"


# Key proposals ------------------------------------------------------------------------------------


def _filed(world: World, number: int) -> None:
    """So many filed proposals more, as an import leaves them."""
    Proposal.objects.bulk_create(
        Proposal(
            organisation=world.organisation,
            session=world.session,
            year=world.session.year,
            occasion="plenary",
            title=f"关于第{n}件事的建议",
            proposer=world.members["member"],
            state="filed",
            case_number=f"旧{n}",
            filed_at=timezone.now(),
        )
        for n in range(number)
    )


@pytest.mark.parametrize(
    ("share", "filed", "may_be"),
    [(0.15, 20, 3), (0.15, 19, 2), (0.15, 26, 3), (0.15, 27, 4), (0.58, 50, 29), (0.15, 3, 1)],
)
def test_key_proposals_up_to_the_share_exactly(
    world: World, share: float, filed: int, may_be: int
) -> None:
    """15 % of 20 are 3, of 19 are 2.85, of 27 are 4.05; one is always allowed."""
    adopt_rules(world, key={"largest_share": share, "supervision_acts": 1})
    proposal = proposal_at(world, "filed")
    _filed(world, filed - 1)
    leader = world.accounts["chairperson"].person
    others = Proposal.objects.exclude(pk=proposal.pk).values_list("pk", flat=True)
    Proposal.objects.filter(pk__in=list(others[: may_be - 1])).update(
        is_key=True, key_leader=leader
    )
    step(world, proposal, "make_key", "reviewer", leader=leader)
    if one_more := Proposal.objects.filter(is_key=False).first():
        with pytest.raises(NotNow, match=f"{round(share * 100)} %"):
            step(world, one_more, "make_key", "reviewer", leader=leader)


# Invitations --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "stands"), [(6, True), (7, True), (8, False)])
def test_an_invitation_stands_for_seven_days(world: World, days: int, stands: bool) -> None:
    (invitation,) = invite(world, draft(world), "member", "cosigner")
    assert invitation.due_on == clock.today() + dt.timedelta(days=7)
    with later(days):
        services.lapse_invitations(platform(world))
        if stands:
            assert (
                COSIGNATURE.perform("accept", invitation, by=world.actor("cosigner")).state
                == "accepted"
            )
        else:
            with pytest.raises(StaleState):
                COSIGNATURE.perform("accept", invitation, by=world.actor("cosigner"))


def test_a_clock_runs_from_the_day_the_state_began_by_the_rules_of_that_day(world: World) -> None:
    """A later regulation gives another first check; what waits since before keeps its date whatever
    is changed on it.
    """
    proposal = proposal_at(world, "submitted")
    assert proposal.due_on == calendar().add_working_days(clock.today(), 5)
    with later(1):
        adopt_rules(world, deadlines={"first_check_days": 1})
        assert PROPOSAL.states[proposal.state].due is not None
        assert PROPOSAL.states[proposal.state].due(proposal) == proposal.due_on
        assert proposal_at(world, "submitted").due_on == calendar().add_working_days(
            clock.today(), 1
        )

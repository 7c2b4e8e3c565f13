"""Each indicator of proposals on a small set of which every number was worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from tests.days import ago
from tests.grounds import standing
from tests.world import World, draft, proposal_at, rate, speak, unit_step, write_reply
from yizheng.core.access import system
from yizheng.core.figures import INDICATORS, Period
from yizheng.indicators import queries
from yizheng.organisations.models import Session
from yizheng.promises.models import Promise
from yizheng.proposals.flow import COSIGNATURE, PROPOSAL
from yizheng.proposals.models import Assignment, Extension, Proposal, Reply
from yizheng.proposals.services import invite
from yizheng.regulations import services as regulations
from yizheng.regulations.models import RegulationVersion


@dataclass
class County:
    """Seven proposals received:

    closed   〔1〕 水务局, visited, one matter done and one planned, rated satisfied
    again 〔2〕 水务局, called only, both matters not adopted, rated not satisfied: handled again,
      a key proposal
    joint    〔3〕 given to 水务局, neither met nor replied; 唐蘅 co-signs
    party    〔4〕 of a party, filed, entered from a list
    merged   〔5〕 merged into 〔4〕
    refused        not filed
    withdrawn      withdrawn while under review
    A draft besides, and one more of the year before.
    """

    closed: Proposal
    again: Proposal
    joint: Proposal
    party: Proposal
    merged: Proposal
    refused: Proposal
    withdrawn: Proposal


def _collective(world: World) -> Proposal:
    proposal = proposal_at(world, "review", category="经济建设")
    Proposal.objects.filter(pk=proposal.pk).update(
        kind="party", collective_name="民盟云溪县总支", is_imported=True
    )
    return Proposal.objects.get(pk=proposal.pk)


def _again(world: World) -> Any:
    proposal = _of_cosigner(world)
    speak(world, proposal, "phone")
    write_reply(world, proposal, ("not_adopted", "not_adopted"))
    unit_step(world, proposal, "request_sign_off", "officer")
    unit_step(world, proposal, "sign_off", "leader")
    unit_step(world, proposal, "release", "clerk")
    Proposal.objects.filter(pk=proposal.pk).update(
        is_key=True, key_leader=world.accounts["chairperson"].person
    )
    rate(world, proposal, "cosigner", "unsatisfied")
    proposal.refresh_from_db()
    PROPOSAL.perform(
        "supervise",
        proposal,
        by=world.actor("chairperson"),
        data={
            "kind": "on_site",
            "held_on": timezone.localdate(),
            "leader": None,
            "place": "",
            "participants": "",
            "findings": "已看",
        },
    )
    PROPOSAL.perform("conclude", proposal, by=world.actor("clerk"))
    return Proposal.objects.get(pk=proposal.pk)


def _of_cosigner(world: World) -> Any:
    from tests.world import assign

    proposal = draft(world, "cosigner")
    PROPOSAL.perform("submit", proposal, by=world.actor("cosigner"))
    PROPOSAL.perform("pass_check", proposal, by=world.actor("clerk"))
    PROPOSAL.perform("file", proposal, by=world.actor("reviewer"))
    assign(world, proposal)
    unit_step(world, proposal, "accept", "officer")
    return proposal


def _joint(world: World) -> Proposal:
    from tests.world import assign

    proposal = draft(world, category="生态文明建设")
    [invitation] = invite(proposal, [world.members["third"]], by=world.actor("member"))
    COSIGNATURE.perform("accept", invitation, by=world.actor("third"))
    proposal.refresh_from_db()
    PROPOSAL.perform("submit", proposal, by=world.actor("member"))
    PROPOSAL.perform("pass_check", proposal, by=world.actor("clerk"))
    PROPOSAL.perform("file", proposal, by=world.actor("reviewer"))
    assign(world, proposal, assisting=("财政局",))
    return Proposal.objects.get(pk=proposal.pk)


def _of_last_year(world: World) -> None:
    day = ago(400)
    last = Session(
        term=world.session.term,
        ordinal=2,
        year=world.session.year - 1,
        opens_on=day,
        closes_on=day,
        proposals_until=day,
    )
    last.save()
    old = proposal_at(world, "review")
    Proposal.objects.filter(pk=old.pk).update(session=last, year=last.year)


@standing
def county(world: World) -> County:
    closed = proposal_at(world, "closed")
    again, joint = _again(world), _joint(world)
    merged, party = proposal_at(world, "review", category="经济建设"), _collective(world)
    PROPOSAL.perform("merge", party, by=world.actor("reviewer"), data={"others": [merged]})
    refused, withdrawn = proposal_at(world, "review"), proposal_at(world, "review")
    PROPOSAL.perform("not_file", refused, by=world.actor("reviewer"), data={"reason": "empty"})
    PROPOSAL.perform("withdraw", withdrawn, by=world.actor("member"), data={"note": "另行提交"})
    draft(world)
    _of_last_year(world)
    return County(closed, again, joint, party, merged, refused, withdrawn)


def this_year(world: World) -> Period:
    return Period.of_year(world.session.year)


BY_HAND: dict[str, tuple[int, int | None]] = {
    "proposals.received": (7, None),
    "proposals.filed": (5, None),  # the merged one counts, by the regulation
    "proposals.not_filed": (1, None),
    "proposals.undecided": (1, None),  # the withdrawn one: 7 received = 5 filed + 1 not filed + 1
    "proposals.merged": (1, None),
    "proposals.key": (1, None),
    "proposals.handled": (3, None),  # closed, again, joint
    "proposals.units": (2, None),  # 水务局 answers, 财政局 assists
    "proposals.lead_units": (1, None),
    "proposals.cosigned": (1, None),
    "proposals.filing_rate": (5, 7),
    "proposals.nonparty_share": (
        3,
        4,
    ),  # closed, joint, merged of 民盟; again of 中共; the party's own is no member's
    "proposals.online_rate": (4, 5),
    "proposals.met_rate": (1, 3),  # a telephone call is no meeting
    "proposals.reply_rate": (2, 3),
    "proposals.in_time_rate": (2, 2),  # joint's part is not due yet
    "proposals.response_rate": (2, 2),
    "proposals.satisfaction": (1, 2),
    "proposals.done_rate": (1, 4),
    "proposals.planned_rate": (1, 4),
    "proposals.not_adopted_rate": (2, 4),
    "proposals.promises_kept_rate": (0, 0),  # promised in ninety days
}


def test_every_indicator_has_its_number_worked_out_by_hand() -> None:
    parts = {code.partition(".")[0] for code in BY_HAND}
    assert BY_HAND.keys() == {code for code in INDICATORS if code.partition(".")[0] in parts}


def test_numbers_are_those_worked_out_by_hand(world: World, county: County) -> None:
    found = queries.of_period(BY_HAND, this_year(world))
    assert {
        code: (figure.numerator, figure.denominator) for code, figure in found.items()
    } == BY_HAND


def numbers(world: World, code: str, breakdown: str) -> dict[str, tuple[int, int | None]]:
    parts = queries.parts(code, this_year(world), breakdown)
    return {part.wanted.key: (part.numerator, part.denominator) for part in parts}


def test_filed_by_kind_of_proposer(world: World, county: County) -> None:
    assert numbers(world, "proposals.filed", "kind") == {
        "individual": (3, None),
        "joint": (1, None),
        "party": (1, None),
    }
    year = this_year(world)
    assert queries.figure("proposals.filed", year, "kind", "member").numerator == 4
    assert queries.figure("proposals.filed", year, "kind", "collective").numerator == 1


def test_filed_by_category_in_the_regulations_order(world: World, county: County) -> None:
    by = numbers(world, "proposals.filed", "category")
    assert list(by.items()) == [
        ("经济建设", (2, None)),
        ("社会建设", (2, None)),
        ("生态文明建设", (1, None)),
    ]


def test_handled_by_class_and_by_answering_unit(world: World, county: County) -> None:
    # closed: one done, one planned → B; again: none adopted → C; joint: not answered yet
    assert numbers(world, "proposals.handled", "class") == {
        "B": (1, None),
        "C": (1, None),
        "-": (1, None),
    }
    assert numbers(world, "proposals.handled", "unit") == {str(world.units["水务局"].pk): (3, None)}


def test_rates_by_unit(world: World, county: County) -> None:
    water = str(world.units["水务局"].pk)
    assert numbers(world, "proposals.reply_rate", "unit") == {water: (2, 3)}
    assert numbers(world, "proposals.in_time_rate", "unit") == {water: (2, 2)}
    assert numbers(world, "proposals.done_rate", "unit") == {water: (1, 4)}


def test_last_year_and_several_years(world: World, county: County) -> None:
    year = world.session.year
    assert queries.figure("proposals.received", Period.of_year(year - 1)).numerator == 1
    assert queries.figure("proposals.received", Period(year - 1, year)).numerator == 8
    assert (
        queries.figure("proposals.received", queries.period_of_session(world.session)).numerator
        == 7
    )


def test_a_late_first_reply_is_late_although_handling_again_has_a_new_clock(
    world: World, county: County
) -> None:
    part = county.again.assignments.get()
    assert part.round == 2
    late = timezone.now() + dt.timedelta(days=200)
    Reply.objects.filter(assignment=part).update(released_at=late)
    Assignment.objects.filter(pk=part.pk).update(reply_due_on=late.date() + dt.timedelta(days=30))
    assert queries.figure("proposals.in_time_rate", this_year(world)).numerator == 1


def test_an_extension_granted_before_the_reply_counts(world: World, county: County) -> None:
    part = county.again.assignments.get()
    late = timezone.now() + dt.timedelta(days=120)
    Reply.objects.filter(assignment=part).update(released_at=late)
    until = timezone.localdate(late)
    Extension(
        assignment=part, until=until, reason="协调资金", state="granted", state_since=timezone.now()
    ).save()
    assert queries.figure("proposals.in_time_rate", this_year(world)).numerator == 2


def test_an_unanswered_part_counts_as_late_once_its_day_has_passed(
    world: World, county: County
) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Assignment.objects.filter(proposal=county.joint, part="lead").update(reply_due_on=yesterday)
    figure = queries.figure("proposals.in_time_rate", this_year(world))
    assert (figure.numerator, figure.denominator) == (2, 3)


def test_promises_count_when_due(world: World, county: County) -> None:
    [promise] = Promise.objects.all()
    Promise.objects.update(promised_for=timezone.localdate() - dt.timedelta(days=1))
    assert _pair(world, "proposals.promises_kept_rate") == (0, 1)
    Promise.objects.update(state="kept", evidence="已装表", settled_on=timezone.localdate())
    assert _pair(world, "proposals.promises_kept_rate") == (1, 1)
    Promise.objects.update(promised_for=timezone.localdate() + dt.timedelta(days=60))
    assert _pair(world, "proposals.promises_kept_rate") == (1, 1)  # kept before its day
    assert promise.number


def _pair(world: World, code: str) -> tuple[int, int | None]:
    figure = queries.figure(code, this_year(world))
    return int(figure.numerator), figure.denominator


def test_merged_ones_do_not_count_as_filed_where_the_regulation_says_so(
    world: World, county: County
) -> None:
    _regulate(world, merged_count_as_filed=False)
    assert _pair(world, "proposals.filed") == (4, None)
    assert _pair(world, "proposals.filing_rate") == (4, 7)


def test_basically_satisfied_counts_as_the_regulation_says(world: World, county: County) -> None:
    county.closed.evaluations.update(verdict="basically")
    assert _pair(world, "proposals.satisfaction") == (1, 2)
    _regulate(world, basically_counts=False)
    assert _pair(world, "proposals.satisfaction") == (0, 2)


def _regulate(world: World, **changes: object) -> None:
    """A meeting adopts a new version, in force from today."""
    today, by = timezone.localdate(), system(world.organisation.pk)
    old = RegulationVersion.objects.get(regulation__subject="proposals")
    version = regulations.draft("proposals", {**old.parameters, **changes}, by=by)
    regulations.adopt(
        version, by=by, meeting="九届主席会议第二次会议", on=today, in_force_from=today
    )


def test_ratings_of_a_round_that_is_not_over_stay_sealed(world: World, county: County) -> None:
    proposal_at(world, "replied")
    assert _pair(world, "proposals.response_rate") == (2, 2)
    assert _pair(world, "proposals.satisfaction") == (1, 2)


def test_the_whole_year_takes_few_queries(
    world: World, county: County, django_assert_max_num_queries: object
) -> None:
    # one for all counts; besides them the regulation (once a call that needs it), content type,
    # days of a second round
    with django_assert_max_num_queries(20):
        queries.of_period(INDICATORS, this_year(world))


def test_nothing_recorded_gives_noughts_and_no_rates(world: World) -> None:
    found = queries.of_period(BY_HAND, this_year(world))
    assert {figure.numerator for figure in found.values()} == {0}
    assert {figure.value for figure in found.values() if figure.denominator is not None} == {None}

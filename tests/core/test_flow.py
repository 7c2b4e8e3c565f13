"""The one door: what happens in a step, in which order, and that nothing of it stays when anything
fails.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tests.signing_in import browser_of
from tests.world import World, assignment_of, draft, proposal_at, step
from yizheng.core import audit, derived_rows, outbox
from yizheng.core.access import Rule, office
from yizheng.core.audit import AuditEntry
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.flow import FLOWS, Flow, State, Step
from yizheng.core.numbering import NumberSeries
from yizheng.core.outbox import OutboxEntry
from yizheng.core.refusals import NotAllowed, NotNow, StaleState
from yizheng.opinions.flow import OPINION
from yizheng.opinions.models import Opinion
from yizheng.proposals.flow import ASSIGNMENT, PROPOSAL
from yizheng.proposals.flow import effects as proposal_effects
from yizheng.proposals.models import Proposal

pytestmark = pytest.mark.usefixtures("english")


def kept(proposal: Any) -> tuple[str, int, int, int]:
    """What a step leaves behind: state, version, audit entries, sentences in the outbox."""
    row = Proposal.objects.get(pk=proposal.pk)
    return row.state, row.version, audit.history(row).count(), OutboxEntry.objects.count()


def test_a_step_moves_the_object_writes_its_entry_and_queues_its_notice(world: World) -> None:
    proposal = proposal_at(world, "review")
    _state, version, entries, sentences = kept(proposal)
    filed = step(world, proposal, "file", "reviewer")
    # one sentence for the proposer, one for the assigning office
    assert kept(proposal) == ("filed", version + 1, entries + 1, sentences + 2)
    entry = audit.history(filed).last()
    assert entry is not None
    assert (entry.action, entry.actor_name, entry.actor_place) == (
        "proposal.file",
        "程默",
        "提案委审查人",
    )
    assert entry.detail["case_number"] == filed.case_number
    assert entry.detail["state"] == "filed"


def test_who_comes_second_is_told_who_was_first_and_when(world: World) -> None:
    proposal = proposal_at(world, "review")
    seen = proposal.version
    step(world, proposal, "file", "reviewer")
    at = timezone.localtime(audit.history(proposal).last().at)
    audit.record(
        "paper.read", by=world.actor("clerk"), of=proposal
    )  # who only looked changed nothing
    with pytest.raises(StaleState) as refused:
        PROPOSAL.perform(
            "not_file", proposal, by=world.actor("reviewer"), seen=seen, data={"reason": "empty"}
        )
    assert "程默" in str(refused.value)
    assert world.actor("clerk").name not in str(refused.value)
    assert f"{at:%m-%d %H:%M}" in str(refused.value)
    assert "filed, to be assigned" in str(refused.value)


def test_a_page_opened_before_another_change_is_stale_though_the_state_is_the_same(
    world: World,
) -> None:
    proposal = proposal_at(world, "submitted")
    seen = proposal.version
    step(world, proposal, "return", "clerk", note="请补充")
    step(world, proposal, "submit", "member")
    with pytest.raises(StaleState):
        PROPOSAL.perform("pass_check", proposal, by=world.actor("clerk"), seen=seen)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (
        PROPOSAL.perform("pass_check", fresh, by=world.actor("clerk"), seen=fresh.version).state
        == "review"
    )


def test_a_note_beside_the_road_does_not_make_other_pages_stale(world: World) -> None:
    proposal = proposal_at(world, "filed")
    seen = proposal.version
    step(world, proposal, "make_key", "reviewer", leader=world.accounts["chairperson"].person)
    assigned = {"how": "at_once", "plan": [(world.units["水务局"], "sole", [])]}
    assert (
        PROPOSAL.perform(
            "assign", proposal, by=world.actor("assigner"), seen=seen, data=assigned
        ).state
        == "handling"
    )


@pytest.mark.parametrize(
    ("who", "name", "refusal"),
    [
        ("officer", "file", NotAllowed),
        ("reviewer", "assign", NotAllowed),
        ("assigner", "assign", StaleState),
    ],
)
def test_a_refused_step_leaves_nothing(
    world: World, who: str, name: str, refusal: type[Exception]
) -> None:
    proposal = proposal_at(world, "review")
    before = kept(proposal)
    with pytest.raises(refusal):
        step(world, proposal, name, who)
    assert kept(proposal) == before


class PowerCut(Exception):
    pass


def _cut(*_args: Any, **_kwargs: Any) -> None:
    raise PowerCut


@pytest.mark.parametrize("place", ["effect", "audit", "derived", "outbox"])
def test_whatever_fails_nothing_of_the_step_remains(
    world: World, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    proposal = proposal_at(world, "review")
    before, last = kept(proposal), NumberSeries.objects.filter(name__startswith="case").count()
    if place == "effect":
        monkeypatch.setattr(proposal_effects.numbering, "compose", _cut)
    elif place == "audit":
        monkeypatch.setattr(audit, "record", _cut)
    elif place == "derived":
        monkeypatch.setitem(derived_rows._refreshers, Proposal, [_cut])
    else:
        monkeypatch.setattr(outbox, "post", _cut)
    with pytest.raises(PowerCut):
        step(world, proposal, "file", "reviewer")
    monkeypatch.undo()
    assert kept(proposal) == before
    assert NumberSeries.objects.filter(name__startswith="case").count() == last
    assert list(audit.verify(world.organisation.pk)) == []
    assert step(world, proposal, "file", "reviewer").case_number.endswith("001")


def test_a_guard_says_why_not_now_and_the_button_says_the_same(world: World) -> None:
    proposal = draft(world, title="")
    (offer,) = [
        o for o in PROPOSAL.offers(proposal, world.actor("member")) if o.step.name == "submit"
    ]
    assert not offer.open
    with pytest.raises(NotNow) as refused:
        step(world, proposal, "submit", "member")
    assert str(refused.value) == str(offer.refusal) == "The subject is still missing."


def test_all_that_stands_against_a_step_is_said_beside_its_button(world: World) -> None:
    handled = assignment_of(proposal_at(world, "accepted"))
    offers = ASSIGNMENT.offers(handled, world.actor("officer"))
    (offer,) = [each for each in offers if each.step.name == "request_sign_off"]
    assert str(offer.refusal) == (
        "There is no reply yet. No contact with the proposer is recorded yet."
    )


def test_derived_rows_follow_in_the_same_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setitem(
        derived_rows._refreshers,
        Proposal,
        [lambda p: seen.append(Proposal.objects.get(pk=p.pk).state)],
    )
    proposal = proposal_at(world, "submitted")
    seen.clear()
    step(world, proposal, "pass_check", "clerk")
    assert seen == ["review"]


def test_long_work_refreshes_what_is_derived_once_at_its_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    monkeypatch.setitem(derived_rows._refreshers, Proposal, [lambda p: seen.append(p.pk)])
    first, second = draft(world, title="甲"), draft(world, title="乙")
    seen.clear()
    with derived_rows.at_the_end():
        for each in (first, second, first):
            derived_rows.refresh(each)
        assert seen == []
    assert seen == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ({"note": "石桥村的"}, "石桥村的"),
        ({"reason": "与本会职能无关"}, "与本会职能无关"),
        ({"note": "", "reason": "重复"}, "重复"),
        ({}, ""),
    ],
)
def test_a_line_of_the_timeline_tells_the_sentence_that_was_given(
    detail: dict[str, str], said: str
) -> None:
    entry = AuditEntry(action="proposal.file", actor_name="林澄", detail=detail)
    (line,) = timeline([entry])
    assert (line.who, line.note) == ("林澄", said)


def test_a_form_saved_as_it_was_makes_no_other_page_stale(world: World) -> None:
    proposal = draft(world)
    with PROPOSAL.editing("save", proposal, by=world.actor("member")):
        pass
    assert Proposal.objects.get(pk=proposal.pk).version == proposal.version
    with PROPOSAL.editing("save", proposal, by=world.actor("member")) as edit:
        edit.note(suggestions=["换水管"])
    assert Proposal.objects.get(pk=proposal.pk).version == proposal.version + 1


def test_notices_go_out_after_the_commit_only(
    world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[int] = []
    monkeypatch.setattr(outbox, "_listeners", [lambda: heard.append(1)])
    proposal = proposal_at(world, "review")
    with django_capture_on_commit_callbacks(execute=True):
        step(world, proposal, "file", "reviewer")
        assert heard == []
    assert heard == [1]


def test_a_step_that_asks_for_nothing_is_given_nothing_by_a_browser(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page adds of its own accord would reach effects, and what ends with the object,
    without any form having read it.
    """
    heard: list[Any] = []
    submits = replace(
        PROPOSAL.steps["submit"], effect=lambda act: heard.append(dict(act.data)), guards=()
    )
    assert submits.form_class is None
    monkeypatch.setitem(PROPOSAL.steps, "submit", submits)
    proposal = draft(world)
    client = browser_of(world, "member")
    url = reverse("core:step", args=["proposal", proposal.pk, "submit"])
    assert (
        client.post(
            url, {"seen": proposal.version, "note": "未经核对", "case_number": "9"}
        ).status_code
        == 302
    )
    PROPOSAL.perform("submit", draft(world), by=world.actor("member"), data={"of": "一个程序"})
    assert heard == [{}, {"of": "一个程序"}]


def test_nobody_is_told_of_their_own_step(world: World) -> None:
    proposal_at(world, "submitted")
    assert world.accounts["member"].pk not in [
        pk for e in OutboxEntry.objects.all() for pk in e.recipients
    ]


def test_what_waits_for_me_are_the_objects_whose_pen_i_hold(world: World) -> None:
    here, there = proposal_at(world, "submitted"), proposal_at(world, "review")
    for who, expected in {
        "clerk": [here],
        "reviewer": [there],
        "officer": [],
        "member": [],
    }.items():
        actor = world.actor(who)
        assert list(Proposal.objects.filter(PROPOSAL.waiting_for(actor))) == expected, who
        assert [each for each in (here, there) if PROPOSAL.waits_for(each, actor)] == expected, who


def test_what_has_ended_waits_for_nobody(world: World) -> None:
    ended = proposal_at(world, "closed")
    assert not [who for who in world.accounts if PROPOSAL.waits_for(ended, world.actor(who))]


# A table that cannot be right does not load -------------------------------------------------------

ANY = office("test.any", "可以")


def _flow(*steps: Any) -> None:
    model = type("Borrowed", (), {})
    Flow(
        "borrowed",
        "Borrowed",
        model,
        states={"a": State("A"), "b": State("B")},
        steps=steps,
        url=str,
        visible=lambda actor: Q(),
    )


def _step(name: str = "go", rule: Any = ANY, source: str = "a", target: str = "b") -> Step[Any]:
    return Step(name, "Go", "went", frozenset({source}), rule, target=target)


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([_step(rule=None)], "names no permission"),
        ([_step(rule=lambda actor, obj: True)], "names no permission"),
        ([_step(source="c")], "unknown states"),
        ([_step(target="c")], "unknown states"),
        ([_step(), _step()], "two steps have one name"),
    ],
)
def test_a_wrong_table_does_not_load(steps: list[Step[Any]], sentence: str) -> None:
    with pytest.raises((TypeError, ValueError), match=sentence):
        _flow(*steps)
    assert "borrowed" not in FLOWS


def test_every_step_of_the_house_names_a_permission_and_words_for_people() -> None:
    for flow in FLOWS.values():
        for each in flow.steps.values():
            assert isinstance(each.rule, Rule)
            assert str(each.label), each.name
            assert str(each.said), each.name
            assert str(each.rule.label), each.name


def test_an_edit_is_offered_to_whom_it_is_open_and_while_nothing_stands_against_it(
    world: World,
) -> None:
    own, partys = draft(world), draft(world, kind="party", collective_name="民盟")
    filed = proposal_at(world, "filed")
    member, third = world.actor("member"), world.actor("third")
    asked = ((own, member), (own, third), (filed, member), (partys, member))
    assert [PROPOSAL.may_edit("invite", *each) for each in asked] == [True, False, False, False]
    assert PROPOSAL.may_edit("save", partys, member), "only inviting has the guard"


@pytest.mark.parametrize("seen", ["zzz", "-1", "²", "9" * 30])
def test_a_version_nobody_can_read_is_none_that_stands(world: World, seen: str) -> None:
    proposal = proposal_at(world, "submitted")
    address = reverse("core:step", args=["proposal", proposal.pk, "pass_check"])
    answer = browser_of(world, "clerk").post(address, {"seen": seen})
    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (409, "submitted")


def test_one_button_is_the_main_one_and_it_can_be_pressed(world: World) -> None:
    """Under review filing leads; while it is hindered, no other takes its place."""
    proposal = proposal_at(world, "review")
    offers = PROPOSAL.offers(proposal, world.actor("reviewer"))
    assert [offer.step.name for offer in offers][0] == "file"
    main = [action.primary for action in actions_for(offers)]
    assert main == [True] + [False] * (len(offers) - 1) and len(offers) > 3
    hindered = [replace(offer, refusal="not now") for offer in offers]
    assert not any(action.primary for action in actions_for(hindered))
    first, second, *others = offers
    twice = [first, replace(second, step=first.step), *others]
    assert [action.primary for action in actions_for(twice)][:2] == [True, False]


def test_what_leads_may_depend_on_where_it_stands() -> None:
    """Published, information is sent; wherever else it was signed, it is told and closed."""
    leading = {
        state: [
            step.name
            for step in OPINION.steps.values()
            if state in step.sources and step.leads(Opinion(state=state)) and not step.automatic
        ]
        for state in ("published", "sent", "answered")
    }
    assert leading == {"published": ["send", "close"], "sent": ["close"], "answered": ["close"]}


def test_a_step_for_many_that_asks_about_one_only_does_not_load() -> None:
    one = PROPOSAL.steps["conclude"]
    with pytest.raises(ValueError, match="about one or about many"):
        replace(one, confirm_many="")
    assert "3" in one.asks(3) and "3" not in one.asks(1)

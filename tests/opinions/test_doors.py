"""A power cut, a child whose parent ended, a form left empty: what the doors beside the steps do
not let happen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.all_or_nothing import all_or_nothing
from tests.opinions.roads import (
    PDF,
    TITLE,
    above,
    at,
    city_above,
    composing,
    draft,
    instruct,
    issue,
    sent_to,
    sent_up,
    transfer,
)
from tests.signing_in import browser_of
from tests.world import World, step, told
from yizheng.core import audit, circumstances, clock, tenancy
from yizheng.core.files import attach, attached_to
from yizheng.core.flow import FLOWS
from yizheng.core.outbox import OutboxEntry
from yizheng.core.refusals import BadInput, NotNow
from yizheng.instructions import services as instructions
from yizheng.notices.notice_kinds import kinds
from yizheng.opinions import services
from yizheng.opinions.flow import DISPATCH, OPINION
from yizheng.opinions.models import Dispatch, Opinion

# Cut off in the middle ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["draft", "issue", "instruction"])
def test_thrown_away_whole_or_not_at_all(world: World, kind: str) -> None:
    actor = world.actor("member" if kind == "draft" else "editor")
    made: dict[str, tuple[Callable[[], Any], Callable[[Any], None], str]] = {
        "draft": (
            lambda: draft(world),
            lambda obj: services.discard(obj, by=actor),
            "opinion.discard",
        ),
        "issue": (
            lambda: composing(world, at(world, "signed")),
            lambda obj: services.discard_issue(obj, by=actor),
            "issue.discard",
        ),
        "instruction": (
            lambda: instruct(world, at(world, "sent")),
            lambda obj: instructions.remove(obj, by=actor),
            "instruction.removed",
        ),
    }
    make, discard, action = made[kind]
    obj = make()
    model, pk = type(obj), obj.pk

    assert all_or_nothing(lambda: discard(model.objects.get(pk=pk))) >= 3
    assert not model.objects.filter(pk=pk).exists()
    assert audit.AuditEntry.objects.filter(action=action).exists()
    assert list(audit.verify(world.organisation.pk)) == []


# What ends with its parent ------------------------------------------------------------------------


def _combined(world: World) -> tuple[Opinion, Opinion]:
    main, part = at(world, "editing"), at(world, "submitted", "third", title="石桥村也停水")
    step(world, main, "merge", "editor", others=[part])
    return main, part


def test_a_combined_piece_withdrawn_gives_its_parts_back(world: World) -> None:
    main, part = _combined(world)
    step(world, main, "withdraw", "member", note="情况已变")
    part.refresh_from_db()
    assert (part.state, part.merged_into) == ("submitted", None)
    assert (
        told(world, "third")[-1]
        == "“石桥村也停水” is no part of a combined piece any more: it is taken up by itself"
    )
    assert told(world, "third")[-1] in told(world, "editor")
    assert step(world, part, "take_up", "editor").state == "editing"


def test_a_combined_piece_not_used_says_so_to_every_writer_and_to_the_committee_below(
    world: World,
) -> None:
    city = city_above(world)
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    with tenancy.scope(city.organisation):
        main = at(city, "editing", title="全市冬季供水综合")
        step(city, main, "merge", "editor", others=[above(dispatch)])
        step(city, main, "not_use", "editor", reason="solved")
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.note) == (
        "not_adopted",
        "经了解，所反映问题已经解决或已有明确安排。",
    )
    main, part = _combined(world)
    step(world, main, "not_use", "editor", reason="empty")
    assert any(
        "石桥村也停水” was not used, because" in sentence for sentence in told(world, "third")
    )


def test_what_came_of_a_combined_piece_stands_with_every_part(world: World) -> None:
    main, part = _combined(world)
    for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
        step(world, main, name, who)
    step(world, main, "send", "editor", recipients=["county_party"], sent_on=clock.today())
    step(world, main, "close", "editor", feedback="县委已阅。")
    part.refresh_from_db()
    assert part.feedback == "县委已阅。" and audit.history(part).last().action == "opinion.be_told"


# What a form asks for -----------------------------------------------------------------------------

WITHOUT: list[tuple[str, Callable[[World], Any], str, dict[str, Any], str]] = [
    ("withdraw", lambda w: at(w, "submitted"), "member", {}, "Reason"),
    ("return", lambda w: at(w, "submitted"), "editor", {"note": "  "}, "Reason"),
    ("not_use", lambda w: at(w, "submitted"), "editor", {}, "Reason"),
    ("not_use", lambda w: at(w, "submitted"), "editor", {"reason": "invented"}, "Reason"),
    ("merge", lambda w: at(w, "editing"), "editor", {"others": []}, "Choose at least one other"),
    (
        "send",
        lambda w: at(w, "signed"),
        "editor",
        {"recipients": [], "sent_on": dt.date(2020, 1, 1)},
        "Sent to",
    ),
    (
        "send",
        lambda w: at(w, "signed"),
        "editor",
        {"recipients": ["moon"], "sent_on": dt.date(2020, 1, 1)},
        "Sent to",
    ),
    ("send", lambda w: at(w, "signed"), "editor", {"recipients": ["county_party"]}, "Sent on"),
    ("send_up", lambda w: at(w, "signed"), "editor", {}, "Committee above"),
    ("close", lambda w: at(w, "sent"), "editor", {"feedback": ""}, "What the writer is told"),
    (
        "mark_secrecy",
        lambda w: at(w, "signed"),
        "editor",
        {"secrecy": "listed", "accounts": []},
        "Name at least one reader",
    ),
    (
        "adopt",
        lambda w: sent_to(w, at(w, "signed")),
        "editor",
        {"adoption": "single"},
        "Adopted on",
    ),
    ("answer", lambda w: transfer(w, at(w, "sent")), "officer", {"answer": "已办。"}, "Result"),
    ("hand_back", lambda w: transfer(w, at(w, "sent")), "officer", {}, "Reason"),
    ("urge", lambda w: transfer(w, at(w, "sent")), "editor", {}, "Reason"),
    ("recall", lambda w: transfer(w, at(w, "sent")), "editor", {}, "Reason"),
]


@pytest.mark.parametrize(
    ("name", "make", "who", "data", "field"),
    WITHOUT,
    ids=[f"{line[0]}-{n}" for n, line in enumerate(WITHOUT)],
)
def test_a_step_taken_by_a_program_needs_what_its_form_needs(
    world: World,
    name: str,
    make: Callable[[World], Any],
    who: str,
    data: dict[str, Any],
    field: str,
) -> None:
    obj = make(world)
    before = obj.flow.model.objects.get(pk=obj.pk).state
    with pytest.raises(BadInput, match=field):
        step(world, obj, name, who, **data)
    assert obj.flow.model.objects.get(pk=obj.pk).state == before


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_sent_yesterday_or_today_and_not_tomorrow(world: World, days: int, refused: bool) -> None:
    opinion, day = at(world, "signed"), clock.today() + dt.timedelta(days=days)
    if refused:
        with pytest.raises(BadInput, match="not come yet"):
            step(world, opinion, "send", "editor", recipients=["county_party"], sent_on=day)
    else:
        assert (
            step(world, opinion, "send", "editor", recipients=["county_party"], sent_on=day).state
            == "sent"
        )


@pytest.mark.parametrize(("characters", "fits"), [(1499, True), (1500, True), (1501, False)])
def test_an_edition_is_at_most_as_long_as_the_regulation_says(
    world: World, characters: int, fits: bool
) -> None:
    opinion = at(world, "editing")
    services.save_edition(
        opinion, by=world.actor("editor"), title="题", text="字 " * characters, category="其他"
    )
    refusal = next(
        offer.refusal
        for offer in OPINION.offers(Opinion.objects.get(), world.actor("editor"))
        if offer.step.name == "finish"
    )
    assert (refusal is None) is fits, "blanks do not count"


# Sent up again ------------------------------------------------------------------------------------


def test_what_went_up_before_does_not_go_up_twice(world: World) -> None:
    opinion = at(world, "signed")
    attach(SimpleUploadedFile("照片.pdf", PDF), "照片.pdf", to=opinion, by=world.actor("editor"))
    dispatch, city = sent_up(world, opinion)
    for number, paper in enumerate((SimpleUploadedFile("户数.pdf", PDF + b"1"), None)):
        with tenancy.scope(city.organisation):
            step(city, above(dispatch), "return", "editor", note="请补充")
        more = {"file": paper} if paper else {}
        step(
            world,
            dispatch,
            "complete",
            "editor",
            title=TITLE,
            text=f"第{number}次补充",
            note="已补充",
            **more,
        )
        step(world, dispatch, "send_again", "signer")
        with tenancy.scope(city.organisation):
            assert [each.name for each in attached_to(above(dispatch))] == ["照片.pdf", "户数.pdf"]
    assert [each.name for each in attached_to(opinion)] == ["照片.pdf", "户数.pdf"]
    assert (
        list(audit.verify(world.organisation.pk)) == list(audit.verify(city.organisation.pk)) == []
    )


def test_sent_up_twice_is_refused_at_birth_too(world: World) -> None:
    dispatch, city = sent_up(world, at(world, "signed"))
    again = Dispatch(
        opinion=dispatch.opinion,
        level="city",
        recipient="市政协",
        to_organisation=city.organisation,
        sent_on=clock.today(),
    )
    with pytest.raises(NotNow, match="It cannot be sent twice"):
        DISPATCH.begin(again, "sent_up", by=world.actor("editor"))
    assert Dispatch.objects.count() == 1


# Who must be told ---------------------------------------------------------------------------------

MAY_BE_MUTED = {
    "opinion.take_up",
    "opinion.be_merged",
    "opinion.sign",
    "opinion.publish",
    "opinion.send",
    "opinion.send_up",
    "opinion.be_adopted",
    "opinion.be_instructed",
    "opinion.be_transferred",
    "opinion.be_answered",
    "opinion.reopen",
    "opinion.mark_excellent",
    "dispatch.send_again",
    "dispatch.be_taken_up",
    "dispatch.be_adopted",
    "transfer.take",
}


def test_what_may_be_muted_is_good_to_know_and_nothing_more() -> None:
    here = ("opinion.", "dispatch.", "issue.", "transfer.", "promise.")
    assert {
        kind.code for kind in kinds() if kind.may_mute and kind.code.startswith(here)
    } == MAY_BE_MUTED


def test_an_editor_hears_of_work_whatever_they_muted(world: World) -> None:
    """The writer may do without hearing that it was signed; that it can go out is the editor's
    work.
    """
    at(world, "signed")
    said = {
        entry.words: entry.may_mute for entry in OutboxEntry.objects.filter(kind="opinion.sign")
    }
    assert said == {"“%(title)s” was signed": True, "“%(title)s” is signed and can go out": False}
    made = transfer(world, at(world, "sent"))
    step(world, made, "urge", "editor", note="请于本周内答复")
    assert not OutboxEntry.objects.filter(kind__startswith="transfer.", may_mute=True).exists()
    main, _part = _combined(world)
    step(world, main, "not_use", "editor", reason="empty")
    assert {entry.may_mute for entry in OutboxEntry.objects.filter(kind="opinion.not_use")} == {
        False
    }


# Rules say on what they rest ----------------------------------------------------------------------

PERSONS = (
    "member",
    "third",
    "editor",
    "signer",
    "secretary",
    "reporter",
    "officer",
    "leader",
    "chairperson",
    "organiser",
    "clerk",
    "auditor",
)


@pytest.mark.parametrize("code", ["opinion", "dispatch", "issue", "transfer", "promise"])
def test_a_rule_asks_for_nothing_that_it_does_not_name_and_its_filter_says_what_its_test_says(
    world: World, code: str
) -> None:
    flow = FLOWS[code]
    closed = at(world, "editing", secrecy="listed")
    step(
        world,
        closed,
        "mark_secrecy",
        "editor",
        secrecy="listed",
        accounts=[world.accounts["signer"], world.accounts["officer"]],
    )
    for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
        closed = step(world, closed, name, who)
    made, out = at(world, "sent", "third"), at(world, "signed", "reporter")
    draft(world)
    instruct(world, made)
    transfer(world, made)
    composing(world, closed)
    issue(world, out)
    rows = list(flow.model.objects.all())
    lines = [*flow.steps.values(), *flow.births.values(), *flow.edits.values()]
    for rule in {line.rule.code: line.rule for line in lines if line.rule}.values():
        for who in PERSONS:
            actor = world.actor(who)
            with circumstances.watched() as asked:
                scope = rule.scope(actor)
            assert asked <= rule.depends, (rule.code, who)
            within = set(flow.model.objects.filter(scope).values_list("pk", flat=True))
            assert {row.pk for row in rows if rule.allows(actor, row)} == within, (rule.code, who)


def test_what_was_handed_in_meanwhile_is_answered_on_the_page_that_was_written(
    world: World,
) -> None:
    opinion, own = draft(world), browser_of(world, "member")
    seen = opinion.version
    step(world, Opinion.objects.get(pk=opinion.pk), "submit", "member")
    answer = own.post(
        reverse("opinions:edit", args=[opinion.pk]),
        {"seen": seen, "title": "在这个窗口写的", "submit": "1"},
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert (
        "在这个窗口写的" in text
        and "仍留在本页" in text
        and f'href="{OPINION.url(opinion)}" target="_blank"' in text
    )

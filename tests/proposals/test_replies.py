"""Replies of units: half written, complete, sent back, released."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from tests.days import ahead
from tests.form_browser import Browser
from tests.grounds import standing
from tests.signing_in import browser_of
from tests.world import World, assignment_of, proposal_at, rate, speak, unit_step, write_reply
from yizheng.core import clock
from yizheng.core.refusals import NotAllowed, NotNow
from yizheng.promises.models import Promise
from yizheng.proposals import services
from yizheng.proposals.flow.assignment_guards import answer_of, reply_of

# Replying -----------------------------------------------------------------------------------------


pytestmark = pytest.mark.usefixtures("english")


def _answers(proposal: Any, *given: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """In the order of the suggestions; what is planned is so for ninety days hence."""
    return {
        s.pk: {"planned_for": ahead(90), **items}
        for s, items in zip(proposal.suggestions.all(), given, strict=False)
    }


DONE = {"outcome": "done", "text": "支管已更换"}
LATER = {"outcome": "planned", "text": "列入明年计划"}


@pytest.mark.parametrize(
    ("given", "values", "sentence"),
    [
        (
            [DONE],
            {"result_class": "A"},
            "Suggestion 2: please choose the outcome.*Suggestion 2: not answered yet",
        ),
        ([DONE, {**LATER, "text": " "}], {"result_class": "B"}, "Suggestion 2: not answered yet"),
        (
            [DONE, {**LATER, "planned_for": None}],
            {"result_class": "B"},
            "Suggestion 2: planned, but by no date",
        ),
        (
            [{"outcome": "not_adopted", "text": ""}, DONE],
            {"result_class": "B"},
            "Suggestion 1: not answered yet",
        ),
        ([DONE, LATER], {}, "class of the result is missing"),
        ([DONE, LATER], {"result_class": "A"}, "make this class B; say why"),
    ],
)
def test_a_half_written_reply_is_not_sent(
    world: World, given: list[dict[str, Any]], values: dict[str, str], sentence: str
) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    services.save_reply(
        assignment_of(proposal),
        by=world.actor("officer"),
        items=_answers(proposal, *given),
        **values,
    )
    with pytest.raises(NotNow, match=sentence):
        unit_step(world, proposal, "request_sign_off", "officer")


def test_a_reply_without_having_spoken_with_the_proposer_is_not_sent(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    with pytest.raises(NotNow, match="no reply yet"):
        unit_step(world, proposal, "request_sign_off", "officer")
    write_reply(world, proposal)
    with pytest.raises(NotNow, match="No contact"):
        unit_step(world, proposal, "request_sign_off", "officer")


def test_another_class_is_possible_with_an_argument(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    write_reply(world, proposal, result_class="A", class_argument="第二条已由镇政府先行办成")
    assert unit_step(world, proposal, "request_sign_off", "officer").state == "signing"


def test_the_leader_returns_the_office_sends_back_and_the_officer_reads_why(world: World) -> None:
    proposal = proposal_at(world, "signing")
    assert (
        unit_step(world, proposal, "return_draft", "leader", note="补充资金来源").send_back_note
        == "补充资金来源"
    )
    unit_step(world, proposal, "request_sign_off", "officer")
    signed = unit_step(world, proposal, "sign_off", "leader")
    number = signed.replies.get().number
    back = unit_step(world, proposal, "send_back", "clerk", note="第二条没有回应")
    assert (back.state, back.send_back_note, back.replies.get().signed_at) == (
        "handling",
        "第二条没有回应",
        None,
    )
    unit_step(world, proposal, "request_sign_off", "officer")
    assert unit_step(world, proposal, "sign_off", "leader").replies.get().number == number


def test_nothing_is_written_into_a_reply_that_was_sent(world: World) -> None:
    with pytest.raises(NotNow):
        write_reply(world, proposal_at(world, "signing"))
    proposal = proposal_at(world, "accepted")
    with pytest.raises(NotAllowed):
        services.save_reply(assignment_of(proposal), by=world.actor("other_officer"), items={})


def test_released_promises_are_followed_by_their_numbers(world: World) -> None:
    proposal = proposal_at(world, "replied")
    (promise,) = Promise.objects.all()
    today = clock.today()
    assert promise.number == f"C-{today.year}-001"
    assert (promise.unit.short_name, promise.section) == ("水务局", "供水股")
    assert promise.promised_for == today + dt.timedelta(days=90)
    assert promise.source == proposal.suggestions.get(position=2)
    assert assignment_of(proposal).replies.get().number == f"水务局函〔{today.year}〕1号"


def test_each_answer_has_its_name_for_the_browser(world: World) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    shown = browser_of(world, "officer").get(reverse("proposals:reply", args=[assignment.pk]))
    named = re.findall(r'data-about="([^"]*)"', shown.content.decode())
    assert named == ["第 1 条建议", "第 2 条建议"]


def test_a_second_reply_begins_with_the_words_of_the_first_and_says_anew_what_came(
    world: World,
) -> None:
    """Round one did the first suggestion and planned the second; how it stands now is not taken
    over, and nothing is kept before it is saved.
    """
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", "unsatisfied")
    assignment = assignment_of(proposal)
    page = Browser(world, "officer").get(reverse("proposals:reply", args=[assignment.pk]))
    form = page.form(holding="opening")
    assert form.values["opening"][0].strip() == "提案收悉。"
    for suggestion in proposal.suggestions.all():
        prefix = answer_of(suggestion)
        text = form.values[f"{prefix}-text"][0].strip()
        assert text == f"对第{suggestion.position}条建议的答复"
        assert form.values[f"{prefix}-section"] == ["供水股"]
        for name in ("outcome", "planned_for"):
            assert f"{prefix}-{name}" in form.names
            assert not any(form.values.get(f"{prefix}-{name}", []))
    assert "上一次答复" in page.content.decode()
    assert reply_of(assignment) is None
    write_reply(world, proposal, ("done", "done"))
    shown = Browser(world, "officer").get(reverse("proposals:reply", args=[assignment.pk]))
    assert "上一次答复" not in shown.content.decode()


def _of_reply(assignment: Any) -> str:
    return reverse("proposals:reply", args=[assignment.pk])


def test_that_nobody_spoke_with_the_proposer_is_missed_like_an_empty_field(world: World) -> None:
    """So that the browser, which holds back an unfinished reply, names it the first time."""
    proposal = proposal_at(world, "accepted")
    assignment = assignment_of(proposal)
    shown = browser_of(world, "officer").get(_of_reply(assignment)).content.decode()
    (asked,) = re.findall(r'<input[^>]*name="contacted"[^>]*>', shown)
    assert "data-needed" in asked and "readonly" in asked
    way = reverse("core:step", args=["assignment", assignment.pk, "contact"])
    assert f'href="{way}?next={_of_reply(assignment)}">记录沟通</a></div>' in shown
    speak(world, proposal)
    shown = browser_of(world, "officer").get(_of_reply(assignment)).content.decode()
    assert 'name="contacted"' not in shown


def test_all_that_keeps_a_reply_from_being_sent_is_said_at_once_in_one_place(world: World) -> None:
    assignment = assignment_of(proposal_at(world, "accepted"))
    page = browser_of(world, "officer").post(
        _of_reply(assignment), {"may_publish": "on", "send": "1"}, follow=True
    )
    shown = page.content.decode()
    (box,) = re.findall(r'<div class="error-summary".*?</div>', shown, re.DOTALL)
    said = ["已保存，还没有送签", "第 1 条建议", "第 2 条建议", "还没有与提案者沟通的记录"]
    assert [words for words in said if words not in box] == []
    assert 'href="#id_contacted"' in box
    assert shown.count("已保存，还没有送签") == 1


@pytest.mark.parametrize(("before", "phone"), [("何楠", "0571-1234567"), ("江越", "")])
def test_a_second_reply_never_puts_anothers_telephone_beside_who_writes_it(
    world: World, before: str, phone: str
) -> None:
    """何楠 writes both rounds; in the first the contact was themselves, or somebody else."""
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    write_reply(world, proposal, contact_name=before, contact_phone="0571-1234567")
    unit_step(world, proposal, "request_sign_off", "officer")
    unit_step(world, proposal, "sign_off", "leader")
    unit_step(world, proposal, "release", "clerk")
    rate(world, proposal, "member", "unsatisfied")
    address = _of_reply(assignment_of(proposal))
    form = Browser(world, "officer").get(address).form(holding="opening")
    assert form.values["contact_name"] == [world.actor("officer").name]
    assert form.values.get("contact_phone", [""]) == [phone]


# Several rounds on one page -----------------------------------------------------------------------


@standing
def answered_once_and_not_satisfied(world: World) -> Any:
    """Round one is out, `member` was not satisfied, and the unit writes anew."""
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member", "unsatisfied")
    return proposal


FIRST, SECOND = "对第1条建议的答复", "管道全部换新，七月底前通水"


def _written_anew(world: World, proposal: Any) -> Any:
    first, second = proposal.suggestions.all()
    items = {s.pk: {"outcome": "done", "text": SECOND} for s in (first, second)}
    assignment = assignment_of(proposal)
    services.save_reply(assignment, by=world.actor("officer"), items=items, result_class="A")
    return proposal


def _shown(world: World, who: str, proposal: Any) -> str:
    address = reverse("proposals:detail", args=[proposal.pk])
    return browser_of(world, who).get(address).content.decode()


@pytest.mark.parametrize("who", ["member", "clerk", "reviewer", "assigner", "chairperson"])
def test_what_a_unit_still_writes_is_its_own_and_what_it_answered_stays(
    world: World, answered_once_and_not_satisfied: Any, who: str
) -> None:
    shown = _shown(world, who, _written_anew(world, answered_once_and_not_satisfied))
    assert FIRST in shown
    assert f"水务局函〔{clock.today().year}〕1号" in shown
    assert SECOND not in shown
    assert "尚未发出" not in shown


def test_the_unit_reads_its_new_reply_beside_the_one_that_stands(
    world: World, answered_once_and_not_satisfied: Any
) -> None:
    shown = _shown(world, "officer", _written_anew(world, answered_once_and_not_satisfied))
    assert shown.index(FIRST) < shown.index("水务局新的答复") < shown.index(SECOND)
    assert "第 2 轮 · 尚未发出" in shown


def test_the_office_reads_a_new_reply_when_it_was_sent_for_sign_off(
    world: World, answered_once_and_not_satisfied: Any
) -> None:
    proposal = _written_anew(world, answered_once_and_not_satisfied)
    unit_step(world, proposal, "request_sign_off", "officer")
    shown = _shown(world, "clerk", proposal)
    assert shown.index(FIRST) < shown.index("水务局新的答复") < shown.index(SECOND)
    assert SECOND not in _shown(world, "member", proposal)


def test_after_a_second_reply_the_first_can_still_be_read(
    world: World, answered_once_and_not_satisfied: Any
) -> None:
    proposal = _written_anew(world, answered_once_and_not_satisfied)
    unit_step(world, proposal, "request_sign_off", "officer")
    unit_step(world, proposal, "sign_off", "leader")
    unit_step(world, proposal, "release", "clerk")
    rate(world, proposal, "member", "satisfied")
    shown = _shown(world, "clerk", proposal)
    year = clock.today().year
    assert shown.index(SECOND) < shown.index("水务局此前的答复") < shown.index(FIRST)
    assert f"水务局函〔{year}〕2号 · 第 2 轮" in shown
    assert f"水务局函〔{year}〕1号 · 第 1 轮" in shown
    files = re.findall(r"水务局答复[^<]*\.docx", shown)
    assert files == ["水务局答复.docx", "水务局答复（第2轮）.docx"]
    rated = re.findall(r'<span class="second small">第 (\d) 轮</span>', shown)
    assert rated == ["1", "2"]


def test_two_letters_to_one_proposal_are_saved_under_two_names(
    world: World, answered_once_and_not_satisfied: Any
) -> None:
    proposal = _written_anew(world, answered_once_and_not_satisfied)
    unit_step(world, proposal, "request_sign_off", "officer")
    client = browser_of(world, "officer")
    names = {
        client.get(reverse("proposals:letter", args=[reply.pk]))["Content-Disposition"]
        for reply in assignment_of(proposal).replies.all()
    }
    assert len(names) == 2


def test_after_a_rating_it_is_a_new_reply_that_is_missing(
    world: World, answered_once_and_not_satisfied: Any
) -> None:
    shown = _shown(world, "officer", answered_once_and_not_satisfied)
    assert "还没有新的答复" in shown
    assert "还没有答复" not in shown

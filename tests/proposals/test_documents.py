"""The papers of a proposal, opened again: the right words in the right places."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from tests.days import today
from tests.world import (
    World,
    assignment_of,
    merged_pair,
    proposal_at,
    rate,
    speak,
    unit_step,
    with_assisting,
    write_reply,
)
from tests.world import assign as assign_to
from yizheng.documents.wording import official_date
from yizheng.proposals import documents


def words(content: bytes) -> str:
    """All text of a Word file, tables too, a line a paragraph."""
    document = docx.Document(io.BytesIO(content))
    return "\n".join(
        "".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p")
    )


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _letter(proposal: Any, of: Any = None) -> str:
    reply = assignment_of(
        proposal, "" if not proposal.assignments.filter(part="lead").exists() else "lead"
    ).replies.last()
    return words(documents.reply_letter(reply, of or proposal))


def test_the_reply_letter_answers_each_suggestion_with_class_and_number(world: World) -> None:
    proposal = proposal_at(world, "replied")
    reply = assignment_of(proposal).replies.get()
    text, year = _letter(proposal), world.session.year
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines[0] == "B"  # one suggestion done, one planned
    assert "yunxi县水务局" in lines[1]
    assert f"水务局函〔{year}〕1号" in text
    assert f"关于政协yunxi县第九届委员会第三次会议〔{year}〕001号提案的答复" in text.replace(
        "\n", ""
    )
    assert "沈禾委员：" in lines
    assert "已办成。对第1条建议的答复。责任科室：供水股。" in text
    planned = reply.items.get(suggestion__position=2).planned_for
    assert planned is not None
    assert f"列入计划，{official_date(planned)}前完成。" in text
    assert "[" not in text
    assert official_date(today()) in text, "it was signed today"


@pytest.mark.parametrize(
    ("outcomes", "mark", "word"),
    [(("done", "done"), "A", "已办成。"), (("not_adopted", "not_adopted"), "C", "未采纳。")],
)
def test_the_class_letter_stands_on_top(
    world: World, outcomes: tuple[str, ...], mark: str, word: str
) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    write_reply(world, proposal, outcomes)
    for name, who in (
        ("request_sign_off", "officer"),
        ("sign_off", "leader"),
        ("release", "clerk"),
    ):
        unit_step(world, proposal, name, who)
    text = _letter(proposal)
    assert text.strip().splitlines()[0] == mark
    assert text.count(word) == 2


def test_merged_proposers_get_letters_with_their_own_suggestions_only(world: World) -> None:
    main, other = merged_pair(world)
    assign_to(world, main)
    unit_step(world, main, "accept", "officer")
    speak(world, main)
    write_reply(world, main)
    for name, who in (
        ("request_sign_off", "officer"),
        ("sign_off", "leader"),
        ("release", "clerk"),
    ):
        unit_step(world, main, name, who)
    first, second = _letter(main), _letter(main, other)
    assert "沈禾委员：" in first
    assert "在镇区建设备用水源" in first
    assert "修建蓄水池" not in first
    assert "唐蘅委员：" in second
    assert "为北坡村修建蓄水池" in second
    assert "备用水源" not in second
    assert other.case_number in second
    assert main.case_number not in second


def test_the_letter_names_the_assisting_unit_that_gave_no_opinion(world: World) -> None:
    from tests.world import later

    proposal = with_assisting(world)
    with later(40):
        speak(world, proposal)
        write_reply(world, proposal)
        for name, who in (
            ("request_sign_off", "officer"),
            ("sign_off", "leader"),
            ("release", "clerk"),
        ):
            unit_step(world, proposal, name, who)
    assert "财政局未在期限内提出会办意见。" in _letter(proposal)


def test_the_notice_tells_each_unit_its_part_and_days(world: World) -> None:
    proposal = with_assisting(world)
    text = words(documents.notice(proposal, world.organisation))
    lead, helper = assignment_of(proposal, "lead"), assignment_of(proposal, "assisting")
    assert f"yunxi县水务局为主办单位，请于{official_date(lead.reply_due_on)}前答复提案者" in text
    assert (
        f"yunxi县财政局为会办单位，请于{official_date(helper.reply_due_on)}前提出会办意见" in text
    )
    assert f"退办期限为{official_date(lead.hand_back_until)}" in text
    assert "yunxi县水务局、yunxi县财政局：" in text


def test_the_registration_form_holds_the_case(world: World) -> None:
    text = words(documents.registration(proposal_at(world, "closed")))
    for part in (
        "提案登记表",
        "政协yunxi县第九届委员会第三次会议",
        "沈禾",
        "农业",
        "社会建设",
        "yunxi县水务局",
        "在镇区建设备用水源",
    ):
        assert part in text, part
    assert f"〔{world.session.year}〕001" in text


def test_the_feedback_form_asks_the_regulations_questions(world: World) -> None:
    proposal = proposal_at(world, "replied")
    text = words(documents.feedback_form(proposal))
    for question in ("办理单位是否走访", "办理人员态度", "对办理结果", "提案者签名"):
        assert question in text, question
    assert "分管领导" not in text  # asked of collectives only
    rate(world, proposal, "member")
    proposal.kind, proposal.collective_name = "party", "民盟云溪县总支"
    assert "分管领导是否参与答复" in words(documents.feedback_form(proposal))

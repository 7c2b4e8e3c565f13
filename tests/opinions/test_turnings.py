"""Turnings of the road: back and forth, several into one, proposals that go on, past years, the
yearly circular.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tests.opinions.roads import TEXT, TITLE, answer, at, draft, instruct, issue, sent_to, transfer
from tests.signing_in import browser_of
from tests.world import World, proposal_at, step, told
from yizheng.core import clock
from yizheng.core.access import Actor, system
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState
from yizheng.opinions import documents, queries, services
from yizheng.opinions.flow import OPINION
from yizheng.opinions.models import Dispatch, Opinion
from yizheng.opinions.opinion_text import compare, original_text
from yizheng.opinions.services import PastOpinion, Reporter
from yizheng.proposals.flow import PROPOSAL
from yizheng.regulations import services as regulations
from yizheng.transfers.models import Transfer

REGULATION = Path(services.__file__).with_name("regulation.json")


def test_returned_and_completed_the_edition_is_kept_beside_the_new_words(world: World) -> None:
    opinion = at(world, "editing")
    services.save_edition(
        opinion,
        by=world.actor("editor"),
        title="编辑后的题目",
        text="编辑后的文字",
        category="其他",
    )
    step(world, opinion, "return", "editor", note="请补充停水天数")
    assert told(world, "member")[-1] == f"“{TITLE}” came back to be completed: 请补充停水天数"
    services.save_draft(opinion, by=world.actor("member"), body="北坡村停水十一天。")
    step(world, opinion, "submit", "member")
    step(world, opinion, "take_up", "editor")
    opinion.refresh_from_db()
    assert (original_text(opinion), opinion.edited_text) == ("北坡村停水十一天。", "编辑后的文字")


def test_two_windows_do_not_overwrite_each_other(world: World) -> None:
    opinion = draft(world)
    services.save_draft(opinion, by=world.actor("member"), seen=0, body="第一个窗口")
    with pytest.raises(StaleState, match="another window"):
        services.save_draft(opinion, by=world.actor("member"), seen=0, body="第二个窗口")


def test_not_used_the_writer_reads_why(world: World) -> None:
    opinion = at(world, "submitted")
    step(world, opinion, "not_use", "editor", reason="several")
    assert told(world, "member") == [
        f"“{TITLE}” was not used, because: 一篇信息只反映一件事，请分开撰写后再次报送。"
    ]


def test_too_long_an_edition_is_not_passed_on(world: World) -> None:
    opinion = at(world, "editing")
    services.save_edition(
        opinion, by=world.actor("editor"), title="题", text="长" * 1501, category="其他"
    )
    with pytest.raises(NotNow, match="1501 characters; the regulation allows 1500"):
        step(world, opinion, "finish", "editor")


def test_changes_stand_side_by_side() -> None:
    pairs = compare("村里停水三天。\n望解决。", "村里停水五天。\n望解决。\n供稿。")
    said = [
        (
            "".join(f"[{p.text}]" if p.changed else p.text for p in side)
            for side in (pair.before, pair.after)
        )
        for pair in pairs
    ]
    assert [tuple(sides) for sides in said] == [
        ("村里停水[三]天。", "村里停水[五]天。"),
        ("望解决。", "望解决。"),
        ("", "[供稿。]"),
    ]


def test_several_become_one_and_every_writer_is_told_of_their_own(world: World) -> None:
    other, main = at(world, "submitted", "third", title="石桥村也停水"), at(world, "editing")
    step(world, main, "merge", "editor", others=[other])
    for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
        step(world, main, name, who)
    issue(world, main)
    assert told(world, "third") == [
        "“石桥村也停水” goes on as part of a combined piece",
        "“石桥村也停水” was signed",
        "“石桥村也停水” was published in an issue",
    ]
    assert documents.byline_of(Opinion.objects.get(pk=main.pk)) == "供稿：农业　沈禾、经济　唐蘅"


@pytest.mark.parametrize("edited", [False, True])
def test_the_combined_piece_begins_with_the_words_of_each_edited_or_as_handed_in(
    world: World, edited: bool
) -> None:
    other = at(world, "editing" if edited else "submitted", "third", title="石桥村也停水")
    if edited:
        other = services.save_edition(
            other,
            by=world.actor("editor"),
            title="石桥停水",
            text="编者改过的话。",
            category=other.category,
        )
    main = step(world, at(world, "editing"), "merge", "editor", others=[other])
    added = "石桥停水\n编者改过的话。" if edited else f"石桥村也停水\n{original_text(other)}"
    assert main.edited_text.endswith(f"\n{added}")
    assert main.edited_text.count("\n" + added.split("\n")[0]) == 1


def test_a_non_member_is_recorded_with_who_they_are(world: World) -> None:
    with pytest.raises(BadInput, match="Say who the reporter is"):
        draft(world, "officer", reporter=Reporter("non_member", "何大山"))
    opinion = draft(
        world, "officer", reporter=Reporter("non_member", "何大山", identity="北坡村村民")
    )
    assert (opinion.reporter_name, opinion.reporter_identity, opinion.reporter) == (
        "何大山",
        "北坡村村民",
        None,
    )
    assert draft(world, "officer").unit == world.units["水务局"]
    with pytest.raises(NotAllowed, match="Only the office enters information for other members"):
        draft(world, "member", reporter=Reporter("member", "许茉", world.members["cosigner"]))


def test_units_answer_and_the_last_one_moves_it(world: World) -> None:
    opinion = at(world, "sent")
    first, second = transfer(world, opinion), transfer(world, opinion, "教育局")
    with pytest.raises(NotNow, match="水务局 has this already"):
        transfer(world, opinion)
    assert first.answer_due_on >= clock.today() + dt.timedelta(days=30)
    answer(world, first)
    opinion.refresh_from_db()
    assert opinion.state == "transferred"
    step(world, second, "hand_back", "other_officer", note="不属本单位职责")
    opinion.refresh_from_db()
    assert opinion.state == "answered"


def test_handed_back_by_all_it_is_the_editors_again(world: World) -> None:
    opinion = at(world, "sent")
    step(world, transfer(world, opinion), "hand_back", "officer", note="不属本单位职责")
    opinion.refresh_from_db()
    assert opinion.state == "used"
    assert Transfer.objects.get().state == "handed_back"


def test_an_instruction_is_not_recorded_twice_nor_before_its_day(world: World) -> None:
    opinion = at(world, "sent")
    instruct(world, opinion)
    with pytest.raises(BadInput, match="recorded already"):
        instruct(world, opinion)
    with pytest.raises(BadInput, match="not come yet"):
        instruct(world, opinion, given_on=clock.today() + dt.timedelta(days=1))


# Proposals that go on -----------------------------------------------------------------------------


def test_a_converted_proposal_goes_on_with_its_words_and_writers_once(world: World) -> None:
    proposal = proposal_at(world, "review")
    step(world, proposal, "convert", "reviewer", consent_how="电话同意")
    opinion = Opinion.objects.get()
    assert (opinion.state, opinion.title, opinion.reporter) == (
        "submitted",
        proposal.title,
        world.members["member"],
    )
    assert opinion.suggestions == "1. 优先更换石桥、北坡两村老旧支管\n2. 在镇区建设备用水源"
    assert opinion.source_url == reverse("proposals:detail", args=[proposal.pk])
    client = browser_of(world, "member")
    assert (
        opinion.number
        in client.get(reverse("proposals:detail", args=[proposal.pk])).content.decode()
    )
    assert (
        opinion.source_url
        in client.get(reverse("opinions:detail", args=[opinion.pk])).content.decode()
    )


def test_a_proposal_not_filed_is_passed_on_once(world: World) -> None:
    proposal = proposal_at(world, "review")
    step(world, proposal, "not_file", "reviewer", reason="empty")
    step(world, proposal, "pass_on", "reviewer", consent_how="当面同意")
    assert Opinion.objects.get().source_id == proposal.pk
    with pytest.raises(NotNow, match="gone on as public-opinion information already"):
        PROPOSAL.perform(
            "pass_on", proposal, by=world.actor("reviewer"), data={"consent_how": "再次"}
        )


# Issues -------------------------------------------------------------------------------------------


def _words(content: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(content)).paragraphs if p.text]


def test_an_issue_as_it_is_printed(world: World) -> None:
    made = issue(
        world,
        at(world, "signed"),
        at(world, "signed", "third", title="关于夜间停车的反映", secrecy="open"),
    )
    words = _words(documents.issue_word(made))
    today = clock.today()
    assert words[:4] == ["内部资料　注意保存", "社情民意", "（第1期）", "签发人：孟澜"]
    assert words[4] == f"政协yunxi县委员会办公室\t{today.year}年{today.month}月{today.day}日"
    assert words[5:8] == ["本期目录", f"◎ {TITLE}", "◎ 关于夜间停车的反映"]
    assert [line for line in words if line.startswith("（供稿")] == [
        "（供稿：农业　沈禾）",
        "（供稿：经济　唐蘅）",
    ]
    table = Document(io.BytesIO(documents.issue_word(made))).tables[0]
    assert table.cell(0, 0).text == "报：县委、县政府。"
    assert documents.issue_pdf(made).startswith(b"%PDF-")


def test_numbers_follow_each_other_and_one_piece_stands_in_one_issue(world: World) -> None:
    opinion = at(world, "signed")
    assert issue(world, opinion).number == "第1期"
    with pytest.raises(NotNow, match="stands in another issue already"):
        services.compose(by=world.actor("editor"), opinions=[opinion], journal="社情民意")
    assert issue(world, at(world, "signed")).number == "第2期"
    with pytest.raises(NotNow, match="is not signed"):
        services.compose(
            by=world.actor("editor"), opinions=[at(world, "editing")], journal="社情民意"
        )


# Counting -----------------------------------------------------------------------------------------


def test_the_circular_counted_by_hand(world: World) -> None:
    """Member: two handed in, one adopted singly by the province and twice by the city (counts once,
    the better way). Third: one, part of the member's combined piece, so the same came of it; in the
    sum it counts once.
    """
    main, other = at(world, "editing"), at(world, "submitted", "third")
    step(world, main, "merge", "editor", others=[other])
    for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
        step(world, main, name, who)
    step(
        world,
        main,
        "send",
        "editor",
        recipients=["city_cppcc", "city_party", "province_cppcc"],
        sent_on=clock.today(),
    )
    how = {"city_cppcc": "combined", "city_party": "single", "province_cppcc": "single"}
    for sent, adoption in zip(Dispatch.objects.order_by("id"), how.values(), strict=True):
        step(
            world,
            sent,
            "adopt",
            "editor",
            adoption=adoption,
            adopted_in="",
            adopted_on=clock.today(),
        )
    instruct(world, main)
    at(world, "submitted")
    draft(world)
    tallies, total = queries.circular(world.actor("editor"), clock.today().year)
    rows = [(t.name, t.written, t.used, t.adopted, t.instructions) for t in tallies]
    best = {("city", "single"): 1, ("province", "single"): 1}
    assert rows == [("沈禾", 2, 1, best, {"county": 1}), ("唐蘅", 1, 1, best, {"county": 1})]
    assert (total.written, total.used, total.adopted, total.instructions) == (
        3,
        2,
        best,
        {"county": 1},
    )


def test_a_past_year_is_written_down_once_with_its_facts(world: World) -> None:
    past = PastOpinion(
        "关于校车的反映",
        2024,
        Reporter("member", "沈禾", world.members["member"]),
        text="校车不足。",
        number="2024-17",
        issue_number="第9期",
        adoptions=[("city", "single", "市政协信息", dt.date(2024, 6, 1))],
    )
    opinion = services.record_past(past, by=world.actor("editor"))
    assert (opinion.state, opinion.is_imported, opinion.issue_item.issue.number) == (
        "closed",
        True,
        "第9期",
    )
    assert Dispatch.objects.get().adoption == "single"
    assert queries.circular(world.actor("editor"), 2024)[1].adopted == {("city", "single"): 1}
    with pytest.raises(BadInput, match="recorded already"):
        services.record_past(past, by=world.actor("editor"))
    with pytest.raises(NotAllowed):
        services.record_past(past, by=world.actor("member"))


@pytest.mark.parametrize(
    "name",
    [
        "opinions:list",
        "opinions:issues",
        "opinions:circular",
        "instructions:list",
        "transfers:list",
    ],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(world: World, name: str) -> None:
    client = browser_of(world, "editor")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get(reverse(name)).status_code == 200
        return len(queries_made)

    def add() -> None:
        opinion = at(world, "signed")
        issue(world, opinion)
        instruct(world, opinion)
        transfer(world, opinion)

    add()
    client.get(reverse(name))
    one = cost()
    add()
    add()
    assert cost() == one


def test_a_piece_sent_outside_is_recorded_by_hand_and_tells_the_writer(world: World) -> None:
    sent = sent_to(world, at(world, "signed"), "nation_cppcc")
    step(
        world,
        sent,
        "adopt",
        "editor",
        adoption="passed_on",
        adopted_in="转有关部委",
        adopted_on=clock.today(),
    )
    assert told(world, "member")[-2:] == [
        f"“{TITLE}” was sent to leaders or departments",
        f"“{TITLE}” was adopted",
    ]
    assert [r.level for r in queries.tracking(Opinion.objects.get(), world.actor("editor"))] == [
        "nation"
    ]
    assert TEXT


def test_where_another_has_to_check_it_waits_for_another(world: World) -> None:
    platform = system(world.organisation.pk)
    rules = json.loads(REGULATION.read_text(encoding="utf-8")) | {"checked_by_another": True}
    version = regulations.draft("opinions", rules, by=platform)
    day = clock.today()
    regulations.adopt(version, by=platform, meeting="主席会议", on=day, in_force_from=day)
    opinion, editor = at(world, "checking"), world.actor("editor")
    second = replace(world.actor("signer"), grants=editor.grants)

    def offered(actor: Actor) -> bool:
        return "pass_check" in {offer.step.name for offer in OPINION.offers(opinion, actor)}

    def waits_for(actor: Actor) -> bool:
        return OPINION.model.objects.filter(OPINION.waiting_for(actor), pk=opinion.pk).exists()

    assert (offered(editor), waits_for(editor)) == (False, False)
    assert (offered(second), waits_for(second)) == (True, True)
    with pytest.raises(NotAllowed, match="where another has to check, not whoever edited it"):
        step(world, opinion, "pass_check", "editor")
    assert OPINION.perform("pass_check", opinion, by=second).state == "signing"


def test_what_cannot_be_taken_back_asks_first(world: World) -> None:
    opinion = at(world, "signing")
    page = browser_of(world, "signer").get(reverse("opinions:detail", args=[opinion.pk]))
    assert 'data-confirm="签发这篇编辑稿？签发后正文不能再改。"' in page.content.decode()

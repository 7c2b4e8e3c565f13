"""The pages of proposals as people use them: what is kept, what is said."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.proposals.pages import PDF, drafted, page
from tests.signing_in import SignedIn
from tests.world import World, assignment_of, draft, proposal_at, speak, write_reply
from yizheng.core import clock
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal, Reply

# Writing ------------------------------------------------------------------------------------------


def test_a_draft_is_kept_with_its_suggestions_and_files_and_handed_in(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in("member")
    response = client.post(
        reverse("proposals:new"), drafted(files=[SimpleUploadedFile("调研.pdf", PDF)])
    )
    proposal = Proposal.objects.get()
    assert response["Location"] == reverse("proposals:edit", args=[proposal.pk])
    assert [s.text for s in proposal.suggestions.all()] == ["增设三处站点", "延长末班时间"]
    shown = page(client, "proposals:edit", proposal.pk)
    assert "调研.pdf" in shown
    assert "延长末班时间" in shown
    client.post(
        reverse("proposals:edit", args=[proposal.pk]), drafted(seen=proposal.version, submit="1")
    )
    proposal.refresh_from_db()
    assert proposal.state == "submitted"


def test_an_incomplete_draft_is_saved_but_not_handed_in(world: World, signed_in: SignedIn) -> None:
    client = signed_in("member")
    response = client.post(
        reverse("proposals:new"), drafted(category="", suggestion=[""], submit="1"), follow=True
    )
    assert Proposal.objects.get().state == "draft"
    page = response.content.decode()
    assert "已保存，还没有提交" in page and "有 2 处需要改" in page
    for field, label in (("category", "类别"), ("suggestions", "建议")):
        assert f'href="#id_{field}">{label}：' in page, "the summary leads to the field"
        assert f'id="id_{field}_error"' in page, "and there it is said, too"


def test_autosave_answers_the_version_the_page_goes_on_from(
    world: World, signed_in: SignedIn
) -> None:
    client, proposal = signed_in("member"), draft(world)
    url = reverse("proposals:autosave", args=[proposal.pk])
    first = client.post(url, drafted(title="第一次", seen=proposal.version)).json()["version"]
    assert first == proposal.version + 1
    assert client.post(url, drafted(title="第二次", seen=first)).json()["version"] == first + 1
    stale = client.post(
        url, drafted(title="旧窗口", seen=proposal.version), headers={"Accept": "application/json"}
    )
    assert stale.status_code == 409
    assert "已在其他窗口或由同事保存" in stale.json()["message"]
    proposal.refresh_from_db()
    assert proposal.title == "第二次"


def test_a_stale_window_keeps_its_text_and_can_save_after_having_compared(
    world: World, signed_in: SignedIn
) -> None:
    client, proposal = signed_in("member"), draft(world)
    url = reverse("proposals:edit", args=[proposal.pk])
    client.post(url, drafted(title="新窗口的案由", seen=proposal.version))
    response = client.post(url, drafted(title="旧窗口的案由", seen=proposal.version))
    shown = response.content.decode()
    assert response.status_code == 422
    assert "旧窗口的案由" in shown
    assert "已在其他窗口或由同事保存" in shown
    proposal.refresh_from_db()
    assert proposal.title == "新窗口的案由"
    seen = re.search(r'name="seen" value="(\d+)"', shown)
    assert seen and int(seen[1]) == proposal.version
    assert client.post(url, drafted(title="旧窗口的案由", seen=seen[1])).status_code == 302


def test_the_reviewers_note_stands_above_the_returned_draft(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "submitted")
    PROPOSAL.perform("return", proposal, by=world.actor("clerk"), data={"note": "请拆成两件"})
    assert "请拆成两件" in page(signed_in("member"), "proposals:edit", proposal.pk)


def test_the_office_enters_for_a_member_who_confirms(world: World, signed_in: SignedIn) -> None:
    clerk = signed_in("clerk")
    nobody = clerk.post(reverse("proposals:new"), drafted())
    assert nobody.status_code == 422
    assert "代哪位委员录入" in nobody.content.decode()
    clerk.post(reverse("proposals:new"), drafted(proposer=world.members["third"].pk, submit="1"))
    proposal = Proposal.objects.get()
    assert proposal.state == "confirming"
    assert reverse("core:step", args=["proposal", proposal.pk, "confirm"]) in page(
        signed_in("third"), "proposals:detail", proposal.pk
    )


# Steps --------------------------------------------------------------------------------------------


def test_two_clerks_at_once_the_second_keeps_what_was_typed(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "submitted")
    first = reverse("core:step", args=["proposal", proposal.pk, "pass_check"])
    second = reverse("core:step", args=["proposal", proposal.pk, "return"])
    seen = {"seen": proposal.version}
    assert signed_in("clerk").post(first, {**seen, "note": ""}).status_code == 302
    response = signed_in("clerk").post(second, {**seen, "note": "请补充调研数据"})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "请补充调研数据" in shown
    assert "您打开后这件事已有变动" in shown
    proposal.refresh_from_db()
    assert proposal.state == "review"


def test_the_reasons_for_not_filing_stand_with_their_sentences(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "review")
    shown = page(signed_in("reviewer"), "core:step", "proposal", proposal.pk, "not_file")
    assert "属于学术研讨，不宜作为提案处理。" in shown


def test_assigning_shows_the_suggested_unit_and_asks_for_one(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "filed", suggested_units=[world.units["教育局"]])
    url = reverse("core:step", args=["proposal", proposal.pk, "assign"])
    client = signed_in("assigner")
    assert "提案者建议由教育局承办" in client.get(url).content.decode()
    wrong = client.post(
        url,
        {
            "seen": proposal.version,
            "how": "at_once",
            "mode": "together",
            "lead": world.units["水务局"].pk,
        },
    )
    assert wrong.status_code == 422
    parts = {
        f"part_{s.pk}": world.units[name].pk
        for s, name in zip(proposal.suggestions.all(), ("水务局", "教育局"), strict=True)
    }
    client.post(url, {"seen": proposal.version, "how": "at_once", "mode": "parts", **parts})
    assert {a.unit.short_name for a in proposal.assignments.all()} == {"水务局", "教育局"}


def test_the_rating_page_shows_what_was_answered(world: World, signed_in: SignedIn) -> None:
    evaluation = proposal_at(world, "replied").evaluations.get()
    url = reverse("core:step", args=["evaluation", evaluation.pk, "answer"])
    client = signed_in("member")
    assert "对第2条建议的答复" in client.get(url).content.decode()
    answers = {
        "q_visited": "visited",
        "q_attitude": "satisfied",
        "q_heard": "visit",
        "q_to_the_point": "yes",
        "q_result": "unsatisfied",
    }
    silent = client.post(url, {"seen": 0, **answers})
    assert silent.status_code == 422
    assert "请写明对什么不满意" in silent.content.decode()
    client.post(url, {"seen": 0, **answers, "comment": "没有说明何时通水"})
    evaluation.refresh_from_db()
    assert evaluation.verdict == "unsatisfied"


# Replies ------------------------------------------------------------------------------------------


def test_two_officers_do_not_overwrite_each_other(world: World, signed_in: SignedIn) -> None:
    proposal = proposal_at(world, "accepted")
    assignment, officer, leader = assignment_of(proposal), signed_in("officer"), signed_in("leader")
    first = proposal.suggestions.first()
    write = reverse("proposals:reply", args=[assignment.pk])
    shown = re.search(r'name="seen" value="(\d+)"', leader.get(write).content.decode())
    assert shown
    officer.post(write, {f"s{first.pk}-text": "已通水", "may_publish": "on", "seen": shown[1]})
    late = leader.post(
        write, {f"s{first.pk}-text": "另一种写法", "may_publish": "on", "seen": shown[1]}
    )
    assert late.status_code == 422
    assert "已在其他窗口或由同事保存" in late.content.decode()
    assert "另一种写法" in late.content.decode()
    assert assignment.replies.get().items.get(suggestion=first).text == "已通水"


def test_a_day_that_has_passed_cannot_be_promised(world: World, signed_in: SignedIn) -> None:
    proposal = proposal_at(world, "accepted")
    assignment, first = assignment_of(proposal), proposal.suggestions.first()
    planned = {
        f"s{first.pk}-outcome": "planned",
        f"s{first.pk}-planned_for": "2020-05-01",
        "may_publish": "on",
        "seen": "",
    }
    answer = signed_in("officer").post(reverse("proposals:reply", args=[assignment.pk]), planned)
    assert answer.status_code == 422
    assert "请写今后的日期" in answer.content.decode()


def test_a_half_written_reply_is_saved_and_found_again(world: World, signed_in: SignedIn) -> None:
    proposal = proposal_at(world, "accepted")
    assignment, client = assignment_of(proposal), signed_in("officer")
    first, second = proposal.suggestions.all()
    half = {
        f"s{first.pk}-outcome": "done",
        f"s{first.pk}-text": "四月三日已通水",
        f"s{second.pk}-text": "",
        "may_publish": "on",
    }
    autosave = reverse("proposals:reply-autosave", args=[assignment.pk])
    version = client.post(autosave, {**half, "seen": ""}).json()["version"]
    assert client.post(autosave, {**half, "seen": version}).status_code == 200
    assert "四月三日已通水" in page(client, "proposals:reply", assignment.pk)
    refused = client.post(
        reverse("proposals:reply", args=[assignment.pk]), {**half, "send": "1"}, follow=True
    )
    said = refused.content.decode()
    summary = said.split("data-refusal-summary", 1)[1].split("</div>", 1)[0]
    assert summary.count("<ul>") == 1
    lines = re.findall(r"<li><a [^>]*>([^<]*)</a></li>", summary)
    assert lines == [
        "与提案者沟通：还没有与提案者沟通的记录。",
        "第 2 条建议 · 结果：请选择。",
        "第 2 条建议 · 答复：还没有答复。",
    ]
    assignment.refresh_from_db()
    assert assignment.state == "handling"


def test_a_complete_reply_goes_to_the_leader(world: World, signed_in: SignedIn) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    assignment = assignment_of(proposal)
    first, second = proposal.suggestions.all()
    day = (timezone.localdate() + dt.timedelta(days=60)).isoformat()
    whole = {
        f"s{first.pk}-outcome": "done",
        f"s{first.pk}-text": "已办成",
        f"s{second.pk}-outcome": "planned",
        f"s{second.pk}-text": "列入计划",
        f"s{second.pk}-planned_for": day,
        "may_publish": "on",
        "send": "1",
    }
    signed_in("officer").post(reverse("proposals:reply", args=[assignment.pk]), whole)
    assignment.refresh_from_db()
    assert assignment.state == "signing"
    assert Reply.objects.get().result_class == "B"  # one done, one planned


def test_the_class_goes_on_following_the_answers(world: World, signed_in: SignedIn) -> None:
    proposal = proposal_at(world, "accepted")
    write_reply(world, proposal, ("done", "planned"))
    shown = page(signed_in("officer"), "proposals:reply", assignment_of(proposal).pk)
    assert '<option value="" selected>按逐条答复得出' in shown


# Lists --------------------------------------------------------------------------------------------


def test_filters_survive_in_links_export_and_bulk_steps(world: World, signed_in: SignedIn) -> None:
    proposal_at(world, "submitted", title="关于甲的建议")
    proposal_at(world, "filed", title="关于乙的建议")
    client = signed_in("clerk")
    shown = page(client, "proposals:list", stage="checking")
    assert "关于甲的建议" in shown
    assert "关于乙的建议" not in shown
    assert f"{reverse('proposals:export')}?stage=checking" in shown
    assert 'name="stage" value="checking"' in shown  # kept when columns are chosen
    assert "next=%2Fproposals%2F%3Fstage%3Dchecking" in shown
    found = page(client, "proposals:list", session="all", columns="category")
    assert "社会建设" in found


def test_a_bulk_step_says_row_by_row_what_was_refused(world: World, signed_in: SignedIn) -> None:
    ready = proposal_at(world, "submitted", title="关于甲的建议")
    done = proposal_at(world, "review", title="关于乙的建议")
    url = (
        reverse("core:bulk", args=["proposal", "pass_check"])
        + "?next=/proposals/%3Fstage%3Dchecking"
    )
    client, chosen = signed_in("clerk"), {"selected": [ready.pk, done.pk]}
    asked = client.post(url, chosen).content.decode()
    assert 'name="next" value="/proposals/?stage=checking"' in asked
    told = client.post(
        url, {**chosen, "confirmed": "1", "note": "", "category": ""}
    ).content.decode()
    ready.refresh_from_db()
    assert ready.state == "review"
    assert "办妥 1 件，1 件未办" in told


def test_before_it_is_confirmed_it_is_said_which_rows_cannot_take_a_step(
    world: World, signed_in: SignedIn
) -> None:
    """Chosen with one stroke: two whose first check is due, one that has passed it."""
    ready = [proposal_at(world, "submitted", title=f"关于{name}的建议") for name in "甲乙"]
    done = proposal_at(world, "review", title="关于丙的建议")
    url = reverse("core:bulk", args=["proposal", "pass_check"]) + "?next=/proposals/"
    chosen = {"selected": [proposal.pk for proposal in (*ready, done)]}
    asked = signed_in("clerk").post(url, chosen).content.decode()
    sent = re.findall(r'name="selected" value="(\d+)"', asked)
    assert sorted(sent) == sorted(str(proposal.pk) for proposal in ready)
    assert "初审通过（2）" in asked and "已选 3 件" in asked
    out = asked[asked.index("data-not-ready") :]
    assert "关于丙的建议" in out[: out.index("</section>")] and "不能“初审通过”" in out
    assert f"{ready[0].flow_number} 关于甲的建议" in asked


def test_where_none_of_the_chosen_can_take_it_nothing_is_asked(
    world: World, signed_in: SignedIn
) -> None:
    done = proposal_at(world, "review")
    url = reverse("core:bulk", args=["proposal", "pass_check"]) + "?next=/proposals/"
    asked = signed_in("clerk").post(url, {"selected": [done.pk]}).content.decode()
    assert 'name="confirmed"' not in asked and "data-not-ready" in asked
    assert 'href="/proposals/">返回列表' in asked


@pytest.mark.parametrize(
    ("count", "question"), [(1, "将这份答复发给提案者？"), (2, "将这 2 份答复发给各自的提案者？")]
)
def test_many_are_asked_about_as_many(
    world: World, signed_in: SignedIn, count: int, question: str
) -> None:
    chosen = [assignment_of(proposal_at(world, "checking")).pk for _n in range(count)]
    url = reverse("core:bulk", args=["assignment", "release"])
    assert question in signed_in("clerk").post(url, {"selected": chosen}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_of_three_asks_the_database_no_more_than_a_list_of_one(
    world: World, signed_in: SignedIn, rows: int, django_assert_num_queries: Any
) -> None:
    for _n in range(rows):
        proposal_at(world, "accepted")
    client = signed_in("clerk")
    page(client, "proposals:list")
    with django_assert_num_queries(LIST_QUERIES):
        page(client, "proposals:list")


def test_the_detail_page_asks_the_database_a_known_number_of_times(
    world: World, signed_in: SignedIn, django_assert_num_queries: Any
) -> None:
    proposal = proposal_at(world, "replied")
    client = signed_in("clerk")
    page(client, "proposals:detail", proposal.pk)
    with django_assert_num_queries(DETAIL_QUERIES):
        page(client, "proposals:detail", proposal.pk)


LIST_QUERIES = 12
DETAIL_QUERIES = 29


# Import -------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(files_apart: Path) -> None:
    """Files handed in lie apart."""


def handed_in(client: Client, world: World, text: str) -> str:
    """The address of the preview."""
    sheet = SimpleUploadedFile("提案.csv", text.encode())
    answer = client.post(reverse("proposals:import"), {"session": world.session.pk, "file": sheet})
    return str(answer["Location"])


@pytest.mark.usefixtures("shelf")
def test_import_shows_errors_by_row_and_column_and_changes_nothing(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in("clerk")
    preview = handed_in(
        client, world, "案由,提案人,承办股室\n关于甲的建议,沈禾,一股\n关于乙的建议,查无此人,\n"
    )
    shown = client.get(preview).content.decode()
    assert "本届没有委员“查无此人”" in shown
    assert re.search(r'<td [^>]*data-label="行">3</td>', shown)
    assert "承办股室" in shown  # an unknown column is named
    assert not Proposal.objects.exists()
    errors = re.search(r'href="([^"]+/errors/[^"]*)"', shown)
    assert errors
    assert "spreadsheetml" in client.get(errors[1])["Content-Type"]
    assert client.post(preview).status_code == 422
    assert not Proposal.objects.exists()


@pytest.mark.usefixtures("shelf")
def test_a_sound_sheet_is_imported_whole(world: World, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    preview = handed_in(client, world, "案由,提案人\n关于甲的建议,沈禾\n关于乙的建议,许茉\n")
    response = client.post(preview, follow=True)
    assert "已导入 2 件提案" in response.content.decode()
    assert {p.title for p in Proposal.objects.all()} == {"关于甲的建议", "关于乙的建议"}


@pytest.mark.usefixtures("shelf")
def test_a_file_handed_in_in_another_window_is_not_taken_over_unseen(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in("clerk")
    preview = handed_in(client, world, "案由,提案人\n关于甲的建议,沈禾\n")
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(preview).content.decode())
    assert seen
    handed_in(client, world, "案由,提案人\n关于乙的建议,许茉\n")
    refused = client.post(preview, {"seen": seen[1]})
    assert refused.status_code == 422
    assert "又交了另一个文件" in refused.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("who", ["clerk", "officer", "member", "reporter", "organiser", "editor"])
def test_the_list_by_unit_is_offered_to_whoever_may_open_it(signed_in: SignedIn, who: str) -> None:
    client = signed_in(who)
    offered = f'href="{reverse("proposals:assignments")}"' in page(client, "proposals:list")
    assert offered is (client.get(reverse("proposals:assignments")).status_code == 200)


def test_what_is_due_is_said_where_it_is_not_the_reply(world: World, signed_in: SignedIn) -> None:
    """The unit has not accepted it: three working days were given, the reply is months away."""
    proposal_at(world, "assigned")
    with clock.at(clock.now() + dt.timedelta(days=30)):
        shown = page(signed_in("assigner"), "proposals:assignments")
        assert "待签收：逾期 " in shown
    proposal_at(world, "accepted")
    assert "办理中：" not in page(signed_in("assigner"), "proposals:assignments")

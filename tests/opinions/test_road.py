"""The road of an opinion from the writer's phone to what came of it."""

from __future__ import annotations

from django.urls import reverse

from tests.opinions.roads import TEXT, TITLE, answer, at, draft, instruct, issue, transfer
from tests.signing_in import browser_of
from tests.world import World, step, told
from yizheng.opinions import services
from yizheng.opinions.models import Dispatch


def test_the_whole_road_and_the_writer_is_told_of_each_step(world: World) -> None:
    opinion = at(world, "editing")
    services.save_edition(
        opinion,
        by=world.actor("editor"),
        title="关于做好农村冬季供水的建议",
        text=TEXT.replace("多次", "三次"),
        category="其他",
    )
    step(world, opinion, "finish", "editor")
    step(world, opinion, "pass_check", "editor")
    step(world, opinion, "sign", "signer")
    issue(world, opinion, recipients=("county_party", "county_government"))
    instruct(world, opinion)
    answer(world, transfer(world, opinion))
    step(world, opinion, "close", "editor", feedback="水务局已加装保温层。")
    opinion.refresh_from_db()
    assert (opinion.title, opinion.body, opinion.edited_title) == (
        TITLE,
        TEXT,
        "关于做好农村冬季供水的建议",
    )
    assert opinion.issue_item.issue.number == "第1期"
    assert [d.recipient for d in Dispatch.objects.filter(opinion=opinion)] == ["县委", "县政府"]
    now = "关于做好农村冬季供水的建议"
    assert told(world, "member") == [
        f"“{TITLE}” is being edited",
        f"“{now}” was signed",
        f"“{now}” was published in an issue",
        f"A leader wrote an instruction on “{now}”",
        f"“{now}” was transferred to a unit to be handled",
        f"The units have answered on “{now}”",
        f"水务局 answered “{now}”",
        f"“{now}” is closed; what came of it stands with it",
    ]


def test_in_the_browser(world: World) -> None:
    client = browser_of(world, "member")
    data = {
        "title": TITLE,
        "body_form": "text",
        "body": TEXT,
        "urgency": "ordinary",
        "secrecy": "internal",
        "who": "self",
        "submit": "1",
    }
    answered = client.post(reverse("opinions:new"), data)
    assert answered.status_code == 302, answered.content.decode()[:3000]
    page = client.get(answered["Location"])
    assert TITLE in page.content.decode()
    opinion = services.Opinion.objects.get()
    client = browser_of(world, "editor")
    assert (
        client.post(reverse("core:step", args=["opinion", opinion.pk, "take_up"])).status_code
        == 302
    )
    edition = reverse("opinions:edition", args=[opinion.pk])
    assert client.get(edition).status_code == 200
    assert (
        client.post(
            edition, {"title": "新题", "text": "新文", "category": "其他", "finish": "1"}
        ).status_code
        == 302
    )
    assert "新题" in client.get(reverse("opinions:detail", args=[opinion.pk])).content.decode()
    for name in (
        "list",
        "export",
        "tracking",
        "circular",
        "circular-export",
        "issues",
        "issue-new",
        "new",
    ):
        assert client.get(reverse(f"opinions:{name}")).status_code == 200, name
    for path in ("instructions:list", "transfers:list"):
        assert client.get(reverse(path)).status_code == 200


def test_an_issue_as_word_and_pdf(world: World) -> None:
    made = issue(world, at(world, "signed"), at(world, "signed", title="关于停车的反映"))
    client = browser_of(world, "editor")
    for kind in ("word", "pdf"):
        assert client.get(reverse("opinions:issue-paper", args=[made.pk, kind])).status_code == 200
    assert client.get(reverse("opinions:issue", args=[made.pk])).status_code == 200
    assert draft(world).pk

"""Two windows on one opinion, one edition, one issue: the second does not undo the first."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.opinions.roads import PDF, TITLE, at, composing, draft
from tests.signing_in import browser_of
from tests.world import World, step
from yizheng.core import audit
from yizheng.core.files import attach, attached_to
from yizheng.core.refusals import NotNow, StaleState
from yizheng.opinions import services
from yizheng.opinions.flow import ISSUE, OPINION
from yizheng.opinions.models import Issue, Opinion

STALE = "changed since you opened it"


# Two windows --------------------------------------------------------------------------------------


def test_a_draft_handed_in_elsewhere_is_not_thrown_away_by_the_page_that_still_shows_a_draft(
    world: World,
) -> None:
    opened = draft(world)
    step(world, Opinion.objects.get(pk=opened.pk), "submit", "member")
    with pytest.raises(NotNow, match="Only a draft can be thrown away"):
        services.discard(opened, by=world.actor("member"), seen=opened.version)
    with pytest.raises(NotNow):
        services.discard(opened, by=world.actor("member"))
    assert Opinion.objects.get().state == "submitted"


def test_a_draft_written_on_elsewhere_is_not_thrown_away_unseen(world: World) -> None:
    opened = draft(world)
    services.save_draft(opened, by=world.actor("member"), body="另一个窗口写的")
    answer = browser_of(world, "member").post(
        reverse("opinions:discard", args=[opened.pk]), {"seen": opened.version}
    )
    assert answer.status_code == 409
    assert Opinion.objects.get().body == "另一个窗口写的"


def test_a_paper_put_to_it_elsewhere_counts_as_a_change(world: World) -> None:
    opened = draft(world)
    data = {
        "title": TITLE,
        "body_form": "text",
        "body": opened.body,
        "urgency": "ordinary",
        "secrecy": "internal",
        "category": "其他",
    }
    client = browser_of(world, "member")
    page = client.post(
        reverse("opinions:edit", args=[opened.pk]),
        {**data, "seen": 0, "files": SimpleUploadedFile("附图.pdf", PDF)},
    )
    assert page.status_code == 302
    with pytest.raises(StaleState, match=STALE):
        services.discard(opened, by=world.actor("member"), seen=opened.version)
    paper = attached_to(opened).get()
    assert (
        client.post(
            reverse("opinions:detach", args=[opened.pk, paper.pk]), {"seen": opened.version}
        ).status_code
        == 409
    )
    assert attached_to(opened).exists()


def test_a_paper_stays_on_what_was_handed_in_elsewhere(world: World) -> None:
    opened = draft(world)
    with OPINION.editing("enclose", opened, by=world.actor("member")) as edit:
        paper = attach(
            SimpleUploadedFile("附图.pdf", PDF), "附图.pdf", to=edit.row, by=world.actor("member")
        )
    step(world, opened, "submit", "member")
    answer = browser_of(world, "member").post(
        reverse("opinions:detach", args=[opened.pk, paper.pk])
    )
    assert answer.status_code == 409 and attached_to(opened).exists()


def test_the_small_forms_beside_a_text_say_what_they_saw(world: World) -> None:
    text = (
        browser_of(world, "member")
        .get(reverse("opinions:edit", args=[draft(world).pk]))
        .content.decode()
    )
    assert text.count('name="seen" value="0"') == 2  # the text, and the form that throws it away
    opinion = at(world, "editing")
    text = (
        browser_of(world, "editor")
        .get(reverse("opinions:edition", args=[opinion.pk]))
        .content.decode()
    )
    assert text.count(f'name="seen" value="{opinion.version}"') == 2
    made = composing(world, at(world, "signed"))
    client = browser_of(world, "editor")
    for name in ("issue", "issue-edit"):
        assert (
            'name="seen" value="0"'
            in client.get(reverse(f"opinions:{name}", args=[made.pk])).content.decode()
        )


def test_an_edition_is_not_begun_again_over_what_another_editor_wrote_since(world: World) -> None:
    opened = at(world, "editing")
    services.save_edition(
        opened,
        by=world.actor("editor"),
        title="编辑后的题目",
        text="编辑后的文字",
        category="其他",
        seen=opened.version,
    )
    with pytest.raises(StaleState, match=STALE):
        services.start_over(opened, by=world.actor("editor"), seen=opened.version)
    with pytest.raises(StaleState, match=STALE):
        services.save_edition(
            opened,
            by=world.actor("editor"),
            title="题",
            text="文",
            category="其他",
            seen=opened.version,
        )
    assert Opinion.objects.get().edited_text == "编辑后的文字"


def test_an_edition_passed_on_is_closed_to_the_page_that_still_writes_it(world: World) -> None:
    opened = at(world, "checking")
    step(world, Opinion.objects.get(), "pass_check", "editor")
    with pytest.raises(NotNow, match="only while it is being edited or checked"):
        services.save_edition(
            opened, by=world.actor("editor"), title="题", text="文", category="其他"
        )


def test_what_was_changed_in_the_edition_is_told_from_and_to_and_a_private_draft_leaves_no_trail(
    world: World,
) -> None:
    opinion = draft(world)
    services.save_draft(opinion, by=world.actor("member"), body="一稿")
    assert [entry.action for entry in audit.history(opinion)] == ["opinion.drafted"]
    step(world, opinion, "submit", "member")
    step(world, opinion, "take_up", "editor")
    services.save_edition(
        opinion, by=world.actor("editor"), title="新题", text="一稿", category="其他"
    )
    entry = audit.history(opinion).last()
    assert entry and (entry.action, entry.detail["changed"]["edited_title"]) == (
        "opinion.save_edition",
        [TITLE, "新题"],
    )
    step(world, opinion, "return", "editor", note="请补充")
    services.save_draft(
        opinion, by=world.actor("member"), body="二稿", cowriters=[world.members["third"]]
    )
    entry = audit.history(opinion).last()
    assert entry and (entry.detail["changed"]["body"], entry.detail["cowriters"]) == (
        ["一稿", "二稿"],
        ["唐蘅"],
    )


def test_an_hour_of_writing_is_one_line_of_the_timeline(world: World) -> None:
    from yizheng.opinions import queries

    opinion = at(world, "editing")
    for number in range(3):
        services.save_edition(
            opinion, by=world.actor("editor"), title="新题", text=f"第{number}稿", category="其他"
        )
    actions = [entry.action for entry in queries.history(opinion, "office")]
    assert actions == [
        "opinion.drafted",
        "opinion.submit",
        "opinion.take_up",
        "opinion.save_edition",
    ]
    assert "opinion.save_edition" not in [
        entry.action for entry in queries.history(opinion, "writer")
    ]


def test_an_issue_published_elsewhere_is_neither_thrown_away_nor_changed(world: World) -> None:
    opened = composing(world, at(world, "signed"))
    ISSUE.perform("publish", Issue.objects.get(), by=world.actor("editor"), data={"recipients": []})
    with pytest.raises(NotNow, match="published; what stands in it stays"):
        services.discard_issue(opened, by=world.actor("editor"))
    with pytest.raises(NotNow, match="published; what stands in it stays"):
        services.compose(by=world.actor("editor"), opinions=[], issue=opened, journal="别的")
    assert Issue.objects.get().items.count() == 1


def test_two_who_put_one_issue_together_do_not_undo_each_other(world: World) -> None:
    first, second = at(world, "signed"), at(world, "signed", title="石桥村也停水")
    opened = composing(world, first)
    services.compose(
        by=world.actor("editor"), opinions=[first, second], issue=opened, seen=opened.version
    )
    data = {"journal": "社情民意", "opinions": [first.pk], "seen": opened.version}
    answer = browser_of(world, "editor").post(
        reverse("opinions:issue-edit", args=[opened.pk]), data
    )
    assert answer.status_code == 422 and Issue.objects.get().items.count() == 2
    version = Issue.objects.get().version
    assert f'name="seen" value="{version}"' in answer.content.decode(), (
        "who has read that may save over it"
    )
    entry = audit.history(opened).last()
    assert entry and entry.detail["pieces"] == [[TITLE], [TITLE, "石桥村也停水"]]
    assert (
        browser_of(world, "editor")
        .post(reverse("opinions:issue-discard", args=[opened.pk]), {"seen": 0})
        .status_code
        == 409
    )
    services.compose(by=world.actor("editor"), opinions=[second], issue=opened, seen=version)
    assert [item.opinion for item in Issue.objects.get().items.all()] == [second]

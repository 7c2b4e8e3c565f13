"""What is marked for a circulation list is found by those on it and its writers, and by nobody else
through any exit.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.form_browser import Browser
from tests.opinions.roads import at, draft, instruct, issue, transfer
from tests.signing_in import browser_of
from tests.world import World, step, told
from yizheng.core.case_display import TODOS
from yizheng.core.files import attach
from yizheng.core.refusals import NotNow
from yizheng.instructions import queries as instructions
from yizheng.opinions import queries
from yizheng.opinions.flow import OPINION
from yizheng.opinions.models import Opinion

SECRET = "关于某项目选址意见的反映"
OUTSIDE = (
    "secretary",
    "chairperson",
    "reporter",
    "third",
    "officer",
    "organiser",
    "clerk",
    "auditor",
)


@pytest.fixture
def listed(world: World, files_apart: Path) -> Opinion:
    """Signed, instructed on, published; only the signer is on its list."""
    opinion = at(world, "editing", title=SECRET, secrecy="listed")
    step(
        world,
        opinion,
        "mark_secrecy",
        "editor",
        secrecy="listed",
        accounts=[world.accounts["signer"]],
    )
    for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
        step(world, opinion, name, who)
    return Opinion.objects.get(pk=opinion.pk)


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_finds_it_through_any_exit(world: World, listed: Opinion, who: str) -> None:
    made = issue(world, listed, recipients=("county_party",))
    written = instruct(world, listed, words="机密批示")
    paper = attach(
        io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "选址图.pdf", to=listed, by=world.actor("editor")
    )
    actor, client = world.actor(who), browser_of(world, who)
    assert not queries.visible_to(actor).exists()
    assert not queries.issues_visible_to(actor).exists()
    assert not instructions.visible_to(actor).exists()
    assert queries.circular(actor, listed.year)[1].written == 0
    assert (
        sum(
            todo.waiting(actor).filter(pk=listed.pk).count()
            for todo in TODOS
            if todo.flow is OPINION and todo.waiting(actor)
        )
        == 0
    )
    refused = [
        reverse("opinions:detail", args=[listed.pk]),
        reverse("opinions:issue", args=[made.pk]),
        reverse("opinions:issue-paper", args=[made.pk, "word"]),
        reverse("core:file", args=[paper.pk]),
        reverse("instructions:change", args=[written.pk]),
    ]
    if who != "auditor":  # who signs in with a second factor first
        assert {client.get(address).status_code for address in refused} == {403}
    for name in ("list", "issues", "circular", "new"):
        assert SECRET not in client.get(reverse(f"opinions:{name}") + "?q=选址").content.decode()
    export = client.get(reverse("opinions:export"))
    if export.status_code == 200:
        rows = list(load_workbook(io.BytesIO(export.content)).active.values)
        assert len(rows) == 1, "the header alone"
    assert not any(SECRET in sentence for sentence in told(world, who))


def test_those_on_the_list_the_editors_and_the_writer_do(world: World, listed: Opinion) -> None:
    for who in ("signer", "editor", "member"):
        assert (
            browser_of(world, who).get(reverse("opinions:detail", args=[listed.pk])).status_code
            == 200
        )
    assert SECRET in browser_of(world, "signer").get(reverse("opinions:list")).content.decode()
    assert any(SECRET in sentence for sentence in told(world, "signer"))


def test_it_waits_for_no_signer_who_may_not_read_it(world: World) -> None:
    opinion = at(world, "checking", secrecy="listed")
    with pytest.raises(NotNow, match="Nobody on its circulation list may sign"):
        step(world, opinion, "pass_check", "editor")


def test_a_unit_gets_it_only_when_somebody_there_is_on_the_list(
    world: World, listed: Opinion
) -> None:
    with pytest.raises(NotNow, match="nobody of 水务局 is on it"):
        transfer(world, listed)
    accounts = [world.accounts["signer"], world.accounts["officer"]]
    step(world, listed, "mark_secrecy", "editor", secrecy="listed", accounts=accounts)
    transfer(world, listed)
    assert (
        browser_of(world, "officer").get(reverse("opinions:detail", args=[listed.pk])).status_code
        == 200
    )
    assert (
        browser_of(world, "leader").get(reverse("opinions:detail", args=[listed.pk])).status_code
        == 403
    )


def test_a_combined_piece_is_as_closed_as_its_most_closed_part(world: World) -> None:
    closed = at(world, "submitted", "third", secrecy="listed")
    main = at(world, "editing", secrecy="open")
    step(world, main, "merge", "editor", others=[closed])
    main.refresh_from_db()
    assert main.secrecy == "listed"


def test_what_is_internal_is_not_read_by_other_reporters_and_what_is_open_is_once_published(
    world: World,
) -> None:
    internal, open_one = at(world, "signed"), at(world, "signed", title="公开一篇", secrecy="open")
    assert not queries.visible_to(world.actor("third")).exists()
    issue(world, internal)
    made = issue(world, open_one)
    assert [o.pk for o in queries.visible_to(world.actor("third"))] == [open_one.pk]
    assert [i.pk for i in queries.issues_visible_to(world.actor("third"))] == [made.pk]
    instruct(world, open_one, words="请研究")
    page = (
        browser_of(world, "third")
        .get(reverse("opinions:detail", args=[open_one.pk]))
        .content.decode()
    )
    assert "公开一篇" in page and "请研究" not in page


def test_of_two_who_mark_it_at_once_the_second_is_told(world: World) -> None:
    """Otherwise a page from before closes it to whom a colleague named, or opens it again."""
    opinion = at(world, "signed")
    page = reverse("core:step", args=["opinion", opinion.pk, "mark_secrecy"])
    first, second = (Browser(world, "editor").get(page).form(holding="secrecy") for _ in range(2))
    assert (
        first.fill(secrecy="listed", accounts=str(world.accounts["signer"].pk)).send().status == 302
    )
    refused = second.fill(secrecy="internal").send()
    assert refused.status == 409 and refused.sentence
    opinion.refresh_from_db()
    assert (
        opinion.secrecy == "listed"
        and opinion.circulation.get().account == world.accounts["signer"]
    )
    assert refused.form(holding="secrecy").send().status == 302


def test_what_a_draft_follows_up_is_not_named_to_whom_it_is_closed_since(world: World) -> None:
    """The writer of the draft read the earlier one as its second writer, and is no longer."""
    earlier = at(world, "editing", "third", title=SECRET, cowriters=[world.members["member"]])
    made = draft(world, follow_up_of=earlier)
    earlier.cowriters.all().delete()
    page = Browser(world, "member").get(reverse("opinions:edit", args=[made.pk]))
    assert SECRET not in page.content.decode()
    answer = page.form(holding="body").fill(body="改过的正文").send()
    assert answer.status == 302
    made.refresh_from_db()
    assert (made.body, made.follow_up_of_id) == ("改过的正文", earlier.pk)


def test_an_issue_is_a_link_for_whom_it_opens_and_else_a_name(world: World) -> None:
    opinion = at(world, "signed")
    made = issue(world, opinion)
    transfer(world, opinion)
    address = reverse("opinions:issue", args=[made.pk])
    for who, opens in (("editor", True), ("member", True), ("leader", False)):
        page = browser_of(world, who).get(reverse("opinions:detail", args=[opinion.pk]))
        assert (page.status_code, str(made) in page.content.decode()) == (200, True), who
        assert (f'href="{address}"' in page.content.decode()) == opens, who
        assert browser_of(world, who).get(address).status_code == (200 if opens else 403), who

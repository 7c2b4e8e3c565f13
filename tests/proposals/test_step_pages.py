"""Where a step taken in the browser leads to, and what its page says where it cannot be taken."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from django.urls import reverse

from tests.form_browser import Browser
from tests.signing_in import browser_of
from tests.world import World, assignment_of, draft, invite, proposal_at, step
from yizheng.core import views
from yizheng.core.refusals import StaleState
from yizheng.proposals import services
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal


@pytest.mark.parametrize(("answer", "leads"), [("accept", "case"), ("decline", "home")])
def test_who_declines_to_co_sign_is_not_led_to_a_page_that_is_closed_now(
    world: World, answer: str, leads: str
) -> None:
    proposal = draft(world)
    (invitation,) = invite(world, proposal, "member", "cosigner")
    client = browser_of(world, "cosigner")
    taken = client.post(
        reverse("core:step", args=["cosignature", invitation.pk, answer]),
        {"seen": invitation.version},
        follow=True,
    )
    assert taken.status_code == 200
    assert taken.redirect_chain[-1][0] == (f"/proposals/{proposal.pk}/" if leads == "case" else "/")


# Two windows --------------------------------------------------------------------------------------


def form_of(content: bytes, field: str) -> Any:
    return next(
        form
        for form in lxml.html.fromstring(content.decode()).forms
        if field in form.fields and form.method == "POST"
    )


def sent(content: bytes, **typed: Any) -> dict[str, Any]:
    """What the browser would send: the page as it is, but for what was typed."""
    values: dict[str, Any] = {}
    for name, value in form_of(content, next(iter(typed))).form_values():
        values.setdefault(name, []).append(value)
    return {**values, **typed}


def told_in(content: bytes, which: str) -> list[str]:
    return [
        " ".join(each.text_content().split())
        for each in lxml.html.fromstring(content.decode()).xpath(f"//ul[@data-{which}]/li")
    ]


def test_what_cannot_be_taken_back_asks_first(world: World) -> None:
    proposal = draft(world)
    invite(world, proposal, "member", "cosigner")
    page = browser_of(world, "cosigner").get(PROPOSAL.url(proposal)).content.decode()
    assert 'data-confirm="谢绝附议？谢绝后不能再应邀附议。"' in page


def test_what_assigning_asks_for_is_marked_beforehand(world: World) -> None:
    proposal = proposal_at(world, "filed")
    page = browser_of(world, "assigner").get(
        reverse("core:step", args=["proposal", proposal.pk, "assign"])
    )
    shown = lxml.html.fromstring(page.content.decode())
    parts = [f"part_{each.pk}" for each in proposal.suggestions.all()]
    marked = {
        each.get("name")
        for each in shown.xpath("//form//select")
        if each.xpath("ancestor::div[@class='field'][1]//span[@class='field-required']")
    }
    assert marked == {"lead", "assisting", *parts}


def test_of_what_was_returned_the_second_window_keeps_what_the_first_wrote(world: World) -> None:
    proposal = step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充")
    services.save_draft(proposal, by=world.actor("member"), analysis="旧")
    address, own = reverse("proposals:edit", args=[proposal.pk]), browser_of(world, "member")
    one, two = own.get(address).content, own.get(address).content
    assert own.post(address, sent(one, analysis="新写的分析")).status_code == 302
    refused = own.post(address, sent(two, title="新的标题"))
    assert refused.status_code == 422
    (told,) = told_in(refused.content, "meanwhile")
    assert "新写的分析" in told and "下面已换成新内容" in told
    assert f'href="{PROPOSAL.url(proposal)}" target="_blank"' in refused.content.decode()
    assert own.post(address, sent(refused.content, title="新的标题")).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.title, proposal.analysis) == ("新的标题", "新写的分析")


def test_of_a_draft_without_a_trail_the_difference_is_told(world: World) -> None:
    proposal = draft(world)
    address, own = reverse("proposals:edit", args=[proposal.pk]), browser_of(world, "member")
    page = own.get(address).content
    services.save_draft(proposal, by=world.actor("member"), analysis="别处写的")
    refused = own.post(address, sent(page, title="新的标题"))
    told = told_in(refused.content, "apart")
    assert told_in(refused.content, "meanwhile") == []
    assert (
        len(told) == 2
        and any("别处写的" in each for each in told)
        and any(proposal.title in each for each in told)
    )
    assert form_of(refused.content, "title").fields["title"] == "新的标题"


def test_a_step_on_what_was_changed_meanwhile_names_the_fields(world: World) -> None:
    proposal = step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充")
    address = reverse("core:step", args=["proposal", proposal.pk, "withdraw"])
    own = browser_of(world, "member")
    page = own.get(address).content
    services.save_draft(proposal, by=world.actor("member"), analysis="新写的分析")
    answer = own.post(address, sent(page, seen=proposal.version))
    assert answer.status_code == 409
    (told,) = told_in(answer.content, "meanwhile")
    assert told and "新写的分析" not in told, "this page shows no such field"


@pytest.mark.parametrize(
    "button", [{}, {"submit": "1"}, {"title": ""}], ids=["saved", "submitted", "wrong"]
)
def test_what_was_handed_in_meanwhile_is_answered_on_the_page_that_was_written(
    world: World, button: dict[str, str]
) -> None:
    proposal = draft(world)
    address, own = reverse("proposals:edit", args=[proposal.pk]), browser_of(world, "member")
    page = own.get(address).content
    step(world, Proposal.objects.get(pk=proposal.pk), "submit", "member")
    answer = own.post(address, sent(page, analysis="在这个窗口写的", **button))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert form_of(answer.content, "analysis").fields["analysis"].strip() == "在这个窗口写的"
    assert (
        "已提交" in text and world.accounts["member"].person.name in text and "仍留在本页" in text
    )
    assert f'href="{PROPOSAL.url(proposal)}" target="_blank"' in text


def test_who_may_not_change_it_is_not_told_that_it_may_not_be_viewed(world: World) -> None:
    proposal = proposal_at(world, "submitted")
    address = reverse("proposals:edit", args=[proposal.pk])
    reader = browser_of(world, "clerk")
    sent_there, looked_at = reader.post(address, {"title": "别人的"}), reader.get(address)
    assert (sent_there.status_code, looked_at.status_code) == (403, 403)
    assert (
        "<title>未能完成" in sent_there.content.decode()
        and "您无权查看" not in sent_there.content.decode()
    )


def test_a_bulk_step_asked_again_goes_on_from_what_was_confirmed_first(world: World) -> None:
    """A form that comes back because of a field shows each row in the version in which it was
    looked at.
    """
    assignment = assignment_of(proposal_at(world, "accepted"))
    address = reverse("core:bulk", args=["assignment", "urge"])
    office = browser_of(world, "assigner")
    seen = assignment.version
    assert (
        f'name="seen-{assignment.pk}" value="{seen}"'
        in office.post(address, {"selected": assignment.pk}).content.decode()
    )
    services.save_reply(assignment, by=world.actor("officer"), items={}, opening="写了一句")
    again = office.post(
        address,
        {
            "selected": assignment.pk,
            f"seen-{assignment.pk}": seen,
            "confirmed": "1",
            "text": "长" * 501,
        },
    )
    assert f'name="seen-{assignment.pk}" value="{seen}"' in again.content.decode()


def test_a_step_asked_again_goes_on_from_what_was_looked_at(world: World) -> None:
    """The form of a step that was sent once already says so; the page is not made a fresh one by
    that.
    """
    assignment = assignment_of(proposal_at(world, "accepted"))
    address = reverse("core:step", args=["assignment", assignment.pk, "urge"])
    office = browser_of(world, "assigner")
    page, seen = office.get(address).content, str(assignment.version)
    assert office.post(address, sent(page, text="请抓紧")).status_code == 302
    services.save_reply(assignment, by=world.actor("officer"), items={}, opening="写了一句")
    again = office.post(address, sent(page, text="请再抓紧"))
    assert again.status_code == 422 and form_of(again.content, "text").fields["seen"] == seen


@pytest.mark.parametrize(
    ("moves", "name", "says", "never"),
    [
        (True, "withdraw", "现为“", "这次没有办理"),
        (True, "submit", "现为“", "您刚才填写的"),
        (False, "withdraw", "您刚才填写的没有存入", "现为“"),
        (False, "submit", "这次没有办理", "现为“"),
    ],
)
def test_a_stale_step_says_only_what_is_so(
    world: World, moves: bool, name: str, says: str, never: str
) -> None:
    """That it is in another state where it is, that something was not saved where something could
    be written.
    """
    proposal = step(world, proposal_at(world, "submitted"), "return", "clerk", note="请补充")
    seen = proposal.version
    if moves:
        step(world, proposal, "submit", "member")
    else:
        services.save_draft(proposal, by=world.actor("member"), analysis="新写的分析")
    with pytest.raises(StaleState) as refused:
        PROPOSAL.perform(name, proposal, by=world.actor("member"), seen=seen)
    assert says in str(refused.value) and never not in str(refused.value)


# Many at once -------------------------------------------------------------------------------------


def said_left_out(content: bytes) -> list[str]:
    return [
        each.text_content().strip()
        for each in lxml.html.fromstring(content.decode()).xpath("//*[@data-left-out]")
    ]


def test_what_is_left_out_of_a_bulk_step_is_counted_to_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the actor may not see, and what is beyond the limit; nothing is said of it
    but how many.
    """
    first, hidden = assignment_of(proposal_at(world, "accepted")), 9_999_999
    address, office = (
        reverse("core:bulk", args=["assignment", "urge"]),
        browser_of(world, "assigner"),
    )
    assert said_left_out(office.post(address, {"selected": [first.pk]}).content) == []
    monkeypatch.setattr(views, "BULK_LIMIT", 2)
    page = office.post(address, {"selected": [first.pk, hidden, 9_999_998, 9_999_997]})
    told = [
        "所选的有 1 件您现在已不能查看，未列入办理。",
        "一次最多办理 2 件，所选的有 2 件未列入，请办完后再选。",
    ]
    assert said_left_out(page.content) == told
    done = office.post(address, sent(page.content, confirmed="1"))
    assert said_left_out(done.content) == told
    assert (
        "已办理 1 件，另有 3 件未列入" in done.content.decode()
        and "全部" not in done.content.decode().split("<h2>")[1].split("</h2>")[0]
    )


def test_where_all_of_the_chosen_are_closed_that_is_said(world: World) -> None:
    office = browser_of(world, "assigner")
    answer = office.post(
        reverse("core:bulk", args=["assignment", "urge"]), {"selected": [9_999_999]}, follow=True
    )
    assert "所选的有 1 件您现在已不能查看" in answer.content.decode()


def test_a_step_that_is_not_possible_and_asks_nothing_is_a_sentence_and_the_way_back(
    world: World,
) -> None:
    proposal = proposal_at(world, "filed")
    page = Browser(world, "member").get(f"/steps/proposal/{proposal.pk}/submit/")
    assert page.words("notice-warning")
    assert page.tree.xpath("//form[contains(@class, 'step')]") == []
    assert page.tree.xpath(
        f"//main//a[@href='/proposals/{proposal.pk}/' and contains(@class, 'btn')]"
    )

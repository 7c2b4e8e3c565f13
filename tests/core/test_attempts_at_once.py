"""The same form sent at the same moment, each request with a connection of its own, on a county
that is written for good.
"""

from __future__ import annotations

import pytest
from django.test import Client

from demo_county.visitor import Page, PageForm
from tests.form_browser import Browser, leads_to, token_of
from tests.together import at_once
from tests.world import World, draft
from yizheng.core import audit
from yizheng.core.attempts import Attempt
from yizheng.opinions.models import Opinion
from yizheng.people.models import Sector
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal

pytestmark = pytest.mark.usefixtures("files_apart")

TYPED = {
    "title": "关于改造青石镇饮水管网的建议",
    "category": "社会建设",
    "situation": "漏损。",
    "analysis": "老化。",
    "suggestion": ["换管"],
}
ROUNDS = 3


def again(form: PageForm) -> PageForm:
    """The same form in another window of the same person."""
    visitor = form.page.visitor
    assert isinstance(visitor, Browser)
    other = Browser.__new__(Browser)
    other.address, other.client = visitor.address, Client()
    other.client.cookies.load(
        {name: cookie.value for name, cookie in visitor.client.cookies.items()}
    )
    opened = PageForm(Page(other, form.page.url, 200, "text/html", form.page.content), form.element)
    opened.values = {name: list(values) for name, values in form.values.items()}
    return opened


def test_a_double_click_makes_one_draft_and_both_are_led_to_it(open_county: World) -> None:
    for made in range(1, ROUNDS + 1):
        form = (
            Browser(open_county, "member")
            .get("/proposals/new/")
            .form(holding="title")
            .fill(**TYPED)
        )
        windows = [form, again(form), again(form)]
        assert {token_of(window) for window in windows} == {token_of(form)}
        answers = at_once(
            open_county, *(lambda w=window: w.send(press="submit") for window in windows)
        )
        assert len({leads_to(answer) for answer in answers}) == 1, answers
        assert Proposal.objects.count() == made
        assert audit.AuditEntry.objects.filter(action="proposal.submit").count() == made
    assert list(audit.verify(open_county.organisation.pk)) == []


def test_of_two_contents_at_once_the_later_is_refused_or_neither_is_lost(
    open_county: World,
) -> None:
    form = (
        Browser(open_county, "clerk")
        .get("/organisation/sectors/add/")
        .form(holding="name")
        .fill(name="体育")
    )
    other = again(form).fill(name="体育界")
    statuses = sorted(answer.status for answer in at_once(open_county, form.send, other.send))
    assert statuses == [302, 422]
    assert Sector.objects.filter(name__startswith="体育").count() == 1


def test_refused_at_once_may_be_sent_again(open_county: World) -> None:
    form = (
        Browser(open_county, "member")
        .get("/proposals/new/")
        .form(holding="title")
        .fill(**{**TYPED, "title": ""})
    )
    windows = [form, again(form)]
    assert [
        answer.status for answer in at_once(open_county, *(window.send for window in windows))
    ] == [422, 422]
    assert not Attempt.objects.exists()


def test_members_who_hand_in_at_the_same_moment_do_not_block_each_other(open_county: World) -> None:
    """A form that drafts and submits locks the number series and the chain; so does a plain
    submission beside it.
    """
    for _round in range(ROUNDS):
        forms = [
            Browser(open_county, who).get("/proposals/new/").form(holding="title").fill(**TYPED)
            for who in ("member", "third")
        ]
        opinion = (
            Browser(open_county, "cosigner")
            .get("/opinions/new/")
            .form(holding="body_form")
            .fill(title="关于供水", body="停水。")
        )
        waiting = draft(open_county, "cosigner")
        answers = at_once(
            open_county,
            *(lambda f=form: leads_to(f.send(press="submit")) for form in forms),
            lambda f=opinion: leads_to(f.send(press="submit")),
            lambda w=waiting: PROPOSAL.perform("submit", w, by=open_county.actor("cosigner")).state,
        )
        assert all(isinstance(answer, str) and answer for answer in answers), answers
    assert set(Proposal.objects.values_list("state", flat=True)) == {"submitted"}
    assert set(Opinion.objects.values_list("state", flat=True)) == {"submitted"}
    assert list(audit.verify(open_county.organisation.pk)) == []

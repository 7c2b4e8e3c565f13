"""What waits for whom, the public site, refusals and switches."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.signing_in import browser_of
from tests.world import World, proposal_at, rate
from yizheng.core import clock
from yizheng.portal.queries.todos import waiting_for
from yizheng.proposals.flow import PROPOSAL


@pytest.mark.parametrize(
    "stop, holders",
    [
        ("draft", {"member"}),
        ("submitted", {"clerk"}),
        ("review", {"reviewer"}),
        ("filed", {"assigner"}),
        ("assigned", {"officer", "leader"}),
        ("accepted", {"officer", "leader"}),
        ("signing", {"leader"}),
        ("checking", {"clerk"}),
        # The member rates; what was planned in the reply is now a promise the unit has to keep.
        ("replied", {"member", "officer", "leader"}),
    ],
)
def test_it_waits_for_who_holds_the_pen_and_nobody_else(
    world: World, stop: str, holders: set[str]
) -> None:
    proposal_at(world, stop)
    assert {who for who in world.accounts if waiting_for(world.actor(who)).count} == holders


def test_things_to_do_are_grouped_by_their_day(world: World) -> None:
    """First check has five working days; seen two weeks later it is overdue."""
    proposal_at(world, "submitted")
    now = waiting_for(world.actor("clerk"))
    assert [group.rows[0].due.level for group in now.groups if group.rows[0].due] in (
        ["later"],
        ["soon"],
    )
    with clock.at(timezone.now() + dt.timedelta(days=14)):
        late = waiting_for(world.actor("clerk"), clock.today())
    assert [len(group.rows) for group in late.groups] == [1]
    assert late.groups[0].rows[0].due is not None
    assert late.groups[0].rows[0].due.level == "overdue"


@pytest.mark.parametrize(("path", "marked"), [("/people/me/", []), ("/people/", ["/people/"])])
def test_ones_own_account_lies_in_no_part_of_the_bar(
    world: World, path: str, marked: list[str]
) -> None:
    page = browser_of(world, "clerk").get(path).content.decode()
    bar = page[page.index('class="site-nav"') :].partition("</nav>")[0]
    assert re.findall(r'href="([^"]*)" aria-current', bar) == marked
    assert ("is-active" in bar) == bool(marked)


def test_on_sunday_what_comes_tomorrow_is_of_next_week_and_on(world: World) -> None:
    proposal = proposal_at(world, "submitted")
    sunday = dt.date(2026, 3, 22)
    PROPOSAL.model.everywhere.filter(pk=proposal.pk).update(due_on=sunday + dt.timedelta(days=1))
    with translation.override("zh-hans"):
        groups = waiting_for(world.actor("clerk"), sunday).groups
        assert [str(group.label) for group in groups] == ["下周及以后"]


def test_home_says_what_would_stand_here(world: World) -> None:
    client = browser_of(world, "assigner")
    assert "没有等您办的事" in client.get("/").content.decode()


def test_home_of_the_office_shows_the_years_numbers(world: World) -> None:
    proposal_at(world, "closed")
    client = browser_of(world, "clerk")
    text = client.get("/").content.decode()
    assert "按期答复" in text
    assert "事项已办成" in text


def _published(world: World) -> int:
    proposal = proposal_at(world, "closed")
    PROPOSAL.perform("publish", proposal, by=world.actor("clerk"), data={"secrecy": True})
    return int(proposal.pk)


def test_the_public_reads_text_reply_and_promise_but_no_phone(world: World, client: Client) -> None:
    pk = _published(world)
    text = client.get(f"/public/yunxi/{pk}/").content.decode()
    assert "沈禾（农业）" in text
    assert "对第1条建议的答复" in text
    assert "列入计划" in text
    assert world.accounts["member"].phone not in text
    assert "csrfmiddlewaretoken" not in text


def test_the_public_does_not_see_what_is_not_published(world: World, client: Client) -> None:
    proposal = proposal_at(world, "replied")
    rate(world, proposal, "member")
    assert client.get(f"/public/yunxi/{proposal.pk}/").status_code == 404
    assert "青石镇" not in client.get("/public/yunxi/").content.decode()


def test_chinese_unless_chosen_otherwise(world: World, client: Client) -> None:
    english_browser = {"HTTP_ACCEPT_LANGUAGE": "en-US,en"}
    assert "公开的提案" in client.get("/public/yunxi/", **english_browser).content.decode()
    client.post("/language/", {"language": "en", "next": "/public/yunxi/"})
    assert "Published proposals" in client.get("/public/yunxi/").content.decode()


def test_a_refusal_is_a_sentence_in_page_and_json(world: World) -> None:
    proposal = proposal_at(world, "assigned")
    client = browser_of(world, "other_officer")
    page = client.get(f"/proposals/{proposal.pk}/")
    assert page.status_code == 403
    assert "data-refusal" in page.content.decode()
    answer = client.get(f"/proposals/{proposal.pk}/", headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["message"] == "这件提案不对您开放：不是您提出的，也没有交给您单位办理。"


def test_nobody_is_led_away_after_switching(world: World, client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("path", ["/steps/proposal/bulk/pass_check/", "/language/"])
def test_an_address_that_only_takes_a_form_says_so_when_it_is_opened(
    world: World, path: str
) -> None:
    client = browser_of(world, "clerk")
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "不能直接打开" in answer.content.decode()
    told = client.get(path, headers={"accept": "application/json"})
    assert (told.status_code, "不能直接打开" in told.json()["message"]) == (405, True)


def test_a_page_that_answers_a_sent_form_tells_its_scripts(world: World) -> None:
    client = browser_of(world, "member")
    assert "data-posted" not in client.get("/proposals/new/").content.decode()
    assert "data-posted" in client.post("/proposals/new/", {}).content.decode()


@pytest.mark.parametrize("where", ["1", "zzz", "²", "a b", "people:me", "//elsewhere.example/", ""])
def test_where_no_path_of_ours_is_asked_for_one_goes_to_the_first_page(
    client: Client, world: World, where: str
) -> None:
    answer = client.post("/language/", {"language": "en", "next": where})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    own = browser_of(world, "clerk")
    assert own.post("/elder/", {"elder": "1", "next": where})["Location"] == "/"
    bulk = own.post(f"/steps/proposal/bulk/pass_check/?{urlencode({'next': where})}")
    assert bulk.status_code == 302 and bulk["Location"].startswith("/")

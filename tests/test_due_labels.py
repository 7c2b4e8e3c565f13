"""Days say what they are: whatever says how many are left, late or given, says whether working days
or calendar days are counted. In every state that is to be left by a day, on the pages on which such
days stand, in the papers, and in every sentence of the catalogues.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests import full_county
from tests.activities.making import on
from tests.promises.test_promises import promised
from tests.signing_in import browser_of
from tests.world import World
from yizheng.cli import voice
from yizheng.core import clock, due_days
from yizheng.core.clock import Calendar
from yizheng.core.flow import FLOWS
from yizheng.core.time_left import DayCount, due_of
from yizheng.promises.models import Promise

PACKAGE = Path(__file__).parents[1] / "yizheng"
SAID = {
    "zh-hans": re.compile(r"(?:还剩|逾期) \d+ (?:个工作日|天（自然日）)|今天到期"),
    "en": re.compile(r"\d+ (?:working|calendar) days? (?:left|late)|due today"),
}
COUNT = re.compile(r"(?:剩|逾期|超期|闭幕后第) ?\d+.{0,8}")
"""How a page says a number of days that are left, late or over."""
WHOLE = re.compile(r"(?:剩|逾期|闭幕后第) ?\d+ ?(?:个工作日|天（自然日）)")

STATES = [
    (code, str(name), state)
    for code, flow in FLOWS.items()
    for name, state in flow.states.items()
    if state.due
]


@pytest.mark.parametrize(("flow", "name", "state"), STATES, ids=[f"{c}-{n}" for c, n, _s in STATES])
@pytest.mark.parametrize("language", SAID)
def test_in_every_state_the_days_say_what_they_are(
    flow: str, name: str, state: Any, language: str
) -> None:
    today = dt.date(2026, 11, 30)
    with translation.override(language):
        for day in (-900, -8, -1, 0, 1, 8, 900):
            due = due_of(today + dt.timedelta(days=day), Calendar(), today, state.counted)
            assert due is not None and SAID[language].fullmatch(due.text), (flow, name, due)


def test_a_promise_of_may_2024_is_912_calendar_days_late_in_november_2026(world: World) -> None:
    """31 May to 31 May 2026: 365 + 365 days; to 29 November: 182 more."""
    today = dt.date(2026, 11, 29)
    with clock.at(on(today, 9)):
        promise = promised(world, "承诺1号", "水务局", 30)
        Promise.objects.filter(pk=promise.pk).update(promised_for="2024-05-31", due_on="2024-05-31")
        office = browser_of(world, "clerk")
        for page in (reverse("promises:list"), reverse("promises:detail", args=[promise.pk])):
            assert "逾期 912 天（自然日）" in office.get(page).content.decode()


def test_no_page_says_a_bare_number_of_days(world: World) -> None:
    """A county with something in nearly every state, a month on, when some of it is late."""
    full_county.fill(world)
    promised(world, "承诺1号", "水务局", 30)
    promised(world, "承诺2号", "水务局", -30)
    addresses = _addresses()
    with clock.at(clock.now() + dt.timedelta(days=33)):
        found = {
            f"{who} {address}": bare
            for who in ("clerk", "officer", "member", "editor", "organiser")
            for address in addresses
            if (bare := _bare(world, who, address))
        }
    assert found == {}
    with clock.at(clock.now() + dt.timedelta(days=33)):
        home = browser_of(world, "clerk").get(reverse("home")).content.decode()
    assert WHOLE.search(re.sub(r"<[^>]+>", "", home))  # they do stand there


def _addresses() -> list[str]:
    lists = [
        *("home", "proposals:list", "proposals:assignments", "opinions:list"),
        *("promises:list", "transfers:list", "activities:list"),
    ]
    single = [flow.url(obj) for flow in FLOWS.values() for obj in due_days.running(flow)[:2]]
    return [*(reverse(name) for name in lists), *dict.fromkeys(single)]


def _bare(world: World, who: str, address: str) -> list[str]:
    page = browser_of(world, who).get(address)
    if page.status_code != 200:
        return []
    words = re.sub(r"<[^>]+>", "", page.content.decode())
    return [said for said in COUNT.findall(words) if not WHOLE.match(said)]


LITERAL = re.compile(r"(?:\}|\)s) ?(?:天|日内|日后)(?!（自然日）)")


def test_no_text_counts_days_without_saying_which() -> None:
    """Papers are written in Chinese where they are made, the others in the catalogues."""
    paths = [path for ending in ("*.py", "*.html", "*.po") for path in PACKAGE.rglob(ending)]
    found = {
        str(path.relative_to(PACKAGE)): bare
        for path in paths
        if "migrations" not in path.parts and path.name != "voice.py"
        if (bare := LITERAL.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("还剩 %(n)s 天", False),
        ("逾期 %(n)s 日", False),
        ("闭幕后第 %(n)s 天", False),
        ("请在 %(n)s 日内答复", False),
        ("还剩 %(n)s 个工作日", True),
        ("逾期 %(n)s 天（自然日）", True),
        ("%(month)s 月 %(day)s 日", True),
    ],
)
def test_the_voice_of_the_house_asks_for_it(text: str, good: bool) -> None:
    assert (not list(voice.unlike("core", text))) is good


def test_what_is_counted_is_said_of_both_on_one_day() -> None:
    """64 calendar days are 41 working ones: 7 after the festival in February, 22 in March, 12 in April
    (the 6th is off).
    """
    today, day = dt.date(2026, 2, 12), dt.date(2026, 4, 17)
    with translation.override("zh-hans"):
        texts = {due.text for each in DayCount if (due := due_of(day, Calendar(), today, each))}
    assert texts == {"还剩 64 天（自然日）", "还剩 41 个工作日"}

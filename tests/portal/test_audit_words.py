"""The auditor reads words: no action that the platform records shows its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from yizheng.core.flow import FLOWS
from yizheng.portal.audit_words import words_of

PACKAGE = Path(__file__).parents[2] / "yizheng"
WRITES = r"(?:audit\.record|doors\.(?:adding|editing|deleting)|\bdoor|\b_at)"
RECORDED = re.compile(
    WRITES + r'\((?:[^()]|\([^()]*\))*?"([a-z_]+\.[a-z_]+)"(?: if \w+ else "([a-z_]+\.[a-z_]+)")?',
    re.S,
)
SAVED = re.compile(r'doors\.saving\(\w+, "(\w+)"')
KEPT = [
    f"{noun}.{name}"
    for noun in (
        "term",
        "session",
        "sector",
        "committee",
        "group",
        "collective",
        "calendarday",
        "role",
        "unit",
    )
    for name in ("added", "changed", "removed")
]


def recorded() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return {action for text in texts for action in _actions(text)}


def _actions(text: str) -> Iterator[str]:
    yield from (action for found in RECORDED.findall(text) for action in found if action)
    yield from (f"{noun}.{name}" for noun in SAVED.findall(text) for name in ("added", "changed"))


def test_what_is_recorded_outside_the_flows_has_words() -> None:
    found = recorded()
    assert (
        len(found) > 60
        and {
            "audit.verified",
            "role.added",
            "unit.merged",
            "contact.taken_back",
            "venue.rota_filled",
        }
        <= found
    )
    assert [action for action in sorted({*found, *KEPT}) if words_of(action) == action] == []


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("account.signed_in", "账号 · 登录"),
        ("member.phone_read", "委员 · 查看手机号"),
        ("units.exported", "承办单位 · 导出"),
        ("regulation.adopted", "规章 · 登记通过"),
        ("proposal.file", "提案 · 立案"),
    ],
)
def test_words_as_the_auditor_reads_them(action: str, words: str) -> None:
    with translation.override("zh-hans"):
        assert words_of(action) == words


def test_every_step_of_every_flow_has_words() -> None:
    codes = [f"{flow.code}.{step}" for flow in FLOWS.values() for step in flow.steps]
    assert [code for code in codes if words_of(code) == code] == []

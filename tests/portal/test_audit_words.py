"""The auditor reads words: no action that the platform records shows its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from yizheng.core.flow import FLOWS
from yizheng.portal.audit_words import words_of

PACKAGE = Path(__file__).parents[2] / "yizheng"
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
WRITERS = {"record", "adding", "editing", "deleting", "saving", "door", "_at"}
"""What an action is handed to: the audit chain, the doors, and what apps have made of them."""
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
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    return {action for tree in trees for action in _actions(tree)}


def _actions(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        writer = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        writer = call.func.id if isinstance(call.func, ast.Name) else writer
        if writer in WRITERS:
            yield from _handed(writer, call)


def _handed(writer: str, call: ast.Call) -> Iterator[str]:
    """The action among what is handed over, each of two where one is chosen between."""
    texts = [
        node.value
        for given in (*call.args, *(each.value for each in call.keywords))
        for node in ast.walk(given)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    yield from (text for text in texts if ACTION.fullmatch(text))
    if writer == "saving" and texts:
        yield from (f"{texts[0]}.{name}" for name in ("added", "changed"))


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


def test_every_birth_step_and_edit_of_every_flow_has_words() -> None:
    codes = [
        f"{flow.code}.{line}"
        for flow in FLOWS.values()
        for line in (*flow.births, *flow.steps, *flow.edits)
    ]
    assert len(codes) > 200
    assert [code for code in codes if words_of(code) == code] == []

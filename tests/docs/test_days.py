"""The day is asked for while a test runs: one that was asked for when its file was read is
yesterday's after midnight.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import days

TESTS = Path(__file__).parents[1]
FILES = {str(path.relative_to(TESTS)): path for path in sorted(TESTS.rglob("*.py"))}
OF_THE_MOMENT = {"today", "localdate", "localtime", "now", "utcnow"} | {
    name for name, made in vars(days).items() if getattr(made, "__module__", "") == days.__name__
}


def done_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What happens when the file is read: all but the bodies of functions."""
    for field, value in ast.iter_fields(node):
        if field == "body" and isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
        ):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield each
                yield from done_at_once(each)


def asked_for_a_day(source: str) -> list[int]:
    """The lines where it is done."""
    return sorted(
        node.lineno
        for node in done_at_once(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in OF_THE_MOMENT
    )


def test_what_is_seen() -> None:
    source = """
DAY = clock.today()
LATER = ahead(3)
MAKE = lambda: today()
@mark([(ago(1), 2)])
def test(day=timezone.localdate()):
    return clock.today()
"""
    assert asked_for_a_day(source) == [2, 3, 5, 6]


@pytest.mark.parametrize("name", FILES)
def test_no_file_asks_for_a_day_when_it_is_read(name: str) -> None:
    assert asked_for_a_day(FILES[name].read_text(encoding="utf-8")) == []

"""What only the doors write, and where alone a state is named, read from the source itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from yizheng.core.flow import FLOWS
from yizheng.core.states import States

PACKAGE = Path(__file__).parents[2] / "yizheng"
OWN = {"state", "state_since", "due_on", "version"}
DOORS = {"core/flow.py", "core/doors.py", "core/due_days.py"}
EXCEPTIONS = {"core/jobs.py": "a job of the worker is no case: its state is whether it runs"}
MODULES = {
    str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
    if "migrations" not in path.parts
}


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return [
            each
            for target in node.targets
            for each in (target.elts if isinstance(target, ast.Tuple) else [target])
        ]
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) and node.target else []


def _calls(node: ast.AST) -> Iterator[str]:
    """Columns that a call on rows writes: update(due_on=…), save(update_fields=["due_on"]),
    bulk_update(rows, ["due_on"]).
    """
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr == "update":
        yield from (keyword.arg for keyword in node.keywords if keyword.arg)
    if node.func.attr in ("save", "bulk_update"):
        lists = [
            keyword.value for keyword in node.keywords if keyword.arg == "update_fields"
        ] + node.args[1:2]
        yield from (
            e.value
            for each in lists
            if isinstance(each, ast.List | ast.Tuple)
            for e in each.elts
            if isinstance(e, ast.Constant)
        )


def written(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        for target in _targets(node):
            if isinstance(target, ast.Attribute) and target.attr in OWN:
                yield f"line {target.lineno}: .{target.attr} ="
        for column in _calls(node):
            if column in OWN:
                yield f"line {node.lineno}: a call that writes {column}"


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path not in DOORS | EXCEPTIONS.keys()]
)
def test_version_date_and_state_are_written_by_the_doors_alone(path: str) -> None:
    assert list(written(MODULES[path])) == []


def test_every_exception_is_still_one() -> None:
    assert [path for path in EXCEPTIONS if not list(written(MODULES[path]))] == []


# Locks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES)
def test_no_row_is_locked_with_its_key(path: str) -> None:
    """Whoever wrote shares the keys of what the new rows refer to, while waiting for the chain: a
    lock of the key waits crosswise.
    """
    calls = [
        n
        for n in ast.walk(MODULES[path])
        if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "select_for_update"
    ]
    with_key = [
        call.lineno
        for call in calls
        if not any(
            k.arg == "no_key" and getattr(k.value, "value", False) is True for k in call.keywords
        )
    ]
    assert with_key == []


# States -------------------------------------------------------------------------------------------


def _state_names(tree: ast.Module) -> dict[str, set[str]]:
    """Names under which a module knows the states of flows → the members they have."""
    known = {each.__name__: set(each.__members__) for each in States.__subclasses__()}
    return {
        alias.asname or alias.name: known[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in known
    }


def _values() -> set[str]:
    return {state for flow in FLOWS.values() for state in flow.states}


def _asks_for_groups(node: ast.AST) -> bool:
    """`S.of("cancelled")`: a group may go by the name of the one state it has."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("of", "but")
    )


def named(tree: ast.Module) -> Iterator[str]:
    names = _state_names(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.attr in names.get(node.value.id, ())
        ):
            yield f"line {node.lineno}: {node.value.id}.{node.attr}"
        if (
            isinstance(node, ast.keyword)
            and (node.arg or "").split("__")[-1] == "state"
            and isinstance(node.value, ast.Constant)
        ):
            yield f"line {node.value.lineno}: state={node.value.value!r}"
        if (
            isinstance(node, ast.Compare)
            and isinstance(node.left, ast.Attribute)
            and node.left.attr == "state"
        ):
            groups = {
                id(each)
                for call in ast.walk(node)
                if _asks_for_groups(call)
                for each in ast.walk(call)
            }
            found = [
                n.value
                for n in ast.walk(node)
                if isinstance(n, ast.Constant) and n.value in _values() and id(n) not in groups
            ]
            yield from (f"line {node.lineno}: compared with {value!r}" for value in found)


def _is_a_table(path: str) -> bool:
    """Where states are declared, and where flows are made of them."""
    makes_a_flow = any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "Flow"
        for n in ast.walk(MODULES[path])
    )
    return makes_a_flow or path.endswith("enums.py") or "/flow/" in path


@pytest.mark.parametrize(
    "path", [path for path in MODULES if not _is_a_table(path) and path not in EXCEPTIONS]
)
def test_a_state_is_named_in_its_enum_and_its_table_alone(path: str) -> None:
    """Everybody else asks for a group, so that a new state is said once."""
    assert list(named(MODULES[path])) == []


def test_every_flow_has_states_that_carry_groups() -> None:
    known = {frozenset(each.values) for each in States.__subclasses__()}
    assert [flow.code for flow in FLOWS.values() if frozenset(flow.states) not in known] == []


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.html")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_template_names_a_state(path: Path) -> None:
    compared = re.findall(
        r"\.state\s*(?:==|!=|in)\s*[\[(]?\s*[\"']([a-z_]+)", path.read_text(encoding="utf-8")
    )
    assert [name for name in compared if name in _values()] == []

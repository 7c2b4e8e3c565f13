"""What holds of every template of the house, read in its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import nodes

from yizheng.portal import jinja

APPS = Path(jinja.__file__).parent.parent
PAPER = "paper.html"
"""Becomes a PDF file and is never a page; in Chinese, as its Word file is."""


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def test_no_template_of_the_house_has_an_inline_script_style_or_handler() -> None:
    for file in APPS.rglob("templates/**/*.html"):
        if file.name == PAPER:
            continue
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on", text), file.name
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), file.name


def _calls(source: str) -> Iterator[tuple[str, nodes.Call]]:
    """Calls of macros in a template, by the name under which each was written."""
    tree = engines["jinja2"].env.parse(source)
    names = {
        (each[1] if isinstance(each, tuple) else each): (
            each[0] if isinstance(each, tuple) else each
        )
        for found in tree.find_all(nodes.FromImport)
        for each in found.names
    }
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            yield names.get(call.node.name, call.node.name), call


def test_every_table_says_what_it_is_a_table_of() -> None:
    for path in APPS.rglob("templates/**/*.html"):
        source = path.read_text(encoding="utf-8")
        for name, call in _calls(source):
            if name in ("table", "cases"):
                given = {word.key for word in call.kwargs}
                assert "caption" in given or len(call.args) > 2, f"{path.name}:{call.lineno}"
        for found in re.finditer(r'<table(?! class="imprint")[^>]*>\s*', source):
            after = source[found.end() :]
            assert re.match(r"(\{% if caption %\})?<caption", after), (
                f"{path.name}: {found.group()}"
            )


def test_what_scrolls_is_a_region_with_a_name() -> None:
    """And is reached with the keyboard alone; where rows can be ticked, their boxes are."""
    for path in APPS.rglob("templates/**/*.html"):
        for found in re.findall(
            r'<div class="(?:table-scroll|cases-frame)[^>]*>', path.read_text(encoding="utf-8")
        ):
            assert 'tabindex="0"' in found, path
            assert 'role="region"' in found, path
            assert "aria-label=" in found, path


def test_what_is_refused_is_said_by_one_component_alone() -> None:
    """Not written out in a template of an app, where it would come to differ."""
    found = {
        path.name
        for path in APPS.rglob("templates/**/*.html")
        if re.search(r'class="error-summary|data-refusal-summary', path.read_text(encoding="utf-8"))
    }
    assert found == {"field.html"}


def test_what_asks_before_it_goes_on_is_written_by_one_macro() -> None:
    found = {
        path.name
        for path in APPS.rglob("templates/**/*.html")
        if "data-confirm=" in path.read_text(encoding="utf-8")
    }
    assert found == {"actions.html"}


def test_punctuation_is_that_of_the_language() -> None:
    """Chinese marks within a text that is translated are the translation's matter."""
    spoken = re.compile(
        r"""_\("[^"]*"|_\('[^']*'|gettext\((?:"[^"]*", ?)*"[^"]*"|\{#.*?#\}""", re.DOTALL
    )
    for path in APPS.rglob("templates/**/*.html"):
        if path.name == PAPER:
            continue
        left = spoken.sub("", path.read_text(encoding="utf-8"))
        assert not (found := re.search(r".{0,30}[：；（），、。].{0,10}", left)), (path.name, found)


def test_a_template_imports_just_the_macros_it_uses() -> None:
    """Not by way of the page it extends, which may cease to use one."""
    sources = {path: path.read_text(encoding="utf-8") for path in APPS.rglob("templates/**/*.html")}
    trees = {path: engines["jinja2"].env.parse(source) for path, source in sources.items()}
    macros = {each.name for tree in trees.values() for each in tree.find_all(nodes.Macro)}
    for path, tree in trees.items():
        imported = {
            name[1] if isinstance(name, tuple) else name
            for found in tree.find_all(nodes.FromImport)
            for name in found.names
        }
        own = {each.name for each in tree.find_all(nodes.Macro)}
        read = {each.name for each in tree.find_all(nodes.Name) if each.ctx == "load"}
        called = {
            each.node.name
            for each in tree.find_all(nodes.Call)
            if isinstance(each.node, nodes.Name)
        }
        assert imported - read == set(), path
        assert (called & macros) - imported - own - {"caller"} == set(), path

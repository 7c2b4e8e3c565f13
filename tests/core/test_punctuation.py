"""What stands between words, in the language of the page; and what was marked as safe."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString
from markupsafe import Markup

import yizheng
from yizheng.core import clock
from yizheng.core.punctuation import (
    bracketed,
    clauses,
    colon,
    is_shortened,
    join_cn,
    one_after_the_other,
    sentences,
    shortened,
)

NAMES = ["王<i>", "李"]

APPS = Path(yizheng.__file__).parent
HARD = re.compile("[、，。；：（）？！]")
TRANSLATED = re.compile(r"_|n?p?gettext(_lazy)?")
CHINESE_ALONE = re.compile(
    r"documents(/|\.py)|/(opinion_text|report_content)\.py"  # papers
    r"|/(reading/|sayings|figures/breakdowns\.py)"  # what papers say, and how it is looked for
    r"|/imports(/|\.py)|^cli/"  # what tables of offices hold; what developers read
)
"""Files whose texts are Chinese, whatever language a page is in."""
NOT_ON_PAGES = {
    "core/punctuation.py": {"。", "。 "},  # after which the language has no space
    "instructions/services.py": {"："},  # the audit chain says the same in every language
    "indicators/wording.py": {"，另有", "条计，另有", "条没有记录）", "（以有记录的"},  # the report
    "proposals/views/papers.py": {"（第", "轮）"},  # names of files, which are Chinese
    "opinions/flow/dispatch.py": {"："},
    "opinions/flow/effects.py": {"、"},
    "opinions/flow/issue.py": {"、"},  # to whom the printed issue goes
    "opinions/forms/issues.py": {r"[^\s,，、]+"},  # what people type between numbers
    "opinions/searchables.py": {"、"},  # the text of the index
    "opinions/upward_dispatch.py": {"、"},  # of a case as another house receives it
    "proposals/flow/assignment_effects.py": {"、"},  # the reply as it is kept
    "proposals/handover.py": {"（", "）\n"},  # the first words of a draft
    "regulations/models.py": {"（", "）"},  # the audit chain again
    "regulations/problems.py": {".。"},  # the end of a sentence in either language
    "regulations/stored_versions.py": {".。"},
}


def render(source: str, **context: object) -> str:
    return str(engines["jinja2"].env.from_string(source).render(**context))


def test_it_is_that_of_the_language() -> None:
    with translation.override("en"):
        assert colon("Title", "empty") == "Title: empty"
        assert "Water bureau" + bracketed("lead") == "Water bureau (lead)"
        assert join_cn("ab") == "a, b"
        assert clauses("ab") == sentences("ab") == "a; b"
    assert colon("案由", "此项必填。") == "案由：此项必填。"
    assert "水务局" + bracketed("主办") == "水务局（主办）"
    assert bracketed("") == bracketed(None) == ""
    assert join_cn("甲乙") == "甲、乙"
    assert clauses("甲乙") == "甲，乙"


def test_whole_sentences_stand_apart_by_a_space_only_where_the_language_has_one() -> None:
    assert one_after_the_other(["此项必填。", "这一天还没有到。"]) == "此项必填。这一天还没有到。"
    assert one_after_the_other(("Say when.", "Say where.")) == "Say when. Say where."
    assert one_after_the_other(iter([clock.NOT_YET])) == "这一天还没有到。"
    assert one_after_the_other([]) == ""
    assert sentences("甲乙") == "甲；乙"


def test_plain_words_stay_plain() -> None:
    """They go into letters and spreadsheets too, and a page escapes them."""
    for said in (join_cn(NAMES), clauses(NAMES), sentences(NAMES), colon(*NAMES), bracketed("<i>")):
        assert "<i>" in said and not isinstance(said, SafeString)


def test_what_is_safe_stays_safe_and_the_rest_beside_it_is_escaped() -> None:
    for safe in (SafeString("<b>甲</b>"), Markup("<b>甲</b>")):
        assert join_cn([safe, "<i>"]) == "<b>甲</b>、&lt;i&gt;"
        assert colon("<i>", safe) == "&lt;i&gt;：<b>甲</b>"
        assert bracketed(safe) == "（<b>甲</b>）"
        assert isinstance(join_cn([safe, "<i>"]), SafeString)


def test_a_page_escapes_once_whatever_was_put_together() -> None:
    assert render("{{ names|join_cn }}", names=NAMES) == "王&lt;i&gt;、李"
    assert render("{{ names|join_cn|bracketed }}", names=NAMES) == "（王&lt;i&gt;、李）"
    assert render("{{ a|colon(names|sentences) }}", a="&", names=NAMES) == "&amp;：王&lt;i&gt;；李"
    drawn = "{% set b %}<b>{{ a }}</b>{% endset %}{{ [b, a]|join_cn }}"
    assert render(drawn, a="&") == "<b>&amp;</b>、&amp;"


def _texts(tree: ast.AST) -> Iterator[str]:
    """Its strings, without those that are translated or only say what stands there."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            silent.add(id(node.value))
        elif isinstance(node, ast.Call) and TRANSLATED.fullmatch(getattr(node.func, "id", "")):
            silent.update(map(id, node.args))
        elif isinstance(node, ast.Constant) and id(node) not in silent:
            yield str(node.value)


def test_no_program_writes_chinese_marks_on_a_page() -> None:
    """They are said by these functions; of templates, `tests/portal/test_templates.py` asks it."""
    found: dict[str, set[str]] = {}
    for path in APPS.rglob("*.py"):
        name = path.relative_to(APPS).as_posix()
        if "migrations" in path.parts or CHINESE_ALONE.search(name):
            continue
        if hard := set(filter(HARD.search, _texts(ast.parse(path.read_text(encoding="utf-8"))))):
            found[name] = hard
    assert found == NOT_ON_PAGES


def test_a_long_text_is_cut_where_it_is_said_to_go_on() -> None:
    assert shortened("石桥村", 3) == "石桥村"
    assert shortened("石桥村的", 3) == "石桥…"
    assert shortened("水" * 200) == "水" * 200
    assert shortened("水" * 201) == "水" * 199 + "…"
    assert is_shortened(shortened("水" * 201)) and not is_shortened(shortened("水" * 200))
    assert is_shortened("水" * 200 + "…"), "as the audit chain cut before"
    assert not is_shortened("水…")

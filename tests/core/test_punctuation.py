"""What stands between words, in the language of the page; and what was marked as safe."""

from __future__ import annotations

from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString
from markupsafe import Markup

from yizheng.core.punctuation import bracketed, clauses, colon, join_cn, sentences

NAMES = ["王<i>", "李"]


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

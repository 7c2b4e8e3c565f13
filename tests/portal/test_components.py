"""The components as a person meets them: with eyes, with a screen reader, with the keyboard."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from types import SimpleNamespace as Data
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.utils import timezone, translation

from yizheng.portal import jinja

WORDS = (("提", "提交"), ("立", "立案"), ("办", "办理"), ("督", "督办"))


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def render(source: str, **context: Any) -> str:
    return str(engines["jinja2"].env.from_string(source).render(**context))


class _Text(HTMLParser):
    """What a screen reader says: everything but what is hidden from it."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._hidden: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "br", "hr"):
            self._hidden.append(("aria-hidden", "true") in attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._hidden):
            self.said.append(data.strip())


def heard(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return " ".join(parser.said)


def seals(done: int, now: int | None = None) -> list[Data]:
    def status(n: int) -> str:
        return "now" if n == now else "done" if n < done else "todo"

    return [Data(character=c, label=label, status=status(n)) for n, (c, label) in enumerate(WORDS)]


SEALS = '{% from "components/seals.html" import seals %}{{ seals(given) }}'


def test_seals_are_one_sentence_for_those_who_hear_them() -> None:
    assert heard(render(SEALS, given=seals(2, 2))) == "已提交、已立案，处于办理环节"
    assert heard(render(SEALS, given=seals(0, 0))) == "处于提交环节"
    assert heard(render(SEALS, given=seals(4))) == "已提交、已立案、已办理、已督办"
    assert heard(render(SEALS, given=seals(0))) == "尚未开始"


def test_seals_show_each_state_in_its_own_way() -> None:
    html = render(SEALS, given=seals(2, 2))
    assert re.findall(r'seal-(done|now|todo)"[^>]*>(.)<', html) == [
        ("done", "提"),
        ("done", "立"),
        ("now", "办"),
        ("todo", "督"),
    ]


DUE = '{% from "components/due.html" import due %}{{ due(given) }}'


def test_an_uncertain_date_says_why_it_is_uncertain() -> None:
    sure = Data(
        text="还剩 9 个工作日", level="later", date=dt.date(2031, 3, 18), days_left=9, certain=True
    )
    unsure = Data(
        text="还剩 9 个工作日", level="later", date=dt.date(2031, 3, 18), days_left=9, certain=False
    )
    assert heard(render(DUE, given=sure)) == "还剩 9 个工作日"
    assert heard(render(DUE, given=unsure)) == "约还剩 9 个工作日 该年放假安排尚未公布，日期为估算"


def test_without_a_due_date_there_is_no_pill() -> None:
    assert render(DUE, given=None).strip() == ""
    assert "pill" not in render(DUE, given=Data(text="", level="none", date=None))


PEN = '{% from "components/pen_bar.html" import pen_bar with context %}{{ pen_bar(pen) }}'


def pen(*actions: dict[str, Any]) -> Data:
    return Data(
        seals=seals(2, 2), holder="水务局", holding="起草答复", note="", due=None, actions=actions
    )


def test_a_step_that_cannot_be_taken_says_why_without_a_mouse() -> None:
    html = render(
        PEN,
        pen=pen({"label": "申请退办", "url": "/x", "disabled_reason": "签收已超过 15 个工作日。"}),
    )
    button = re.search(r'<a class="btn"[^>]*>申请退办</a>', html)
    assert button
    # A link is in the tab order; it is announced as an unavailable button together with the reason
    # on the page.
    assert 'aria-disabled="true"' in button[0]
    described = re.search(r'aria-describedby="([^"]+)"', button[0])
    assert described
    reason = re.search(rf'<li id="{described[1]}">(.*?)</li>', html)
    assert reason
    assert "签收已超过 15 个工作日。" in reason[1]
    assert "/x" not in html


def test_one_primary_button_and_it_stands_last() -> None:
    html = render(
        PEN,
        csrf_input="TOKEN",
        pen=pen(
            {
                "label": "送领导签发",
                "url": "/sign",
                "method": "post",
                "primary": True,
                "confirm": "送签后不能再改。",
            },
            {"label": "记录沟通", "url": "/talk"},
        ),
    )
    assert html.count("btn-primary") == 1
    assert html.index("记录沟通") < html.index("送领导签发")
    form = re.search(r'<form method="post" action="/sign">(.*?)</form>', html, re.DOTALL)
    assert form
    assert "TOKEN" in form[1]
    assert 'data-confirm="送签后不能再改。"' in form[1]


def test_more_than_two_other_steps_fold_into_a_menu_with_the_open_ones_first() -> None:
    html = render(
        PEN,
        pen=pen(
            {"label": "退办", "disabled_reason": "期限已过。"},
            {"label": "延期", "url": "/1"},
            {"label": "沟通", "url": "/2"},
        ),
    )
    menu = re.search(r"<details.*?</details>", html, re.DOTALL)
    assert menu
    assert "退办" in menu[0]
    assert "延期" not in menu[0]
    assert "沟通" not in menu[0]


def test_a_panel_says_why_its_button_cannot_be_pressed() -> None:
    shut = {"label": "确认考勤", "url": "/x", "disabled_reason": "名单还没有交齐。"}
    panels = [{"title": title, "body": "", "actions": [shut]} for title in ("参会", "考勤")]
    html = render(
        '{% from "components/panels.html" import panel_cards with context %}{{ panel_cards(panels) }}',
        panels=panels,
    )
    named = re.findall(r'aria-describedby="([^"]+)"', html)
    assert len(set(named)) == 2
    for reason in named:
        assert re.search(rf'<li id="{reason}"><b>确认考勤</b> 名单还没有交齐。</li>', html)


class Draft(forms.Form):
    title = forms.CharField(label="案由", help_text="一事一案。", max_length=30)
    kind = forms.ChoiceField(
        label="类别", choices=[("a", "民生"), ("b", "经济")], widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(
        label="单位", choices=[(str(n), f"单位{n}") for n in range(20)], required=False
    )
    open = forms.BooleanField(label="同意公开", required=False)


FIELD = '{% from "components/field.html" import field %}{{ field(form[name]) }}'


def test_a_field_in_error_is_tied_to_its_words() -> None:
    html = render(FIELD, form=Draft({"title": ""}), name="title")
    control = re.search(r"<input[^>]*>", html)
    assert control
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="id_title_error id_title_helptext"' in control[0]
    assert 'id="id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert "必填" in heard(html)


def test_a_field_that_is_right_is_not_marked_wrong() -> None:
    html = render(FIELD, form=Draft({"title": "关于校园午休的建议"}), name="title")
    assert "aria-invalid" not in html
    assert 'aria-describedby="id_title_helptext"' in html


def test_radio_cards_are_a_group_with_a_name() -> None:
    html = render(FIELD, form=Draft(), name="kind")
    assert re.search(r"<fieldset.*<legend>类别.*</legend>", html, re.DOTALL)
    assert html.count('type="radio"') == 2
    for number in (0, 1):
        assert f'for="id_kind_{number}"' in html


def test_a_long_list_is_found_by_typing_a_short_one_is_not() -> None:
    assert "data-filter-select" in render(FIELD, form=Draft(), name="unit")
    assert "data-filter-select" not in render(FIELD, form=Draft(), name="title")


def test_the_summary_counts_the_errors_and_leads_to_the_fields() -> None:
    source = '{% from "components/field.html" import form_errors %}{{ form_errors(form) }}'
    html = render(source, form=Draft({"title": "", "unit": "1"}))
    assert "有 2 处需要改" in html
    assert 'href="#id_title"' in html
    assert 'href="#id_kind"' in html
    assert 'id="id_kind"' in render(FIELD, form=Draft({"title": ""}), name="kind")
    right = render(source, form=Draft({"title": "案由", "kind": "a", "unit": "1"}))
    assert "data-refusal-summary" not in right and "标有“必填”的须填写" in right


def test_user_text_is_never_markup() -> None:
    html = render(
        '{% from "components/list.html" import cases %}{{ cases(rows) }}',
        rows=[
            Data(
                title="<script>alert(1)</script>",
                url="/1",
                seals=[],
                due=None,
                holder="<b>",
                line="",
            )
        ],
    )
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>" not in html


ROW = Data(
    id=7,
    number="〔2026〕047",
    title="关于无障碍步道的建议",
    url="/p/7",
    line="退办",
    seals=seals(2, 2),
    mine=True,
    holder="住建局",
    holder_note="裁定退办",
    due=Data(text="今天", level="today", date=None, certain=True),
)


def test_a_row_says_number_title_progress_holder_and_time_left() -> None:
    html = render(
        '{% from "components/list.html" import cases %}{{ cases([row], caption="等我办的") }}',
        row=ROW,
    )
    said = heard(html)
    for words in (
        "等我办的",
        "〔2026〕047",
        "关于无障碍步道的建议",
        "已提交、已立案，处于办理环节",
        "我 （裁定退办）",
        "今天",
    ):
        assert words in said
    assert "住建局" not in said
    assert "checkbox" not in html


def test_own_columns_replace_the_usual_ones() -> None:
    row = Data(**{**vars(ROW), "cells": {"sector": "农业界"}})
    columns = [
        {"key": "title", "label": "案由"},
        {"key": "sector", "label": "界别", "sort_url": "?sort=sector"},
    ]
    html = render(
        '{% from "components/list.html" import cases %}{{ cases([row], columns=columns) }}',
        row=row,
        columns=columns,
    )
    assert "农业界" in html
    assert 'href="?sort=sector"' in html
    assert "笔在谁手里" not in html


def test_the_filter_keeps_what_it_does_not_ask_about_but_not_the_page() -> None:
    class Filter(forms.Form):
        q = forms.CharField(required=False, label="关键词")

    html = render(
        '{% from "components/list.html" import filter_bar %}{{ filter_bar(form, params) }}',
        form=Filter({"q": "绿道"}),
        params=QueryDict("q=绿道&columns=number&columns=title&page=3"),
    )
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', html) == [
        ("columns", "number"),
        ("columns", "title"),
    ]
    assert html.count('name="q"') == 1


def test_the_pager_keeps_the_filters() -> None:
    source = '{% from "components/list.html" import pager %}{{ pager(page, params) }}'
    html = render(
        source, page=Paginator(range(30), 10).page(2), params=QueryDict("q=%E6%B0%B4&page=2")
    )
    assert 'href="?q=%E6%B0%B4&amp;page=3"' in html
    assert re.search(r'<span aria-current="page">2</span>', html)
    assert render(source, page=Paginator(range(3), 10).page(1), params=QueryDict()).strip() == ""


def test_an_empty_list_says_what_would_stand_here_and_how_to_begin() -> None:
    html = render(
        '{% from "components/empty.html" import empty %}{{ empty("还没有提案", "会议期间随时可写。", action) }}',
        action={"label": "写一件", "url": "/new"},
    )
    assert heard(html) == "还没有提案 会议期间随时可写。 写一件"
    assert 'href="/new"' in html


def test_a_chart_says_the_same_as_a_table() -> None:
    html = render(
        '{% from "components/chart.html" import chart %}{{ chart("c", "/spec", table, "按月") }}',
        table={"head": ["单位", "件"], "rows": [[{"text": "教育局", "url": "/e"}, 1234]]},
    )
    assert 'data-chart="/spec"' in html
    assert "看数据表" in html
    assert 'href="/e"' in html
    assert "1,234" in html


def test_the_timeline_marks_where_things_stand() -> None:
    entries = [
        {"title": "起草答复", "who": "水务局", "when": "4 月 10 日起", "now": True},
        {"title": "提交", "who": "沈禾", "when": dt.date(2019, 1, 20)},
    ]
    html = render(
        '{% from "components/timeline.html" import timeline %}{{ timeline(entries) }}',
        entries=entries,
    )
    assert html.count('aria-current="step"') == 1
    assert "沈禾 · 2019 年 1 月 20 日" in html


def test_what_is_only_waited_for_is_told_as_such() -> None:
    """Nobody has signed for it yet: the day is the one since when it waits."""
    entries = [
        {"title": "签收", "who": "农业农村局", "when": dt.date(2019, 11, 30), "now": True},
        {"title": "交办", "who": "何楠", "when": dt.date(2019, 11, 30)},
    ]
    html = render(
        '{% from "components/timeline.html" import timeline %}{{ timeline(entries) }}',
        entries=entries,
    )
    assert "待办：签收" in html and "农业农村局 · 2019 年 11 月 30 日起" in html
    assert ">交办<" in html and "何楠 · 2019 年 11 月 30 日<" in html


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.875, "87.5%"),
        (1, "100%"),
        (0.9999, "99.9%"),
        (0.0001, "0.1%"),
        (0, "0%"),
        (0.4, "40%"),
        (None, "—"),
    ],
)
def test_percent_never_rounds_to_all_or_nothing(value: float | None, shown: str) -> None:
    assert jinja.percent(value) == shown


def test_numbers_dates_and_enumerations_as_offices_write_them() -> None:
    this_year = timezone.localdate().year
    assert jinja.date_cn(dt.date(this_year, 3, 18)) == "3 月 18 日"
    assert jinja.date_cn(dt.date(2019, 3, 18)) == "2019 年 3 月 18 日"
    assert jinja.date_cn(dt.date(this_year, 3, 8), full=True) == f"{this_year} 年 3 月 8 日"
    # 18:30 UTC is already the next day in the county.
    assert (
        jinja.datetime_cn(dt.datetime(2019, 3, 18, 18, 30, tzinfo=dt.UTC))
        == "2019 年 3 月 19 日 02:30"
    )
    assert jinja.weekday(dt.date(2026, 3, 18)) == "周三"
    assert jinja.join_cn(["教育局", "水务局"]) == "教育局、水务局"
    assert jinja.number(12345) == "12,345"
    assert jinja.number(None) == "—"


def test_a_change_of_filter_goes_back_to_the_first_page() -> None:
    params = QueryDict("state=open&page=4&unit=1&unit=2")
    assert jinja.querystring(params, sort="due") == "?state=open&unit=1&unit=2&sort=due"
    assert jinja.querystring(params, state=None) == "?unit=1&unit=2"
    assert jinja.querystring(params, page=5) == "?state=open&page=5&unit=1&unit=2"


SHELL = {
    "organisation_name": "云溪县政协",
    "nav": [
        {"label": "待办", "url": "/", "active": True, "badge": 3},
        {"label": "提案", "url": "/p/"},
    ],
    "bottom": [{"label": "我的", "url": "/me"}],
    "account_name": "林澄",
    "account_place": "提案委",
    "language": "zh-hans",
    "language_url": "/lang",
    "elder_url": "/elder",
    "sign_out_url": "/out",
    "search_url": "/search",
}
PAGE = '{% extends "layout/base.html" %}{% block title %}等我办的{% endblock %}{% block content %}正文{% endblock %}'


def test_the_page_has_its_landmarks_and_says_where_one_is() -> None:
    html = render(PAGE, shell=SHELL, csrf_token="t", csrf_input="")
    assert '<html lang="zh-hans">' in html
    assert "<title>等我办的 · 云溪县政协</title>" in html
    assert html.count("<h1>") == 1
    assert html.index('href="#main"') < html.index("<header")
    assert 'aria-live="polite"' in html
    assert re.search(r'<a href="/" aria-current="page">待办', html)
    assert "林澄" in html
    for words in ("English", "大字版", "退出"):
        assert words in html
    assert "<aside" not in html


def test_bounds_of_numbers_and_of_days_have_words_of_their_own() -> None:
    html = render(PAGE, shell=SHELL, csrf_token="t", csrf_input="")
    for words in (
        "不得小于 {least}。",
        "不得大于 {most}。",
        "不得早于 {least}。",
        "不得晚于 {most}。",
    ):
        assert words in html or words.encode("unicode_escape").decode() in html
    assert "或早于" not in html


def test_elders_mode_is_marked_on_the_page_and_can_be_left() -> None:
    html = render(PAGE, shell={**SHELL, "elder": True}, csrf_token="t", csrf_input="")
    assert '<html lang="zh-hans" data-mode="elder">' in html
    assert "普通版" in html


def test_the_public_page_carries_no_token() -> None:
    source = PAGE.replace("layout/base.html", "layout/public.html")
    html = render(source, shell={**SHELL, "public": True}, csrf_token="SECRET", csrf_input="SECRET")
    assert "SECRET" not in html
    assert "林澄" not in html.replace('data-account="林澄"', "")


@pytest.mark.parametrize(("seen", "sent"), [(0, True), (7, True), ("a3.1", True), ("", False)])
def test_a_button_sends_the_version_it_was_drawn_for_also_the_first(
    seen: object, sent: bool
) -> None:
    html = render(
        '{% from "components/actions.html" import post_button with context %}'
        '{{ post_button("/x", "删除", seen=seen) }}',
        seen=seen,
    )
    assert (f'name="seen" value="{seen}"' in html) is sent

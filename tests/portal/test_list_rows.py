"""Rows of a list: which can be ticked, to be handled together, and how they draw days."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace as Data

from django.utils import timezone

from .test_components import ROW, render


def test_a_row_can_be_ticked_and_the_box_has_a_name() -> None:
    takes = Data(**{**vars(ROW), "bulk": ["pass_check"]})
    html = _with_boxes([takes])
    assert re.search(
        r'<label><span class="visually-hidden">选择 关于无障碍步道的建议</span><input[^>]*value="7"',
        html,
    )
    assert "全选本页" in html


def test_where_no_row_can_be_ticked_there_is_no_box_for_all() -> None:
    """The steps that others take with such rows are not this reader's."""
    html = _with_boxes([Data(**{**vars(ROW), "bulk": []}), Data(**{**vars(ROW), "bulk": ["file"]})])
    assert "关于无障碍步道的建议" in html
    assert "checkbox" not in html and "全选本页" not in html


def _with_boxes(rows: list[Data]) -> str:
    return render(
        '{% from "components/list.html" import cases %}'
        '{{ cases(rows, bulk=[{"name": "pass_check"}, {"name": "conclude"}]) }}',
        rows=rows,
    )


def test_a_list_draws_its_days_as_days() -> None:
    """Handed over as days; what is none, and words in their place, stay as they are."""
    year = timezone.localdate().year
    at = dt.datetime(year, 3, 18, 1, 30, tzinfo=dt.UTC)
    days = [dt.date(year, 3, 18), dt.date(year - 1, 12, 31), at, None, "从未"]
    rows = [{"id": n, "title": f"第{n}行", "cells": {"day": day}} for n, day in enumerate(days)]
    columns = [{"key": "title", "label": "名称"}, {"key": "day", "label": "日期", "kind": "date"}]
    page = render(
        '{% from "components/list.html" import cases with context %}{{ cases(rows, columns=columns) }}',
        rows=rows,
        columns=columns,
    )
    cells = re.findall(r'<td class="col-extra is-date"[^>]*>([^<]*)</td>', page)
    assert cells == ["3 月 18 日", f"{year - 1} 年 12 月 31 日", "3 月 18 日 09:30", "—", "从未"]

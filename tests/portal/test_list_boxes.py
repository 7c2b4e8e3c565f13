"""Which rows of a list can be ticked, to be handled together."""

from __future__ import annotations

import re

from .test_components import ROW, Data, render


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

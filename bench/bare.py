"""A bare page of 50 rows, the same in both template engines that Django supports: what a page costs
before it does anything. It is the yardstick on a machine whose speed changes with what else runs on
it, and the reason for Jinja2.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from functools import cache
from pathlib import Path
from typing import Any

from django.template.backends.base import BaseEngine
from django.template.backends.django import DjangoTemplates
from django.template.backends.jinja2 import Jinja2
from django.utils import dateformat, translation
from jinja2 import Environment

from yizheng.portal.jinja import environment as portal_environment
from yizheng.proposals.models import Proposal

ROWS = 50
FOLDER = Path(__file__).with_name("templates")


def environment(**options: Any) -> Environment:
    env = portal_environment(**options)
    env.filters["day"] = _day
    return env


def _day(value: dt.date) -> str:
    return dateformat.format(value, "Y-m-d")


@cache
def _engines() -> dict[str, BaseEngine]:
    where = {"NAME": "bench", "DIRS": [FOLDER], "APP_DIRS": False}
    return {
        "django": DjangoTemplates({**where, "OPTIONS": {}}),
        "jinja": Jinja2({**where, "OPTIONS": {"environment": "bench.bare.environment"}}),
    }


def _rows() -> list[Proposal]:
    return list(
        Proposal.everywhere.select_related("proposer__person").defer(
            "body", "situation", "analysis", "decision_note"
        )[:ROWS]
    )


def _render(engine: str, rows: list[Proposal]) -> str:
    context = {
        "language": "zh-hans",
        "css": "/static/app.css",
        "count": len(rows),
        "rows": rows,
        "seals": "提立办督",
        "columns": ["编号", "案由", "进程", "笔在谁手", "时限"],
    }
    with translation.override("zh-hans"):
        rendered: str = _engines()[engine].get_template(f"rows.{engine}.html").render(context)
    return rendered


def django_page() -> str:
    """One query and Django's own template."""
    return _render("django", _rows())


def compared(rounds: int) -> dict[str, float]:
    """CPU milliseconds of the templates alone, turn by turn; and of the query before them."""
    rows = _rows()
    times: dict[str, list[float]] = {"django": [], "jinja": [], "query": []}
    for _ in range(rounds):
        for name in times:
            started = time.process_time()
            _rows() if name == "query" else _render(name, rows)
            times[name].append((time.process_time() - started) * 1000)
    return {name: round(statistics.median(found), 2) for name, found in times.items()}

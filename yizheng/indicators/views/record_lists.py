"""Pages with the list of records behind a number: its count is the number, or what it
adds up to.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yizheng.core import audit
from yizheng.core.access import Actor
from yizheng.core.case_display import ColumnKind, ListColumn
from yizheng.core.figures import Period, RecordKind, Standing, Which
from yizheng.core.figures import RecordColumn as Fact
from yizheng.core.paging import page_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .. import periods, queries
from ..queries import Figure, FigureRequest, UnknownFigure
from .number_display import basis, reader, shown, with_measure, year_tabs


def _asked(request: HttpRequest, code: str) -> tuple[FigureRequest, Which]:
    period = periods.from_params(request.GET.dict())
    queries.indicator(code)
    if period is None:
        raise UnknownFigure(_("No session has been set up yet."))
    wanted = queries.wanted(
        code, period, request.GET.get("breakdown", ""), request.GET.get("key", "")
    )
    there: dict[str, Which] = {}
    if wanted.indicator.base:
        there["base"] = "base"
    if wanted.indicator.unknown:
        there["unknown"] = "unknown"
    return wanted, there.get(request.GET.get("of", ""), "records")


def figure(request: HttpRequest, code: str) -> HttpResponse:
    actor = reader(request)
    wanted, which = _asked(request, code)
    [number] = queries.figures([wanted])
    count = _count(number, which)
    records = queries.listed(wanted, actor, which)
    kind = wanted.indicator.kind
    opens = kind.opens(actor)
    page = page_of(request, records, shown=lambda some: [_row(kind, row, opens) for row in some])
    context = {
        "figure": number,
        "indicator": wanted.indicator,
        "period": wanted.period,
        "which": which,
        "heading": _heading(number),
        "part": queries.label_of(wanted),
        "basis": basis(number),
        "count": count,
        "hidden": count - page.paginator.count,
        "is_recorded": number.standing is not Standing.NOT_RECORDED,
        "total": with_measure(number) if wanted.indicator.amount and _is_one_thing(wanted) else "",
        "page": page,
        "params": request.GET,
        "columns": _columns(wanted.indicator.kind),
        "lists": _lists(number, which),
        "breakdowns": _breakdowns(wanted),
        "parts": _parts(wanted),
        "whole_url": FigureRequest(wanted.indicator, wanted.period, wanted.breakdown).url(),
        "export_url": f"{reverse('indicators:export', args=[code])}?{request.GET.urlencode()}",
        "years": year_tabs(wanted.period, request.path),
        "beside": _beside(wanted),
    }
    return render(request, "indicators/figure.html", context)


def _heading(number: Figure) -> str:
    """立案 112 件"""
    label = queries.label_of(number.wanted)
    if not _is_one_thing(number.wanted):
        return str(number.indicator.title)
    title = f"{number.indicator.title} · {label}" if label else str(number.indicator.title)
    return f"{title} {with_measure(number)}"


def _is_one_thing(wanted: FigureRequest) -> bool:
    """Patients and trees together are no number."""
    return wanted.indicator.whole or bool(wanted.key)


def _count(number: Figure, which: Which) -> int:
    """How many records the list has, also those not open to the reader."""
    if number.indicator.amount:
        return number.wanted.records().count()
    counts = {"base": number.denominator or 0, "unknown": number.unknown}
    return counts.get(which, int(number.numerator))


def _lists(number: Figure, which: Which) -> list[dict[str, Any]]:
    """The lists of a rate: what it counts, which is no rate itself, and out of what; and what it
    leaves out.
    """
    if number.denominator is None:
        return []
    return [
        {
            "label": _("Those that count"),
            "url": number.url,
            "active": which == "records",
            "count": number.numerator,
        },
        {
            "label": number.indicator.base_title,
            "url": number.base_url,
            "active": which == "base",
            "count": number.denominator,
        },
        *([_left_out(number, which)] if number.unknown or which == "unknown" else []),
    ]


def _left_out(number: Figure, which: Which) -> dict[str, Any]:
    return {
        "label": _("Not recorded, in neither"),
        "url": number.unknown_url,
        "active": which == "unknown",
        "count": number.unknown,
    }


def _beside(wanted: FigureRequest) -> dict[str, Any] | None:
    """The figure without which this one must not be read."""
    if not wanted.indicator.beside:
        return None
    [other] = queries.figures([queries.wanted(wanted.indicator.beside, wanted.period)])
    return {
        "title": other.indicator.title,
        "value": shown(other),
        "basis": basis(other),
        "url": other.url,
    }


def _breakdowns(wanted: FigureRequest) -> list[dict[str, Any]]:
    return [
        {
            "label": each.title,
            "url": FigureRequest(wanted.indicator, wanted.period, each).url(),
            "active": each == wanted.breakdown,
        }
        for each in wanted.indicator.breakdowns
    ]


def _parts(wanted: FigureRequest) -> list[dict[str, Any]]:
    """The chosen breakdown's parts, groups first."""
    if wanted.breakdown is None:
        return []
    code, by = wanted.indicator.code, wanted.breakdown
    grouped = [queries.wanted(code, wanted.period, by.code, key) for key in by.groups]
    found = (
        [*queries.figures(grouped), *queries.parts(code, wanted.period, by.code)]
        if grouped
        else queries.parts(code, wanted.period, by.code)
    )
    return [
        {
            "label": part.label or queries.label_of(part.wanted),
            "basis": basis(part),
            "value": shown(part) if part.indicator.whole else with_measure(part),
            "url": part.url,
            "active": part.wanted.key == wanted.key,
            "group": part.wanted.key in by.groups,
        }
        for part in found
    ]


# Rows ---------------------------------------------------------------------------------------------


LONG = 20
"""So many characters wide in Excel: a sentence or a title, not a name."""


def _columns(kind: RecordKind) -> list[ListColumn]:
    return [
        ListColumn("number", _("Number")),
        ListColumn("title", kind.title),
        *(ListColumn(column.code, column.title, _kind(column)) for column in kind.columns),
    ]


def _kind(column: Fact) -> ColumnKind:
    if column.kind == "date":
        return "date"
    if column.kind != "text":
        return "number"
    return "text" if column.width >= LONG else "name"


def _row(kind: RecordKind, record: Any, opens: bool) -> dict[str, Any]:
    cells = {column.code: column.value(record) for column in kind.columns}
    return {
        "id": record.pk,
        "number": kind.number(record),
        "title": kind.name(record),
        "url": kind.url(record) if opens else "",
        "cells": cells,
    }


# Excel --------------------------------------------------------------------------------------------


def export(request: HttpRequest, code: str) -> HttpResponse:
    """The whole list in Excel, as far as it is open to the reader; who took it is on record."""
    actor = reader(request)
    wanted, which = _asked(request, code)
    records = queries.listed(wanted, actor, which)
    content = workbook(
        [
            Sheet(
                str(wanted.indicator.title),
                _sheet_columns(wanted.indicator.kind),
                _lines(wanted, records),
            )
        ]
    )
    _record(actor, wanted, which)
    return excel(content, f"{code}-{wanted.period.last}.xlsx")


def _record(actor: Actor, wanted: FigureRequest, which: Which) -> None:
    detail = {
        "figure": wanted.indicator.code,
        "of": which,
        "key": wanted.key,
        **_period(wanted.period),
    }
    audit.record("figures.exported", by=actor, detail=detail)


def _period(period: Period) -> dict[str, object]:
    return dict(period.params)


def _sheet_columns(kind: RecordKind) -> list[SheetColumn]:
    return [
        SheetColumn(_("Number"), 14),
        SheetColumn(str(kind.title), 40),
        *(SheetColumn(str(column.title), column.width, column.kind) for column in kind.columns),
    ]


def _lines(wanted: FigureRequest, records: QuerySet[Any]) -> Iterator[list[object]]:
    kind = wanted.indicator.kind
    for record in records.iterator(500):
        yield [
            kind.number(record),
            kind.name(record),
            *(_plain(column.value(record)) for column in kind.columns),
        ]


def _plain(value: object) -> object:
    return (
        value
        if value is None or isinstance(value, (int, Decimal)) or hasattr(value, "isoformat")
        else str(value)
    )

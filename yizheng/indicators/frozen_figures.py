"""Frozen figures: which records were counted is kept, and a comparison says, record by record, why
today's number is another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from yizheng.core.access import Actor, Words
from yizheng.core.audit import AuditEntry
from yizheng.core.case_display import BEGINNINGS
from yizheng.core.figures import INDICATORS, Breakdown, Number, Period, RecordKind, Standing, number
from yizheng.core.flow import FLOWS
from yizheng.core.punctuation import join_cn

from . import queries, wording
from .models import Report, ReportFigure
from .outline import OutlineParagraph, placeholders
from .report_content import FigureBook, breakdowns_of, keys_of
from .wording import StatedFigure

FigurePart = dict[str, Any]
"""As kept in `ReportFigure.parts`: key, label, records, base; of a rate the `unknown` records it
leaves out; of a sum besides `amounts`, id → value, and a unit of its own. Whether it is `at_least`,
and its `standing`; what was frozen before these were told apart is taken as counted.
"""


# Keeping ------------------------------------------------------------------------------------------


def keep(report: Report, paragraphs: list[OutlineParagraph]) -> None:
    """Write down every figure the outline states, with the ids and the names of the records
    counted.
    """
    asked = placeholders(paragraphs)
    counted: dict[str, set[int]] = defaultdict(set)
    rows = [_single(report, *key) for key in keys_of(asked, report.year)]
    rows += [_divided(report, code, by) for code, by in breakdowns_of(asked)]
    for row in rows:
        row.save()
        for part in row.parts:
            counted[row.kind].update(part["records"], part["base"] or ())
    report.labels = {kind: _names(kind, ids) for kind, ids in counted.items()}


def _single(report: Report, code: str, year: int, breakdown: str, key: str) -> ReportFigure:
    wanted = queries.wanted(code, Period.of_year(year), breakdown, key)
    stated = wording.state(queries.Figure(wanted, 0))
    part = {"key": key, "label": stated.label, **_counted(wanted)}
    return _row(report, stated, [part])


def _counted(wanted: queries.FigureRequest) -> FigurePart:
    """The numbers and the ids are read together, so that they agree."""
    return {**_listed(wanted), **_qualities([wanted])[0]}


def _listed(wanted: queries.FigureRequest) -> FigurePart:
    records = wanted.records()
    if amount := wanted.indicator.amount:
        return _added(dict(records.order_by().values_list("pk", amount)))
    return {
        "records": _ids(records),
        "base": _ids(wanted.records("base")) if wanted.indicator.base else None,
        **({"unknown": _ids(wanted.records("unknown"))} if wanted.indicator.unknown else {}),
    }


def _qualities(asked: Sequence[queries.FigureRequest]) -> list[FigurePart]:
    """What a number is, besides the records it counts."""
    return [
        {"standing": str(each.standing), "at_least": each.at_least}
        for each in queries.figures(asked)
    ]


def _added(values: Mapping[int, Any]) -> FigurePart:
    amounts = {str(pk): str(number(values[pk])) for pk in sorted(values)}
    return {"records": sorted(values), "base": None, "amounts": amounts}


def _ids(records: QuerySet[Any]) -> list[int]:
    return sorted(set(records.order_by().values_list("pk", flat=True)))


def _divided(report: Report, code: str, breakdown: str) -> ReportFigure:
    wanted = queries.wanted(code, Period.of_year(report.year), breakdown)
    stated = wording.state(queries.Figure(wanted, 0))
    parts = parts_now(code, report.year, breakdown)
    return _row(report, stated, parts)


def parts_now(code: str, year: int, breakdown: str) -> list[FigurePart]:
    """The parts of a breakdown with the ids in each."""
    wanted = queries.wanted(code, Period.of_year(year), breakdown)
    assert wanted.breakdown is not None
    above = _by_key(wanted.breakdown, wanted.records())
    below = _by_key(wanted.breakdown, wanted.records("base")) if wanted.indicator.base else None
    amounts = (
        dict(wanted.records().order_by().values_list("pk", amount))
        if (amount := wanted.indicator.amount)
        else None
    )
    untold = (
        _by_key(wanted.breakdown, wanted.records("unknown")) if wanted.indicator.unknown else {}
    )
    signs = wanted.breakdown.signs()
    told = {
        part.wanted.key: {"standing": str(part.standing), "at_least": part.at_least}
        for part in queries.parts(code, Period.of_year(year), breakdown)
    }
    with wording.official():
        labels = queries.labels_of(
            wanted.breakdown, above.keys() | (below or {}).keys() | untold.keys()
        )
        return [
            {
                "key": (address := queries.NO_KEY if key == "" else str(key)),
                "label": str(label),
                **_valued(above.get(key, set()), amounts),
                **({"unit": signs[key]} if key in signs else {}),
                "base": None if below is None else sorted(below.get(key, ())),
                **({"unknown": sorted(untold.get(key, ()))} if wanted.indicator.unknown else {}),
                **told.get(address, {}),
            }
            for key, label in labels.items()
        ]


def _valued(ids: Collection[int], amounts: Mapping[int, Any] | None) -> FigurePart:
    return {"records": sorted(ids)} if amounts is None else _added({pk: amounts[pk] for pk in ids})


def _by_key(breakdown: Breakdown, records: QuerySet[Any]) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = defaultdict(set)
    for key, pk in breakdown.keyed(records.order_by()).values_list("breakdown_key", "pk"):
        found["" if key is None else key].add(pk)
    return found


def _row(report: Report, stated: StatedFigure, parts: list[FigurePart]) -> ReportFigure:
    indicator = INDICATORS[stated.code]
    return ReportFigure(
        organisation_id=report.organisation_id,
        report=report,
        code=stated.code,
        year=stated.year,
        breakdown=stated.breakdown,
        key=stated.key,
        title=stated.title,
        breakdown_title=stated.breakdown_title,
        unit=stated.unit,
        definition=stated.definition,
        kind=indicator.kind.code,
        is_rate=indicator.base is not None,
        parts=parts,
    )


def _kind(code: str) -> RecordKind | None:
    return next((each.kind for each in INDICATORS.values() if each.kind.code == code), None)


def _names(code: str, ids: Iterable[int]) -> dict[str, str]:
    kind = _kind(code)
    if kind is None:
        return {}
    found = kind.model._default_manager.filter(pk__in=list(ids)).select_related(*kind.related)
    return {str(record.pk): name_of(kind, record) for record in found}


def name_of(kind: RecordKind, record: Any) -> str:
    return f"{kind.number(record)} {kind.name(record)}".strip()


# Reading back -------------------------------------------------------------------------------------


def stated_of(figure: ReportFigure, part: FigurePart) -> StatedFigure:
    return StatedFigure(
        code=figure.code,
        title=figure.title,
        unit=part.get("unit", figure.unit),
        definition=figure.definition,
        year=figure.year,
        numerator=_number(part),
        denominator=len(part["base"]) if figure.is_rate else None,
        breakdown=figure.breakdown,
        breakdown_title=figure.breakdown_title,
        key=part["key"],
        label=part["label"],
        url=f"{figure.report.get_absolute_url()}#f{figure.pk}",
        at_least=part.get("at_least", False),
        standing=Standing(part.get("standing", Standing.COUNTED)),
        unknown=len(part.get("unknown", ())),
    )


def _number(part: FigurePart) -> Number:
    if "amounts" in part:
        return number(sum(Decimal(value) for value in part["amounts"].values()))
    return len(part["records"])


def book_of(report: Report) -> FigureBook:
    """The figures of a frozen report, as they were."""
    book = FigureBook(report.year)
    for figure in report.figures.select_related("report"):
        if figure.is_divided:
            book.parts[figure.code, figure.breakdown] = [
                stated_of(figure, part) for part in figure.parts
            ]
        else:
            key = (figure.code, figure.year, figure.breakdown, figure.key)
            book.singles[key] = stated_of(figure, figure.parts[0])
    return book


# Comparing ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AuditEvent:
    """An entry of the audit chain, told."""

    said: Words
    who: str
    at: Any
    note: str


@dataclass
class RecordDifference:
    """One record that makes the difference.

    `how`: added, dropped, moved from one part to another, or of another value.
    """

    pk: int
    how: str
    name: str
    url: str = ""
    where: str = ""
    happened: list[AuditEvent] = field(default_factory=list)


@dataclass(frozen=True)
class FrozenComparison:
    figure: ReportFigure
    frozen: list[StatedFigure]
    now: list[StatedFigure]
    changes: list[RecordDifference]
    hidden: int = 0

    @property
    def differs(self) -> bool:
        return list(map(_stated, self.frozen)) != list(map(_stated, self.now))


def _stated(figure: StatedFigure) -> tuple[object, ...]:
    return figure.key, figure.numerator, figure.denominator, figure.standing, figure.unknown


def compare(report: Report, actor: Actor) -> list[FrozenComparison]:
    """Every figure of a frozen report against today's, with the records between them that the
    reader may see.
    """
    return [_compared(report, figure, actor) for figure in report.figures.select_related("report")]


def _compared(report: Report, figure: ReportFigure, actor: Actor) -> FrozenComparison:
    parts = _parts_today(figure)
    if parts is None:
        return FrozenComparison(figure, [stated_of(figure, part) for part in figure.parts], [], [])
    changes, hidden = _changes(report, figure, parts, actor)
    frozen = [stated_of(figure, part) for part in figure.parts]
    return FrozenComparison(
        figure, frozen, [stated_of(figure, part) for part in parts], changes, hidden
    )


def _parts_today(figure: ReportFigure) -> list[FigurePart] | None:
    """None when there is no such indicator any more."""
    try:
        if figure.is_divided:
            return parts_now(figure.code, figure.year, figure.breakdown)
        wanted = queries.wanted(
            figure.code, Period.of_year(figure.year), figure.breakdown, figure.key
        )
    except queries.UnknownFigure:
        return None
    old = figure.parts[0]
    return [{"key": old["key"], "label": old["label"], **_counted(wanted)}]


def _places(parts: list[FigurePart], which: str) -> dict[int, set[str]]:
    """Record → labels of the parts it was counted in."""
    places: dict[int, set[str]] = defaultdict(set)
    for part in parts:
        for pk in part[which] or ():
            places[pk].add(part["label"])
    return places


def _changes(
    report: Report, figure: ReportFigure, parts: list[FigurePart], actor: Actor
) -> tuple[list[RecordDifference], int]:
    found: list[RecordDifference] = []
    for which in ("records", "base") if figure.is_rate else ("records",):
        before, after = _places(figure.parts, which), _places(parts, which)
        for pk in sorted(before.keys() | after.keys()):
            if (how := _how(before.get(pk), after.get(pk), which)) is not None:
                found.append(
                    RecordDifference(pk, how, "", where=_where(before.get(pk), after.get(pk)))
                )
    return _explained(report, figure, found + _revalued(figure.parts, parts), actor)


def _revalued(before: list[FigurePart], after: list[FigurePart]) -> list[RecordDifference]:
    """Records counted then and now whose value is another."""
    old, new = _amounts(before), _amounts(after)
    return [
        RecordDifference(pk, "changed", "", where=f"{old[pk]} → {new[pk]}")
        for pk in sorted(old.keys() & new.keys())
        if old[pk] != new[pk]
    ]


def _amounts(parts: list[FigurePart]) -> dict[int, str]:
    return {int(pk): value for part in parts for pk, value in part.get("amounts", {}).items()}


def _how(before: set[str] | None, after: set[str] | None, which: str) -> str | None:
    if before == after:
        return None
    how = "added" if before is None else "dropped" if after is None else "moved"
    return how if which == "records" else f"base_{how}"


def _where(before: set[str] | None, after: set[str] | None) -> str:
    labels = [join_cn(sorted(filter(None, each or ()))) for each in (before, after)]
    return " → ".join(label for label in labels if label)


def _explained(
    report: Report, figure: ReportFigure, changes: list[RecordDifference], actor: Actor
) -> tuple[list[RecordDifference], int]:
    """With names, links and what happened since.

    Records the reader may not see are counted, not named.
    """
    kind = _kind(figure.kind)
    if kind is None or not changes:
        return changes, 0
    ids = {change.pk for change in changes}
    manager = kind.model._default_manager
    seen = {
        r.pk: r
        for r in manager.filter(kind.visible(actor), pk__in=ids).select_related(*kind.related)
    }
    exist = set(manager.filter(pk__in=ids).values_list("pk", flat=True))
    happened = _happened(kind, ids, report.frozen_at)
    shown = [change for change in changes if change.pk in seen or change.pk not in exist]
    for change in shown:
        record = seen.get(change.pk)
        kept = report.labels.get(figure.kind, {}).get(str(change.pk), f"#{change.pk}")
        change.name = name_of(kind, record) if record else kept
        change.url = kind.url(record) if record else ""
        change.happened = happened.get(change.pk, [])
    return shown, len(changes) - len(shown)


def _happened(kind: RecordKind, ids: Collection[int], since: Any) -> Mapping[int, list[AuditEvent]]:
    """What the audit chain tells of each record since that moment, first things first."""
    trails = kind.trail(ids)
    of: dict[str, set[int]] = defaultdict(set)
    for trail in trails.values():
        for object_type, object_id in trail:
            of[object_type].add(object_id)
    condition = Q(pk__in=[])
    for object_type, object_ids in of.items():
        condition |= Q(object_type=object_type, object_id__in=object_ids)
    entries: dict[tuple[str, int | None], list[AuditEntry]] = defaultdict(list)
    for entry in AuditEntry.objects.filter(condition, at__gt=since).order_by("id"):
        entries[entry.object_type, entry.object_id].append(entry)
    return {pk: list(_told(trail, entries)) for pk, trail in trails.items()}


def _told(
    trail: list[tuple[str, int]], entries: Mapping[tuple[str, int | None], list[AuditEntry]]
) -> Iterator[AuditEvent]:
    found = sorted(
        (entry for place in trail for entry in entries.get(place, ())), key=lambda entry: entry.pk
    )
    for entry in found:
        note = str(entry.detail.get("note") or entry.detail.get("reason") or "")
        yield AuditEvent(said(entry.action), entry.actor_name, entry.at, note)


def said(action: str) -> Words:
    """How the flow's table tells a step; an entry that is no step goes by its own name."""
    flow, _dot, name = action.partition(".")
    line = FLOWS[flow].line(name) if flow in FLOWS else None
    return line.said if line else BEGINNINGS.get(name, action)

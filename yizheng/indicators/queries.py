"""Reads of figures from the records: their numbers, their parts, and the lists behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yizheng.core.access import Actor, Words
from yizheng.core.figures import (
    INDICATORS,
    Breakdown,
    Indicator,
    KeptYears,
    Number,
    Period,
    Records,
    Standing,
    Which,
)
from yizheng.core.figures import number as plain_number
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import BadInput
from yizheng.organisations.models import Session

from .count_queries import CountedSet, counts
from .kept_years import kept_years


class UnknownFigure(BadInput):
    """There is no such indicator, breakdown or part."""

    status = 404


Side = Literal["records", "base", "unknown", "vague", "gaps"]
"""What is counted for a figure; `vague` are the records whose value is only known to be no less."""
NO_KEY = "-"
"""Stands in an address for the records without a key."""


@dataclass(frozen=True)
class FigureRequest:
    """One number asked for: an indicator, whole or one part (`key`) of a breakdown."""

    indicator: Indicator
    period: Period
    breakdown: Breakdown | None = None
    key: str = ""

    def source(self, which: Which) -> Records:
        others = {"base": self.indicator.base, "unknown": self.indicator.unknown}
        return others.get(which) or self.indicator.records

    def records(self, which: Which = "records") -> QuerySet[Any]:
        """The list that opens; its count, or what its amounts add up to, is the number."""
        records = self.source(which)(self.period)
        if self.breakdown is None or not self.key:
            return records
        keyed = self.breakdown.keyed(records.order_by()).filter(_has_key(self.breakdown, self.key))
        return records.filter(pk__in=keyed.values("pk"))

    def url(self, which: Which = "records") -> str:
        params: dict[str, object] = dict(self.period.params)
        if self.breakdown:
            params |= {"breakdown": self.breakdown.code}
        if self.key:
            params |= {"key": self.key}
        if which != "records":
            params |= {"of": which}
        return f"{reverse('indicators:figure', args=[self.indicator.code])}?{urlencode(params)}"


@dataclass(frozen=True)
class Figure:
    """A number with what it was counted from.

    A rate has a denominator, and no value when that is nought; `unknown` records are in neither.
    What is not counted has no value either: nothing of it is kept, or there could be none.

    `vague`: one of the values added up is known only to be no less. `gaps` of the period kept no
    record; nothing at all is kept of `years_missing`.
    """

    wanted: FigureRequest
    numerator: Number
    denominator: int | None = None
    label: Words = ""
    vague: bool = False
    standing: Standing = Standing.COUNTED
    unknown: int = 0
    gaps: int = 0
    years_missing: tuple[int, ...] = ()

    @property
    def indicator(self) -> Indicator:
        return self.wanted.indicator

    @property
    def value(self) -> Decimal | None:
        """The count, or the exact share between 0 and 1; None where there is none to state."""
        if not self.is_counted:
            return None
        if self.denominator is None:
            return Decimal(self.numerator)
        return Decimal(self.numerator) / self.denominator if self.denominator else None

    @property
    def is_counted(self) -> bool:
        return self.standing is Standing.COUNTED

    @property
    def at_least(self) -> bool:
        """Whether it may be more. A rate rests on the years there are, and is none the less."""
        return self.is_counted and (self.may_hold_more or bool(self.gaps))

    @property
    def may_hold_more(self) -> bool:
        """By its own records and its years; what kept no record besides may hold nothing."""
        return self.vague or bool(self.years_missing and self.denominator is None)

    @property
    def url(self) -> str:
        return self.wanted.url()

    @property
    def unknown_url(self) -> str:
        return self.wanted.url("unknown")

    @property
    def base_url(self) -> str:
        return self.wanted.url("base")


def _has_key(breakdown: Breakdown, key: str) -> Q:
    if key != NO_KEY:
        return Q(breakdown_key__in=breakdown.keys(key))
    empty = Q(breakdown_key__isnull=True)
    return empty | Q(breakdown_key="") if breakdown.cast is str else empty


def indicator(code: str) -> Indicator:
    try:
        return INDICATORS[code]
    except KeyError:
        raise UnknownFigure(_("There is no figure “%(code)s”.") % {"code": code}) from None


def wanted(code: str, period: Period, breakdown: str = "", key: str = "") -> FigureRequest:
    """Raises UnknownFigure with a sentence when there is no such indicator, breakdown or part."""
    one = indicator(code)
    if not breakdown:
        return FigureRequest(one, period)
    by = one.breakdown(breakdown)
    if by is None:
        raise UnknownFigure(
            _("“%(figure)s” is not broken down by “%(by)s”.")
            % {"figure": one.title, "by": breakdown}
        )
    try:
        _has_key(by, key or NO_KEY)
    except ValueError:
        raise UnknownFigure(
            _("“%(by)s” has no part “%(key)s”.") % {"by": by.title, "key": key}
        ) from None
    return FigureRequest(one, period, by, key)


def figures(asked: Sequence[FigureRequest]) -> list[Figure]:
    """All of them, counted together; what several are a share of is counted once. Whether a nought
    is one is asked in one more query, for those that have one.
    """
    sets: dict[object, CountedSet] = {}
    for one in asked:
        for which in _sides(one):
            if (key := _set_of(one, which)) not in sets:
                sets[key] = _counted(one, which)
    numbers = dict(zip(sets, counts(list(sets.values())), strict=True))
    return judged([_figure(one, numbers) for one in asked])


def _figure(one: FigureRequest, numbers: Mapping[object, Number]) -> Figure:
    found = {which: numbers[_set_of(one, which)] for which in _sides(one)}
    base = found.get("base")
    return Figure(
        one,
        found["records"],
        None if base is None else int(base),
        vague=bool(found.get("vague")),
        unknown=int(found.get("unknown", 0)),
        gaps=int(found.get("gaps", 0)),
    )


def _counted(one: FigureRequest, which: Side) -> CountedSet:
    if which == "gaps":
        assert one.indicator.gaps is not None
        return one.indicator.gaps(one.period), ""
    if which == "vague":
        return one.records().filter(**{one.indicator.at_least: True}), ""
    return one.records(which), one.indicator.amount if which == "records" else ""


def _sides(one: FigureRequest) -> tuple[Side, ...]:
    indicator = one.indicator
    there: dict[Side, object] = {
        "records": True,
        "base": indicator.base,
        "unknown": indicator.unknown,
        "vague": indicator.at_least,
        "gaps": indicator.gaps,
    }
    return tuple(side for side, is_there in there.items() if is_there)


def _set_of(one: FigureRequest, which: Side) -> object:
    """The same for the same records, whichever figure counts them."""
    if which == "gaps":
        return one.indicator.gaps, one.period
    source = one.indicator.records if which == "vague" else one.source(which)
    amount = one.indicator.amount if which == "records" else ""
    return (
        source,
        which == "vague",
        one.period,
        amount,
        one.breakdown and one.breakdown.code,
        one.key,
    )


# Whether a nought is one --------------------------------------------------------------------------


def judged(counted: Sequence[Figure]) -> list[Figure]:
    """Each with its standing: the years in which its kind was kept are asked where it matters."""
    keepings = [each.indicator.kept_by for each in counted if _hangs_on_keeping(each)]
    kept = kept_years(keepings)
    return [_judged(each, kept.get(each.indicator.kept_by.code)) for each in counted]


def _hangs_on_keeping(figure: Figure) -> bool:
    """A nought does, and the sum of several years. A rate of which there is a base was kept, unless
    another record tells whether it holds.
    """
    one = figure.wanted
    if _years_of(one)[1:]:
        return True
    return not figure.numerator and (one.indicator.keeping is not None or not figure.denominator)


def _years_of(one: FigureRequest) -> list[int]:
    """Those from which it is counted; what lasts is counted as of one day."""
    period = one.period
    if one.indicator.kept_by.lasting:
        return [period.as_of.year]
    return list(range(period.first, min(period.last, max(period.first, period.as_of.year)) + 1))


def _judged(figure: Figure, kept: KeptYears | None) -> Figure:
    years = _years_of(figure.wanted)
    missing = tuple(year for year in years if kept is not None and year not in kept)
    if not _hangs_on_keeping(figure):
        missing = ()
    if not figure.numerator and len(missing) == len(years):
        return replace(figure, standing=Standing.NOT_RECORDED)
    if figure.denominator == 0:
        nothing = Standing.NOT_RECORDED if figure.unknown else Standing.NOT_APPLICABLE
        return replace(figure, standing=nothing, years_missing=missing)
    return replace(figure, years_missing=missing)


def figure(code: str, period: Period, breakdown: str = "", key: str = "") -> Figure:
    return figures([wanted(code, period, breakdown, key)])[0]


def of_period(codes: Iterable[str], period: Period) -> dict[str, Figure]:
    codes = list(codes)
    return dict(zip(codes, figures([wanted(code, period) for code in codes]), strict=True))


# Parts --------------------------------------------------------------------------------------------


def _numbers(breakdown: Breakdown, records: QuerySet[Any], amount: str = "") -> dict[Any, Number]:
    keyed = breakdown.keyed(records.order_by())
    if amount:
        return _sums(keyed, amount)
    rows = (
        keyed.values("breakdown_key")
        .annotate(n=Count("pk", distinct=True))
        .values_list("breakdown_key", "n")
    )
    return {"" if key is None else key: count for key, count in rows}


def _sums(keyed: QuerySet[Any], amount: str) -> dict[Any, Number]:
    """A record that a breakdown finds twice under one key is added once."""
    found: dict[Any, dict[int, Any]] = defaultdict(dict)
    for key, pk, value in keyed.values_list("breakdown_key", "pk", amount):
        found["" if key is None else key][pk] = value
    return {key: plain_number(sum(values.values())) for key, values in found.items()}


def _vague(whole: FigureRequest) -> Collection[Any]:
    """Keys of parts with a value that is only known to be no less."""
    field = whole.indicator.at_least
    if not field or whole.breakdown is None:
        return ()
    return _numbers(whole.breakdown, whole.records().filter(**{field: True})).keys()


def parts(code: str, period: Period, breakdown: str) -> list[Figure]:
    """A figure part by part, in the breakdown's order; only parts of which there is any record."""
    whole = wanted(code, period, breakdown)
    assert whole.breakdown is not None
    above = _numbers(whole.breakdown, whole.records(), whole.indicator.amount)
    below = _numbers(whole.breakdown, whole.records("base")) if whole.indicator.base else None
    untold = _numbers(whole.breakdown, whole.records("unknown")) if whole.indicator.unknown else {}
    labels = labels_of(whole.breakdown, above.keys() | (below or {}).keys() | untold.keys())
    vague = _vague(whole)
    gaps = whole.indicator.gaps(period).count() if whole.indicator.gaps and labels else 0
    return judged(
        [
            Figure(
                FigureRequest(
                    whole.indicator, period, whole.breakdown, NO_KEY if key == "" else str(key)
                ),
                above.get(key, 0),
                None if below is None else int(below.get(key, 0)),
                label,
                key in vague,
                unknown=int(untold.get(key, 0)),
                gaps=gaps,
            )
            for key, label in labels.items()
        ]
    )


def crossed(code: str, period: Period, rows: str, columns: str) -> dict[tuple[Any, Any], int]:
    """How many records stand under both a key of one breakdown and a key of another."""
    one, across = wanted(code, period, rows), wanted(code, period, columns)
    assert one.breakdown is not None and across.breakdown is not None
    keyed = one.breakdown.keyed(one.records().order_by()).annotate(row_key=F("breakdown_key"))
    counted = (
        across.breakdown.keyed(keyed)
        .values("row_key", "breakdown_key")
        .annotate(n=Count("pk", distinct=True))
    )
    return {
        (row, column): n for row, column, n in counted.values_list("row_key", "breakdown_key", "n")
    }


def labels_of(breakdown: Breakdown, found: Iterable[Any]) -> Mapping[Any, Words]:
    keys = set(found)
    labels = breakdown.labels(keys)
    return labels if "" in labels or "" not in keys else {**labels, "": _("not set")}


def label_of(one: FigureRequest) -> Words:
    """How the part asked for is called; nothing for the whole."""
    if one.breakdown is None or not one.key:
        return ""
    if one.key in one.breakdown.groups:
        return one.breakdown.groups[one.key][0]
    keys = ("",) if one.key == NO_KEY else one.breakdown.keys(one.key)
    return join_cn(labels_of(one.breakdown, keys).values()) or one.key


def sign_of(one: FigureRequest) -> str:
    """The counter of a figure, or that of the part asked for."""
    own = one.breakdown.signs().get(one.key) if one.breakdown and one.key else None
    return own or one.indicator.measure.sign


def no_less(number: str, at_least: bool) -> str:
    """The number on a page: 220+ where it may be more."""
    return f"{number}+" if at_least else number


# The list behind ----------------------------------------------------------------------------------


def listed(one: FigureRequest, actor: Actor, which: Which = "records") -> QuerySet[Any]:
    """The records behind a number that the reader may see."""
    kind = one.indicator.kind
    found = one.records(which).filter(kind.visible(actor)).select_related(*kind.related)
    return found if found.ordered else found.order_by("pk")


# Periods ------------------------------------------------------------------------------------------


def years() -> list[int]:
    """Years of the sessions there are, newest first."""
    return sorted(set(Session.objects.order_by().values_list("year", flat=True)), reverse=True)


def period_of_session(session: Session) -> Period:
    return Period(session.year, session.year, session.pk, str(session))

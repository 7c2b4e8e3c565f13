"""The figures from the records, as the reader of texts asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from yizheng.core import tenancy
from yizheng.core.figures import INDICATORS, PLUS, Breakdown, Number, Period
from yizheng.core.sayings import SAYINGS, BreakdownPart, Saying
from yizheng.organisations.models import Organisation

from . import periods, queries, wording
from .queries import Figure, FigureRequest
from .reading import TextPeriod as TextPeriod
from .reading.verdict import OurFigure

# Words of the reader for one indicator's parts → our indicator and its breakdown.
PARTS_OF = {
    "proposals.by_kind": ("proposals.filed", "kind"),
    "proposals.by_category": ("proposals.filed", "category"),
    "proposals.by_class": ("proposals.handled", "class"),
}
CLASS_ORDER = "ABCD"
LONGEST_SUFFIX = 4


def county_sayings() -> list[Saying]:
    """What this county's own regulation calls its kinds, forms, programmes and measures, as words
    for their figures.
    """
    return [labelled for saying in SAYINGS if saying.labels_of for labelled in _labelled(saying)]


def here() -> tuple[str, ...]:
    """How a text names this place, the longest first: 云溪县政协, 云溪县, 云溪."""
    organisation = Organisation.objects.get(pk=tenancy.current())
    place = organisation.short_name.removesuffix("政协")
    return tuple(
        dict.fromkeys(
            name
            for name in (organisation.name, organisation.short_name, place, place.rstrip("县区市"))
            if len(name) > 1
        )
    )


def _labelled(saying: Saying) -> Iterator[Saying]:
    by = INDICATORS[saying.code].breakdown(saying.labels_of)
    assert by is not None
    signs = by.signs()
    for key, label in by.known().items():
        units = saying.units | {signs[key]} if key in signs else saying.units
        about = ((by.code, str(key)),) if by.code in ("kind", "form") else ()
        yield replace(
            saying,
            words=(str(label),),
            units=units,
            part=(by.code, str(key)),
            labels_of="",
            about=about,
        )


class RecordFigures:
    """Looks figures up, each once. What a text does not date is of the `default` period.

    Of years and sessions there are no records of, nothing is known: that is no difference. Nor is
    it where nothing of the kind is kept, as in an office that does not record who attended.
    """

    def __init__(self, default: Period | None) -> None:
        self.default = default
        self._found: dict[
            tuple[str, TextPeriod | None, BreakdownPart | None], OurFigure | None
        ] = {}

    def value(
        self, indicator: str, period: TextPeriod | None, breakdown: BreakdownPart | None
    ) -> OurFigure | None:
        asked = (indicator, period, breakdown)
        if asked not in self._found:
            wanted = self.wanted(indicator, period, breakdown)
            self._found[asked] = _as_ours(wanted) if wanted else None
        return self._found[asked]

    def wanted(
        self, indicator: str, said: TextPeriod | None, breakdown: BreakdownPart | None
    ) -> FigureRequest | None:
        """What the text's words stand for among our figures, if anything."""
        period = periods.of_text(said, self.default)
        if period is None:
            return None
        if indicator in PARTS_OF:
            return _part(*PARTS_OF[indicator], period, breakdown) if breakdown else None
        if indicator not in INDICATORS:
            return None
        if breakdown is not None:
            return _part(indicator, breakdown[0], period, breakdown)
        return queries.wanted(indicator, period)


def _part(code: str, by: str, period: Period, said: BreakdownPart) -> FigureRequest | None:
    breakdown = INDICATORS[code].breakdown(by)
    if breakdown is None or breakdown.code != said[0]:
        return None
    keys = [
        _key(breakdown, name)
        for name in (said[1].split(PLUS) if breakdown.code != "category" else (said[1],))
    ]
    return queries.wanted(code, period, by, PLUS.join(filter(None, keys))) if all(keys) else None


def _key(breakdown: Breakdown, name: str) -> str | None:
    """Our key for a part as a text calls it: its code or group, its label, or a label that begins
    with it.
    """
    if name in breakdown.groups:
        return name
    known = {str(key): str(label) for key, label in breakdown.known().items()}
    if name in known:
        return name
    if breakdown.code == "class" and name in CLASS_ORDER:
        return _class_of(known, name)
    exact = [key for key, label in known.items() if label == name]
    short = [key for key, label in known.items() if _is_short_for(name, label)]
    return exact[0] if exact else short[0] if len(short) == 1 else None


def _class_of(known: dict[str, str], letter: str) -> str | None:
    """Where classes go by words, the first of them is what others call A, and so on."""
    place = CLASS_ORDER.index(letter)
    lettered = any(key in CLASS_ORDER for key in known)
    return None if lettered or place >= len(known) else list(known)[place]


def _is_short_for(name: str, label: str) -> bool:
    """经济 for 经济建设, 生态文明 for 生态文明建设."""
    return len(name) > 1 and label.startswith(name) and len(label) - len(name) <= LONGEST_SUFFIX


def _as_ours(wanted: FigureRequest) -> OurFigure | None:
    [figure] = queries.figures([wanted])
    value = figure.value
    if value is None:
        return None
    if figure.denominator is not None:
        return _ours(figure, value * 100, figure.numerator, figure.denominator)
    if wanted.breakdown is None or not wanted.indicator.whole:
        return _ours(figure, value, None, None)
    # A part can be said as a share of its whole: A类占23.9%.
    [whole] = queries.figures([FigureRequest(wanted.indicator, wanted.period)])
    return _ours(figure, value, figure.numerator, whole.numerator)


def _ours(
    figure: Figure, value: Decimal, numerator: Number | None, denominator: Number | None
) -> OurFigure:
    stated = wording.state(figure)
    title = f"{stated.title} · {stated.label}" if stated.label else stated.title
    return OurFigure(
        value, stated.unit, numerator, denominator, figure.url, title, figure.may_hold_more
    )

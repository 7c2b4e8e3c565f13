"""Checks of parts against their total: outcomes of the review, kinds of proposer, categories,
result classes, and plain 其中.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from .contexts import Layout
from .meaning import is_rest
from .percentages import shown
from .results import FoundFigure
from .statements import (
    CATEGORY,
    CLASS,
    FILED,
    HANDLED,
    KIND,
    MERGED,
    NOT_FILED,
    RECEIVED,
    UNDECIDED,
    Ledger,
    LedgerEntry,
    Statement,
    distinct,
)

_ANNOUNCED = ("其中", "包括", "分别", "含", "(", "（")
_MOST_PARTS = 50
_TOTALLED = ("合计", "总计", "合计为", "总计为", "合计达")
_PERHAPS_TOTALLED = ("共", "共计", "一共", "总共", "共有")
_EVERY_CLASS = {"A", "B", "C"}


def sums(layout: Layout, ledger: Ledger) -> Iterator[Statement]:
    claimed: set[int] = set()
    for statement in (
        *_outcomes(ledger),
        *_breakdowns(layout, ledger),
        *_merged_groups(layout, ledger),
    ):
        claimed.update(entry.index for entry in statement.entries)
        yield statement
    yield from _plain(layout, ledger, claimed)
    yield from _added_up(ledger)


def added(parts: Sequence[LedgerEntry], total: LedgerEntry) -> Statement:
    summed = sum((part.value for part in parts), Decimal(0))
    holds = summed == total.value
    expression = "+".join(shown(part.value) for part in parts) + f"={shown(summed)}"
    printed = expression if holds else f"{expression}≠{shown(total.value)}"
    return Statement("sum", printed, holds, (*parts, total), claim=parts[0])


# Outcomes of the review


def _outcomes(ledger: Ledger) -> Iterator[Statement]:
    for frame in ledger.frames():
        filed = _first(ledger, frame, FILED)
        received = ledger.total(filed, RECEIVED) if filed else None
        refused = distinct(
            ledger.select(
                frame, lambda found: found.indicator == NOT_FILED and found.nested is None
            )
        )
        if received and filed and refused:
            beside = [_first(ledger, frame, MERGED), _first(ledger, frame, UNDECIDED)]
            yield _outcome(received, filed, refused, [entry for entry in beside if entry])


def _outcome(
    received: LedgerEntry, filed: LedgerEntry, refused: list[LedgerEntry], beside: list[LedgerEntry]
) -> Statement:
    """Merged proposals, and those withdrawn or still under review, are counted among the filed in
    one place, beside them in another, and passed over in a third: whichever way adds up is the one
    that was meant.
    """
    choices = [
        list(some) for count in range(len(beside) + 1) for some in combinations(beside, count)
    ]
    ways = [[filed, *some, *rest] for some in choices for rest in (refused, refused[:1])]
    tried = [added(way, received) for way in ways]
    return next((statement for statement in tried if statement.holds), tried[0])


def _first(ledger: Ledger, frame: int, indicator: str) -> LedgerEntry | None:
    found = ledger.select(
        frame,
        lambda found: (
            found.indicator == indicator and found.breakdown is None and found.nested is None
        ),
    )
    return found[0] if found else None


# Breakdowns


def _breakdowns(layout: Layout, ledger: Ledger) -> Iterator[Statement]:
    for parts in _runs(ledger):
        totals = _totals(layout, ledger, parts)
        tried = [added(parts, total) for total in totals]
        holding = next((statement for statement in tried if statement.holds), None)
        if holding:
            yield holding
        elif tried and (_is_complete(layout, parts) or _too_much(parts, totals)):
            yield tried[0]


def _runs(ledger: Ledger) -> Iterator[list[LedgerEntry]]:
    """Neighbouring parts of one breakdown, at least two, within a paragraph."""
    entries = [entry for entry in ledger.counts() if entry.found.nested is None]
    for (indicator, *_), run in groupby(entries, lambda entry: _family(entry, ledger)):
        parts = list(run)
        if indicator in (KIND, CATEGORY, CLASS) and len(parts) > 1:
            yield parts


def _family(entry: LedgerEntry, ledger: Ledger) -> tuple[str | None, int, int]:
    return entry.found.indicator, entry.found.paragraph, ledger.frame(entry)


def _totals(layout: Layout, ledger: Ledger, parts: list[LedgerEntry]) -> list[LedgerEntry]:
    """What the parts may add up to, the likeliest first: what their own sentence names, then the
    others.
    """
    first = parts[0]
    sentence = layout.text[layout.sentence_start(first.found.start) : first.found.start]
    order = (
        [HANDLED, FILED, RECEIVED] if first.found.indicator == CLASS else [FILED, RECEIVED, HANDLED]
    )
    if "收到" in sentence and "立案" not in sentence:
        order = [RECEIVED, FILED, HANDLED]
    totals = [total for indicator in order if (total := ledger.total(first, indicator))]
    return distinct([total for total in totals if total not in parts])


def _is_complete(layout: Layout, parts: list[LedgerEntry]) -> bool:
    """Whether the text says that nothing is missing: a rest is named, or all kinds or classes are
    there.
    """
    names = {part.found.breakdown[1] for part in parts if part.found.breakdown}
    indicator = parts[0].found.indicator
    if indicator == KIND:
        return "collective" in names and ("member" in names or {"joint", "individual"} <= names)
    if indicator == CLASS:
        return names >= _EVERY_CLASS
    return is_rest(parts[-1].found)


def _too_much(parts: list[LedgerEntry], totals: list[LedgerEntry]) -> bool:
    """A part greater than every total there is. Parts that overlap may together exceed it."""
    return max(part.value for part in parts) > max(total.value for total in totals)


# Brackets and 其中


def _merged_groups(layout: Layout, ledger: Ledger) -> Iterator[Statement]:
    """合并处理11件(其中2案并1案的5件, 3案并1案的3件 …): the bracket lists them all."""
    for total, parts in _listed(layout, ledger.entries):
        if total.found.indicator == MERGED and all(part.found.breakdown for part in parts):
            yield added(parts, total)


def _plain(layout: Layout, ledger: Ledger, claimed: set[int]) -> Iterator[Statement]:
    for total, parts in _listed(layout, ledger.entries):
        if not claimed.issuperset(part.index for part in parts):
            statement = added(parts, total)
            if (
                statement.holds
                or _names_all(total.found, [part.found for part in parts])
                or _too_much(parts, [total])
            ):
                yield statement


def _listed(
    layout: Layout, entries: list[LedgerEntry]
) -> Iterator[tuple[LedgerEntry, list[LedgerEntry]]]:
    """A total and the parts announced after it in the same sentence, counted in the same unit."""
    for total, next_one in pairwise(entries):
        if not total.found.exact:
            continue
        between = layout.text[total.found.end : next_one.found.start]
        if any(word in between for word in _ANNOUNCED) and len(between) < 20:
            parts = list(_parts(total.found, entries, next_one.index))
            if len(parts) > 1:
                yield total, parts


def _parts(total: FoundFigure, entries: Sequence[LedgerEntry], first: int) -> Iterator[LedgerEntry]:
    """Until the sentence or the bracket ends; brackets within a list explain a part and are passed
    over.
    """
    level = entries[first].found.nested
    for place in range(first, min(first + _MOST_PARTS, len(entries))):
        entry = entries[place]
        found = entry.found
        if found.sentence != total.sentence or (level is not None and found.nested != level):
            return
        if found.nested != level:
            continue
        if found.unit != total.unit or not found.exact:
            return
        yield entry


def _names_all(total: FoundFigure, parts: list[FoundFigure]) -> bool:
    """建议提案517件, 其中建议354件、提案163件: the parts' names together are the total's."""
    names = [part.left.lstrip("、，,；;其中") for part in parts]
    joined = ("".join(names), "、".join(names), "和".join(names))
    return all(names) and total.left.endswith(joined)


def _added_up(ledger: Ledger) -> Iterator[Statement]:
    """收到提案12件、建议35件，合计47件: the total closes the list."""
    for total in ledger.entries:
        words = total.found.left.strip("、，,；; ")
        if words in (*_TOTALLED, *_PERHAPS_TOTALLED) and total.found.exact:
            statement = _closing(list(_before(ledger, total))[::-1], total)
            if statement and (statement.holds or words in _TOTALLED):
                yield statement


def _closing(parts: list[LedgerEntry], total: LedgerEntry) -> Statement | None:
    """The first number before may be the same total, said ahead of its parts."""
    ways = [way for way in (parts, parts[1:]) if len(way) > 1]
    tried = [added(way, total) for way in ways]
    return next((statement for statement in tried if statement.holds), tried[0] if tried else None)


def _before(ledger: Ledger, total: LedgerEntry) -> Iterator[LedgerEntry]:
    same = (total.found.sentence, total.found.unit)
    for entry in ledger.before(total):
        found = entry.found
        if (found.sentence, found.unit) != same or not found.exact or found.nested is not None:
            return
        yield entry

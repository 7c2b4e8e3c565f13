"""The statements a text makes of its figures, as arithmetic needs them: totals to measure against,
and what is said of each.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from .phrases import PROPOSAL_UNITS
from .results import FoundFigure

RECEIVED, FILED, NOT_FILED = "proposals.received", "proposals.filed", "proposals.not_filed"
UNDECIDED = "proposals.undecided"
MERGED, HANDLED = "proposals.merged", "proposals.handled"
KIND, CATEGORY, CLASS = "proposals.by_kind", "proposals.by_category", "proposals.by_class"
NOT_MENTIONED = -1
TOTALS = (FILED, RECEIVED, HANDLED)


@dataclass(frozen=True)
class LedgerEntry:
    """A figure and its place among the mentions."""

    index: int
    found: FoundFigure

    @property
    def value(self) -> Decimal:
        assert self.found.value is not None
        return self.found.value


@dataclass(frozen=True)
class Statement:
    """An arithmetic result over entries, before it is given its place in the text."""

    kind: str
    expression: str
    holds: bool
    entries: tuple[LedgerEntry, ...]
    claim: LedgerEntry


class Ledger:
    def __init__(self, founds: list[FoundFigure]) -> None:
        self.entries = [LedgerEntry(index, found) for index, found in enumerate(founds)]
        self._frames = self._framed()
        self._counts: defaultdict[int, list[LedgerEntry]] = defaultdict(list)
        self._totals: defaultdict[tuple[int, str], list[LedgerEntry]] = defaultdict(list)
        self._index()

    def _index(self) -> None:
        for entry in self.counts():
            frame, found = self.frame(entry), entry.found
            self._counts[frame].append(entry)
            if found.indicator and found.breakdown is None:
                self._totals[frame, found.indicator].append(entry)

    def _framed(self) -> list[int]:
        """A new frame begins where another number of proposals received is named, as for another
        session.
        """
        frames, frame, received = [], 0, None
        for entry in self.entries:
            found = entry.found
            if found.indicator == RECEIVED and found.exact and found.nested is None:
                frame += received is not None and received != found.value
                received = found.value
            frames.append(frame)
        return frames

    def frame(self, entry: LedgerEntry) -> int:
        return self._frames[entry.index]

    def counts(self) -> Iterator[LedgerEntry]:
        return (entry for entry in self.entries if is_exact_count(entry.found))

    def select(self, frame: int, wanted: Callable[[FoundFigure], bool]) -> list[LedgerEntry]:
        return [entry for entry in self._counts[frame] if wanted(entry.found)]

    def total(self, near: LedgerEntry, indicator: str) -> LedgerEntry | None:
        """The total of the same frame: the last one before, else the first after."""
        totals = self._totals[self.frame(near), indicator]
        before = bisect_left(totals, near.index, key=lambda entry: entry.index)
        others = [*totals[max(0, before - 1) : before], *totals[before : before + 2]]
        return next((entry for entry in others if entry.index != near.index), None)

    def before(self, entry: LedgerEntry) -> Iterator[LedgerEntry]:
        """Backwards."""
        return (self.entries[place] for place in range(entry.index - 1, -1, -1))

    def sentence(self, near: LedgerEntry) -> Iterator[LedgerEntry]:
        """All of the sentence `near` stands in."""
        start = near.index
        while start and self.entries[start - 1].found.sentence == near.found.sentence:
            start -= 1
        rest = (self.entries[place] for place in range(start, len(self.entries)))
        return takewhile(lambda entry: entry.found.sentence == near.found.sentence, rest)

    def frames(self) -> range:
        return range(max(self._frames, default=-1) + 1)


def is_exact_count(found: FoundFigure) -> bool:
    return found.exact and found.unit in PROPOSAL_UNITS


def distinct(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """Without restatements of the same number (收到271件 … 收到的271件提案中)."""
    seen: set[Decimal] = set()
    kept = []
    for entry in entries:
        if entry.value not in seen:
            kept.append(entry)
            seen.add(entry.value)
    return kept

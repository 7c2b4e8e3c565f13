"""Classes of what reading a text yields. Offsets are places in the text as it was given, damage
included.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from yizheng.core.sayings import BreakdownPart

Meaning = tuple[str, BreakdownPart | None]
"""An indicator, whole or a part of it."""


@dataclass(frozen=True)
class TextPeriod:
    """A `year`, the `years` from–to, or a `session` (term 届 and session 次会议; either may be left
    unsaid). `open`: the text leaves it open (近年来).
    """

    kind: str
    label: str
    start: int | None = None
    end: int | None = None
    term: int | None = None
    session: int | None = None

    @classmethod
    def of_year(cls, year: int) -> "TextPeriod":
        return cls("year", str(year), start=year, end=year)

    @classmethod
    def of_years(cls, start: int, end: int) -> "TextPeriod":
        return cls("years", f"{start}-{end}", start=start, end=end)


@dataclass(frozen=True)
class Mention:
    """A figure the text states.

    Without a value it is `unreadable`: a digit was lost and is never guessed.

    `upper` is the far end of a range (3至5件); `subject` the words that say what is counted,
    repaired. `others` are what the same words may mean as well. `narrowed` words count a part of
    the indicator that our records do not tell apart.
    """

    text: str
    value: Decimal | None
    unit: str
    approx: str
    start: int
    end: int
    subject: str
    indicator: str | None = None
    breakdown: BreakdownPart | None = None
    period: TextPeriod | None = None
    upper: Decimal | None = None
    unreadable: bool = False
    others: tuple[Meaning, ...] = ()
    narrowed: bool = False


@dataclass(frozen=True)
class Arithmetic:
    """One statement of the text about its own figures, worked out: `sum`, `share`, `rate` or
    `merge`.
    """

    kind: str
    expression: str
    holds: bool
    start: int
    end: int
    mentions: tuple[int, ...]


@dataclass(frozen=True)
class TextReading:
    mentions: tuple[Mention, ...]
    arithmetic: tuple[Arithmetic, ...]


@dataclass
class FoundFigure:
    """A figure while the text is being read: places are those of the repaired text."""

    start: int
    end: int
    value: Decimal | None
    unit: str
    approx: str = ""
    upper: Decimal | None = None
    left: str = ""
    right: str = ""
    nested: int | None = None
    sentence: int = 0
    paragraph: int = 0
    subject: str = ""
    indicator: str | None = None
    breakdown: BreakdownPart | None = None
    period: TextPeriod | None = None
    others: list[Meaning] = field(default_factory=list)
    narrowed: bool = False
    about: tuple[BreakdownPart, ...] = ()

    @property
    def exact(self) -> bool:
        return self.value is not None and not self.approx and self.upper is None

    @property
    def is_percent(self) -> bool:
        return self.unit == "%"

"""How a contact stands in a year: how often it should have been, how often it was, by when the next
one is due.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

Level = Literal["late", "open", "reached"]


@dataclass(frozen=True)
class LinkStanding:
    count: int
    required: int
    due_on: dt.date | None
    level: Level

    @property
    def never(self) -> bool:
        return self.count == 0


def standing(
    least: int, count: int, year: int, today: dt.date, since: dt.date, until: dt.date | None = None
) -> LinkStanding:
    """A link that began within the year owes its share of the yearly number, at least one; the
    times are spread evenly.
    """
    first, last = max(since, dt.date(year, 1, 1)), min(until or dt.date.max, dt.date(year, 12, 31))
    days, whole = (last - first).days + 1, (dt.date(year, 12, 31) - dt.date(year, 1, 1)).days + 1
    required = math.ceil(least * days / whole) if least and days > 0 else 0
    if count >= required:
        return LinkStanding(count, required, None, "reached")
    due = first + dt.timedelta(days=math.ceil((count + 1) * days / required) - 1)
    return LinkStanding(count, required, due, "late" if due < today else "open")

"""The sittings (half days) of an activity, by which attendance is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

MORNING = (dt.time(8, 30), dt.time(12, 0))
AFTERNOON = (dt.time(14, 0), dt.time(17, 30))
EVENING = (dt.time(18, 30), dt.time(22, 0))
SHORTEST = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(days=7)
"""What lasts longer (a class online, a survey over weeks) is one sitting: nobody sits there every
half day.
"""

Span = tuple[dt.datetime, dt.datetime]


def half_days(starts_at: dt.datetime, ends_at: dt.datetime) -> list[Span]:
    """Mornings and afternoons between; an evening only where it begins or ends in one."""
    if ends_at - starts_at > LONGEST:
        return [(starts_at, ends_at)]
    found = [
        span
        for span in _halves(starts_at, ends_at)
        if _shared(span, starts_at, ends_at) >= SHORTEST
    ]
    if not found:
        return [(starts_at, ends_at)]
    found[0] = (starts_at, found[0][1])
    found[-1] = (found[-1][0], ends_at)
    return [(max(begin, starts_at), end) for begin, end in found]


def _halves(starts_at: dt.datetime, ends_at: dt.datetime) -> Iterator[Span]:
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    for offset in range((last - first).days + 1):
        day = first + dt.timedelta(days=offset)
        for begin, end in (MORNING, AFTERNOON, *([EVENING] if day in (first, last) else [])):
            if begin == EVENING[0] and not _in_the_evening(day, starts_at, ends_at):
                continue
            yield moment(day, begin), moment(day, end)


def _in_the_evening(day: dt.date, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
    evening = moment(day, EVENING[0])
    begins = timezone.localdate(starts_at) == day and starts_at >= moment(day, AFTERNOON[1])
    return begins or (timezone.localdate(ends_at) == day and ends_at > evening)


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def _shared(span: Span, starts_at: dt.datetime, ends_at: dt.datetime) -> dt.timedelta:
    return min(span[1], ends_at) - max(span[0], starts_at)

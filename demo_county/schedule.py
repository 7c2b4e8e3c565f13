"""Stories told in the order of time: each is a generator that yields the moment at which it goes
on.
"""

from __future__ import annotations

import datetime as dt
import heapq
import logging
from collections.abc import Callable, Iterator

from django.utils import timezone

from yizheng.core import clock
from yizheng.core.refusals import Refusal

Story = Iterator[dt.datetime]
logger = logging.getLogger(__name__)


def tell(stories: list[Story], until: dt.datetime, progress: Callable[[int, int], None]) -> int:
    """Take all stories forward to a moment, one step at a time, first things first.

    Returns how many steps were taken.
    """
    waiting: list[tuple[dt.datetime, int, Story]] = []
    for place, story in enumerate(stories):
        if (moment := next(story, None)) is not None:
            heapq.heappush(waiting, (moment, place, story))
    steps, total, last = 0, len(waiting), dt.datetime.min.replace(tzinfo=dt.UTC)
    while waiting:
        moment, place, story = heapq.heappop(waiting)
        moment = last = max(moment, last)
        if moment >= until:
            progress(total, total)
            return steps
        with clock.at(moment):
            following = _go_on(story)
        steps += 1
        if following is not None:
            heapq.heappush(waiting, (max(following, moment), place, story))
        if steps % 25 == 0:
            progress(total - len(waiting), total)
    return steps


def _go_on(story: Story) -> dt.datetime | None:
    """A story that meets a refusal ends there, as it would in an office: holidays move dates past
    each other.
    """
    try:
        return next(story, None)
    except Refusal as refusal:
        logger.info("a story of the demo county ends: %s", refusal)
        return None


def moment(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def working_moment(
    after: dt.datetime, working_days: int, hour: int, minute: int, days: clock.Calendar
) -> dt.datetime:
    """So many working days later, in office hours."""
    local = timezone.localdate(after)
    return moment(
        days.add_working_days(local, working_days) if working_days else local, hour, minute
    )

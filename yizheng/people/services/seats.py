"""Changes of a seat: what it is from a day on, or put right as it was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.core.dated import holding
from yizheng.core.refusals import Wrong

from ..models import Membership, SeatPeriod
from ..seats import COLUMNS, OF_PERIOD


def put(
    member: Membership, values: Mapping[str, Any], on: dt.date | None, decided_by: str
) -> list[str]:
    """The values into the seat, from the day on; without a day what was entered wrongly is put
    right, for the whole of the present period. Answers the names of the fields that change.

    A page shows the seat of today: what differs from that was changed, and a change planned for a
    day to come keeps the rest. From the very day of the last change all of it is said anew.
    """
    given = {name: values[name] for name in OF_PERIOD if name in values}
    changed = {name: each for name, each in given.items() if each != getattr(member, name)}
    last = member.periods.filter(until=None).first()
    if on is not None and last is not None and last.since == on:
        changed = {name: each for name, each in given.items() if each != getattr(last, name)}
        _say(last, {**changed, "decided_by": decided_by} if changed else {})
    elif changed and on is not None:
        _begin(member, last, changed, on, decided_by)
    elif changed:
        now = (each for each in member.periods.all() if each.holds(clock.today()))
        _say(next(now, last), changed)
    if on is None or on <= clock.today():
        doors.put(member, changed)
    return list(changed)


def _say(period: SeatPeriod | None, values: Mapping[str, Any]) -> None:
    if period is not None and values:
        doors.put(period, values)
        period.save()


def _begin(
    member: Membership,
    last: SeatPeriod | None,
    changed: Mapping[str, Any],
    on: dt.date,
    decided_by: str,
) -> None:
    stands = {name: getattr(last or member, name) for name in OF_PERIOD}
    before = last or SeatPeriod(membership=member, **stands)
    before.until = on - dt.timedelta(days=1)
    before.save()
    new = {**stands, **changed}
    SeatPeriod(membership=member, since=on, decided_by=decided_by, **new).save()


def wrong_in_day(member: Membership, on: dt.date) -> Wrong:
    """A change belongs into the seat's own time, after the change before it."""
    wrong, last = Wrong(), member.periods.filter(until=None).first()
    wrong.when(
        on <= member.since,
        _("The seat began on %(day)s; what it was from then on is put right without a day.")
        % {"day": member.since},
        "on",
    )
    wrong.when(
        member.until and on > member.until,
        _("The seat ended on %(day)s.") % {"day": member.until},
        "on",
    )
    wrong.when(
        last and last.since and on < last.since,
        _("The last change holds from %(day)s; the next begins after it.")
        % {"day": last and last.since},
        "on",
    )
    return wrong


def take_effect(by: Actor) -> int:
    """In the night: what a seat is from a day that has come is its own, also where a night was
    missed; returns how many changed.
    """
    due = SeatPeriod.objects.filter(holding(clock.today()), since__lte=clock.today())
    found = due.select_related("membership").order_by("pk")
    return sum(_take(period, by) for period in found if _differing(period))


def _differing(period: SeatPeriod) -> dict[str, Any]:
    found = {name: getattr(period, name) for name in COLUMNS}
    return {name: each for name, each in found.items() if each != getattr(period.membership, name)}


def _take(period: SeatPeriod, by: Actor) -> bool:
    with doors.editing(period.membership, "member.changed", by=by, rule=None) as edit:
        edit.put(_differing(period))
    return True

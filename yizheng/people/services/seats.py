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
from ..seats import OF_PERIOD


def put(
    member: Membership, values: Mapping[str, Any], on: dt.date | None, decided_by: str
) -> list[str]:
    """The values into the seat, from the day on; without a day what was entered wrongly is put
    right, for the whole of the present period. Answers the names of the fields that change.
    """
    new = {name: values[name] for name in OF_PERIOD if name in values}
    last = member.periods.filter(until=None).first()
    stands = {name: getattr(last or member, name) for name in OF_PERIOD}
    changed = [name for name in new if new[name] != stands[name]]
    if not changed:
        return []
    if on is not None:
        _begin(member, last, stands, stands | new, on, decided_by)
    elif last is not None:
        doors.put(last, new)
        last.save()
    if on is None or on <= clock.today():
        doors.put(member, new)
    return changed


def _begin(
    member: Membership,
    last: SeatPeriod | None,
    stands: Mapping[str, Any],
    new: Mapping[str, Any],
    on: dt.date,
    decided_by: str,
) -> None:
    if last is not None and last.since == on:
        doors.put(last, {**new, "decided_by": decided_by})
        last.save()
        return
    before = last or SeatPeriod(membership=member, **stands)
    before.until = on - dt.timedelta(days=1)
    before.save()
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
    """In the night: a change whose day has come is the seat's own; returns how many."""
    due = SeatPeriod.objects.filter(holding(clock.today()), since=clock.today())
    return sum(_take(period, by) for period in due.select_related("membership"))


def _take(period: SeatPeriod, by: Actor) -> bool:
    values = {name: getattr(period, name) for name in OF_PERIOD}
    with doors.editing(period.membership, "member.changed", by=by, rule=None) as edit:
        return bool(doors.put(edit.row, values))

"""The rota of a venue: which days of service come of what is asked for, and what is wrong there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.refusals import Wrong

from .models import RotaDay, Venue, VenueMember

LONGEST = 200


def days_of(
    first: dt.date, last: dt.date, weekdays: Sequence[int], calendar: clock.Calendar | None
) -> list[dt.date]:
    """The chosen weekdays of a time, without days off when a calendar is given."""
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return [
        day
        for day in days
        if day.weekday() in weekdays and (calendar is None or calendar.is_working_day(day))
    ]


def wrong_in_filling(venue: Venue, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    wrong, members, days = _wrong_in_hours(values), values.get("members"), values.get("days")
    wrong.when(
        days is not None and not days,
        _("No day is left: choose other weekdays or a longer time."),
        "weekdays",
    )
    if not members or not days:
        return wrong
    count = len(days) * (len(members) if values.get("together") else 1)
    wrong.when(
        count > LONGEST,
        _("That is %(n)s days of service; at most %(most)s at once.")
        % {"n": count, "most": LONGEST},
        "last",
    )
    new = new_days(venue, values)
    wrong.when(not new, _("All these days stand on the rota already."), "last")
    say_absent(wrong, venue, new, "members")
    return wrong


def _wrong_in_hours(values: Mapping[str, Any]) -> Wrong:
    wrong, begins, ends = Wrong(), values.get("begins"), values.get("ends")
    wrong.when(begins and ends and ends <= begins, _("The time ends before it begins."), "ends")
    return wrong


def new_days(venue: Venue, values: Mapping[str, Any]) -> list[tuple[dt.date, Any]]:
    members, days = values["members"], values["days"]
    pairs = (
        [(day, m) for day in days for m in members]
        if values.get("together")
        else [(d, members[n % len(members)]) for n, d in enumerate(days)]
    )
    there = set(venue.rota.filter(day__in=days).values_list("day", "membership_id"))
    return [(day, member) for day, member in pairs if (day, member.pk) not in there]


def say_absent(
    wrong: Wrong, venue: Venue, pairs: Sequence[tuple[dt.date, Any]], field: str
) -> None:
    """Each of them serves here, and is a member, on their own day; of each the first other day."""
    places = list(
        venue.members.filter(membership__in={member.pk for _day, member in pairs}).select_related(
            "membership"
        )
    )
    absent: dict[Any, dt.date] = {}
    for day, member in pairs:
        own = [place for place in places if place.membership_id == member.pk]
        if not any(_serves(place, day) for place in own):
            absent.setdefault(member, day)
    for member, day in absent.items():
        sentence = _("%(name)s does not serve here on %(day)s.")
        wrong.when(True, sentence % {"name": member, "day": day}, field)


def _serves(place: VenueMember, day: dt.date) -> bool:
    member = place.membership
    return clock.holds(day, place.since, place.until) and clock.holds(
        day, member.since, member.until
    )


def wrong_in_day(row: RotaDay, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    wrong, member, day = _wrong_in_hours(values), values.get("member"), values.get("day")
    if not member or not day:
        return wrong
    others = row.venue.rota.filter(day=day, membership=member).exclude(pk=row.pk)
    wrong.when(
        others.exists(), _("%(name)s serves here on that day already.") % {"name": member}, "day"
    )
    if (row.membership_id, row.day) != (member.pk, day):
        say_absent(wrong, row.venue, [(day, member)], "member")
    return wrong

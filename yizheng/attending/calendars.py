"""The calendar of what is held: a month in weeks, a list, and the feed that telephones subscribe
to.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from yizheng.activities.models import Activity, Participant, Sitting
from yizheng.activities.queries import visible_to
from yizheng.activities.rules import is_invited
from yizheng.core import clock, tenancy
from yizheng.core.access import Actor
from yizheng.core.punctuation import bracketed
from yizheng.people.models import Account
from yizheng.people.queries import actor_of

from .models import CalendarFeed

BACK, AHEAD = dt.timedelta(days=120), dt.timedelta(days=400)


def within(
    actor: Actor, first: dt.date, after: dt.date, *, kind: str = "", mine: bool = False
) -> QuerySet[Activity]:
    """What the actor may see between two days; `mine`: only where they are on the list."""
    begin, end = (
        timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (first, after)
    )
    found = (
        visible_to(actor).filter(starts_at__lt=end, ends_at__gte=begin).order_by("starts_at", "pk")
    )
    if kind:
        found = found.filter(kind=kind)
    if mine:
        found = found.filter(
            pk__in=Participant.objects.filter(is_invited.scope(actor)).values("activity")
        )
    return found


FARTHEST = 100
"""Years from now whose months are shown."""


@dataclass(frozen=True)
class MonthDay:
    date: dt.date
    in_month: bool
    is_today: bool
    activities: Sequence[Activity]


def month_grid(first: dt.date, activities: Sequence[Activity]) -> list[list[MonthDay]]:
    """Weeks from Monday; what lasts several days stands on each of them."""
    today = clock.today()
    spans = [
        (timezone.localdate(a.starts_at), timezone.localdate(a.ends_at), a) for a in activities
    ]
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    return [
        [
            MonthDay(
                day,
                day.month == first.month,
                day == today,
                [a for begin, end, a in spans if begin <= day <= end],
            )
            for day in week
        ]
        for week in weeks
    ]


def span_of(first: dt.date) -> tuple[dt.date, dt.date]:
    """The first day of the month's grid, and the day after its last."""
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    return weeks[0][0], weeks[-1][-1] + dt.timedelta(days=1)


def read_month(text: str) -> dt.date:
    """2026-11; anything else, and what lies more than a hundred years away, is this month."""
    this = clock.today().replace(day=1)
    try:
        found = dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007
    except ValueError:
        return this
    return found if abs(found.year - this.year) <= FARTHEST else this


def beside(first: dt.date, step: int) -> str:
    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
    return f"{year}-{month + 1:02}"


# The feed -----------------------------------------------------------------------------------------


def feed_of(account: Account) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=account).first()


def subscriber(token: str) -> Account | None:
    """Whose address it is. A closed account's answers nothing."""
    feed = (
        CalendarFeed.everywhere.select_related("account__person", "account__organisation")
        .filter(token=token)
        .first()
    )
    if feed is None or not hmac.compare_digest(feed.token, token) or not feed.account.is_active:
        return None
    return feed.account


def ics(account: Account, prefix: str, host: str) -> bytes:
    """What the account may see now, as any calendar reads it. `prefix` leads to their pages."""
    with tenancy.scope(account.organisation_id):
        actor = actor_of(account)
        today = clock.today()
        sittings = Prefetch("sittings", Sitting.objects.order_by("number"))
        found = within(actor, today - BACK, today + AHEAD).prefetch_related(sittings)
        book = Calendar()
        for name, value in (
            ("prodid", "-//Yizheng//activities//ZH"),
            ("version", "2.0"),
            ("method", "PUBLISH"),
            ("x-wr-calname", account.organisation.short_name),
            ("x-wr-timezone", "Asia/Shanghai"),
        ):
            book.add(name, value)
        for activity in found:
            for event in _events(activity, prefix, host):
                book.add_component(event)
        book.add_missing_timezones()
        return bytes(book.to_ical())


def _events(activity: Activity, prefix: str, host: str) -> list[Event]:
    """One for each sitting; without any, one for the whole."""
    sittings = list(activity.sittings.all())
    if len(sittings) < 2:
        return [_event(activity, activity.starts_at, activity.ends_at, "", prefix, host)]
    return [
        _event(activity, s.starts_at, s.ends_at, str(s), prefix, host, s.number) for s in sittings
    ]


def _event(
    activity: Activity,
    begin: dt.datetime,
    end: dt.datetime,
    label: str,
    prefix: str,
    host: str,
    number: int = 0,
) -> Event:
    cancelled = bool(activity.cancelled_because)
    title = activity.title + bracketed(label)
    zone = timezone.get_default_timezone()
    values: dict[str, Any] = {
        "uid": f"activity-{activity.pk}-{number}@{host}",
        "dtstamp": clock.now().astimezone(dt.UTC),
        "dtstart": begin.astimezone(zone),
        "dtend": end.astimezone(zone),
        "summary": _("Cancelled: %(title)s") % {"title": title} if cancelled else title,
        "sequence": activity.version,
        "status": "CANCELLED" if cancelled else "CONFIRMED" if activity.invited_at else "TENTATIVE",
        "url": f"{prefix}{activity.pk}/",
    }
    event = Event()
    for name, value in values.items():
        event.add(name, value)
    if activity.place:
        event.add("location", activity.place)
    return event

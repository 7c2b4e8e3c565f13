"""Writes on the organisation's own tables: terms and sessions, named things, the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, ProtectedError, Sum
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors, tenancy
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotNow, Wrong

from ..models import CalendarDay, Named, Session, Term
from ..rules import keep

Seen = str | None


def noun_of(row: Named) -> str:
    return str(row._meta.model_name)


def save_named(row: Named, values: Mapping[str, Any], *, by: Actor, seen: Seen = None) -> None:
    """One of a kind of named things (`named_kinds.py`), new or renamed."""
    with doors.saving(row, noun_of(row), by=by, rule=keep, seen=seen) as edit:
        if type(row).objects.filter(name=values["name"]).exclude(pk=row.pk).exists():
            raise BadInput(
                _("“%(name)s” is there already.") % {"name": values["name"]}, field="name"
            )
        edit.put(values)


def remove_named(row: Named, *, by: Actor, seen: Seen = None) -> None:
    """Only what nothing hangs on can be removed; the rest stays, as papers name it."""
    try:
        with doors.deleting(row, f"{noun_of(row)}.removed", by=by, rule=keep, seen=seen):
            pass
    except NotNow as refused:
        if not isinstance(refused.__cause__, ProtectedError):
            raise
        raise NotNow(
            _("“%(name)s” is in use and cannot be removed. It can be renamed.") % {"name": row}
        ) from refused


def save_term(
    term: Term,
    *,
    by: Actor,
    ordinal: int,
    begins_on: dt.date,
    ends_on: dt.date | None,
    seen: Seen = None,
) -> None:
    with doors.saving(term, "term", by=by, rule=keep, seen=seen) as edit:
        known = Term.objects.filter(ordinal=ordinal).exclude(pk=term.pk)
        wrong = Wrong()
        wrong.when(known.exists(), _("There is a term %(n)d already.") % {"n": ordinal}, "ordinal")
        wrong.when(
            ends_on and ends_on < begins_on, _("The term would end before it begins."), "ends_on"
        )
        wrong.refuse()
        edit.put({"ordinal": ordinal, "begins_on": begins_on, "ends_on": ends_on})


def save_session(
    session: Session, values: Mapping[str, Any], *, by: Actor, seen: Seen = None
) -> None:
    with doors.saving(session, "session", by=by, rule=keep, seen=seen) as edit:
        known = Session.objects.filter(term=values["term"], ordinal=values["ordinal"])
        wrong = Wrong()
        wrong.when(
            known.exclude(pk=session.pk).exists(),
            _("This term has a session of that number already."),
            "ordinal",
        )
        wrong.when(
            values["closes_on"] < values["opens_on"],
            _("The session would close before it opens."),
            "closes_on",
        )
        wrong.when(
            values["proposals_until"] > values["closes_on"],
            _("Proposals of the plenary are handed in by its last day at the latest."),
            "proposals_until",
        )
        wrong.refuse()
        edit.put(values)


# The calendar -------------------------------------------------------------------------------------


def calendar_seen() -> str:
    """What a page says it has seen of the whole list: any day noted, changed or removed makes it
    another.
    """
    found = CalendarDay.objects.aggregate(
        days=Count("pk"), newest=Max("pk"), versions=Sum("version")
    )
    return ".".join(str(each or 0) for each in found.values())


def set_day(
    day: dt.date, *, by: Actor, is_working_day: bool, note: str, seen: Seen = None
) -> CalendarDay:
    """Say how this place works on a day.

    What the statutory calendar says anyway is refused: it would only confuse.
    """
    row = CalendarDay.objects.filter(day=day).first() or CalendarDay(day=day)
    door = doors.editing if row.pk else doors.adding
    with door(row, "calendar.set", by=by, rule=keep) as edit:
        if row.pk and seen not in (None, calendar_seen()):
            raise doors.stale(row)
        known = clock.KNOWN_FROM <= day.year <= clock.KNOWN_UNTIL
        if known and clock.Calendar().is_working_day(day) == is_working_day:
            said = _("a working day") if is_working_day else _("a day off")
            raise BadInput(
                _("%(day)s is %(said)s already.") % {"day": day, "said": said}, field="day"
            )
        edit.put({"is_working_day": is_working_day, "note": note})
    tenancy.forget("calendar")
    return row


def remove_day(row: CalendarDay, *, by: Actor, seen: Seen = None) -> None:
    with doors.deleting(row, "calendar.removed", by=by, rule=keep, seen=seen) as edit:
        edit.note(day=edit.row.day)
    tenancy.forget("calendar")

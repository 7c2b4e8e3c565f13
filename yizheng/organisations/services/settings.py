"""Writes on the organisation's own tables: terms and sessions, named things, the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, ProtectedError, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors, due_days, tenancy
from yizheng.core.access import Actor
from yizheng.core.day_words import day_words
from yizheng.core.due_days import CalendarChange, DueMove
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import BadInput, NotNow, Wrong

from ..models import CalendarDay, CalendarYear, NamedRow, Session, Term
from ..queries import kept_calendar
from ..rules import keep
from .roles import one_at_a_time

Seen = str | None


def noun_of(row: NamedRow) -> str:
    return str(row._meta.model_name)


def save_named(row: NamedRow, values: Mapping[str, Any], *, by: Actor, seen: Seen = None) -> None:
    """One of a kind of named things (`named_kinds.py`), new or renamed."""
    with doors.saving(row, noun_of(row), by=by, rule=keep, seen=seen) as edit:
        wrong_in_named(row, values).refuse()
        edit.put(values)


def wrong_in_named(row: NamedRow, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    name, wrong = values.get("name"), Wrong()
    known = type(row).objects.filter(name=name).exclude(pk=row.pk)
    wrong.when(name and known.exists(), _("“%(name)s” is there already.") % {"name": name}, "name")
    return wrong


def remove_named(row: NamedRow, *, by: Actor, seen: Seen = None) -> None:
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


term_changes: list[Callable[[Term, Actor], None]] = []
"""What follows when a term begins, ends, or its days are put right; added where it is kept."""
term_checks: list[Callable[[Term, dt.date | None, dt.date | None, Wrong, str], None]] = []
"""What stands against the first and the last day a term is to have, and the field where the last is
asked for; added where it is kept.
"""


@transaction.atomic
def save_term(
    term: Term, values: Mapping[str, Any], *, by: Actor, seen: Seen = None
) -> Term | None:
    """No two terms at once: one that is still open ends on the day before the next begins, and is
    answered; one that is entered late ends before the one that followed it.
    """
    with doors.saving(term, "term", by=by, rule=keep, seen=seen) as edit:
        one_at_a_time(by)  # two terms at once would not see each other
        wrong_in_term(term, values).refuse()
        before = _open_before(term, values["begins_on"])
        if before:
            last = values["begins_on"] - dt.timedelta(days=1)
            with doors.editing(before, "term.changed", by=by, rule=keep) as ending:
                ending.put({"ends_on": last})
        edit.put({**values, "ends_on": _last_day(term, values)})
        edit.save()
        for each in filter(None, (before, edit.row)):
            for follow in term_changes:
                follow(each, by)
    return before


def _others(term: Term) -> QuerySet[Term]:
    return Term.objects.exclude(pk=term.pk).order_by("begins_on")


def _open_before(term: Term, begins: dt.date) -> Term | None:
    return _others(term).filter(begins_on__lt=begins, ends_on=None).last()


def _last_day(term: Term, values: Mapping[str, Any]) -> dt.date | None:
    """The day that is given, else the one before the next term."""
    given: dt.date | None = values.get("ends_on")
    following = _others(term).filter(begins_on__gt=values["begins_on"]).first()
    if given or following is None:
        return given
    return following.begins_on - dt.timedelta(days=1)


def wrong_in_term(term: Term, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    ordinal, begins, ends = (values.get(key) for key in ("ordinal", "begins_on", "ends_on"))
    known = Term.objects.filter(ordinal=ordinal or 0).exclude(pk=term.pk)
    wrong = _wrong_in_days(term, values) if begins else Wrong()
    wrong.when(
        ordinal and known.exists(),
        _("There is a term %(n)d already.") % {"n": ordinal or 0},
        "ordinal",
    )
    wrong.when(
        begins and ends and ends < begins, _("The term would end before it begins."), "ends_on"
    )
    return wrong


def _wrong_in_days(term: Term, values: Mapping[str, Any]) -> Wrong:
    begins, ends, wrong = values["begins_on"], values.get("ends_on"), Wrong()
    last = _last_day(term, values)
    for other in _others(term):
        crosses = other.ends_on is None or other.ends_on >= begins
        if other.begins_on == begins or (other.begins_on < begins and other.ends_on and crosses):
            sentence = _("%(term)s lasts until %(day)s; two terms never hold at once.")
            day = other.ends_on or other.begins_on
            wrong.when(True, sentence % {"term": other, "day": day}, "begins_on")
        elif other.begins_on > begins and ends and ends >= other.begins_on:
            sentence = _("%(term)s begins on %(day)s; two terms never hold at once.")
            wrong.when(True, sentence % {"term": other, "day": other.begins_on}, "ends_on")
    before = _open_before(term, begins)
    for check in term_checks:
        if term.pk:
            check(term, begins, last, wrong, "ends_on")
        if before:
            check(before, None, begins - dt.timedelta(days=1), wrong, "begins_on")
    return wrong


def save_session(
    session: Session, values: Mapping[str, Any], *, by: Actor, seen: Seen = None
) -> None:
    with doors.saving(session, "session", by=by, rule=keep, seen=seen) as edit:
        wrong_in_session(session, values).refuse()
        edit.put(values)


def wrong_in_session(session: Session, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    term, ordinal = values.get("term"), values.get("ordinal")
    opens, closes, until = (values.get(key) for key in ("opens_on", "closes_on", "proposals_until"))
    known = Session.objects.filter(term=term, ordinal=ordinal or 0).exclude(pk=session.pk)
    wrong = Wrong()
    wrong.when(
        term and ordinal and known.exists(),
        _("This term has a session of that number already."),
        "ordinal",
    )
    wrong.when(
        opens and closes and closes < opens,
        _("The session would close before it opens."),
        "closes_on",
    )
    wrong.when(
        closes and until and until > closes,
        _("Proposals of the plenary are handed in by its last day at the latest."),
        "proposals_until",
    )
    return wrong


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
    with correcting(day, is_working_day, by), door(row, "calendar.set", by=by, rule=keep) as edit:
        if row.pk and seen not in (None, calendar_seen()):
            raise doors.stale(row)
        known = clock.KNOWN_FROM <= day.year <= clock.KNOWN_UNTIL
        if known and clock.Calendar().is_working_day(day) == is_working_day:
            said = _("a working day") if is_working_day else _("a day off")
            raise BadInput(
                _("%(day)s is %(said)s already.") % {"day": day, "said": said}, field="day"
            )
        edit.put({"is_working_day": is_working_day, "note": note})
    return row


def remove_day(row: CalendarDay, *, by: Actor, seen: Seen = None) -> None:
    """The day is as the statutory calendar has it again."""
    with (
        correcting(row.day, None, by),
        doors.deleting(row, "calendar.removed", by=by, rule=keep, seen=seen) as edit,
    ):
        edit.note(day=edit.row.day)


@contextmanager
def correcting(day: dt.date, works: bool | None, by: Actor) -> Iterator[None]:
    """A day of the calendar is corrected, and what is open and counted over it moves with it.

    Two who correct at once wait for each other: each moves from the calendar as the other left it.
    """
    with doors.whole():
        one_at_a_time(by)
        before = kept_calendar()
        yield
        after = before.with_day(day, works=works)
        tenancy.forget("calendar")
        change = CalendarChange(day, after.is_working_day(day), struck=works is None)
        due_days.follow(before, after, change, by=by)


def moved_by(day: dt.date, works: bool | None) -> list[DueMove]:
    """The open matters that would be due on another day; None: as the statutory calendar has it."""
    before = kept_calendar()
    return due_days.would_move(before, before.with_day(day, works=works))


# Years beyond the statutory calendar --------------------------------------------------------------

FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Holidays on the same days every year, by law: no list is whole without them."""


def complete_year(year: int, source: str, *, by: Actor) -> CalendarYear:
    """Say that all days of rest and moved working days of a year stand in the calendar, by its
    official list: from then on dates in it can be relied on.
    """
    row = CalendarYear(first_day=dt.date(year, 1, 1), source=source.strip())
    with doors.adding(row, "calendar.completed", by=by, rule=keep) as edit:
        wrong_in_year(year, source).refuse()
        edit.note(year=year, source=source.strip())
    tenancy.forget("calendar")
    return row


def wrong_in_year(year: int, source: str) -> Wrong:
    wrong, days = Wrong(), kept_calendar()
    wrong.when(not source.strip(), _("Say by which official list."), "source")
    wrong.when(
        year <= clock.KNOWN_UNTIL,
        _("The holidays of %(year)s are known from the statutory calendar.") % {"year": year},
        "year",
    )
    wrong.when(year in days.complete, _("This was said of %(year)s.") % {"year": year}, "year")
    holidays = (dt.date(year, month, day) for month, day in FIXED_HOLIDAYS)
    if missing := [day_words(day, full=True) for day in holidays if days.is_working_day(day)]:
        sentence = _("These are holidays in every year and still working days here: %(days)s.")
        wrong.when(True, sentence % {"days": join_cn(missing)}, "year")
    return wrong


def reopen_year(row: CalendarYear, *, by: Actor, seen: Seen = None) -> None:
    """The list of that year is not complete after all."""
    with doors.deleting(row, "calendar.reopened", by=by, rule=keep, seen=seen) as edit:
        edit.note(year=edit.row.first_day.year)
    tenancy.forget("calendar")

"""Writes on the organisation's own tables: terms and sessions, sectors and their like, the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock, tenancy
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow

from .models import CalendarDay, Collective, Committee, Group, Sector, Session, Term, VenueCategory
from .rules import keep, require

Named = Sector | Committee | Group | Collective | VenueCategory


@transaction.atomic
def save_named(row: Named, values: Mapping[str, Any], *, by: Actor) -> None:
    """A sector, committee, group, collective or category of venues, new or renamed."""
    _mine(row, by)
    model = type(row)
    if model.objects.filter(name=values["name"]).exclude(pk=row.pk).exists():
        raise BadInput(_("“%(name)s” is there already.") % {"name": values["name"]})
    before = row.name if row.pk else ""
    for name, value in values.items():
        setattr(row, name, value)
    action = "changed" if before else "added"
    row.save()
    audit.record(f"{model._meta.model_name}.{action}", by=by, of=row, detail={"before": before} if before else {})


@transaction.atomic
def remove_named(row: Named, *, by: Actor) -> None:
    """Only what nothing hangs on can be removed; the rest stays, as papers name it."""
    _mine(row, by)
    label, key = str(row), row.pk
    try:
        row.delete()
    except ProtectedError as refused:
        raise NotNow(_("“%(name)s” is in use and cannot be removed. It can be renamed.") % {"name": label}) from refused
    row.pk = key
    audit.record(f"{row._meta.model_name}.removed", by=by, of=row)


@transaction.atomic
def save_term(term: Term, *, by: Actor, ordinal: int, begins_on: dt.date, ends_on: dt.date | None) -> None:
    _mine(term, by)
    if Term.objects.filter(ordinal=ordinal).exclude(pk=term.pk).exists():
        raise BadInput(_("There is a term %(n)d already.") % {"n": ordinal})
    if ends_on and ends_on < begins_on:
        raise BadInput(_("The term would end before it begins."))
    term.ordinal, term.begins_on, term.ends_on = ordinal, begins_on, ends_on
    term.save()
    audit.record("term.saved", by=by, of=term, detail={"begins_on": begins_on, "ends_on": ends_on})


@transaction.atomic
def save_session(session: Session, values: Mapping[str, Any], *, by: Actor) -> None:
    _mine(session, by)
    if Session.objects.filter(term=values["term"], ordinal=values["ordinal"]).exclude(pk=session.pk).exists():
        raise BadInput(_("This term has a session of that number already."))
    if values["closes_on"] < values["opens_on"]:
        raise BadInput(_("The session would close before it opens."))
    if values["proposals_until"] > values["closes_on"]:
        raise BadInput(_("Proposals of the plenary are handed in by its last day at the latest."))
    for name, value in values.items():
        setattr(session, name, value)
    session.save()
    audit.record("session.saved", by=by, of=session, detail={"opens_on": session.opens_on, "closes_on": session.closes_on})


@transaction.atomic
def set_day(day: dt.date, *, by: Actor, is_working_day: bool, note: str) -> CalendarDay:
    """Say how this place works on a day. What the statutory calendar says anyway is refused: it would only confuse."""
    require(by, keep)
    known = clock.KNOWN_FROM <= day.year <= clock.KNOWN_UNTIL
    if known and clock.Calendar().is_working_day(day) == is_working_day:
        said = _("a working day") if is_working_day else _("a day off")
        raise BadInput(_("%(day)s is %(said)s already.") % {"day": day, "said": said})
    row = CalendarDay.objects.filter(day=day).first() or CalendarDay(day=day)
    row.is_working_day, row.note = is_working_day, note
    row.save()
    tenancy.forget("calendar")
    audit.record("calendar.set", by=by, detail={"day": day, "is_working_day": is_working_day, "note": note})
    return row


@transaction.atomic
def remove_day(row: CalendarDay, *, by: Actor) -> None:
    _mine(row, by)
    audit.record("calendar.removed", by=by, detail={"day": row.day})
    row.delete()
    tenancy.forget("calendar")


def _mine(row: Any, by: Actor) -> None:
    require(by, keep)
    if row.organisation_id not in (None, by.organisation_id):
        raise NotAllowed

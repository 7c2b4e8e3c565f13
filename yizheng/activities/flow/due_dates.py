"""Due dates of the activity flows by the regulation: notice and papers before an activity, minutes
and answers after it.

Counted, never stored as states.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.organisations.queries import calendar
from yizheng.regulations import NoRegulation, UnreadableRegulation

from ..models import Activity
from ..parameters import ActivityParameters, Form, in_force


def rules_for(day: dt.date) -> ActivityParameters:
    """What was in force on the day; for what lies before the first regulation, or ahead, what is in
    force now.
    """
    try:
        return in_force(min(day, clock.today()))
    except UnreadableRegulation:
        raise  # today's rules are not what was adopted then
    except NoRegulation:
        return in_force()


def form_of(activity: Activity) -> Form | None:
    return rules_for(begins_on(activity)).form(activity.form)


def begins_on(activity: Activity) -> dt.date:
    return timezone.localdate(activity.starts_at)


def last_day_before(start: dt.date, working_days: int) -> dt.date:
    """The last day from which `working_days` working days, the start among them, are left."""
    days, day = calendar(), start
    while working_days > 0:
        working_days -= days.is_working_day(day)
        day -= dt.timedelta(days=1)
    return day


def _before(activity: Activity, field: str) -> dt.date | None:
    form = form_of(activity)
    days: int = getattr(form, field) if form else 0
    return last_day_before(begins_on(activity), days) if days else None


def notice_due(activity: Activity) -> dt.date | None:
    """The last day for invitations; None where the regulation names none."""
    return _before(activity, "notice_days")


def papers_due(activity: Activity) -> dt.date | None:
    return _before(activity, "papers_days")


def minutes_due(activity: Activity) -> dt.date | None:
    form = form_of(activity)
    if activity.held_at is None or form is None or not form.minutes_days:
        return None
    return calendar().add_working_days(timezone.localdate(activity.held_at), form.minutes_days)


def answer_due(activity: Activity, start: dt.date) -> dt.date | None:
    """A period in days that ends on a day off ends on the next working day."""
    form = form_of(activity)
    if form is None or not form.answer_days:
        return None
    return calendar().on_or_after(start + dt.timedelta(days=form.answer_days))


def prepared_by(activity: Activity) -> dt.date:
    """By when it is to be approved and announced: the last day for invitations, else the day it
    begins.
    """
    return notice_due(activity) or begins_on(activity)


LABELS: Mapping[object, Words] = {
    prepared_by: gettext_lazy("Invitations due"),
    begins_on: gettext_lazy("Begins"),
    minutes_due: gettext_lazy("Minutes due"),
}
"""What is due on the date that a state counts so."""


@dataclass(frozen=True)
class TimeLimit:
    """One time of the regulation: what is due, by when, when it was done."""

    label: Words
    due: dt.date
    done: dt.date | None

    @property
    def is_late(self) -> bool:
        return (self.done or clock.today()) > self.due


def terms_of(activity: Activity) -> list[TimeLimit]:
    """Notice, papers, minutes: only those the regulation has for this form."""
    found = [
        (_("Invitations out"), notice_due(activity), clock.day_of(activity.invited_at)),
        (_("Papers sent"), papers_due(activity), activity.papers_sent_on),
        (_("Minutes recorded"), minutes_due(activity), clock.day_of(activity.recorded_at)),
    ]
    return [TimeLimit(label, due, done) for label, due, done in found if due]


def notice_is_short(activity: Activity) -> str:
    """A sentence when invitations sent today come too late; empty when they are in time."""
    due = notice_due(activity)
    if due is None or clock.today() <= due:
        return ""
    left = calendar().working_days_between(clock.today(), begins_on(activity))
    form = form_of(activity)
    sentence = _(
        "The regulation wants %(wanted)s working days' notice; %(left)s working days are left."
    )
    return sentence % {"wanted": form.notice_days if form else 0, "left": max(0, left)}

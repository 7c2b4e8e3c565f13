"""When a step on an activity can be taken: each guard says in a sentence why not, or None."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.files import attached_to

from ..deadlines import form_of
from ..enums import Adoption, ContributionState, OutcomeState
from ..models import Activity, Attendance

PAPER = "paper"


def is_complete(activity: Activity) -> Words | None:
    if not activity.place.strip() and not activity.is_remote:
        return _("Say where it is held, or that it is held remotely.")
    if form_of(activity) is None:
        return _("The regulation in force does not know this form; choose another.")
    return None


def somebody_is_invited(activity: Activity) -> Words | None:
    if not activity.participants.exists() and not activity.units.exists():
        return _("Nobody stands on the invitation list yet.")
    return None


def not_begun(activity: Activity) -> Words | None:
    if clock.now() >= activity.starts_at:
        return _("It has begun; its time and place can no longer change.")
    return None


def has_begun(activity: Activity) -> Words | None:
    if clock.now() < activity.starts_at:
        return _("It has not begun yet.")
    return None


def has_papers(activity: Activity) -> Words | None:
    if not attached_to(activity, PAPER).exists():
        return _("No paper was added yet.")
    return None


def attendance_is_known(activity: Activity) -> Words | None:
    """Years brought in from lists come with what the lists say; there is nothing to confirm."""
    if activity.attendance_confirmed_at or activity.is_imported:
        return None
    if activity.no_attendance_because and not signed_in(activity):
        return None
    return _("The attendance is not confirmed yet: confirm it on the page of its people, or say why none is kept.")


def may_keep_none(activity: Activity) -> bool:
    """Where somebody signed in, the attendance is confirmed and not denied."""
    return not (activity.attendance_is_settled or signed_in(activity))


def signed_in(activity: Activity) -> bool:
    return Attendance.objects.filter(sitting__activity=activity).exists()


def outcomes_are_followed(activity: Activity) -> Words | None:
    """What is sent on has come back and its effect is known; where the regulation wants an outcome there is one."""
    outcomes = activity.outcomes.exclude(state=OutcomeState.DROPPED)
    form = form_of(activity)
    if form and form.needs_outcome and not outcomes.exists():
        return _("The regulation wants an outcome of this form of activity; none was written.")
    waiting = outcomes.exclude(state=OutcomeState.CLOSED).count()
    if waiting:
        return ngettext_lazy(
            "%(n)s outcome is not followed to its end yet.", "%(n)s outcomes are not followed to their end yet.", waiting
        ) % {"n": waiting}
    return None


def suggestions_are_decided(activity: Activity) -> Words | None:
    waiting = activity.suggestions.filter(state=Adoption.PENDING).count()
    if waiting:
        return ngettext_lazy(
            "%(n)s suggestion is not decided yet.", "%(n)s suggestions are not decided yet.", waiting
        ) % {"n": waiting}
    return None


OPEN_CONTRIBUTIONS = (
    ContributionState.OFFERED, ContributionState.SHORTLISTED, ContributionState.REVISING, ContributionState.ORAL,
    ContributionState.WRITTEN,
)  # fmt: skip


def contributions_are_settled(activity: Activity) -> Words | None:
    waiting = activity.contributions.filter(state__in=OPEN_CONTRIBUTIONS).count()
    if waiting:
        return ngettext_lazy(
            "%(n)s contribution is neither given nor declined.", "%(n)s contributions are neither given nor declined.", waiting
        ) % {"n": waiting}
    return None

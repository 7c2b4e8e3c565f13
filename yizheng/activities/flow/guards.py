"""Guards of the steps on an activity: each says in a sentence why the step cannot be taken now, or
None.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.files import attached_to
from yizheng.core.refusals import all_of

from ..enums import ActivityState, ContributionState, OutcomeState, PlanState, SuggestionState
from ..models import Activity, ActivitySuggestion, Attendance, Contribution, Outcome, PlanItem
from .due_dates import form_of

PAPER = "paper"
PAPERS_STAY = _("The papers were sent; they stay as they were.")
ONLY_DRAFTS = _("Only a draft that was never approved can be thrown away; call it off instead.")


def is_complete(activity: Activity) -> Words | None:
    missing = {
        "place": not activity.place.strip()
        and not activity.is_remote
        and _("Say where it is held, or that it is held remotely."),
        "form": form_of(activity) is None
        and _("The regulation in force does not know this form; choose another."),
    }
    return all_of(missing)


def somebody_is_invited(activity: Activity) -> Words | None:
    if not activity.participants.exists() and not activity.units.exists():
        return _("Nobody stands on the invitation list yet.")
    return None


def not_begun(activity: Activity) -> Words | None:
    if clock.now() >= activity.starts_at:
        return _("It has begun; its time and place can no longer change.")
    return None


def may_begin_on(topic: PlanItem | None) -> bool:
    """Whether it stands in the plan; locked, so that it stays there while an activity
    is put on it.
    """
    if topic is None:
        return True
    return (
        PlanItem.objects.select_for_update(no_key=True)
        .filter(pk=topic.pk, state__in=PlanState.of("planned"))
        .exists()
    )


def topic_stands(activity: Activity) -> Words | None:
    standing = may_begin_on(activity.plan_item)
    sentence = _("This topic does not stand in the plan; choose another, or none.")
    return None if standing else all_of({"plan_item": sentence})


def never_approved(activity: Activity) -> Words | None:
    if activity.approved_by_words or activity.contributions.exists():
        return ONLY_DRAFTS
    return None


def has_begun(activity: Activity) -> Words | None:
    if clock.now() < activity.starts_at:
        return _("It has not begun yet.")
    return None


def has_papers(activity: Activity) -> Words | None:
    if not attached_to(activity, PAPER).exists():
        return _("No paper was added yet.")
    return None


def papers_are_not_sent(activity: Activity) -> Words | None:
    return PAPERS_STAY if activity.papers_sent_on else None


def last_sitting_has_begun(activity: Activity) -> Words | None:
    last = activity.sittings.last()
    if last is None or clock.now() < last.starts_at:
        return _("The last sitting has not begun yet; attendance can be confirmed when it has.")
    return None


def nothing_is_doubted(activity: Activity) -> Words | None:
    doubts = Attendance.objects.filter(sitting__activity=activity).exclude(doubt="").count()
    if doubts:
        return _("%(n)s sign-ins are still to be looked at. Settle each of them first.") % {
            "n": doubts
        }
    return None


def attendance_is_known(activity: Activity) -> Words | None:
    """Years brought in from lists come with what the lists say; there is nothing to confirm."""
    if activity.attendance_confirmed_at or activity.is_imported:
        return None
    if activity.no_attendance_because and not signed_in(activity):
        return None
    return _(
        "The attendance is not confirmed yet: confirm it on the page of its people, or say "
        "why none is kept."
    )


def may_keep_none(activity: Activity) -> bool:
    """Where somebody signed in, the attendance is confirmed and not denied."""
    return not (activity.attendance_is_settled or signed_in(activity))


def signed_in(activity: Activity) -> bool:
    return Attendance.objects.filter(sitting__activity=activity).exists()


def outcomes_are_followed(activity: Activity) -> Words | None:
    """What is sent on has come back and its effect is known; where the regulation wants an outcome
    there is one.
    """
    outcomes = activity.outcomes.exclude(state=OutcomeState.DROPPED)
    form = form_of(activity)
    if form and form.needs_outcome and not outcomes.exists():
        return _("The regulation wants an outcome of this form of activity; none was written.")
    waiting = outcomes.exclude(state=OutcomeState.CLOSED).count()
    if waiting:
        return ngettext_lazy(
            "%(n)s outcome is not followed to its end yet.",
            "%(n)s outcomes are not followed to their end yet.",
            waiting,
        ) % {"n": waiting}
    return None


def suggestions_are_decided(activity: Activity) -> Words | None:
    waiting = activity.suggestions.filter(state=SuggestionState.PENDING).count()
    if waiting:
        return ngettext_lazy(
            "%(n)s suggestion is not decided yet.",
            "%(n)s suggestions are not decided yet.",
            waiting,
        ) % {"n": waiting}
    return None


def contributions_are_settled(activity: Activity) -> Words | None:
    waiting = activity.contributions.filter(state__in=ContributionState.of("open")).count()
    if waiting:
        return ngettext_lazy(
            "%(n)s contribution is neither given nor declined.",
            "%(n)s contributions are neither given nor declined.",
            waiting,
        ) % {"n": waiting}
    return None


# What hangs on it ---------------------------------------------------------------------------------

S = ActivityState
CALLED_FOR = frozenset({S.APPROVED, S.INVITED})
WITH_SPEAKERS = frozenset({S.APPROVING, S.APPROVED, S.INVITED, S.HELD, S.RECORDED})
WITH_SUGGESTIONS = frozenset({S.INVITED, S.HELD, S.RECORDED})
WITH_OUTCOMES = frozenset({S.HELD, S.RECORDED})


def takes_offers(activity: Activity) -> bool:
    """Contributions are asked for, to the end of the day that was named."""
    return (
        activity.state in CALLED_FOR
        and activity.call_until is not None
        and activity.call_until >= clock.today()
    )


def is_called_for(contribution: Contribution) -> Words | None:
    if not takes_offers(contribution.activity):
        return _("Contributions are not asked for, or the day for them has passed.")
    return None


def has_speakers(contribution: Contribution) -> Words | None:
    if contribution.activity.state not in WITH_SPEAKERS:
        return _("Contributions are recorded between approval and closing.")
    return None


def has_suggestions(suggestion: ActivitySuggestion) -> Words | None:
    if suggestion.activity.state not in WITH_SUGGESTIONS:
        return _("Suggestions are recorded from the invitation until it is closed.")
    return None


def has_outcomes(outcome: Outcome) -> Words | None:
    if outcome.activity.state not in WITH_OUTCOMES:
        return _("An outcome is written after the activity was held, and before it is closed.")
    return None


def is_not_over(hanging: Contribution | ActivitySuggestion) -> Words | None:
    """What was settled is taken up again only while the activity itself goes on."""
    if hanging.activity.state in (S.CLOSED, S.CANCELLED):
        return _("Its activity is closed or was called off; nothing of it is taken up again.")
    return None

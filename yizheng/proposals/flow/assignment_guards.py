"""Guards of the steps on an assignment: each says in a sentence why the step cannot be taken now,
or None; and what they look at.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.day_words import day_words
from yizheng.core.forms import said_of
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import all_of

from ..enums import AssignmentState, ExtensionState, Part, ProposalOutcome
from ..models import Assignment, Reply, ReplyItem, Suggestion
from .due_dates import due_day, given_day, latest_extension, rules_of

S = AssignmentState


def hand_back_in_time(assignment: Assignment) -> Words | None:
    if assignment.hand_back_until and clock.today() > assignment.hand_back_until:
        return _("The days for handing back ended on %(day)s; the unit stays responsible.") % {
            "day": day_words(assignment.hand_back_until)
        }
    return None


def hand_back_once(assignment: Assignment) -> Words | None:
    if assignment.hand_back_reason:
        return _("Your unit has asked to hand this back once already.")
    return None


def none_asked(assignment: Assignment) -> Words | None:
    if assignment.extensions.filter(state=ExtensionState.ASKED).exists():
        return _("An extension is asked already and not decided yet.")
    return None


def below_ceiling(assignment: Assignment) -> Words | None:
    if due_day(assignment) >= latest_extension(given_day(assignment), clock.today()):
        return _("The longest time the regulation gives is reached.")
    return None


def suggestions_to_answer(assignment: Assignment) -> list[Suggestion]:
    """The numbered suggestions this unit answers: those given to it, else all of the proposal and
    of those merged in.
    """
    own = list(assignment.suggestions.all())
    if own:
        return own
    proposal_id = assignment.proposal_id
    return list(
        Suggestion.objects.filter(
            Q(proposal=proposal_id) | Q(proposal__merged_into=proposal_id)
        ).select_related("proposal")
    )


def reply_of(assignment: Assignment) -> Reply | None:
    return assignment.replies.filter(round=assignment.round).first()


def writes_a_reply(assignment: Assignment) -> Words | None:
    if not assignment.answers:
        return _(
            "An assisting unit gives its opinion to the lead unit; it writes no reply of its own."
        )
    return None


def came_back(assignment: Assignment) -> bool:
    """Whether others than its officers have read the reply: before that nothing is told of its
    wordings.
    """
    return bool(assignment.send_back_note)


def reply_is_complete(assignment: Assignment) -> Words | None:
    """Every numbered suggestion is answered: done, planned by a date, or not adopted because."""
    reply = reply_of(assignment)
    if reply is None:
        is_first = assignment.round == 1
        return _("There is no reply yet.") if is_first else _("There is no new reply yet.")
    items = {item.suggestion_id: item for item in reply.items.all()}
    missing: dict[str, object] = {}
    for place, suggestion in enumerate(suggestions_to_answer(assignment), start=1):
        missing |= _open_in_answer(items.get(suggestion.pk), place, answer_of(suggestion))
    if any(missing.values()):
        return all_of(missing | _not_said_of(reply))
    natural = rules_of().natural_class([item.outcome for item in items.values()])
    another = _("The answers make this class %(natural)s; say why it is another.") % {
        "natural": natural
    }
    return all_of(
        {
            "result_class": _wrong_class(reply),
            "class_argument": reply.result_class
            and reply.result_class != natural
            and not reply.class_argument.strip()
            and another,
            **_not_said_of(reply),
        }
    )


def _wrong_class(reply: Reply) -> Words | None:
    if not reply.result_class:
        return _("The class of the result is missing.")
    if reply.result_class not in {known.code for known in rules_of().result_classes}:
        return _("The regulation in force does not know this class; choose another.")
    return None


def answer_of(suggestion: Suggestion) -> str:
    """What the form of its answer is called among the others."""
    return f"s{suggestion.pk}"


def _open_in_answer(item: ReplyItem | None, place: int, prefix: str) -> dict[str, object]:
    """All that is open in it at once, each at its field."""
    about = name_of_answer(place)
    has_text = item is not None and bool(item.text.strip())
    is_planned = item is not None and item.outcome == ProposalOutcome.PLANNED
    has_day = item is not None and item.planned_for is not None
    return {
        f"{prefix}-outcome": (item is None or not item.outcome)
        and said_of(about, _("please choose the outcome.")),
        f"{prefix}-text": not has_text and said_of(about, _("not answered yet.")),
        f"{prefix}-planned_for": is_planned
        and not has_day
        and said_of(about, _("planned, but by no date.")),
    }


def name_of_answer(place: int) -> Words:
    """What the answer to a suggestion is called wherever something is said of it."""
    return _("Suggestion %(n)s") % {"n": place}


def _not_said_of(reply: Reply) -> dict[str, object]:
    is_said = reply.may_publish or reply.no_publication_reason.strip()
    sentence = _("Say why the reply should not be published.")
    return {"no_publication_reason": not is_said and sentence}


def proposer_was_contacted(assignment: Assignment) -> Words | None:
    is_missing = not assignment.contacts.exists()
    return all_of({"contacted": is_missing and _("No contact with the proposer is recorded yet.")})


def assisting_of(assignment: Assignment) -> list[Assignment]:
    """The assisting units for whom a lead still waits."""
    if assignment.part != Part.LEAD:
        return []
    return list(
        Assignment.objects.filter(
            proposal=assignment.proposal_id,
            part=Part.ASSISTING,
            state__in=[S.SENT, S.HANDLING, S.HAND_BACK],
        ).select_related("unit")
    )


def countersigned_or_late(assignment: Assignment) -> Words | None:
    """The lead waits for its assisting units until their time has run out."""
    today = clock.today()
    waited = [a for a in assisting_of(assignment) if due_day(a) >= today]
    if waited:
        names = join_cn(a.unit.short_name for a in waited)
        latest = max(map(due_day, waited))
        return ngettext_lazy(
            "%(units)s has not countersigned; its time runs until %(day)s.",
            "%(units)s have not countersigned; their time runs until %(day)s.",
            len(waited),
        ) % {"units": names, "day": day_words(latest)}
    return None

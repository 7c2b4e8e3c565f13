"""Guards and effects of the steps a unit takes, and of the office's decisions about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from yizheng.core import clock, numbering
from yizheng.core.access import Words, system
from yizheng.core.flow import FLOWS, Act
from yizheng.core.flow_table import keep_note_in
from yizheng.core.forms import said_of
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import all_of
from yizheng.people.queries import accounts_at_unit
from yizheng.promises import services as promises

from .. import rules
from ..enums import AssignmentState, ExtensionState, Part, ProposalOutcome
from ..models import Assignment, Contact, Extension, Progress, Reply, ReplyItem, Suggestion, Urging
from . import effects
from .due_dates import calendar_days, latest_extension, reckon, rules_of
from .guards import all_replied
from .notices import proposal_url

S = AssignmentState


# Accepting and handing back -----------------------------------------------------------------------


def accept(act: Act[Assignment]) -> None:
    act.obj.accepted_at = act.at


def hand_back_in_time(assignment: Assignment) -> Words | None:
    if clock.today() > assignment.hand_back_until:
        return _("The days for handing back ended on %(day)s; the unit stays responsible.") % {
            "day": assignment.hand_back_until.isoformat()
        }
    return None


def hand_back_once(assignment: Assignment) -> Words | None:
    if assignment.hand_back_reason:
        return _("Your unit has asked to hand this back once already.")
    return None


def hand_back(act: Act[Assignment]) -> None:
    act.obj.hand_back_reason, act.obj.hand_back_unit = act.data["reason"], act.data["unit"]
    act.detail.update(reason=act.data["reason"], unit=str(act.data["unit"]))


def state_before_hand_back(assignment: Assignment, _data: Mapping[str, Any]) -> str:
    return S.HANDLING if assignment.accepted_at else S.SENT


def grant_hand_back(act: Act[Assignment]) -> None:
    act.detail.update(unit=str(act.data["unit"]), note=act.data["note"])


def give_to_new_unit(act: Act[Assignment]) -> None:
    """The new unit gets the same part with fresh clocks."""
    old = act.obj
    effects.give(act, old.proposal, act.data["unit"], old.part, old.suggestions.all())
    reckon(old.proposal, by=act.by)


# While handling -----------------------------------------------------------------------------------


def contact(act: Act[Assignment]) -> None:
    fields = {name: act.data[name] for name in ("way", "on", "with_whom", "note")}
    Contact(assignment=act.obj, recorded_by_id=act.by.account_id, **fields).save()
    act.detail.update(fields)


def progress(act: Act[Assignment]) -> None:
    Progress(
        assignment=act.obj, at=act.at, text=act.data["text"], recorded_by_id=act.by.account_id
    ).save()
    act.detail["note"] = act.data["text"][:200]


def urge(act: Act[Assignment]) -> None:
    Urging(assignment=act.obj, at=act.at, text=act.data["text"], by_id=act.by.account_id).save()
    act.detail["note"] = act.data["text"]


def none_asked(assignment: Assignment) -> Words | None:
    if assignment.extensions.filter(state=ExtensionState.ASKED).exists():
        return _("An extension is asked already and not decided yet.")
    return None


def below_ceiling(assignment: Assignment) -> Words | None:
    if assignment.reply_due_on >= latest_extension(assignment.assigned_on, clock.today()):
        return _("The longest time the regulation gives is reached.")
    return None


def ask_extension(act: Act[Assignment]) -> None:
    extension = Extension(assignment=act.obj, until=act.data["until"], reason=act.data["reason"])
    FLOWS["extension"].begin(extension, "asked", by=act.by)
    act.detail.update(until=act.data["until"], reason=act.data["reason"])


# Replying -----------------------------------------------------------------------------------------


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
        return _("There is no reply yet.")
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
    if not assignment.contacts.exists():
        return _("No contact with the proposer is recorded yet.")
    return None


def _assisting(assignment: Assignment) -> list[Assignment]:
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
    waited = [a for a in _assisting(assignment) if a.reply_due_on >= today]
    if waited:
        names = join_cn(a.unit.short_name for a in waited)
        latest = max(a.reply_due_on for a in waited)
        return ngettext_lazy(
            "%(units)s has not countersigned; its time runs until %(day)s.",
            "%(units)s have not countersigned; their time runs until %(day)s.",
            len(waited),
        ) % {"units": names, "day": latest.isoformat()}
    return None


def request_sign_off(act: Act[Assignment]) -> None:
    """The reply says which assisting units let their time run out."""
    missing = "、".join(a.unit.short_name for a in _assisting(act.obj))
    Reply.objects.filter(assignment=act.obj, round=act.obj.round).update(
        missing_countersigns=missing
    )
    act.obj.send_back_note = ""
    act.detail["missing_countersigns"] = missing


def send_back(act: Act[Assignment]) -> None:
    Reply.objects.filter(assignment=act.obj, round=act.obj.round).update(
        signed_at=None, signed_by=None
    )
    keep_note_in("send_back_note")(act)


def sign_off(act: Act[Assignment]) -> None:
    reply = act.obj.replies.get(round=act.obj.round)
    reply.signed_at, reply.signed_by_id = act.at, act.by.account_id
    if not reply.number:
        year, unit = act.today.year, act.obj.unit
        reply.number = numbering.next_number(
            f"reply-{unit.pk}-{year}",
            rules_of(act.today).numbering.reply,
            year=year,
            unit=unit.short_name,
        )
    reply.save()
    act.detail["number"] = reply.number


def release(act: Act[Assignment]) -> None:
    """The reply goes out, and its dated promises are followed from then on."""
    assignment = act.obj
    reply = assignment.replies.get(round=assignment.round)
    reply.released_at = act.at
    reply.save()
    _promise(act, reply)
    assignment.replied_at = act.at
    act.detail.update(number=reply.number, result_class=reply.result_class)


def answer_if_last(act: Act[Assignment]) -> None:
    """The last reply out answers the proposal and opens the rating."""
    if all_replied(act.obj.proposal):
        FLOWS["proposal"].perform("answer", act.obj.proposal, by=system(act.by.organisation_id))


def _promise(act: Act[Assignment], reply: Reply) -> None:
    """What is planned becomes a promise; a promise the unit no longer makes in this reply is
    replaced by it.
    """
    pattern = rules_of(act.today).numbering.promise
    for item in reply.items.select_related("suggestion__proposal"):
        proposal = item.suggestion.proposal
        if item.outcome != ProposalOutcome.PLANNED:
            promises.replace_open(item.suggestion, act.obj.unit, by=act.by)
            continue
        promises.promise(
            source=item.suggestion,
            unit=act.obj.unit,
            text=item.text,
            section=item.section,
            promised_for=item.planned_for,
            pattern=pattern,
            by=act.by,
            on=act.today,
            source_label=str(proposal),
            source_url=proposal_url(proposal),
        )


def countersign(act: Act[Assignment]) -> None:
    act.obj.opinion = act.data["opinion"]
    act.obj.countersigned_at, act.obj.countersigned_by_id = act.at, act.by.account_id
    act.detail["note"] = act.data["opinion"][:200]


def tell_lead(assignment: Assignment) -> Iterable[int]:
    leads = Assignment.objects.filter(proposal=assignment.proposal_id, part=Part.LEAD).exclude(
        state__in=S.of("passed")
    )
    return [account for lead in leads for account in accounts_at_unit(lead.unit_id, rules.HANDLE)]


def tell_leader(assignment: Assignment) -> Iterable[int]:
    return accounts_at_unit(assignment.unit_id, rules.SIGN)


def handle_again(act: Act[Assignment]) -> None:
    """A second reply with its own clock."""
    act.obj.round = act.data["round"]
    act.obj.replied_at = None
    act.obj.reply_due_on = calendar_days(act.today, rules_of(act.today).deadlines.rehandle_days)
    act.detail["round"] = act.obj.round

"""Pages on which a reply is written: an answer to each numbered suggestion, saved as it
is typed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yizheng.core import concurrent_changes
from yizheng.core.draft_pages import CHECK, SAVED_SO_FAR
from yizheng.core.forms import tell
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, Refusal
from yizheng.core.rich_text import clean_rich_text
from yizheng.core.views import actor_of, seen_of

from .. import services
from ..enums import Part
from ..flow import ASSIGNMENT
from ..flow.assignment_guards import answer_of, name_of_answer, reply_of, suggestions_to_answer
from ..flow.due_dates import rules_of
from ..forms.replies import ItemForm, ReplyForm
from ..models import Assignment, Reply, ReplyItem, Suggestion
from ..queries import contact_wanted, ratings_before, reply_before

KEPT_OF_BEFORE = ("opening", "closing", "may_publish", "no_publication_reason")
"""A new reply begins with these of the one before."""
ANSWERS_OF_BEFORE = ("text", "section")
"""And with these of each answer: what came of a suggestion, and by when, is to be said anew."""


def _find(request: HttpRequest, pk: int) -> Assignment:
    actor = actor_of(request)
    assignment = (
        ASSIGNMENT.visible_to(actor).select_related("proposal", "unit").filter(pk=pk).first()
    )
    if assignment is None:
        if Assignment.objects.filter(pk=pk).exists():
            raise NotAllowed(gettext("This case is not assigned to your unit."))
        raise Http404
    if not ASSIGNMENT.edits["write_reply"].rule.allows(actor, assignment):
        raise NotAllowed(ASSIGNMENT.edits["write_reply"].stranger)
    if not ASSIGNMENT.may_edit("write_reply", assignment, actor):
        raise NotNow(gettext("The reply can be written only while it is with the unit's officer."))
    return assignment


def _reply_initial(assignment: Assignment, writer: str) -> dict[str, Any]:
    reply = reply_of(assignment)
    if reply is None:
        before = reply_before(assignment)
        known = {name: getattr(before, name) for name in KEPT_OF_BEFORE} if before else {}
        return {"may_publish": True} | known | _contact(before, writer)
    initial = {name: getattr(reply, name) for name in services.REPLY_FIELDS}
    outcomes = [item.outcome for item in reply.items.all() if item.outcome]
    if not reply.class_argument and reply.result_class == rules_of().natural_class(outcomes):
        initial["result_class"] = ""  # goes on following the answers
    return initial


def _contact(before: Reply | None, writer: str) -> dict[str, str]:
    """Who writes the reply now, with the telephone that was said to be theirs, never another's."""
    phone = before.contact_phone if before and before.contact_name == writer else ""
    return {"contact_name": writer, "contact_phone": phone}


def _item_forms(request: HttpRequest, assignment: Assignment) -> list[tuple[Suggestion, ItemForm]]:
    reply = reply_of(assignment)
    source = reply or reply_before(assignment)
    given: dict[int, ReplyItem] = (
        {item.suggestion_id: item for item in source.items.all()} if source else {}
    )
    names = ("outcome", "text", "planned_for", "section") if reply else ANSWERS_OF_BEFORE
    data = request.POST if request.method == "POST" else None
    found: list[tuple[Suggestion, ItemForm]] = []
    for suggestion in suggestions_to_answer(assignment):
        item = given.get(suggestion.pk)
        initial = {name: getattr(item, name) for name in names} if item else {}
        form = ItemForm(data, prefix=answer_of(suggestion), initial=initial)
        form.row_name = str(name_of_answer(len(found) + 1))
        found.append((suggestion, form))
    return found


def write(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = _find(request, pk)
    form = ReplyForm(
        request.POST if request.method == "POST" else None,
        reply=reply_of(assignment),
        assignment=assignment,
        initial=_reply_initial(assignment, actor_of(request).name),
    )
    items = _item_forms(request, assignment)
    if request.method == "POST" and _valid(form, items):
        try:
            return _after_save(request, _save(request, assignment, form, items))
        except Refusal as refused:
            answers = [item for _suggestion, item in items]
            concurrent_changes.explain(form, refused, ASSIGNMENT.url(assignment), *answers)
    if request.method == "GET" and CHECK in request.GET:
        _say_missing(assignment, form, items)
    assisting = assignment.proposal.assignments.filter(part=Part.ASSISTING).select_related("unit")
    context = {
        "assignment": assignment,
        "version": concurrent_changes.onward(form, assignment, seen_of(request)),
        "proposal": assignment.proposal,
        "form": form,
        "items": items,
        "answers": [item for _suggestion, item in items],
        "opinions": [(a, ASSIGNMENT.state_of(a)) for a in assisting],
        "begun_anew": reply_of(assignment) is None and reply_before(assignment) is not None,
        "contacts": list(assignment.contacts.all()),
        "contact": contact_wanted(assignment),
        "ratings": ratings_before(assignment.proposal, actor_of(request)),
        "rich_text": clean_rich_text(assignment.proposal.body),
        "send_label": ASSIGNMENT.steps["request_sign_off"].label,
    }
    wrong = form.is_bound and not _valid(form, items)
    return render(request, "proposals/reply.html", context, status=422 if wrong else 200)


def _say_missing(
    assignment: Assignment, form: ReplyForm, items: list[tuple[Suggestion, ItemForm]]
) -> None:
    if missing := ASSIGNMENT.hindrances("request_sign_off", assignment):
        tell(missing, form, *(item for _suggestion, item in items))
        SAVED_SO_FAR.put(form, gettext("Saved, but not sent: something is still missing."))


def _valid(form: ReplyForm, items: list[tuple[Suggestion, ItemForm]]) -> bool:
    return all([form.is_valid(), *(item.is_valid() for _suggestion, item in items)])


def _save(
    request: HttpRequest,
    assignment: Assignment,
    form: ReplyForm,
    items: list[tuple[Suggestion, ItemForm]],
) -> Reply:
    values = {name: form.cleaned_data[name] for name in services.REPLY_FIELDS}
    outcomes = [
        item.cleaned_data["outcome"] for _suggestion, item in items if item.cleaned_data["outcome"]
    ]
    if not values["result_class"] and len(outcomes) == len(items):
        values["result_class"] = rules_of().natural_class(outcomes)
    answers = {suggestion.pk: item.cleaned_data for suggestion, item in items}
    return services.save_reply(
        assignment, by=actor_of(request), items=answers, seen=seen_of(request), **values
    )


def _after_save(request: HttpRequest, reply: Reply) -> HttpResponse:
    """What is sent for sign-off is what was just saved."""
    assignment = reply.assignment
    if "send" not in request.POST:
        messages.success(request, gettext("Saved."))
        return redirect("proposals:reply", assignment.pk)
    try:
        ASSIGNMENT.perform(
            "request_sign_off", assignment, by=actor_of(request), seen=assignment.version
        )
    except Refusal as refused:
        address = reverse("proposals:reply", args=[assignment.pk])
        if ASSIGNMENT.hindrances("request_sign_off", assignment) is None:
            messages.error(request, str(refused))
            return redirect(address)
        return redirect(f"{address}?{CHECK}")
    messages.success(request, gettext("Sent to the unit's leader for sign-off."))
    return redirect("proposals:detail", assignment.proposal_id)


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    assignment = _find(request, pk)
    form = ReplyForm(request.POST, reply=reply_of(assignment), assignment=assignment)
    items = _item_forms(request, assignment)
    if not _valid(form, items):
        raise BadInput(gettext("Not saved yet: something is to be put right first."))
    return JsonResponse({"version": _save(request, assignment, form, items).assignment.version})

"""The page of one opinion: who holds the pen, the text, what the edition changed, where it went,
what came of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yizheng.core import clock, panels
from yizheng.core.access import Actor
from yizheng.core.case_display import Action, TimelineEntry, actions_for, timeline
from yizheng.core.files import attached_to
from yizheng.core.missing_rows import MissingRow
from yizheng.core.readable_pages import readable
from yizheng.core.refusals import NotAllowed
from yizheng.core.time_left import due_of
from yizheng.core.views import actor_of
from yizheng.organisations.queries import calendar

from .. import queries, rules
from ..enums import OpinionState, Secrecy
from ..flow import DISPATCH, ISSUE, OPINION
from ..models import Opinion
from ..opinion_text import compare, current_text, original_text
from ..queries import LevelRecord


def find(request: HttpRequest, pk: int) -> Opinion:
    """The opinion, if it is open to the reader; else not found, or refused with the reason."""
    actor = actor_of(request)
    opinion = queries.for_list(queries.visible_to(actor)).filter(pk=pk).first()
    if opinion is not None:
        return opinion
    if Opinion.objects.filter(pk=pk).exists():
        raise NotAllowed(
            _(
                "This is not open to you: it is not yours, nor with your unit, or it is "
                "limited to a circulation list."
            )
        )
    raise MissingRow(Opinion, pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor, opinion = actor_of(request), find(request, pk)
    who = queries.audience(actor, opinion)
    state = OPINION.state_of(opinion)
    context: dict[str, Any] = {
        "opinion": opinion,
        "state": state,
        "audience": who,
        "names": queries.writer_names(opinion),
        "text": current_text(opinion),
        "badge": queries.badge_of(opinion),
        "issue": _issue(opinion, actor),
        "listed": opinion.secrecy == Secrecy.LISTED,
        "pen": _pen(opinion, actor),
    }
    if who != "reader":
        context.update(
            attachments=list(attached_to(opinion)), panels=panels.on("opinion", actor, opinion)
        )
    if who in ("office", "writer"):
        context.update(_inside(opinion, actor, who, context["pen"]))
    return render(request, "opinions/detail.html", context)


def _issue(opinion: Opinion, actor: Actor) -> dict[str, str] | None:
    """In which it was published: a link for whom that page opens (another piece in it may be closed
    to the reader), else its name.
    """
    item = getattr(opinion, "issue_item", None)
    if not (item and item.issue.number):
        return None
    opens = queries.issues_visible_to(actor).filter(pk=item.issue_id).exists()
    return {"name": str(item.issue), "url": ISSUE.url(item.issue) if opens else ""}


def _inside(opinion: Opinion, actor: Actor, who: str, pen: dict[str, Any]) -> dict[str, Any]:
    """What only the office and the writers read."""
    visible = queries.visible_to(actor)
    return {
        "original": original_text(opinion),
        "changed": bool(opinion.edited_text) and _is_changed(opinion),
        "pairs": compare(original_text(opinion), opinion.edited_text)
        if opinion.edited_text
        else [],
        "records": [
            (record, _with_actions(record, actor)) for record in queries.tracking(opinion, actor)
        ],
        "coming_back": _coming_back(opinion, actor),
        "source_url": readable(actor, opinion.source_url),
        "merged": list(visible.filter(merged_into=opinion)),
        "main": visible.filter(pk=opinion.merged_into_id or 0).first(),
        "follow_ups": list(visible.filter(follow_up_of=opinion)),
        "earlier": visible.filter(pk=opinion.follow_up_of_id or 0).first(),
        "timeline": _timeline(opinion, who, pen),
        "listed_names": _listed(opinion) if who == "office" else [],
        "note": opinion.decision_note
        if opinion.state in OpinionState.of("rejected", "incomplete")
        else "",
    }


def _is_changed(opinion: Opinion) -> bool:
    return (opinion.edited_title, opinion.edited_text) != (opinion.title, original_text(opinion))


def _listed(opinion: Opinion) -> list[str]:
    return list(opinion.circulation.values_list("account__person__name", flat=True))


def _with_actions(record: LevelRecord, actor: Actor) -> list[tuple[Any, Any, list[Action]]]:
    """Each line of the record with what can be done with it."""
    return [(sent, state, actions_for(DISPATCH.offers(sent, actor))) for sent, state in record.sent]


def _coming_back(opinion: Opinion, actor: Actor) -> list[tuple[Any, Any, list[Action]]]:
    """Sent somewhere from where it came back: somebody here has to do something about it."""
    sent = DISPATCH.visible_to(actor).filter(opinion=opinion).select_related("opinion")
    found = [(each, DISPATCH.state_of(each)) for each in sent]
    return [
        (each, state, actions_for(DISPATCH.offers(each, actor)))
        for each, state in found
        if state.holder
    ]


def _timeline(opinion: Opinion, who: str, pen: dict[str, Any]) -> list[TimelineEntry]:
    told = timeline(queries.history(opinion, who), "staff")
    if not pen["holding"]:
        return told
    return [TimelineEntry(pen["holding"], pen["holder"], opinion.state_since, now=True), *told]


def _pen(opinion: Opinion, actor: Actor) -> dict[str, Any]:
    holder, holding = queries.holder_of(opinion)
    state = OPINION.state_of(opinion)
    steps = actions_for(OPINION.offers(opinion, actor))
    writing = _writing(opinion, actor)
    if writing and not any(action.primary for action in steps):
        writing[0] = replace(writing[0], primary=True)
    return {
        "seals": OPINION.seals_of(opinion),
        "holder": holder or str(state.label),
        "holding": holding,
        "holder_label": _("How it ended") if state.ends else "",
        "due_label": _("Due"),
        "due": None
        if state.ends
        else due_of(opinion.due_on, calendar(), clock.today(), state.counted),
        "actions": [*writing, *steps],
    }


def _writing(opinion: Opinion, actor: Actor) -> list[Action]:
    """Pages where something is written that moves no state."""
    found = []
    if OPINION.may_edit("save", opinion, actor):
        found.append(Action(_("Edit"), reverse("opinions:edit", args=[opinion.pk])))
    if OPINION.may_edit("save_edition", opinion, actor):
        found.append(Action(_("Write the edition"), reverse("opinions:edition", args=[opinion.pk])))
    if opinion.state in OpinionState.of("live") and rules.editor.allows(actor, opinion):
        if not hasattr(opinion, "issue_item"):
            found.append(
                Action(
                    _("Put it into an issue"),
                    reverse("opinions:issue-new") + f"?opinion={opinion.pk}",
                )
            )
        found.append(
            Action(_("Transfer to units"), reverse("transfers:begin", args=["opinion", opinion.pk]))
        )
    return found

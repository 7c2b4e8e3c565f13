"""Papers of proposals for download, made when asked for from the records as they stand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from yizheng.core import audit, clock
from yizheng.core.refusals import NotAllowed
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of
from yizheng.documents import downloads
from yizheng.organisations.queries import name_on

from .. import documents, rules
from ..models import Reply
from ..queries import shown_replies, was_assigned_here
from .detail import find

NAMES = {"registration": "提案登记表", "notice": "交办通知", "feedback": "征询意见表"}


def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    proposal = find(request, pk)
    if not rules.is_concerned(actor_of(request), proposal):
        raise NotAllowed(_("The papers are open to those concerned only."))
    if kind not in NAMES or (kind == "notice" and not was_assigned_here(proposal)):
        raise Http404
    with override("zh-hans"):
        if kind == "registration":
            content = documents.registration(proposal)
        elif kind == "notice":
            content = documents.notice(proposal, proposal.organisation)
        else:
            content = documents.feedback_form(proposal)
    audit.record("paper.read", by=actor_of(request), of=proposal, detail={"kind": kind})
    return downloads.word(content, f"{NAMES[kind]}{proposal.case_number}.docx")


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply letter; before its release only its unit and the office may read it."""
    actor = actor_of(request)
    reply = (
        Reply.objects.select_related("assignment__unit", "assignment__proposal")
        .filter(pk=pk)
        .first()
    )
    if reply is None:
        raise Http404
    wanted = request.GET.get("proposal", "")
    proposal = find(request, whole_number(wanted) or reply.assignment.proposal_id)
    if reply.assignment.proposal_id not in (proposal.pk, proposal.merged_into_id):
        raise Http404
    if reply not in shown_replies(reply.assignment, actor):
        raise NotAllowed(_("This reply is not released yet."))
    if not rules.is_concerned(actor, proposal):
        raise NotAllowed(_("The papers are open to those concerned only."))
    with override("zh-hans"):
        content = documents.reply_letter(reply, proposal)
    audit.record(
        "paper.read", by=actor, of=proposal, detail={"kind": "letter", "number": reply.number}
    )
    of_round = f"（第{reply.round}轮）" if reply.round > 1 else ""
    unit = name_on(reply.assignment.unit, clock.day_of(reply.signed_at))
    name = f"{unit.short_name}答复{proposal.case_number}{of_round}.docx"
    return downloads.word(content, name)

"""Pages on which a proposal is written: autosave, attachments, co-signers; for oneself or by the
office for others.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yizheng.core.access import Actor
from yizheng.core.draft_pages import FOR_SOMEBODY_ELSE, Drafts, files_form
from yizheng.core.files import attached_to
from yizheng.core.form_pages import form_page
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.core.request_values import texts
from yizheng.core.views import actor_of, seen_of

from .. import rules, services
from ..enums import COLLECTIVE_KINDS, ProposalBodyForm, ProposalState
from ..flow import COSIGNATURE, PROPOSAL
from ..flow.due_dates import rules_of
from ..forms.drafts import CosignerInviteForm, OnBehalfForm, ProposalDraftForm
from ..models import Proposal
from .detail import find
from .listing import may_write

DRAFTS = Drafts(PROPOSAL, "submit", _("Submitted. The office checks it next."), "proposals")


def _initial(proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {"may_publish": True, "body_form": ProposalBodyForm.PARTS}
    values = {name: getattr(proposal, name) for name in services.FIELDS}
    values["suggested_units"] = list(proposal.suggested_units.all())
    return values


def _values(form: ProposalDraftForm, request: HttpRequest) -> dict[str, Any]:
    return {**form.cleaned_data, "suggestions": texts(request, "suggestion")}


def new(request: HttpRequest) -> HttpResponse:
    """From the first save on, by hand or at a pause of typing, the draft has its own address; what
    cannot be a draft yet is kept as it was typed (`core/unfinished.py`).
    """
    actor = actor_of(request)
    if not may_write(actor):
        raise NotAllowed(gettext("Only members and the office write proposals."))
    form = ProposalDraftForm(request.POST or None, initial=_initial(None))
    behalf = (
        OnBehalfForm(request.POST or None, actor=actor) if rules.enter.allows(actor, None) else None
    )

    def save(proposal: Proposal, seen: int) -> Proposal:
        if behalf and behalf.cleaned_data["proposer"] not in (None, proposal.proposer):
            raise BadInput(FOR_SOMEBODY_ELSE, field="proposer")
        return services.save_draft(proposal, by=actor, seen=seen, **_values(form, request))

    if done := DRAFTS.created(
        request, lambda: _make(request, form, behalf, actor), save, form, behalf
    ):
        return done
    context = {
        "form": form,
        "behalf": behalf,
        "suggestions": _shown(request, None),
        "proposal": None,
        "attachments": [],
        "files": files_form(request),
        "most": rules_of().suggestions_at_most,
        "collective_kinds": COLLECTIVE_KINDS,
    }
    status = DRAFTS.status(form, behalf)
    return render(request, "proposals/draft.html", context, status=status)


def _make(
    request: HttpRequest, form: ProposalDraftForm, behalf: OnBehalfForm | None, actor: Actor
) -> Proposal:
    proposer = behalf.cleaned_data["proposer"] if behalf else None
    if (
        behalf
        and proposer is None
        and not form.cleaned_data["collective_name"]
        and not actor.membership_ids
    ):
        raise BadInput(
            gettext("Choose the member for whom it is entered, or name the collective."),
            field="proposer",
        )
    return services.create_draft(by=actor, proposer=proposer, **_values(form, request))


def _shown(request: HttpRequest, proposal: Proposal | None) -> list[str]:
    if request.method == "POST":
        return texts(request, "suggestion") or [""]
    return (
        [s.text for s in proposal.suggestions.all()]
        if proposal and proposal.suggestions.exists()
        else ["", ""]
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, proposal = actor_of(request), find(request, pk)
    if not PROPOSAL.may_edit("save", proposal, actor) and not DRAFTS.is_late(request, proposal):
        raise NotAllowed(
            gettext(
                "Only its author may change a proposal, while it is a draft or returned for "
                "revision."
            )
        )
    form = ProposalDraftForm(request.POST or None, proposal=proposal, initial=_initial(proposal))
    if done := DRAFTS.saved(request, proposal, lambda: _save(request, proposal, form, actor), form):
        return done
    may_discard = PROPOSAL.may_edit("discard", proposal, actor)
    context = {
        "form": form,
        "behalf": None,
        "suggestions": _shown(request, proposal),
        "proposal": proposal,
        "attachments": list(attached_to(proposal)),
        "note": proposal.decision_note,
        "returned": proposal.state in PROPOSAL.edits["save"].sources
        and proposal.state not in ProposalState.of("begun"),
        "version": DRAFTS.version(request, proposal, form),
        "files": files_form(request),
        "most": rules_of().suggestions_at_most,
        "collective_kinds": COLLECTIVE_KINDS,
        "may_discard": may_discard,
        "submit_confirm": PROPOSAL.steps["submit"].confirm,
    }
    return render(request, "proposals/draft.html", context, status=DRAFTS.status(form))


def _save(
    request: HttpRequest, proposal: Proposal, form: ProposalDraftForm, actor: Actor
) -> Proposal:
    return services.save_draft(proposal, by=actor, seen=seen_of(request), **_values(form, request))


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    actor, proposal = actor_of(request), find(request, pk)
    form = ProposalDraftForm(request.POST, proposal=proposal)
    return DRAFTS.autosaved(form, lambda: _save(request, proposal, form, actor))


@require_POST
def detach(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    proposal = find(request, pk)
    with PROPOSAL.editing("enclose", proposal, by=actor_of(request), seen=seen_of(request)) as edit:
        if paper := attached_to(edit.row).filter(pk=file).first():
            edit.note(paper=paper.name)
        return DRAFTS.detached(request, edit.row, file)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    return DRAFTS.discarded(
        request, partial(services.discard, seen=seen_of(request)), find(request, pk)
    )


def invite(request: HttpRequest, pk: int) -> HttpResponse:
    actor, proposal = actor_of(request), find(request, pk)
    if not PROPOSAL.edits["invite"].rule.allows(actor, proposal):
        raise NotAllowed(PROPOSAL.edits["invite"].stranger)
    signed = proposal.cosignatures.select_related("membership__person")
    return form_page(
        request,
        CosignerInviteForm(request.POST or None, actor=actor, proposal=proposal),
        lambda data: services.invite(proposal, data["members"], by=actor, seen=seen_of(request)),
        title=gettext("Invite co-signers"),
        verb=gettext("Invite"),
        then=PROPOSAL.url(proposal),
        crumbs=[
            (gettext("Proposals"), reverse("proposals:list")),
            (proposal.title, PROPOSAL.url(proposal)),
        ],
        said=lambda invited: gettext("%(n)s members were invited.") % {"n": len(invited)},
        seen=lambda: str(Proposal.objects.get(pk=proposal.pk).version),
        page="proposals/invite.html",
        context={
            "proposal": proposal,
            "days": rules_of().deadlines.cosign_days,
            "known": [(c, COSIGNATURE.state_of(c)) for c in signed],
        },
    )

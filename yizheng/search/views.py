"""The search page, and the panel of similar proposals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yizheng.core.access import Actor
from yizheng.core.panels import Panel
from yizheng.core.refusals import BadInput
from yizheng.core.views import actor_of, find
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal

from . import queries

COMPARING = frozenset({"pass_check", "merge"})
"""Steps before which one looks whether the same was proposed already."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    query = request.GET.get("q", "").strip()[:100]
    before = request.GET.get("before", "")
    found, refusal = queries.Found(), None
    if query:
        try:
            found = queries.find(actor, query, before=int(before) if before.isdigit() else None)
        except BadInput as refused:
            refusal = refused
    rows = [
        {"hit": hit, "url": PROPOSAL.url(hit.proposal), "seals": PROPOSAL.seals_of(hit.proposal),
         "state": PROPOSAL.state_of(hit.proposal).label}
        for hit in found.hits
    ]  # fmt: skip
    context = {"query": query, "found": found, "rows": rows, "refusal": refusal, "before": before}
    return render(request, "search/search.html", context, status=422 if refusal else 200)


def similar_panel(actor: Actor, proposal: Proposal) -> Panel | None:
    """For whoever checks or reviews a proposal: what was proposed before in much the same words. It is looked for when
    the page is there already; without script a link leads to it."""
    if not COMPARING & {offer.step.name for offer in PROPOSAL.offers(proposal, actor)}:
        return None
    body = render_to_string("search/similar_later.html", {"proposal": proposal})
    return Panel(_("Similar proposals"), mark_safe(body))  # rendered and escaped by our own template


@require_safe
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    proposal = find(PROPOSAL, pk, actor)
    alike = [
        {"similar": found, "url": PROPOSAL.url(found.proposal), "state": PROPOSAL.state_of(found.proposal).label}
        for found in queries.similar(actor, proposal)
    ]
    page = "search/similar.html" if request.headers.get("HX-Request") else "search/similar_page.html"
    return render(request, page, {"alike": alike, "proposal": proposal, "back": PROPOSAL.url(proposal)})

"""The search page, and the panel of similar things."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from yizheng.core import search_registry
from yizheng.core.access import Actor
from yizheng.core.panels import Panel
from yizheng.core.refusals import BadInput
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of
from yizheng.core.views import find as find_object

from . import queries


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    query = request.GET.get("q", "").strip()[:100]
    before, kinds = request.GET.get("before", ""), search_registry.kinds(actor)
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    found, refusal = queries.SearchResult(), None
    if query:
        try:
            found = queries.find(actor, query, kind=kind, before=whole_number(before))
        except BadInput as refused:
            refusal = refused
    rows = [
        {
            "hit": hit,
            "url": hit.flow.url(hit.obj),
            "seals": hit.flow.seals_of(hit.obj),
            "state": hit.flow.state_of(hit.obj).label,
        }
        for hit in found.hits
    ]
    context = {
        "query": query,
        "found": found,
        "rows": rows,
        "refusal": refusal,
        "before": before,
        "kind": kind,
        "kinds": kinds,
    }
    return render(request, "search/search.html", context, status=422 if refusal else 200)


def similar_panel(actor: Actor, obj: Any) -> Panel | None:
    """For whoever goes on with it: what was handed in before in much the same words.

    It is looked for when the page is there already; without script a link leads to it.
    """
    comparison = search_registry.COMPARISONS[obj.flow.code]
    if not comparison.steps & {offer.step.name for offer in obj.flow.offers(obj, actor)}:
        return None
    body = render_to_string("search/similar_later.html", {"flow": obj.flow.code, "obj": obj})
    return Panel(comparison.title, mark_safe(body))  # rendered and escaped by our own template


@require_safe
def similar(request: HttpRequest, flow: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    if (comparison := search_registry.COMPARISONS.get(flow)) is None:
        raise Http404
    obj = find_object(comparison.flow, pk, actor)
    context = {
        "alike": queries.similar(actor, obj, comparison.among),
        "comparison": comparison,
        "title": comparison.flow.title(obj),
        "back": comparison.flow.url(obj),
    }
    page = (
        "search/similar.html" if request.headers.get("HX-Request") else "search/similar_page.html"
    )
    return render(request, page, context)

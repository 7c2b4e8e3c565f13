"""Pages of issues: the list, one issue, putting one together, its Word and its PDF."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import attempts, audit, concurrent_changes
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.missing_rows import MissingRow
from yizheng.core.paging import page_of
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import NotAllowed, NotNow, Refusal
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of, seen_of
from yizheng.documents import downloads

from .. import documents, queries, rules, services
from ..flow import ISSUE
from ..forms.filters import IssueFilterForm
from ..forms.issues import IssueForm
from ..models import Issue
from ..opinion_text import current_text


def find(request: HttpRequest, pk: int) -> Issue:
    issue = queries.issues_visible_to(actor_of(request)).filter(pk=pk).first()
    if issue is not None:
        return issue
    if Issue.objects.filter(pk=pk).exists():
        raise NotAllowed(gettext("This issue is not open to you."))
    raise MissingRow(Issue, pk)


def _found(request: HttpRequest, actor: Actor) -> tuple[IssueFilterForm, QuerySet[Issue]]:
    if not rules.opens(actor):
        raise NotAllowed(gettext("This is read by the office and by those who write."))
    form = IssueFilterForm(request.GET, actor=actor)
    form.is_valid()
    return form, queries.issues_filtered(queries.issues_visible_to(actor), form.cleaned_data)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    lines = [
        (issue, ISSUE.state_of(issue), [item.opinion for item in issue.items.all()])
        for issue in page.object_list
    ]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "count": page.paginator.count,
        "may_compose": actor.holds(rules.EDIT),
    }
    return render(request, "opinions/issues.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, whole, in Excel."""
    actor = actor_of(request)
    _form, found = _found(request, actor)
    audit.record("opinions.exported", by=actor, detail={"issues": found.count()})
    return downloads.excel(documents.issues_sheet(found.iterator(500)), "issues.xlsx")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor, issue = actor_of(request), find(request, pk)
    state = ISSUE.state_of(issue)
    composing = _is_open(issue) and rules.publisher.allows(actor, issue)
    items = [item.opinion for item in issue.items.all()]
    context = {
        "issue": issue,
        "state": state,
        "composing": composing,
        "items": [
            (opinion, documents.byline_of(opinion), current_text(opinion)) for opinion in items
        ],
        "pen": {
            "seals": ISSUE.seals_of(issue),
            "holder": gettext("information editors") if not state.ends else str(state.label),
            "holding": state.holding,
            "holder_label": gettext("How it ended") if state.ends else "",
            "actions": actions_for(ISSUE.offers(issue, actor)),
        },
        "timeline": timeline(list(audit.history(issue))) if rules.is_inside(actor) else [],
    }
    return render(request, "opinions/issue.html", context)


def _is_open(issue: Issue) -> bool:
    return issue.state in ISSUE.edits["compose"].sources


def compose(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Begin an issue (`?opinion=` puts one in) or change one that is not out."""
    actor = actor_of(request)
    if not actor.holds(rules.EDIT):
        raise NotAllowed(ISSUE.edits["compose"].stranger)
    issue = find(request, pk) if pk else None
    if issue and not _is_open(issue):
        raise NotNow(ISSUE.edits["compose"].closed)
    form = IssueForm(
        request.POST or None, initial=_initial(request, issue), actor=actor, issue=issue
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("journal", "addressees", "copies", "remark")}
        try:
            write = partial(
                services.compose,
                by=actor,
                opinions=form.in_order(),
                issue=issue,
                seen=seen_of(request),
                **values,
            )
            saved = write() if issue else attempts.one(request, write)
        except Refusal as refused:
            concurrent_changes.explain(form, refused, ISSUE.url(issue) if issue else "")
        else:
            messages.success(request, gettext("Saved."))
            return redirect("opinions:issue", saved.pk)
    elif form.is_bound:
        attempts.explain(request, form)
    some = form.is_bound or form.free.exists()
    version = concurrent_changes.onward(form, issue, seen_of(request)) if issue else ""
    context = {"form": form, "issue": issue, "version": version, "some": some}
    return render(request, "opinions/compose.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, issue: Issue | None) -> dict[str, Any]:
    if issue is None:
        wanted = request.GET.get("opinion", "")
        return {"opinions": [number] if (number := whole_number(wanted)) else []}
    items = [item.opinion for item in issue.items.all()]
    return {
        "journal": issue.journal,
        "addressees": issue.addressees,
        "copies": issue.copies,
        "remark": issue.remark,
        "opinions": [opinion.pk for opinion in items],
        "order": join_cn(opinion.number for opinion in items),
    }


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    services.discard_issue(find(request, pk), by=actor_of(request), seen=seen_of(request))
    messages.success(
        request, gettext("The issue was thrown away; its information is free for another.")
    )
    return redirect("opinions:issues")


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The issue as it is printed; who took it stands in the audit chain."""
    issue = find(request, pk)
    if kind not in ("word", "pdf"):
        raise Http404
    with override("zh-hans"):
        content = documents.issue_word(issue) if kind == "word" else documents.issue_pdf(issue)
    audit.record("issue.read", by=actor_of(request), of=issue, detail={"kind": kind})
    if kind == "word":
        return downloads.word(content, f"{issue}.docx")
    return downloads.pdf(content, f"{issue}.pdf")

"""Reading rules, comparing versions, drafting the next one, adopting it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.core.access import Actor, Rule
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, Refusal, StaleState
from yizheng.core.views import actor_of

from . import SCHEMAS, queries, rules, services
from .forms import AdoptForm, sections, typed
from .models import RegulationVersion
from .problems import BadParameters, read_json
from .schema import changes, document

LARGEST_FILE = 1024 * 1024


def _entry(request: HttpRequest, subject: str) -> tuple[Actor, queries.Entry]:
    if subject not in SCHEMAS:
        raise Http404
    actor = actor_of(request)
    return actor, queries.entry(actor, subject)


def _version(entry: queries.Entry, number: int | str | None) -> RegulationVersion:
    for version, _standing in entry.versions:
        if str(version.number) == str(number):
            return version
    raise Http404


def _require(rule: Rule, actor: Actor) -> None:
    if not rule.allows(actor, None):
        raise NotAllowed(_("This is done by whoever %(rule)s.") % {"rule": rule.label})


def _rights(actor: Actor) -> dict[str, bool]:
    return {"may_draft": rules.drafter.allows(actor, None), "may_adopt": rules.adopter.allows(actor, None)}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(request, "regulations/list.html", {"entries": queries.entries(actor), **_rights(actor)})


@require_safe
def detail(request: HttpRequest, subject: str, number: int | None = None) -> HttpResponse:
    """One version as a document; without a number the one in force."""
    actor, entry = _entry(request, subject)
    version = _version(entry, number) if number is not None else entry.shown
    if version is None:
        return redirect("regulations:list")
    standing = {v.pk: s for v, s in entry.versions}[version.pk]
    parts = document(SCHEMAS[subject].schema, version.parameters)
    context = {"entry": entry, "version": version, "standing": standing, "parts": parts, **_rights(actor)}
    return render(request, "regulations/detail.html", context)


@require_safe
def compare(request: HttpRequest, subject: str) -> HttpResponse:
    """What changed between two versions; by default between the newest and the one before."""
    _actor, entry = _entry(request, subject)
    numbers = sorted(version.number for version, _standing in entry.versions)
    if len(numbers) < 2:
        raise NotNow(_("There is only one version; there is nothing to compare it with."))
    old = _version(entry, request.GET.get("from") or numbers[-2])
    new = _version(entry, request.GET.get("to") or numbers[-1])
    found = changes(SCHEMAS[subject].schema, old.parameters, new.parameters)
    context = {"entry": entry, "old": old, "new": new, "changes": found, "numbers": numbers}
    return render(request, "regulations/compare.html", context)


@require_safe
def download(request: HttpRequest, subject: str, number: int) -> HttpResponse:
    """The parameters as a file that can be edited and handed in again."""
    _actor, entry = _entry(request, subject)
    version = _version(entry, number)
    content = json.dumps(version.parameters, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename={subject}-v{version.number}.json"
    return response


# Drafting --------------------------------------------------------------------------------------------------------


def _base(entry: queries.Entry) -> dict[str, Any]:
    """What the form begins with: the draft, else the newest version, else the model."""
    draft = entry.of("draft")
    if draft or entry.versions:
        version = draft or max((v for v, _s in entry.versions), key=lambda v: v.number)
        return dict(version.parameters)
    return services.model_of(entry.subject) or {}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, subject: str) -> HttpResponse:
    actor, entry = _entry(request, subject)
    _require(rules.drafter, actor)
    base = _base(entry)
    if request.method != "POST":
        return _form(request, entry, base)
    parameters = typed(SCHEMAS[subject].schema, request.POST, base)
    note = request.POST.get("note", "").strip()[:200]
    try:
        _check_seen(entry, request.POST.get("seen", ""))
        services.draft(subject, parameters, by=actor, note=note)
    except Refusal as refused:
        return _form(request, entry, parameters, refused, note)
    messages.success(request, _("The draft is saved. It holds only when a meeting has adopted it."))
    return redirect("regulations:version", subject, _draft_of(actor, subject).number)


def _draft_of(actor: Actor, subject: str) -> RegulationVersion:
    draft = queries.entry(actor, subject).of("draft")
    if draft is None:
        raise NotNow(_("There is no draft; begin one first."))
    return draft


def _check_seen(entry: queries.Entry, seen: str) -> None:
    if seen != queries.digest(_base(entry)):
        raise StaleState(
            _("Somebody else saved this draft since you opened it. What you typed is still on this page; look at the draft in another window, then decide.")
        )


def _form(
    request: HttpRequest, entry: queries.Entry, parameters: dict[str, Any], refusal: Refusal | None = None, note: str = ""
) -> HttpResponse:
    problems = refusal.problems if isinstance(refusal, BadParameters) else []
    draft = entry.of("draft")
    context = {
        "entry": entry, "draft": draft, "sections": sections(SCHEMAS[entry.subject].schema, parameters, problems),
        "problems": problems, "refusal": None if problems else refusal, "note": note or (draft.note if draft else ""),
        "seen": request.POST.get("seen") or queries.digest(_base(entry)),
    }  # fmt: skip
    return render(request, "regulations/edit.html", context, status=refusal.status if refusal else 200)


@require_POST
def upload(request: HttpRequest, subject: str) -> HttpResponse:
    """A whole file becomes the draft, or is refused with line and reason."""
    actor, entry = _entry(request, subject)
    _require(rules.drafter, actor)
    try:
        parameters, lines = read_json(_uploaded(request))
        services.draft(subject, services.check_parameters(subject, parameters, lines), by=actor, note=request.POST.get("note", "")[:200])
    except BadInput as refused:
        problems = refused.problems if isinstance(refused, BadParameters) else []
        context = {"entry": entry, "problems": problems, "refusal": refused}
        return render(request, "regulations/refused_file.html", context, status=refused.status)
    messages.success(request, _("The file is now the draft. It holds only when a meeting has adopted it."))
    return redirect("regulations:version", subject, _draft_of(actor, subject).number)


def _uploaded(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise BadInput(_("Choose a file first."))
    if (file.size or 0) > LARGEST_FILE:
        raise BadInput(_("The file is larger than 1 MB; a regulation's parameters never are."))
    return bytes(file.read())


@require_POST
def begin_from_model(request: HttpRequest, subject: str) -> HttpResponse:
    """The model regulation becomes the first draft."""
    actor, entry = _entry(request, subject)
    _require(rules.drafter, actor)
    model = services.model_of(subject)
    if model is None:
        raise Http404
    if entry.versions:
        raise NotNow(_("There are versions already; draft the next one from the newest."))
    services.draft(subject, model, by=actor, note=_("from the model regulation"))
    messages.success(request, _("The model is now your draft: go through it, change what differs here, have it adopted."))
    return redirect("regulations:version", subject, _draft_of(actor, subject).number)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, subject: str) -> HttpResponse:
    """Record that a meeting adopted the draft; what it changes stands beside the form."""
    actor, entry = _entry(request, subject)
    _require(rules.adopter, actor)
    draft = _draft_of(actor, subject)
    before = entry.of("coming") or entry.of("in_force")
    form = AdoptForm(request.POST or None, first=draft.number == 1)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("seen") != queries.digest(draft.parameters):
                raise StaleState(_("The draft was changed since you opened this page: read it again before it is adopted."))
            services.adopt(draft, by=actor, **form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Adopted. It is in force from %(day)s.") % {"day": form.cleaned_data["in_force_from"]})
            return redirect("regulations:version", subject, draft.number)
    found = changes(SCHEMAS[subject].schema, before.parameters, draft.parameters) if before else None
    context = {"entry": entry, "draft": draft, "before": before, "changes": found, "form": form, "refusal": refusal,
               "seen": queries.digest(draft.parameters)}  # fmt: skip
    return render(request, "regulations/adopt.html", context, status=refusal.status if refusal else 422 if form.errors else 200)


@require_POST
def discard(request: HttpRequest, subject: str) -> HttpResponse:
    actor, _found = _entry(request, subject)
    _require(rules.drafter, actor)
    services.discard(_draft_of(actor, subject), by=actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("regulations:list")



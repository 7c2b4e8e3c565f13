"""Pages of regulations: reading rules, comparing versions, drafting the next one, adopting it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.core.access import Actor
from yizheng.core.doors import last_hand
from yizheng.core.forms import told_at_fields
from yizheng.core.punctuation import sentences
from yizheng.core.refusals import BadInput, NotNow, Refusal, StaleState
from yizheng.core.views import actor_of, seen_of
from yizheng.documents.downloads import attachment

from . import queries, rules, services, version_files
from .forms import AdoptForm, led_to, sections, typed
from .models import RegulationVersion
from .problems import BadParameters
from .schema import ParameterChange, changes, document
from .services import require
from .stored_versions import UnreadableRegulation, VersionReading
from .subjects import SCHEMAS

ADOPTED = gettext_lazy(
    "Version %(n)s was adopted while this page stood open (%(who)s, %(when)s). Nothing was "
    "recorded now; here it is."
)
LARGEST_FILE = 1024 * 1024


def _entry(request: HttpRequest, subject: str) -> tuple[Actor, queries.RegulationEntry]:
    if subject not in SCHEMAS:
        raise Http404
    actor = actor_of(request)
    return actor, queries.entry(actor, subject)


def _version(entry: queries.RegulationEntry, number: int | str | None) -> RegulationVersion:
    for version, _standing in entry.versions:
        if str(version.number) == str(number):
            return version
    raise Http404


def _rights(actor: Actor) -> dict[str, bool]:
    return {
        "may_draft": rules.drafter.allows(actor, None),
        "may_adopt": rules.adopter.allows(actor, None),
    }


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(
        request, "regulations/list.html", {"entries": queries.entries(actor), **_rights(actor)}
    )


@require_safe
def detail(request: HttpRequest, subject: str, number: int | None = None) -> HttpResponse:
    """One version as a document; without a number the one in force."""
    actor, entry = _entry(request, subject)
    version = _version(entry, number) if number is not None else entry.shown
    if version is None:
        return redirect("regulations:list")
    standing = {v.pk: s for v, s in entry.versions}[version.pk]
    context = {
        "entry": entry,
        "version": version,
        "standing": standing,
        **_said(subject, version),
        **_rights(actor),
    }
    return render(request, "regulations/detail.html", context)


def _said(subject: str, version: RegulationVersion) -> dict[str, Any]:
    """What it says in today's form; of one that cannot be read, why, and the text as it is kept."""
    try:
        reading = version.reading
    except UnreadableRegulation as refused:
        return {
            "refusal": refused,
            "kept": json.dumps(version.parameters, ensure_ascii=False, indent=2),
        }
    return {"reading": reading, "parts": document(SCHEMAS[subject].schema, reading.parameters)}


@require_safe
def compare(request: HttpRequest, subject: str) -> HttpResponse:
    """What changed between two versions, both in today's form; by default between the newest and
    the one before.
    """
    _actor, entry = _entry(request, subject)
    numbers = sorted(version.number for version, _standing in entry.versions)
    if len(numbers) < 2:
        raise NotNow(_("There is only one version; there is nothing to compare it with."))
    old = _version(entry, request.GET.get("from") or numbers[-2])
    new = _version(entry, request.GET.get("to") or numbers[-1])
    found = changes(SCHEMAS[subject].schema, old.reading.parameters, new.reading.parameters)
    context = {"entry": entry, "old": old, "new": new, "changes": found, "numbers": numbers}
    return render(request, "regulations/compare.html", context)


@require_safe
def download(request: HttpRequest, subject: str, number: int) -> HttpResponse:
    """A version as a file that can be edited and handed in again, now or in ten years."""
    _actor, entry = _entry(request, subject)
    version = _version(entry, number)
    return attachment(
        version_files.written(version),
        f"{subject}-v{version.number}.json",
        "application/json; charset=utf-8",
    )


# Drafting -----------------------------------------------------------------------------------------


def _base(entry: queries.RegulationEntry) -> tuple[dict[str, Any], Refusal | None]:
    """What the form begins with: the draft, else the newest version, else the model.

    One that cannot be read is passed over, and said.
    """
    newest = sorted((v for v, _standing in entry.versions), key=lambda v: v.number, reverse=True)
    passed_over: Refusal | None = None
    for version in newest:
        try:
            return dict(version.reading.parameters), passed_over
        except UnreadableRegulation as refused:
            passed_over = passed_over or refused
    return services.model_of(entry.subject) or {}, passed_over


def _seen(request: HttpRequest) -> int:
    """The count the page was drawn from; a page that says none has seen nothing that can be."""
    seen = seen_of(request)
    return -1 if seen is None else seen


def _seen_if_said(request: HttpRequest) -> int | None:
    """The same where something is handed in without a page before it."""
    return _seen(request) if "seen" in request.POST else None


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, subject: str) -> HttpResponse:
    actor, entry = _entry(request, subject)
    require(rules.drafter, actor)
    base, passed_over = _base(entry)
    if request.method != "POST":
        return _form(request, entry, base, passed_over, status=200)
    parameters = typed(SCHEMAS[subject].schema, request.POST, base)
    note = request.POST.get("note", "").strip()
    try:
        services.draft(subject, parameters, by=actor, note=note, seen=_seen(request))
    except Refusal as refused:
        return _form(request, entry, parameters, refused, note)
    messages.success(request, _("The draft is saved. It holds only when a meeting has adopted it."))
    return redirect("regulations:version", subject, _draft_of(actor, subject).number)


def _draft_of(actor: Actor, subject: str) -> RegulationVersion:
    draft = queries.entry(actor, subject).of("draft")
    if draft is None:
        raise NotNow(_("There is no draft; begin one first."))
    return draft


def _form(
    request: HttpRequest,
    entry: queries.RegulationEntry,
    parameters: dict[str, Any],
    refusal: Refusal | None,
    note: str = "",
    status: int = 0,
) -> HttpResponse:
    problems = refusal.problems if isinstance(refusal, BadParameters) else []
    of_file = refusal if refusal and refusal.field == "file" else None
    draft = entry.of("draft")
    shown = sections(SCHEMAS[entry.subject].schema, parameters, problems)
    context = {
        "entry": entry,
        "draft": draft,
        "sections": shown,
        "problems": [(of_file, "id-file")] if of_file else led_to(problems, shown),
        "refusal": None if problems or of_file else refusal,
        "file_refusal": of_file,
        "note": note or (draft.note if draft else ""),
        "seen": _shown(request, entry, refusal),
    }
    return render(
        request,
        "regulations/edit.html",
        context,
        status=status or (refusal.status if refusal else 200),
    )


def _shown(
    request: HttpRequest, entry: queries.RegulationEntry, refusal: Refusal | None
) -> int | str:
    """What the page that comes back has seen: as it was drawn; only who was told that somebody was
    quicker sees it anew.
    """
    if isinstance(refusal, StaleState):
        return _entry(request, entry.subject)[1].seen
    return request.POST.get("seen") or entry.seen


@require_POST
def upload(request: HttpRequest, subject: str) -> HttpResponse:
    """A whole file becomes the draft, or is refused with line and reason.

    An old one that says what today's limits refuse opens in the form.
    """
    actor, entry = _entry(request, subject)
    require(rules.drafter, actor)
    note, file = request.POST.get("note", "").strip(), None
    try:
        file = version_files.given(subject, _uploaded(request))
        services.draft(
            subject,
            version_files.checked(subject, file),
            by=actor,
            note=note,
            seen=_seen_if_said(request),
        )
    except Refusal as refused:
        if file and file.is_old:
            return _form(request, entry, file.parameters, refused, note)
        if refused.field == "file":
            return _form(request, entry, _base(entry)[0], refused)
        problems = refused.problems if isinstance(refused, BadParameters) else []
        context = {"entry": entry, "problems": problems, "refusal": refused}
        return render(request, "regulations/refused_file.html", context, status=refused.status)
    if file.unused:
        places = sentences(place for place, _value in file.unused)
        messages.warning(
            request,
            _("No longer used by the platform, and left out: %(places)s") % {"places": places},
        )
    messages.success(
        request, _("The file is now the draft. It holds only when a meeting has adopted it.")
    )
    return redirect("regulations:version", subject, _draft_of(actor, subject).number)


def _uploaded(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise BadInput(_("Choose a file first."), field="file")
    if (file.size or 0) > LARGEST_FILE:
        raise BadInput(
            _("The file is larger than 1 MB; a regulation's parameters never are."), field="file"
        )
    return bytes(file.read())


@require_POST
def begin_from_model(request: HttpRequest, subject: str) -> HttpResponse:
    """The model regulation becomes the first draft."""
    actor, entry = _entry(request, subject)
    require(rules.drafter, actor)
    model = services.model_of(subject)
    if model is None:
        raise Http404
    if entry.versions:
        raise NotNow(_("There are versions already; draft the next one from the newest."))
    services.draft(subject, model, by=actor, note=_("from the model regulation"), seen=entry.seen)
    messages.success(
        request,
        _("The model is now your draft: go through it, change what differs here, have it adopted."),
    )
    return redirect("regulations:version", subject, _draft_of(actor, subject).number)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, subject: str) -> HttpResponse:
    """Record that a meeting adopted the draft; what it changes stands beside the form."""
    actor, entry = _entry(request, subject)
    require(rules.adopter, actor)
    if adopted := _adopted_meanwhile(request, entry):
        messages.error(request, ADOPTED % {"n": adopted.number, **last_hand(adopted)})
        return redirect("regulations:version", subject, adopted.number)
    draft = _draft_of(actor, subject)
    reading, before = draft.reading, entry.of("coming") or entry.of("in_force")
    form = AdoptForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.adopt(draft, by=actor, seen=_seen(request), **form.cleaned_data)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("Adopted. It is in force from %(day)s.")
                % {"day": form.cleaned_data["in_force_from"]},
            )
            return redirect("regulations:version", subject, draft.number)
    context = {
        "entry": entry,
        "draft": draft,
        "before": before,
        "changes": _changes(subject, before, reading),
        "form": form,
        "refusal": told_at_fields(refusal, form),
        "reading": reading,
        "seen": _shown(request, entry, refusal),
    }
    return render(
        request,
        "regulations/adopt.html",
        context,
        status=refusal.status if refusal else 422 if form.errors else 200,
    )


def _adopted_meanwhile(
    request: HttpRequest, entry: queries.RegulationEntry
) -> RegulationVersion | None:
    """What was adopted while the page stood open, no other draft being there."""
    if request.method != "POST" or entry.of("draft") or _seen(request) in (-1, entry.seen):
        return None
    newest = max(
        (version for version, _standing in entry.versions),
        key=lambda version: version.number,
        default=None,
    )
    return newest if newest and newest.adopted_on else None


def _changes(
    subject: str, before: RegulationVersion | None, reading: VersionReading
) -> list[ParameterChange] | None:
    """None where there is no version before it, or none that can be read."""
    said = services.said_of(before)
    return changes(SCHEMAS[subject].schema, said, reading.parameters) if said is not None else None


@require_POST
def discard(request: HttpRequest, subject: str) -> HttpResponse:
    actor, _found = _entry(request, subject)
    require(rules.drafter, actor)
    services.discard(_draft_of(actor, subject), by=actor, seen=_seen_if_said(request))
    messages.success(request, _("The draft is thrown away."))
    return redirect("regulations:list")

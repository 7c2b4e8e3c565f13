"""Pages on which opinions are written: a draft in a minute, saved as one writes; and the edition
beside the writer's text.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from yizheng.core import concurrent_changes, panels
from yizheng.core.access import Actor
from yizheng.core.draft_pages import FOR_SOMEBODY_ELSE, Drafts, files_form
from yizheng.core.files import attached_to
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, Refusal
from yizheng.core.views import actor_of, seen_of

from .. import rules, services
from ..enums import OpinionBodyForm, OpinionState, ReporterKind
from ..flow import OPINION
from ..flow.due_dates import rules_of
from ..forms.drafts import EditionForm, OpinionDraftForm, ReporterForm
from ..models import Opinion
from ..opinion_text import compare, length_of, original_text
from ..services import Reporter
from .detail import find

DRAFTS = Drafts(
    OPINION,
    "submit",
    _("Handed in. The office reads it next, and you are told of each step."),
    "opinions",
)


def _initial(opinion: Opinion | None) -> dict[str, Any]:
    if opinion is None:
        return {"body_form": OpinionBodyForm.TEXT}
    values = {name: getattr(opinion, name) for name in services.FIELDS}
    values["cowriters"] = list(opinion.cowriters.values_list("membership", flat=True))
    return values


def _values(form: OpinionDraftForm) -> dict[str, Any]:
    return dict(form.cleaned_data)


def _reporter(who: ReporterForm) -> Reporter | None:
    """None: the actor's own."""
    data = who.cleaned_data
    if data["who"] == ReporterKind.MEMBER:
        member = data["member"]
        return Reporter(ReporterKind.MEMBER, member.person.name, member, member.sector.name)
    if data["who"] == ReporterKind.COLLECTIVE:
        return Reporter(ReporterKind.COLLECTIVE, data["collective"].name)
    if data["who"] == ReporterKind.NON_MEMBER:
        return Reporter(ReporterKind.NON_MEMBER, data["name"], identity=data["identity"])
    return None


def new(request: HttpRequest) -> HttpResponse:
    """From the first save on, by hand or at a pause of typing, the draft has its own address; what
    cannot be a draft yet is kept as it was typed (`core/unfinished.py`).
    """
    actor = actor_of(request)
    if not rules.may_write(actor):
        raise NotAllowed(
            gettext(
                "Members, liaison officers, invited reporters and the office write "
                "public-opinion information."
            )
        )
    initial = {**_initial(None), "follow_up_of": request.GET.get("follows", "")}
    form = OpinionDraftForm(request.POST or None, initial=initial, actor=actor)
    who = ReporterForm(request.POST or None, actor=actor)

    def save(opinion: Opinion, seen: int) -> Opinion:
        reporter = _reporter(who) or services.reporter_of(actor)
        if (reporter.kind, reporter.name, reporter.identity) != (
            opinion.reporter_kind,
            opinion.reporter_name,
            opinion.reporter_identity,
        ):
            raise BadInput(FOR_SOMEBODY_ELSE, field="who")
        return services.save_draft(opinion, by=actor, seen=seen, **_values(form))

    def make() -> Opinion:
        return services.create_draft(by=actor, reporter=_reporter(who), **_values(form))

    if done := DRAFTS.created(request, make, save, form, who):
        return done
    context = {
        "form": form,
        "who": who,
        "opinion": None,
        "attachments": [],
        "files": files_form(request),
        "submit_confirm": _confirm(),
    }
    return render(request, "opinions/draft.html", context, status=DRAFTS.status(form, who))


def _confirm() -> Any:
    return OPINION.steps["submit"].confirm


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, opinion = actor_of(request), find(request, pk)
    if not OPINION.may_edit("save", opinion, actor) and not DRAFTS.is_late(request, opinion):
        raise NotAllowed(
            gettext(
                "Only its writer may change it, while it is a draft or has come back to be "
                "completed."
            )
        )
    form = OpinionDraftForm(
        request.POST or None, initial=_initial(opinion), actor=actor, opinion=opinion
    )
    if done := DRAFTS.saved(request, opinion, lambda: _save(request, opinion, form, actor), form):
        return done
    context = {
        "form": form,
        "who": None,
        "opinion": opinion,
        "attachments": list(attached_to(opinion)),
        "version": DRAFTS.version(request, opinion, form),
        "returned": opinion.state in OpinionState.of("incomplete"),
        "note": opinion.decision_note,
        "files": files_form(request),
        "may_discard": OPINION.may_edit("discard", opinion, actor),
        "submit_confirm": _confirm(),
        "panels": panels.on("opinion.writing", actor, opinion),
    }
    return render(request, "opinions/draft.html", context, status=DRAFTS.status(form))


def _save(request: HttpRequest, opinion: Opinion, form: OpinionDraftForm, actor: Actor) -> Opinion:
    papers = [upload.name or "" for upload in request.FILES.getlist("files")]
    return services.save_draft(
        opinion, by=actor, seen=seen_of(request), papers=papers, **_values(form)
    )


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    actor, opinion = actor_of(request), find(request, pk)
    form = OpinionDraftForm(request.POST, actor=actor, opinion=opinion)
    return DRAFTS.autosaved(form, lambda: _save(request, opinion, form, actor))


@require_POST
def detach(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    actor, opinion = actor_of(request), find(request, pk)
    with OPINION.editing("enclose", opinion, by=actor, seen=seen_of(request)) as edit:
        paper = DRAFTS.paper(opinion, file)
        answer = DRAFTS.detached(request, opinion, file)
        if paper:
            edit.note(paper=paper.name)
    return answer


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    return DRAFTS.discarded(
        request, partial(services.discard, seen=seen_of(request)), find(request, pk)
    )


# The edition --------------------------------------------------------------------------------------


def _editable(request: HttpRequest, pk: int) -> Opinion:
    opinion = find(request, pk)
    if not OPINION.may_edit("save_edition", opinion, actor_of(request)):
        is_editor = OPINION.edits["save_edition"].rule.allows(actor_of(request), opinion)
        raise (NotNow if is_editor else NotAllowed)(
            gettext("The edition is written by the editors, while it is being edited or checked.")
        )
    return opinion


def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """The edition beside the writer's text, which stays as it is; below, what was changed."""
    actor, opinion = actor_of(request), _editable(request, pk)
    initial = {
        "title": opinion.edited_title,
        "text": opinion.edited_text,
        "category": opinion.category,
    }
    form = EditionForm(request.POST or None, opinion=opinion, initial=initial)
    if "start_over" in request.POST:
        services.start_over(opinion, by=actor, seen=seen_of(request))
        messages.success(request, gettext("Saved."))
        return redirect("opinions:edition", opinion.pk)
    seen = seen_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            opinion = services.save_edition(opinion, by=actor, seen=seen, **form.cleaned_data)
            seen = opinion.version  # saved, though it may not be finished yet
            if "finish" in request.POST:
                OPINION.perform("finish", opinion, by=actor, seen=opinion.version)
                messages.success(request, gettext("The edition goes to be checked."))
                return redirect("opinions:detail", opinion.pk)
        except Refusal as refused:
            concurrent_changes.explain(form, refused, OPINION.url(opinion))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("opinions:edition", opinion.pk)
    original = original_text(opinion)
    context = {
        "form": form,
        "opinion": opinion,
        "original": original,
        "version": concurrent_changes.onward(form, opinion, seen),
        "pairs": compare(original, opinion.edited_text),
        "length": length_of(opinion.edited_text),
        "most": rules_of().longest_text,
        "may_finish": OPINION.steps["finish"].is_for(opinion),
        "attachments": list(attached_to(opinion)),
        "merged": list(opinion.merged.all()),
        "panels": panels.on("opinion.writing", actor, opinion),
    }
    return render(request, "opinions/edition.html", context, status=422 if form.errors else 200)


@require_POST
def edition_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    opinion = _editable(request, pk)
    form = EditionForm(request.POST, opinion=opinion)
    return DRAFTS.autosaved(
        form,
        lambda: services.save_edition(
            opinion, by=actor_of(request), seen=seen_of(request), **form.cleaned_data
        ),
    )

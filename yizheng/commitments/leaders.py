"""Pages of leaders' instructions and of what was transferred to units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import attempts, audit, clock, meanwhile
from yizheng.core.access import Actor
from yizheng.core.due import due_of
from yizheng.core.files import attached_to
from yizheng.core.forms import tell
from yizheng.core.lost import Missing
from yizheng.core.refusals import NotAllowed, Refusal
from yizheng.core.typed import whole_number
from yizheng.core.ui import actions_for, timeline
from yizheng.core.views import actor_of, find, seen_of
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar

from . import documents, followup, recording, rules, sources
from .enums import TransferState
from .flow import TRANSFER
from .forms import InstructionForm, TransferForm
from .models import Instruction, Transfer
from .sources import Source

PAGE_SIZE = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _require_list(actor: Actor) -> None:
    if not rules.has_list(actor):
        raise NotAllowed(
            gettext(
                "This list is kept by the office and read by those who handle what is transferred."
            )
        )


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("all")), *((source.place, source.label) for source in sources.all_sources())]


class InstructionFilter(forms.Form):
    q = forms.CharField(
        label=_("Leader or words"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Written on"), required=False)
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("all")), *Instruction.Level.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False)
    followed = forms.ChoiceField(
        label=_("Follow-up"),
        required=False,
        choices=[
            ("", _("all")),
            ("yes", _("transferred to a unit")),
            ("no", _("not transferred yet")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]
        years = [(str(year), str(year)) for year in followup.years(actor)]
        self.fields["year"].choices = [("", _("all")), *years]  # type: ignore[attr-defined]


class TransferFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("not settled yet")), *TransferState.choices],
    )
    kind = forms.ChoiceField(label=_("What"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    due = forms.ChoiceField(
        label=_("Time"), required=False, choices=[("", _("all")), ("overdue", _("overdue"))]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]
        given = Transfer.objects.filter(rules.visible_transfers(actor)).order_by().values("unit")
        units = [
            (str(pk), name)
            for pk, name in Unit.objects.filter(pk__in=given).values_list("pk", "short_name")
        ]
        self.fields["unit"].choices = [("", _("all")), *units]  # type: ignore[attr-defined]


def _instructions(
    request: HttpRequest, actor: Actor
) -> tuple[InstructionFilter, QuerySet[Instruction]]:
    _require_list(actor)
    form = InstructionFilter(request.GET, actor=actor)
    form.is_valid()
    found = followup.filtered_instructions(
        followup.instructions_visible_to(actor), form.cleaned_data
    )
    return form, followup.with_sources(found)


@require_safe
def instructions(request: HttpRequest) -> HttpResponse:
    """All instructions the reader may see, newest first."""
    actor = actor_of(request)
    form, found = _instructions(request, actor)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    count = page.paginator.count
    lines = [followup.instruction_line(each) for each in page.object_list]
    context = {"form": form, "page": page, "lines": lines, "count": count}
    return render(request, "commitments/instructions.html", context)


@require_safe
def export_instructions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    _form, found = _instructions(request, actor)
    audit.record("instructions.exported", by=actor, detail={"count": found.count()})
    response = HttpResponse(documents.instruction_sheet(found), content_type=EXCEL)
    response["Content-Disposition"] = "attachment; filename=instructions.xlsx"
    return response


def _object(request: HttpRequest, place: str, pk: int) -> tuple[Source, Any]:
    """The object on which something is to be recorded: not found elsewhere, refused without the
    right.
    """
    source, actor = sources.of_place(place), actor_of(request)
    obj = source.model.objects.filter(pk=pk).first() if source else None
    if source is None or obj is None:
        raise Http404
    if not source.sees(actor, obj) or not source.may_enter(actor, obj):
        raise NotAllowed(gettext("This is done by the office that keeps it."))
    return source, obj


def record(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Write down what a leader wrote on an object."""
    source, obj = _object(request, place, pk)
    form = InstructionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            values = recording.clean_values(form.cleaned_data)
            attempts.one(
                request, lambda: recording.record(source, obj, by=actor_of(request), **values)
            )
        except Refusal as refused:
            tell(refused, form)
        else:
            messages.success(request, gettext("The instruction was recorded."))
            return redirect(source.url(obj))
    return _form_page(
        request, form, source, obj, gettext("Record an instruction"), gettext("Record")
    )


def _form_page(
    request: HttpRequest,
    form: forms.Form,
    source: Source,
    obj: Any,
    title: str,
    verb: str,
    **more: Any,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "verb": verb,
        "object_title": source.title(obj),
        "back": source.url(obj),
        **more,
    }
    return render(request, "commitments/form.html", context, status=422 if form.errors else 200)


def _instruction(request: HttpRequest, pk: int) -> tuple[Instruction, Source]:
    actor = actor_of(request)
    found = Instruction.objects.filter(pk=pk).select_related("content_type").first()
    if found is None:
        raise Missing(Instruction, pk)
    source = sources.of(found)
    if not rules.may_read_instruction(actor, found) or not source.may_enter(actor, found.source):
        raise NotAllowed(gettext("This is done by the office that keeps it."))
    return found, source


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was written down wrong."""
    found, source = _instruction(request, pk)
    initial = {name: getattr(found, name) for name in recording.FIELDS}
    form = InstructionForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            recording.change(
                found,
                by=actor_of(request),
                seen=seen_of(request),
                **recording.clean_values(form.cleaned_data),
            )
        except Refusal as refused:
            meanwhile.explain(form, refused, request.get_full_path())
        else:
            messages.success(request, gettext("Saved."))
            return redirect(source.url(found.source))
    title = gettext("Change the instruction")
    version = meanwhile.onward(form, found, seen_of(request))
    remove_url = reverse("commitments:instruction-remove", args=[found.pk])
    return _form_page(
        request,
        form,
        source,
        found.source,
        title,
        gettext("Save"),
        remove_url=remove_url,
        version=version,
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found, source = _instruction(request, pk)
    obj = found.source
    recording.remove(found, by=actor_of(request), seen=seen_of(request))
    messages.success(request, gettext("The instruction was taken away."))
    return redirect(source.url(obj))


# Transfers ----------------------------------------------------------------------------------------


def transfer(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Give an object to units; `?instruction=` says because of which instruction."""
    source, obj = _object(request, place, pk)
    because = _because(request, source, obj)
    form = TransferForm(
        request.POST or None,
        day=recording.answer_day(source),
        initial={"words": because.words if because else ""},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            attempts.once(
                request,
                lambda: recording.transfer(
                    source,
                    obj,
                    data["units"],
                    by=actor_of(request),
                    words=data["words"],
                    until=data["until"],
                    instruction=because,
                ),
                lambda made: made[0],
            )
        except Refusal as refused:
            tell(refused, form)
        else:
            messages.success(request, gettext("Transferred."))
            return redirect(source.url(obj))
    return _form_page(request, form, source, obj, gettext("Transfer to units"), gettext("Transfer"))


def _because(request: HttpRequest, source: Source, obj: Any) -> Instruction | None:
    wanted = request.GET.get("instruction", "")
    found = Instruction.objects.filter(content_type=source.kind, object_id=obj.pk)
    return found.filter(pk=whole_number(wanted) or 0).first()


def _transfers(request: HttpRequest, actor: Actor) -> tuple[TransferFilter, QuerySet[Transfer]]:
    _require_list(actor)
    data = (
        request.GET
        if any(name in request.GET for name in TransferFilter.base_fields)
        else {"state": "open"}
    )
    form = TransferFilter(data, actor=actor)
    form.is_valid()
    found = followup.filtered_transfers(followup.transfers_visible_to(actor), form.cleaned_data)
    return form, followup.for_list(found)


@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form, found = _transfers(request, actor)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    count = page.paginator.count
    page.object_list = followup.transfer_rows(list(page.object_list), actor)  # type: ignore[assignment]
    bulk = [
        {"label": step.label, "url": reverse("core:bulk", args=[TRANSFER.code, step.name])}
        for step in TRANSFER.steps.values()
        if step.bulk and any(actor.holds(source.office) for source in sources.all_sources())
    ]
    context = {"form": form, "page": page, "count": count, "columns": COLUMNS, "bulk": bulk}
    return render(request, "commitments/transfers.html", context)


COLUMNS = [
    {"key": "title", "label": _("What")},
    {"key": "seals", "label": _("Progress")},
    {"key": "holder", "label": _("Who holds the pen")},
    {"key": "due", "label": _("Time left")},
]


@require_safe
def export_transfers(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    _form, found = _transfers(request, actor)
    audit.record("transfers.exported", by=actor, detail={"count": found.count()})
    response = HttpResponse(documents.transfer_sheet(found), content_type=EXCEL)
    response["Content-Disposition"] = "attachment; filename=transfers.xlsx"
    return response


@require_safe
def transfer_detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found: Transfer = find(TRANSFER, pk, actor)
    source, state = sources.of(found), TRANSFER.state_of(found)
    due = due_of(found.due_on, calendar(), clock.today())
    pen = {
        "seals": TRANSFER.seals_of(found),
        "holder": followup.holder_of(found) or state.label,
        "holding": state.holding,
        "holder_label": gettext("How it ended") if state.ends else "",
        "due": None if state.ends else due,
        "due_label": gettext("Answer due"),
        "actions": actions_for(TRANSFER.offers(found, actor)),
    }
    context = {
        "transfer": found,
        "state": state,
        "pen": pen,
        "attachments": attached_to(found),
        "source_title": source.title(found.source),
        "source_url": source.url(found.source),
        "kind": source.label,
        "timeline": timeline(list(audit.history(found))),
    }
    return render(request, "commitments/transfer.html", context)

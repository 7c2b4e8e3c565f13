"""Learning: programmes of a year, what is to be read, whom it reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock, doors
from yizheng.core.access import Actor
from yizheng.core.files import attach, attached_to
from yizheng.core.forms import OneFile
from yizheng.core.pages import form_page
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.core.typed import year_in
from yizheng.core.views import actor_of
from yizheng.documents.sheets import Column, Sheet, workbook

from . import queries, rules
from .models import LearningProgramme

FIELDS = ("year", "title", "about", "reading")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ProgrammeForm(forms.Form):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1949, max_value=2200)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reading = forms.CharField(
        label=gettext_lazy("To be read"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One in each line: a book, a paper, an address."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=OneFile(),
        help_text=gettext_lazy("PDF, Word, Excel, OFD, JPG or PNG; at most 20 MB."),
    )


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not rules.may_read(actor):
        raise NotAllowed(_("Learning is open to members and to the office."))
    return actor


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """One year: its programmes, its sessions and essays, whom they reached."""
    actor, year = _reader(request), year_in(request)
    context = {
        "year": year,
        "years": queries.years(clock.today()),
        "programmes": queries.programmes(actor, year),
        "sessions": queries.sessions(year).count(),
        "essays": queries.essays(year).count(),
        "coverage": queries.coverage(year) if rules.reads_coverage(actor) else None,
        "keeps": rules.keep.allows(actor, None),
    }
    return render(request, "learning/overview.html", context)


def _find(pk: int) -> LearningProgramme:
    return get_object_or_404(LearningProgramme.objects.all(), pk=pk)


@require_safe
def programme_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor, programme = _reader(request), _find(pk)
    context = {
        "programme": programme,
        "reading": [line.strip() for line in programme.reading.splitlines() if line.strip()],
        "files": attached_to(programme),
        "sessions": queries.sessions_to(actor, programme),
        "essays": queries.essays(programme.year, programme).count(),
        "keeps": rules.keep.allows(actor, None),
        "coverage": queries.coverage(programme.year, programme)
        if rules.reads_coverage(actor)
        else None,
    }
    return render(request, "learning/programme.html", context)


def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    if not rules.keep.allows(actor, None):
        raise NotAllowed(_("Programmes of learning are kept by the office."))
    programme = _find(pk) if pk else LearningProgramme()
    initial = (
        {name: getattr(programme, name) for name in FIELDS} if pk else {"year": clock.today().year}
    )
    crumbs: list[tuple[Any, str]] = [(_("Learning"), reverse("learning:overview"))]
    return form_page(
        request,
        ProgrammeForm(request.POST or None, request.FILES or None, initial=initial),
        lambda values: save(programme, values, by=actor, seen=request.POST.get("seen")),
        makes=not pk,
        title=programme.title if pk else _("Add a programme"),
        verb=_("Save"),
        crumbs=[*crumbs, (programme.title, _url(programme))] if pk else crumbs,
        then=_url,
        said=lambda saved: _("%(what)s is saved.") % {"what": saved},
        seen=(lambda: doors.mark(_find(pk))) if pk else None,
    )


def _url(programme: LearningProgramme) -> str:
    return reverse("learning:programme", args=[programme.pk])


def save(
    programme: LearningProgramme, values: dict[str, Any], *, by: Actor, seen: str | None = None
) -> LearningProgramme:
    """A programme and, if given, one more file to be read."""
    with doors.saving(programme, "learning", by=by, rule=rules.keep, seen=seen) as edit:
        if (
            LearningProgramme.objects.filter(year=values["year"], title=values["title"])
            .exclude(pk=programme.pk)
            .exists()
        ):
            raise BadInput(
                _("There is a programme “%(title)s” in that year already.")
                % {"title": values["title"]},
                field="title",
            )
        edit.put(values, FIELDS)
        if file := values.get("file"):
            edit.save()
            edit.note(file=attach(file, file.name, to=edit.row, by=by).name)
    return programme


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Members and staff of the year, reached or not."""
    actor, year = actor_of(request), year_in(request)
    if not rules.reads_coverage(actor):
        raise NotAllowed(_("Whom learning did not reach is seen by the office."))
    found = queries.coverage(year)
    rows = [[m.person.name, _("member"), m.sector.name] for m in found.members.missing]
    rows += [[s.person.name, _("staff"), s.post.name] for s in found.staff.missing]
    sheet = Sheet(
        _("Not reached"),
        [Column(_("Name"), 8), Column(_("Member or staff"), 8), Column(_("Sector or post"), 14)],
        rows,
    )
    audit.record("learning.exported", by=actor, detail={"year": year})
    name = f"learning-{year}.xlsx"
    return HttpResponse(
        workbook([sheet]),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def may_read_file(actor: Actor, programme: LearningProgramme) -> bool:
    return rules.may_read(actor) and LearningProgramme.objects.filter(pk=programme.pk).exists()

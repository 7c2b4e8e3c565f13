"""Pages of learning: programmes of a year, what is to be read, whom it reached."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yizheng.activities.models import LearningProgramme
from yizheng.core import audit, clock, doors
from yizheng.core.access import Actor
from yizheng.core.files import attached_to
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.refusals import NotAllowed, NotNow
from yizheng.core.request_values import year_in
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from . import queries, rules, services
from .forms import ProgrammeForm


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
        "years": queries.years(actor, clock.today()),
        "programmes": queries.programmes(actor, year),
        "sessions": queries.sessions(actor, year).count(),
        "essays": queries.essays(actor, year).count(),
        "coverage": queries.coverage(actor, year) if rules.reads_coverage(actor) else None,
        "keeps": rules.keep.allows(actor, None),
    }
    return render(request, "learning/overview.html", context)


def _find(actor: Actor, pk: int) -> LearningProgramme:
    return get_object_or_404(queries.visible_programmes(actor), pk=pk)


@require_safe
def programme_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _reader(request)
    programme = _find(actor, pk)
    context = {
        "programme": programme,
        "reading": [line.strip() for line in programme.reading.splitlines() if line.strip()],
        "files": attached_to(programme),
        "sessions": queries.sessions_to(actor, programme),
        "essays": queries.essays(actor, programme.year, programme).count(),
        "keeps": rules.keep.allows(actor, None),
        "coverage": queries.coverage(actor, programme.year, programme)
        if rules.reads_coverage(actor)
        else None,
    }
    return render(request, "learning/programme.html", context)


def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    if not rules.keep.allows(actor, None):
        raise NotAllowed(_("Programmes of learning are kept by the office."))
    programme = _find(actor, pk) if pk else LearningProgramme()
    initial = (
        {name: getattr(programme, name) for name in services.FIELDS}
        if pk
        else {"year": clock.today().year}
    )
    crumbs: list[tuple[Any, str]] = [(_("Learning"), reverse("learning:overview"))]
    return form_page(
        request,
        ProgrammeForm(request.POST or None, request.FILES or None, initial=initial),
        lambda values: services.save(programme, values, by=actor, seen=seen_in(request)),
        makes=not pk,
        title=programme.title if pk else _("Add a programme"),
        verb=_("Save"),
        crumbs=[*crumbs, (programme.title, _url(programme))] if pk else crumbs,
        then=_url,
        said=lambda saved: _("%(what)s is saved.") % {"what": saved},
        seen=(lambda: doors.mark(_find(actor, pk))) if pk else None,
    )


def _url(programme: LearningProgramme) -> str:
    return reverse("learning:programme", args=[programme.pk])


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Members and staff of the year, reached or not."""
    actor, year = actor_of(request), year_in(request)
    if not rules.reads_coverage(actor):
        raise NotAllowed(_("Whom learning did not reach is seen by the office."))
    found = queries.coverage(actor, year)
    if not found.is_recorded:
        raise NotNow(_("Who came is not recorded: nobody can say whom learning did not reach."))
    rows = [[m.person.name, _("member"), m.sector.name] for m in found.members.missing]
    rows += [[s.person.name, _("staff"), s.post.name] for s in found.staff.missing]
    sheet = Sheet(
        _("Not reached"),
        [
            SheetColumn(_("Name"), 8),
            SheetColumn(_("Member or staff"), 8),
            SheetColumn(_("Sector or post"), 14),
        ],
        rows,
    )
    audit.record("learning.exported", by=actor, detail={"year": year})
    return excel(workbook([sheet]), f"learning-{year}.xlsx")

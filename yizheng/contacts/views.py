"""Pages of contacts: the matrix with how it stands, one link with its private log, links given by
the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import audit, clock
from yizheng.core.access import NOTHING, Actor
from yizheng.core.case_display import ListColumn
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, pressed, seen_in
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.time_left import DayCount, TimeLeft, due_of
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import workbook
from yizheng.organisations.queries import calendar

from . import documents, forms, queries, rules, services
from .models import ContactEntry, ContactLink
from .parameters import ContactParameters, in_force, of_year

COLUMNS = (
    ListColumn("title", pgettext_lazy("of members", "Contact")),
    ListColumn("kind", gettext_lazy("Kind")),
    ListColumn("times", gettext_lazy("This year"), "number"),
    ListColumn("last", gettext_lazy("Last time"), "date"),
    ListColumn("due", gettext_lazy("Next by")),
)
TONES = {"late": "cinnabar", "open": "ochre", "reached": "bamboo"}


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if rules.visible_links(actor) == NOTHING:
        raise NotAllowed(_("Contacts are open to members, each their own, and to the office."))
    return actor


@dataclass(frozen=True)
class FoundLinks:
    """What was asked for, and the rules by which all of it is counted: those of the year shown."""

    form: forms.ContactFilterForm
    rules: ContactParameters
    rows: list[queries.LinkRow]


def _found(request: HttpRequest, actor: Actor) -> FoundLinks:
    """Of this year, where a year is asked for that is not on offer."""
    today, asked = clock.today(), request.GET.get("year", "")
    years = queries.years(actor, today)
    year = next((year for year in years if str(year) == asked), today.year)
    parameters = of_year(year, today)
    form = forms.ContactFilterForm(request.GET or None, rules=parameters, years=years)
    form.is_valid()
    wanted = getattr(form, "cleaned_data", {})  # what can be read; a list is never refused
    return FoundLinks(form, parameters, queries.matrix(actor, wanted, year, parameters))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    found = _found(request, actor)
    page = page_of(request, found.rows)
    context = {
        "form": found.form,
        "page": page,
        "count": len(found.rows),
        "rows": [_row(row) for row in page],
        "params": request.GET,
        "columns": COLUMNS,
        "tallies": queries.tallies(found.rows, found.rules),
        "keeps": rules.keep.allows(actor, None),
        "office": (rules.read | rules.keep).allows(actor, None),
        "contacting": queries.contacting(actor.membership_ids) if actor.membership_ids else [],
    }
    return render(request, "contacts/list.html", context)


def _time_left(stands: queries.LinkStanding) -> TimeLeft | None:
    """By the calendar: the times lie weeks and months apart."""
    return due_of(stands.due_on, calendar(), clock.today(), DayCount.CALENDAR)


def _row(row: queries.LinkRow) -> dict[str, Any]:
    link, stands = row.link, row.stands
    words = {"late": _("overdue"), "open": _("open"), "reached": _("reached")}
    return {
        "id": link.pk,
        "title": str(link),
        "url": reverse("contacts:link", args=[link.pk]),
        "line": link.member.sector.name,
        "badge": {
            "text": _("never reached")
            if stands.never and stands.level == "late"
            else words[stands.level],
            "tone": TONES[stands.level],
        },
        "due": _time_left(stands),
        "cells": {
            "kind": row.label,
            "times": f"{stands.count} / {stands.required}",
            "last": link.last_day,
        },
    }


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Who was reached how often, and on which days, in Excel: never what was said.

    The sheets can be brought in again.
    """
    actor = _reader(request)
    found = _found(request, actor).rows
    audit.record("contacts.exported", by=actor, detail={"count": len(found)})
    content = workbook([documents.links(found), documents.entries(found)])
    name = f"contacts-{clock.today():%Y%m%d}.xlsx"
    return excel(content, name)


def _crumbs(link: ContactLink | None = None) -> list[tuple[Any, str]]:
    trail: list[tuple[Any, str]] = [(pgettext("of members", "Contacts"), reverse("contacts:list"))]
    return [*trail, (str(link), reverse("contacts:link", args=[link.pk]))] if link else trail


def _find(request: HttpRequest, pk: int) -> tuple[Actor, ContactLink]:
    """One's own organisation's link that is not open is refused, another's is not found."""
    actor = _reader(request)
    link = queries.visible_to(actor).filter(pk=pk).first()
    if link is None and ContactLink.objects.filter(pk=pk).exists():
        raise NotAllowed(_("This is not open to you."))
    if link is None:
        raise Http404
    return actor, link


@require_safe
def choose_kind(request: HttpRequest) -> HttpResponse:
    require(actor_of(request), rules.keep)
    return render(request, "contacts/choose.html", {"kinds": in_force(clock.today()).kinds})


def assign(request: HttpRequest, kind: str) -> HttpResponse:
    actor = actor_of(request)
    require(actor, rules.keep)
    chosen = in_force(clock.today()).kind(kind)
    if chosen is None:
        raise Http404
    form = forms.ContactLinkForm(request.POST or None, kind=chosen)
    return form_page(
        request,
        form,
        lambda values: services.assign(kind, by=actor, **form.links()),
        check=lambda values: services.wrong_in_assigning(kind, form.links()),
        makes=True,
        title=chosen.label,
        verb=_("Name them"),
        crumbs=[*_crumbs(), (_("Name contacts"), reverse("contacts:choose"))],
        then=f"{reverse('contacts:list')}?kind={kind}",
        said=lambda count: (
            ngettext("%(n)s contact named.", "%(n)s contacts named.", count) % {"n": count}
        ),
        intro=_("At least %(n)s times a year by regulation. Links that stand already are kept.")
        % {"n": chosen.least},
    )


@require_safe
def link_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The log of one link: when and how for whoever sees the link, the words only for whom they are
    open.
    """
    actor, link = _find(request, pk)
    today = clock.today()
    counted = queries.in_year(queries.visible_to(actor).filter(pk=pk), today.year)
    row = next(iter(queries.rows(counted, in_force(today), today.year, today)), None)
    context = {
        "link": link,
        "label": in_force(today).label(link.kind),
        "stands": row.stands if row else None,
        "own": actor.account_id,
        "entries": link.entries.all(),
        "reads_notes": rules.may_read_note(actor, link),
        "notes": rules.may_note(actor, link),
        "is_mine": link.member_id in actor.membership_ids,
        "keeps": rules.keep.allows(actor, None),
        "open_to": in_force(today).notes_open_to,
    }
    return render(request, "contacts/link.html", context)


def note(request: HttpRequest, pk: int) -> HttpResponse:
    actor, link = _find(request, pk)
    if not rules.may_note(actor, link):
        raise NotAllowed(_("This contact is kept by %(name)s.") % {"name": link.member})
    return form_page(
        request,
        forms.ContactEntryForm(request.POST or None),
        lambda values: services.note(link, by=actor, **values),
        makes=True,
        title=_("In touch with %(name)s") % {"name": link.whom},
        verb=_("Save"),
        crumbs=_crumbs(link),
        then=reverse("contacts:list"),
        said=_("Noted."),
        intro=_who_reads(),
    )


def _who_reads() -> str:
    open_to = in_force(clock.today()).notes_open_to
    return {
        "nobody": _("Only the member who keeps this contact reads the note."),
        "keepers": _(
            "The note is read by the member and, by regulation, by the office that keeps contacts."
        ),
        "readers": _(
            "The note is read by the member and, by regulation, by the office and the chairpersons."
        ),
    }[open_to]


def end_link(request: HttpRequest, pk: int) -> HttpResponse:
    actor, link = _find(request, pk)
    require(actor, rules.keep)
    return form_page(
        request,
        forms.ContactLinkEndForm(request.POST or None),
        lambda values: services.end_link(link, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(link),
        title=_("End this contact"),
        verb=_("Save"),
        crumbs=_crumbs(link),
        then=reverse("contacts:list"),
        said=_("The contact has ended."),
    )


@require_POST
def take_back(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    actor, link = _find(request, pk)
    row = get_object_or_404(ContactEntry.objects.select_related("link"), pk=entry, link=link)
    return pressed(
        request,
        lambda: services.take_back(row, by=actor, seen=seen_in(request)),
        said=_("It is taken back."),
        then=reverse("contacts:link", args=[pk]),
    )

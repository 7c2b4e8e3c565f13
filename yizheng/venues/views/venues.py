"""Pages of venues: the list, one venue, and what its keeper changes there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import audit, clock, panels
from yizheng.core.access import NOTHING, Actor
from yizheng.core.case_display import ListColumn
from yizheng.core.doors import mark
from yizheng.core.form_pages import form_page, pressed, seen_in
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.organisations import grants
from yizheng.organisations.queries import calendar, in_force_on

from .. import documents, forms, queries, rota, rules, services
from ..models import RotaDay, Venue, VenueMember, WallNotice

COLUMNS = (
    ListColumn("title", gettext_lazy("Venue")),
    ListColumn("category", gettext_lazy("Category")),
    ListColumn("town", gettext_lazy("Town")),
    ListColumn("serving", gettext_lazy("Who serves")),
    ListColumn("area", gettext_lazy("Area, m²"), "number"),
)


def reader(request: HttpRequest) -> Actor:
    """Whoever may see any venue at all."""
    actor = actor_of(request)
    if not rules.reads_venues(actor):
        raise NotAllowed(_("Venues are open to members, to the office and to whoever keeps one."))
    return actor


def _found(request: HttpRequest, actor: Actor) -> tuple[forms.VenueFilterForm, Any]:
    form = forms.VenueFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    return form, queries.for_list(queries.filtered(queries.visible_to(actor), wanted))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    categories, today = queries.by_category(actor), clock.today()
    context = {
        "form": form,
        "page": page,
        "rows": [_row(venue) for venue in page],
        "params": request.GET,
        "categories": categories,
        "sorts": queries.sorts(categories),
        "columns": COLUMNS,
        "founds": rules.keep.allows(actor, None),
        "reads_visits": rules.visible_visits(actor) != NOTHING,
        "mine": queries.venues_of(actor.membership_ids, today) if actor.membership_ids else [],
        "next_days": queries.next_days(actor.membership_ids, today) if actor.membership_ids else [],
    }
    return render(request, "venues/list.html", context)


def _row(venue: Any) -> dict[str, Any]:
    names = [str(place) for place in venue.serving]
    row: dict[str, Any] = {
        "id": venue.pk,
        "title": venue.name,
        "url": reverse("venues:venue", args=[venue.pk]),
        "line": venue.place,
        "cells": {
            "category": venue.category.name,
            "town": venue.unit.short_name if venue.unit else "—",
            "serving": ngettext("%(n)s member", "%(n)s members", len(names)) % {"n": len(names)}
            if names
            else "—",
            "area": f"{venue.area:,.0f}" if venue.area is not None else "—",
        },
    }
    if venue.closed_on:
        row["badge"] = {"text": pgettext_lazy("venue", "closed"), "tone": "neutral"}
    elif venue.stars:
        row["badge"] = {"text": "★" * venue.stars, "tone": "ochre"}
    return row


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, in Excel."""
    actor = reader(request)
    venues = list(_found(request, actor)[1])
    audit.record("venues.exported", by=actor, detail={"count": len(venues)})
    return excel(documents.venue_sheet(venues), f"venues-{clock.today():%Y%m%d}.xlsx")


def find(request: HttpRequest, pk: int) -> tuple[Actor, Venue]:
    actor = reader(request)
    return actor, get_object_or_404(queries.visible_to(actor), pk=pk)


def _kept(request: HttpRequest, pk: int) -> tuple[Actor, Venue]:
    actor, venue = find(request, pk)
    rules.require_keeper(actor, venue)
    return actor, venue


@require_safe
def venue_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor, venue = find(request, pk)
    today = clock.today()
    visits = queries.visits_visible_to(actor).filter(venue=venue)
    context = {
        "venue": venue,
        "today": today,
        "serving": queries.serving(venue, today),
        "rota": queries.rota(venue, today),
        "wall": queries.wall(venue, today),
        "keeps": rules.may_keep(actor, venue),
        "founds": rules.keep.allows(actor, None),
        "records": rules.may_record(actor, venue) and not venue.closed_on,
        "own": actor.membership_ids,
        "visits": visits[:5],
        "visit_count": visits.count(),
        "reads_visits": rules.visible_visits(actor) != NOTHING,
        "panels": panels.on("venue", actor, venue),
        "grants": grants.at(venue)
        .filter(in_force_on(today))
        .select_related("account__person", "role"),
        "members_open": True,
    }
    return render(request, "venues/venue.html", context)


def _crumbs(venue: Venue | None = None) -> list[tuple[Any, str]]:
    trail: list[tuple[Any, str]] = [(_("Venues"), reverse("venues:list"))]
    return [*trail, (venue.name, _url(venue))] if venue else trail


def _url(venue: Venue) -> str:
    return reverse("venues:venue", args=[venue.pk])


def edit_venue(request: HttpRequest, pk: int = 0) -> HttpResponse:
    if pk:
        actor, venue = _kept(request, pk)
    else:
        actor, venue = actor_of(request), Venue()
        if not rules.keep.allows(actor, None):
            raise NotAllowed(rules.OFFICE_ONLY)
    initial = {name: getattr(venue, name) for name in services.FIELDS} if pk else {}
    form = forms.VenueForm(request.POST or None, venue=venue if pk else None, initial=initial)
    return form_page(
        request,
        form,
        lambda values: services.save_venue(venue, values, by=actor, seen=seen_in(request)),
        check=lambda values: services.wrong_in_venue(venue, values),
        makes=not pk,
        title=_("Edit %(name)s") % {"name": venue.name} if pk else _("Add a venue"),
        verb=_("Save"),
        crumbs=_crumbs(venue if pk else None),
        then=_url,
        said=lambda saved: _("%(what)s is saved.") % {"what": saved},
        seen=lambda: mark(venue),
    )


def close_venue(request: HttpRequest, pk: int) -> HttpResponse:
    actor, venue = find(request, pk)
    if not rules.keep.allows(actor, None):
        raise NotAllowed(rules.OFFICE_ONLY)
    return form_page(
        request,
        forms.VenueDayForm(request.POST or None),
        lambda values: services.close_venue(venue, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(venue),
        title=_("Close the venue"),
        verb=_("Close the venue"),
        crumbs=_crumbs(venue),
        then=_url(venue),
        said=_("%(unit)s is closed; its visits stay readable.") % {"unit": venue.name},
        intro=_(
            "Whoever serves there ends on that day, later days of the rota are struck, its "
            "keeper loses the role there."
        ),
    )


@require_POST
def reopen_venue(request: HttpRequest, pk: int) -> HttpResponse:
    actor, venue = find(request, pk)
    return pressed(
        request,
        lambda: services.reopen_venue(venue, by=actor, seen=seen_in(request)),
        said=_("%(unit)s is open again. Name who serves there.") % {"unit": venue.name},
        then=_url(venue),
    )


def add_members(request: HttpRequest, pk: int) -> HttpResponse:
    actor, venue = _kept(request, pk)
    return form_page(
        request,
        forms.MembersForm(request.POST or None),
        lambda values: services.add_members(venue, list(values.pop("members")), by=actor, **values),
        makes=True,
        title=_("Who serves here"),
        verb=_("Add"),
        crumbs=_crumbs(venue),
        then=_url(venue),
        said=lambda count: (
            ngettext("%(n)s member added.", "%(n)s members added.", count) % {"n": count}
        ),
    )


def end_member(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    actor, venue = _kept(request, pk)
    row = get_object_or_404(
        VenueMember.objects.select_related("venue", "membership__person"), pk=place, venue=venue
    )
    return form_page(
        request,
        forms.VenueDayForm(request.POST or None),
        lambda values: services.end_member(row, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(row),
        title=_("%(name)s no longer serves here") % {"name": row.membership},
        verb=_("Save"),
        crumbs=_crumbs(venue),
        then=_url(venue),
        said=_("%(what)s is saved.") % {"what": row.membership},
    )


def fill_rota(request: HttpRequest, pk: int) -> HttpResponse:
    actor, venue = _kept(request, pk)

    return form_page(
        request,
        forms.RotaForm(request.POST or None, venue=venue),
        lambda values: services.fill_rota(venue, by=actor, **_rota(values)),
        check=lambda values: rota.wrong_in_filling(venue, _rota(values)),
        makes=True,
        title=_("Fill the rota"),
        verb=_("Fill the rota"),
        crumbs=_crumbs(venue),
        then=_url(venue),
        said=lambda count: (
            ngettext("%(n)s day is on the rota.", "%(n)s days are on the rota.", count)
            % {"n": count}
        ),
        intro=_("Days that stand already are kept. Everybody who serves is told."),
    )


def _rota(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of it to the service, of what could be read: days instead of weekdays."""
    said = {name: values[name] for name in ("begins", "ends", "together") if name in values}
    first, last, weekdays = (values.get(name) for name in ("first", "last", "weekdays"))
    if first and last and weekdays:
        off = None if values["on_days_off"] else calendar()
        said["days"] = rota.days_of(first, last, weekdays, off)
    return {**said, "members": list(values.get("members", ()))}


def change_rota(request: HttpRequest, pk: int, day: int) -> HttpResponse:
    """The keeper changes any day; a member hands over their own."""
    actor, venue = find(request, pk)
    row = get_object_or_404(
        RotaDay.objects.select_related("venue", "membership__person"), pk=day, venue=venue
    )
    if row.membership_id not in actor.membership_ids:
        rules.require_keeper(actor, venue)
    initial = {"member": row.membership_id, "day": row.day, "begins": row.begins, "ends": row.ends}
    form = forms.RotaDayForm(request.POST or None, row=row, initial=initial)
    return form_page(
        request,
        form,
        lambda values: services.change_rota(
            row, values.pop("member"), by=actor, seen=seen_in(request), **values
        ),
        check=lambda values: rota.wrong_in_day(row, values),
        seen=lambda: mark(row),
        title=_("Change a day of the rota"),
        verb=_("Save"),
        crumbs=_crumbs(venue),
        then=_url(venue),
        said=_("The rota is changed; both are told."),
    )


@require_POST
def strike_rota(request: HttpRequest, pk: int, day: int) -> HttpResponse:
    actor, venue = _kept(request, pk)
    row = get_object_or_404(
        RotaDay.objects.select_related("venue", "membership__person"), pk=day, venue=venue
    )
    return pressed(
        request,
        lambda: services.strike_rota(row, by=actor, seen=seen_in(request)),
        said=_("The day is struck from the rota."),
        then=_url(venue),
    )


def edit_notice(request: HttpRequest, pk: int, notice: int = 0) -> HttpResponse:
    actor, venue = _kept(request, pk)
    row = (
        get_object_or_404(WallNotice.objects.select_related("venue"), pk=notice, venue=venue)
        if notice
        else WallNotice(venue=venue)
    )
    initial = (
        {name: getattr(row, name) for name in ("board", "title", "text", "posted_on", "until")}
        if notice
        else {}
    )
    form = forms.NoticeForm(request.POST or None, request.FILES or None, initial=initial)
    return form_page(
        request,
        form,
        lambda values: services.post_notice(row, values, by=actor, seen=seen_in(request)),
        check=lambda values: services.wrong_in_notice(row, values),
        seen=lambda: mark(row),
        makes=not notice,
        title=_("Change what hangs on the wall") if notice else _("Put it on the wall"),
        verb=_("Save"),
        crumbs=_crumbs(venue),
        then=_url(venue),
        said=_("It hangs on the wall."),
    )


@require_POST
def take_down(request: HttpRequest, pk: int, notice: int) -> HttpResponse:
    actor, venue = _kept(request, pk)
    row = get_object_or_404(WallNotice.objects.select_related("venue"), pk=notice, venue=venue)
    return pressed(
        request,
        lambda: services.take_down(row, by=actor, seen=seen_in(request)),
        said=_("It is taken down."),
        then=_url(venue),
    )

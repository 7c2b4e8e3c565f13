"""Pages of the settings: the overview, terms and sessions, the calendar, roles."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizheng.core import clock, due_days, panels
from yizheng.core.access import REGISTRY, Actor, Words
from yizheng.core.day_words import day_words
from yizheng.core.doors import mark, require
from yizheng.core.due_days import DueMove
from yizheng.core.flow import FLOWS
from yizheng.core.form_pages import form_page, pressed, seen_in
from yizheng.core.punctuation import one_after_the_other
from yizheng.core.views import actor_of

from .. import named_kinds
from ..forms import CalendarDayForm, CalendarYearForm, RoleForm, SessionForm, TermForm
from ..models import CalendarDay, CalendarYear, Organisation, Role, Session, Term
from ..queries import calendar as working_days
from ..queries import in_force_on, open_units
from ..rules import keep, manage
from ..services import settings
from ..services.roles import save_role

SHOWN_MOVES = 20
"""Matters named one by one before a day of the calendar is corrected; the others are counted."""


def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    counts = {
        "terms": Session.objects.count(),
        "units": open_units().count(),
        "calendar": CalendarDay.objects.count(),
        "roles": Role.objects.count(),
    }
    context = {
        "organisation": Organisation.objects.get(pk=actor.organisation_id),
        "counts": counts,
        "named": [(kind, kind.model.objects.count()) for kind in named_kinds.in_order()],
        "manages": manage.allows(actor, None),
        "unknown_years": unknown_years(),
    }
    return render(request, "organisations/settings.html", context)


def unknown_years() -> list[int]:
    """This year and the next, where the statutory holidays are not known and nobody said that all
    of them were entered.
    """
    days, year = working_days(), clock.today().year
    return [each for each in (year, year + 1) if not days.is_known(dt.date(each, 1, 1))]


def crumbs_to(label: Words, address: str) -> list[tuple[Words, str]]:
    """Where a form of the settings belongs, and where one turns back."""
    return [(_("Settings"), reverse("organisations:settings")), (label, address)]


def terms(request: HttpRequest) -> HttpResponse:
    require(actor_of(request), keep)
    rows = [(term, list(term.sessions.all())) for term in Term.objects.prefetch_related("sessions")]
    return render(request, "organisations/terms.html", {"terms": rows})


def _of_terms() -> list[tuple[Words, str]]:
    return crumbs_to(_("Terms and sessions"), reverse("organisations:terms"))


def saved(row: Any) -> str:
    return _("%(what)s is saved.") % {"what": row}


def edit_term(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    term = get_object_or_404(Term.objects.all(), pk=pk) if pk else Term()
    names = ("ordinal", "begins_on", "ends_on")
    form = TermForm(
        request.POST or None, initial={name: getattr(term, name) for name in names} if pk else {}
    )
    return form_page(
        request,
        form,
        lambda values: settings.save_term(term, values, by=actor, seen=seen_in(request)),
        check=lambda values: settings.wrong_in_term(term, values),
        title=str(term) if pk else _("Add a term"),
        verb=_("Save"),
        crumbs=_of_terms(),
        then=reverse("organisations:terms"),
        said=lambda before: _term_saved(term, before),
        seen=lambda: mark(term),
        makes=None if pk else lambda _before: term,
    )


def _term_saved(term: Term, before: Term | None) -> str:
    if before is None or before.ends_on is None:
        return saved(term)
    ended = _("%(term)s ends on %(day)s, and with it every seat in it.")
    said = ended % {"term": before, "day": day_words(before.ends_on)}
    return one_after_the_other((saved(term), said))


def edit_session(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    session = get_object_or_404(Session.objects.select_related("term"), pk=pk) if pk else Session()
    names = ("term", "ordinal", "year", "opens_on", "closes_on", "proposals_until")
    form = SessionForm(
        request.POST or None, initial={name: getattr(session, name) for name in names} if pk else {}
    )
    return form_page(
        request,
        form,
        lambda values: settings.save_session(session, values, by=actor, seen=seen_in(request)),
        check=lambda values: settings.wrong_in_session(session, values),
        title=str(session) if pk else _("Add a session"),
        verb=_("Save"),
        crumbs=_of_terms(),
        then=reverse("organisations:terms"),
        said=lambda _done: saved(session),
        seen=lambda: mark(session),
        makes=None if pk else lambda _done: session,
    )


def calendar(request: HttpRequest) -> HttpResponse:
    """Days on which this place works otherwise than the statutory calendar says; one form, one
    list. What is open and would be due on another day is shown before the day is noted.
    """
    actor = actor_of(request)
    require(actor, keep)
    form = CalendarDayForm(request.POST or None)
    if form.is_bound and form.is_valid():
        day, works = form.cleaned_data["day"], form.cleaned_data["is_working_day"]
        if moves := _not_looked_at(request, day, works):
            return _looked_at_first(request, form, moves, day, reverse("organisations:calendar"))

    def note(values: dict[str, Any]) -> CalendarDay:
        return settings.set_day(
            values["day"],
            by=actor,
            is_working_day=values["is_working_day"],
            note=values["note"],
            seen=seen_in(request),
        )

    return form_page(
        request,
        form,
        note,
        title=_("Calendar"),
        verb=_("Note"),
        crumbs=[(_("Settings"), reverse("organisations:settings"))],
        then=reverse("organisations:calendar"),
        said=lambda row: _("%(day)s is noted.") % {"day": row.day},
        seen=settings.calendar_seen,
        makes=True,
        page="organisations/calendar.html",
        context=_calendar_context(),
    )


def _calendar_context() -> dict[str, Any]:
    return {
        "days": CalendarDay.objects.order_by("-day")[:200],
        "complete_years": CalendarYear.objects.all(),
        "known_until": clock.KNOWN_UNTIL,
        "unknown_years": unknown_years(),
        "verb": _("Note"),
    }


def _not_looked_at(request: HttpRequest, day: dt.date, works: bool | None) -> list[DueMove]:
    """The open matters that move, unless just so many were shown before this was sent."""
    moves = settings.moved_by(day, works)
    return [] if request.POST.get("moves") == str(len(moves)) else moves


def _readable(moves: list[DueMove], actor: Actor) -> list[DueMove]:
    """Those whose titles the reader may see; who keeps the calendar need not read every matter."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for move in moves:
        keys[move.obj.flow.code].append(move.obj.pk)
    open_to = {
        (code, pk)
        for code, found in keys.items()
        for pk in FLOWS[code].visible_to(actor).filter(pk__in=found).values_list("pk", flat=True)
    }
    return [move for move in moves if (move.obj.flow.code, move.obj.pk) in open_to]


def _looked_at_first(
    request: HttpRequest, form: CalendarDayForm, moves: list[DueMove], day: dt.date, url: str
) -> HttpResponse:
    """The page again, with what would move and the button that does it. Nothing was changed."""
    by_flow = Counter(str(move.obj.flow.label) for move in moves)
    kinds = [f"{label} {count}" for label, count in by_flow.most_common()]
    context = {
        **_calendar_context(),
        "form": form,
        "seen": request.POST.get("seen", ""),
        "makes": url == reverse("organisations:calendar"),
        "moves": {"count": len(moves), "day": day, "kinds": kinds, "url": url},
        "examples": [
            (move.obj.flow.title(move.obj), due_days.spans(move))
            for move in _readable(moves, actor_of(request))[:SHOWN_MOVES]
        ],
    }
    return render(request, "organisations/calendar.html", context)


@require_POST
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    row = get_object_or_404(CalendarDay.objects.all(), pk=pk)
    if moves := _not_looked_at(request, row.day, None):
        url = reverse("organisations:remove_day", args=[pk])
        return _looked_at_first(request, CalendarDayForm(), moves, row.day, url)
    return pressed(
        request,
        lambda: settings.remove_day(row, by=actor, seen=seen_in(request)),
        said=_("The day follows the statutory calendar again."),
        then=reverse("organisations:calendar"),
    )


def complete_year(request: HttpRequest, year: int) -> HttpResponse:
    """Say that all days of rest of a year stand in the calendar."""
    actor = actor_of(request)
    require(actor, keep)
    form = CalendarYearForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda values: settings.complete_year(year, values["source"], by=actor),
        title=_("The days off of %(year)s are complete") % {"year": year},
        verb=_("They are complete"),
        crumbs=crumbs_to(_("Calendar"), reverse("organisations:calendar")),
        then=reverse("organisations:calendar"),
        said=_("Dates in %(year)s can be relied on from now on.") % {"year": year},
        intro=_(
            "Compare the calendar with the official list first: every day off on a weekday, and "
            "every weekend that is worked on, stands in it."
        ),
        makes=lambda row: row,
    )


@require_POST
def reopen_year(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    row = get_object_or_404(CalendarYear.objects.all(), pk=pk)
    return pressed(
        request,
        lambda: settings.reopen_year(row, by=actor, seen=seen_in(request)),
        said=_("Dates in %(year)s count as not known for certain again.") % {"year": row},
        then=reverse("organisations:calendar"),
    )


def roles(request: HttpRequest) -> HttpResponse:
    require(actor_of(request), manage)
    current = in_force_on(clock.today(), "grants__")
    rows = Role.objects.annotate(holders=Count("grants", filter=current)).order_by("pk")
    actor = actor_of(request)
    shown = [
        (
            role,
            [str(REGISTRY[code]) for code in role.permissions if code in REGISTRY],
            panels.links("role", actor, role),
        )
        for role in rows
    ]
    return render(request, "organisations/roles.html", {"roles": shown})


def edit_role(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = actor_of(request)
    require(actor, manage)
    role = get_object_or_404(Role.objects.all(), pk=pk) if pk else Role()
    names = ("name", "permissions", "place", "is_members", "needs_second_factor")
    form = RoleForm(request.POST or None, initial={name: getattr(role, name) for name in names})
    return form_page(
        request,
        form,
        lambda values: save_role(role, by=actor, seen=seen_in(request), **values),
        title=role.name if pk else _("Add a role"),
        verb=_("Save"),
        crumbs=crumbs_to(_("Roles"), reverse("organisations:roles")),
        then=reverse("organisations:roles"),
        said=lambda saved: _("The role “%(name)s” is saved.") % {"name": saved.name},
        seen=lambda: mark(role),
        makes=not pk,
    )

"""Pages of the settings: the overview, terms and sessions, the calendar, roles."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizheng.core import clock, panels
from yizheng.core.access import REGISTRY, Words
from yizheng.core.day_words import day_words
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, pressed, seen_in
from yizheng.core.punctuation import one_after_the_other
from yizheng.core.views import actor_of

from .. import named_kinds
from ..forms import CalendarDayForm, RoleForm, SessionForm, TermForm
from ..models import CalendarDay, Organisation, Role, Session, Term
from ..queries import in_force_on, open_units
from ..rules import keep, manage
from ..services import settings
from ..services.roles import save_role


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
    """This year and the next, where neither the statutory holidays nor own days are known."""
    own = set(CalendarDay.objects.values_list("day__year", flat=True))
    year = clock.today().year
    return [each for each in (year, year + 1) if each > clock.KNOWN_UNTIL and each not in own]


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
    list.
    """
    actor = actor_of(request)
    require(actor, keep)
    form = CalendarDayForm(request.POST or None)

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
        context={
            "days": CalendarDay.objects.order_by("-day")[:200],
            "known_until": clock.KNOWN_UNTIL,
            "unknown_years": unknown_years(),
        },
    )


@require_POST
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    require(actor, keep)
    row = get_object_or_404(CalendarDay.objects.all(), pk=pk)
    return pressed(
        request,
        lambda: settings.remove_day(row, by=actor, seen=seen_in(request)),
        said=_("The day follows the statutory calendar again."),
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

"""Pages of the office's posts and staff: who is on them, who came and went in a year."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.punctuation import join_cn
from yizheng.core.request_values import year_in
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from . import forms, queries, services
from .models import StaffPost, StaffService
from .rules import keep


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require(actor, keep)
    return actor


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    actor = _keeper(request)
    today, year = clock.today(), year_in(request)
    rows, added = queries.posts(actor, today), queries.added_in(actor, year)
    section = added.filter(level=StaffPost.PostLevel.SECTION)
    context = {
        "posts": rows,
        "total": queries.total(rows),
        "year": year,
        "years": queries.years(actor, today),
        "movements": queries.movements(actor, year),
        "ways": queries.by_way(actor, year),
        "added_posts": added,
        "added": added.aggregate(n=Sum("number"))["n"] or 0,
        "added_section": section.aggregate(n=Sum("number"))["n"] or 0,
    }
    return render(request, "staff/office.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Posts with who is on them, and the movements of the year."""
    actor, year = _keeper(request), year_in(request)
    posts = [
        [
            r.post.name,
            r.post.get_level_display(),
            r.post.get_kind_display(),
            r.post.number,
            len(r.people),
            r.vacant,
            join_cn(r.people),
            r.post.since,
            r.post.paper,
        ]
        for r in queries.posts(actor, clock.today())
    ]
    moves = [
        [m.day, m.person, str(m.words), m.where, m.post] for m in queries.movements(actor, year)
    ]
    sheets = [
        Sheet(
            _("Posts"),
            [
                SheetColumn(pgettext("staff", "Post"), 14),
                SheetColumn(pgettext("staff", "Level"), 8),
                SheetColumn(_("Kind of establishment"), 10),
                SheetColumn(_("How many"), 6, "number"),
                SheetColumn(_("Filled"), 6, "number"),
                SheetColumn(_("Vacant"), 6, "number"),
                SheetColumn(_("Who"), 20),
                SheetColumn(_("Since"), 10, "date"),
                SheetColumn(_("By which paper"), 20),
            ],
            posts,
        ),
        Sheet(
            _("Movements"),
            [
                SheetColumn(_("Day"), 10, "date"),
                SheetColumn(_("Name"), 8),
                SheetColumn(_("What"), 10),
                SheetColumn(_("From or to"), 16),
                SheetColumn(pgettext("staff", "Post"), 14),
            ],
            moves,
        ),
    ]
    audit.record("staff.exported", by=actor, detail={"year": year})
    return excel(workbook(sheets), f"staff-{year}.xlsx")


def _crumbs() -> list[tuple[Any, str]]:
    return [(_("Posts and staff"), reverse("staff:office"))]


def edit_post(request: HttpRequest, pk: int = 0) -> HttpResponse:
    actor = _keeper(request)
    post = get_object_or_404(queries.visible_posts(actor), pk=pk) if pk else StaffPost()
    initial = {name: getattr(post, name) for name in services.POST} if pk else {}
    return form_page(
        request,
        forms.PostForm(request.POST or None, initial=initial),
        lambda values: services.save_post(post, values, by=actor, seen=seen_in(request)),
        seen=lambda: mark(post),
        makes=not pk,
        title=post.name if pk else _("Add a post"),
        verb=_("Save"),
        crumbs=_crumbs(),
        then=reverse("staff:office"),
        said=lambda saved: _("%(what)s is saved.") % {"what": saved},
    )


def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _keeper(request)
    post = get_object_or_404(queries.visible_posts(actor), pk=pk)
    return form_page(
        request,
        forms.StaffDayForm(request.POST or None),
        lambda values: services.end_post(post, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(post),
        title=_("Abolish the post “%(post)s”") % {"post": post.name},
        verb=_("Abolish it"),
        crumbs=_crumbs(),
        then=reverse("staff:office"),
        said=_("%(what)s is abolished.") % {"what": post.name},
    )


def arrive(request: HttpRequest) -> HttpResponse:
    """`?post=` presets the post."""
    actor = _keeper(request)
    form = forms.ArrivalForm(
        request.POST or None, actor=actor, initial={"post": request.GET.get("post", "")}
    )
    return form_page(
        request,
        form,
        lambda values: services.arrive(values.pop("post"), by=actor, **values),
        check=services.wrong_in_arriving,
        makes=True,
        title=_("Somebody comes to the office"),
        verb=_("Save"),
        crumbs=_crumbs(),
        then=reverse("staff:office"),
        said=lambda service: (
            _("%(name)s is on the post %(post)s.") % {"name": service, "post": service.post.name}
        ),
    )


def _service(actor: Actor, pk: int) -> StaffService:
    found = queries.visible_services(actor).select_related("person", "post")
    return get_object_or_404(found, pk=pk)


def leave(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _keeper(request)
    service = _service(actor, pk)
    return form_page(
        request,
        forms.DepartureForm(request.POST or None),
        lambda values: services.leave(service, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(service),
        title=_("%(name)s leaves the office") % {"name": service},
        verb=_("Save"),
        crumbs=_crumbs(),
        then=reverse("staff:office"),
        said=_("It is recorded that %(name)s left.") % {"name": service},
    )


def move(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _keeper(request)
    service = _service(actor, pk)
    form = forms.PostMoveForm(request.POST or None, actor=actor, post=service.post_id)
    return form_page(
        request,
        form,
        lambda values: services.move(
            service, values.pop("post"), by=actor, seen=seen_in(request), **values
        ),
        check=lambda values: services.wrong_in_moving(service, values),
        seen=lambda: mark(service),
        title=_("%(name)s changes the post") % {"name": service},
        verb=_("Save"),
        crumbs=_crumbs(),
        then=reverse("staff:office"),
        said=lambda moved: (
            _("%(name)s is on the post %(post)s.") % {"name": moved, "post": moved.post.name}
        ),
    )

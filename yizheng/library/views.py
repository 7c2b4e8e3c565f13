"""Pages of the rules library: the list with how many were adopted in a year, one rule, its
revisions and its repeal.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock
from yizheng.core.access import NOTHING, Actor
from yizheng.core.case_display import ListColumn
from yizheng.core.doors import mark
from yizheng.core.files import attached_to
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.regulations import SCHEMAS
from yizheng.regulations import queries as regulations
from yizheng.regulations.rules import reads_drafts

from . import queries, rules, services
from .forms import RepealForm, RuleFilterForm, RuleForm
from .models import RuleDocument

TONES = {"in_force": "bamboo", "coming": "ochre", "replaced": "neutral", "repealed": "neutral"}


def words(standing: queries.RuleStanding) -> str:
    return {
        "in_force": _("in force"),
        "coming": _("to come"),
        "replaced": pgettext("of a rule", "revised"),
        "repealed": _("repealed"),
    }[standing]


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if rules.visible_rules(actor) == NOTHING:
        raise NotAllowed(_("The rules library is open to members and to whoever has a role here."))
    return actor


def _found(request: HttpRequest, actor: Actor) -> tuple[RuleFilterForm, Any]:
    form = RuleFilterForm(request.GET or None, actor=actor)
    return form, queries.filtered(
        queries.visible_to(actor), form.cleaned_data if form.is_valid() else {}, clock.today()
    )


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    form, found = _found(request, actor)
    page = page_of(request, found)
    year = clock.today().year
    context = {
        "form": form,
        "page": page,
        "rows": [_row(rule) for rule in page],
        "params": request.GET,
        "keeps": reads_drafts(actor),
        "year": year,
        "adopted": queries.adopted_in(actor, year).count(),
        "entries": [e for e in regulations.entries(actor) if e.of("in_force")],
        "columns": [
            ListColumn("title", _("Title")),
            ListColumn("number_words", _("Number")),
            ListColumn("adopted", _("Adopted on"), "date"),
            ListColumn("force", _("In force from"), "date"),
        ],
    }
    return render(request, "library/list.html", context)


def _row(rule: RuleDocument) -> dict[str, Any]:
    standing = queries.standing(rule, clock.today())
    return {
        "id": rule.pk,
        "title": rule.title,
        "url": reverse("library:rule", args=[rule.pk]),
        "line": rule.meeting,
        "badge": {"text": words(standing), "tone": TONES[standing]},
        "cells": {
            "number_words": rule.number or "—",
            "adopted": rule.adopted_on,
            "force": rule.in_force_from,
        },
    }


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    actor, today = _reader(request), clock.today()
    found = list(_found(request, actor)[1])
    columns = [
        SheetColumn(_("Title"), 30),
        SheetColumn(_("Number"), 16),
        SheetColumn(_("Adopted by"), 20),
        SheetColumn(_("Adopted on"), 10, "date"),
        SheetColumn(_("In force from"), 10, "date"),
        SheetColumn(_("State"), 8),
        SheetColumn(_("Revises"), 24),
        SheetColumn(_("Repealed from"), 10, "date"),
        SheetColumn(_("Repealed by"), 20),
    ]
    lines = [
        [
            r.title,
            r.number,
            r.meeting,
            r.adopted_on,
            r.in_force_from,
            words(queries.standing(r, today)),
            str(r.replaces or ""),
            r.repealed_on,
            r.repealed_by,
        ]
        for r in found
    ]
    audit.record("rules.exported", by=actor, detail={"count": len(lines)})
    content = workbook([Sheet(_("Rules library"), columns, lines)])
    return excel(content, f"rules-{today:%Y%m%d}.xlsx")


def _find(actor: Actor, pk: int) -> RuleDocument:
    return get_object_or_404(queries.visible_to(actor), pk=pk)


@require_safe
def rule_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _reader(request)
    rule = _find(actor, pk)
    standing = queries.standing(rule, clock.today())
    context = {
        "rule": rule,
        "words": words(standing),
        "tone": TONES[standing],
        "files": attached_to(rule),
        "later": getattr(rule, "replaced_by", None),
        "keeps": reads_drafts(actor),
        "subject": SCHEMAS.get(rule.subject),
    }
    return render(request, "library/rule.html", context)


def _crumbs(rule: RuleDocument | None = None) -> list[tuple[Any, str]]:
    trail: list[tuple[Any, str]] = [(_("Rules library"), reverse("library:list"))]
    return [*trail, (rule.title, _url(rule))] if rule else trail


def _url(rule: RuleDocument) -> str:
    return reverse("library:rule", args=[rule.pk])


def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """`?revises=` begins a revision of a rule."""
    actor = actor_of(request)
    rules.require(actor)
    rule = _find(actor, pk) if pk else RuleDocument()
    initial = (
        {name: getattr(rule, name) for name in services.FIELDS}
        if pk
        else {"replaces": request.GET.get("revises", "")}
    )
    form = RuleForm(
        request.POST or None, request.FILES or None, rule=rule, actor=actor, initial=initial
    )
    return form_page(
        request,
        form,
        lambda values: services.save(rule, values, by=actor, seen=seen_in(request)),
        check=lambda values: services.wrong_in(rule, values),
        makes=not pk,
        title=rule.title if pk else _("Add a rule"),
        verb=_("Save"),
        crumbs=_crumbs(rule if pk else None),
        then=_url,
        said=lambda saved: _("%(what)s is saved.") % {"what": saved},
        seen=lambda: mark(rule),
    )


def repeal(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    rules.require(actor)
    rule = _find(actor, pk)
    return form_page(
        request,
        RepealForm(request.POST or None),
        lambda values: services.repeal(rule, by=actor, seen=seen_in(request), **values),
        seen=lambda: mark(rule),
        title=_("Record the repeal"),
        verb=_("Record the repeal"),
        crumbs=_crumbs(rule),
        then=_url(rule),
        said=_("The repeal is recorded."),
    )

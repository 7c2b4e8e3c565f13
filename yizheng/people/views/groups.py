"""Pages of members' groups: who belongs to each, and the three who answer for it (三责一体)."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yizheng.core import audit, clock, panels
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.queries import in_force_on
from yizheng.organisations.rules import keep

from ..models import Group
from ..queries import serving_visible_to
from .members import reader

ANSWERING = ("convener__person", "branch_secretary__person", "deputy_secretary")


def _groups() -> QuerySet[Any]:
    serving = in_force_on(clock.today(), "memberships__")
    return (
        Group.objects.annotate(count=Count("memberships", filter=serving))
        .select_related(*ANSWERING)
        .order_by("pk")
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Who answers for each group, and who belongs to it."""
    actor = reader(request)
    groups = list(_groups())
    columns = [
        SheetColumn(_("Group"), 14),
        SheetColumn(_("Members"), 8, "number"),
        SheetColumn(_("Convener"), 10),
        SheetColumn(_("Branch secretary"), 10),
        SheetColumn(_("Deputy secretary-general"), 10),
    ]
    heads = [
        [
            g.name,
            g.count,
            str(g.convener or ""),
            str(g.branch_secretary or ""),
            str(g.deputy_secretary or ""),
        ]
        for g in groups
    ]
    members = (
        serving_visible_to(actor)
        .filter(group__isnull=False)
        .select_related("group")
        .order_by("group", "-is_standing", "pk")
    )
    lines = [[str(m.group), m.person.name, m.sector.name, m.party] for m in members]
    sheets = [
        Sheet(_("Groups of members"), columns, heads),
        Sheet(
            _("Members"),
            [
                SheetColumn(_("Group"), 14),
                SheetColumn(_("Name"), 8),
                SheetColumn(_("Sector"), 10),
                SheetColumn(_("Party"), 10),
            ],
            lines,
        ),
    ]
    audit.record("group.exported", by=actor, detail={"count": len(groups)})
    name = f"groups-{clock.today():%Y%m%d}.xlsx"
    return excel(workbook(sheets), name)


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    groups = _groups()
    lacking = [group for group in groups if lacks(group)]
    return render(
        request,
        "groups/list.html",
        {"groups": groups, "lacking": lacking, "keeps": keep.allows(actor, None)},
    )


def lacks(group: Group) -> list[str]:
    """Which of the three who should answer for it are not named."""
    three = (
        (_("convener"), group.convener_id),
        (_("branch secretary"), group.branch_secretary_id),
        (_("deputy secretary-general"), group.deputy_secretary_id),
    )
    return [word for word, named in three if not named]


@require_safe
def group_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request)
    group = get_object_or_404(Group.objects.select_related(*ANSWERING), pk=pk)
    context = {
        "group": group,
        "members": serving_visible_to(actor).filter(group=group).order_by("-is_standing", "pk"),
        "lacks": lacks(group),
        "panels": panels.on("group", actor, group),
        "keeps": keep.allows(actor, None),
    }
    return render(request, "groups/group.html", context)

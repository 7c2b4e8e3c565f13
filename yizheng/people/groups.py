"""Groups of members: who belongs to each, and the three who answer for it (三责一体)."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yizheng.core import clock, panels
from yizheng.core.access import Actor
from yizheng.core.views import actor_of
from yizheng.organisations.models import Group
from yizheng.organisations.rules import keep

from .queries import members_visible_to
from .rules import keep_roster, read_roster, require

ANSWERING = ("convener__person", "branch_secretary__person", "deputy_secretary")


def _reader(request: HttpRequest) -> Actor:
    """As the roster: the office, and members among themselves."""
    actor = actor_of(request)
    if not actor.membership_ids:
        require(actor, read_roster | keep_roster)
    return actor


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    actor = _reader(request)
    today = clock.today()
    serving = Q(memberships__since__lte=today) & (Q(memberships__until=None) | Q(memberships__until__gte=today))
    groups = Group.objects.annotate(count=Count("memberships", filter=serving)).select_related(*ANSWERING).order_by("pk")
    lacking = [group for group in groups if lacks(group)]
    return render(request, "groups/list.html", {"groups": groups, "lacking": lacking, "keeps": keep.allows(actor, None)})


def lacks(group: Group) -> list[str]:
    """Which of the three who should answer for it are not named."""
    three = (
        (_("convener"), group.convener_id), (_("branch secretary"), group.branch_secretary_id),
        (_("deputy secretary-general"), group.deputy_secretary_id),
    )  # fmt: skip
    return [word for word, named in three if not named]


@require_safe
def group_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _reader(request)
    group = get_object_or_404(Group.objects.select_related(*ANSWERING), pk=pk)
    today = clock.today()
    serving = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    context = {
        "group": group, "members": members_visible_to(actor).filter(serving, group=group).order_by("-is_standing", "pk"),
        "lacks": lacks(group), "panels": panels.on("group", actor, group), "keeps": keep.allows(actor, None),
    }  # fmt: skip
    return render(request, "groups/group.html", context)

"""The figures of the office's establishment and of its staff."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.figures import (
    Breakdown,
    Indicator,
    Keeping,
    Measure,
    Period,
    RecordColumn,
    RecordKind,
    declare,
    in_words,
    own_trail,
)
from yizheng.organisations.queries import in_force_on

from .models import ArrivalWay, DepartureWay, StaffPost, StaffService
from .rules import visible_staff

POSTS = Measure("个", pgettext_lazy("counter", "posts"))
STAFF = Measure("人", pgettext_lazy("counter", "people"))
IN = (ArrivalWay.RECRUITED, ArrivalWay.SELECTED, ArrivalWay.TRANSFERRED)


# Sets ---------------------------------------------------------------------------------------------


def posts(period: Period) -> QuerySet[StaffPost]:
    return StaffPost.objects.filter(in_force_on(period.as_of))


def posts_added(period: Period) -> QuerySet[StaffPost]:
    return StaffPost.objects.filter(since__range=period.days)


def staff_in(period: Period) -> QuerySet[StaffService]:
    return StaffService.objects.filter(since__range=period.days, came__in=IN)


def staff_out(period: Period) -> QuerySet[StaffService]:
    return StaffService.objects.filter(until__range=period.days).exclude(
        left__in=("", DepartureWay.INTERNAL)
    )


# Kinds of record ----------------------------------------------------------------------------------

POST = RecordKind(
    "staff_post",
    pgettext_lazy("staff", "Post"),
    StaffPost,
    number=lambda p: "",
    name=str,
    url=lambda p: reverse("staff:office"),
    visible=visible_staff,
    trail=own_trail(StaffPost),
    keeping=Keeping("posts", StaffPost.objects.all, ExtractYear("since"), lasting=True),
    columns=(
        RecordColumn("number", _("how many"), lambda p: p.number, "number"),
        RecordColumn(
            "level", pgettext_lazy("staff", "level"), lambda p: p.get_level_display(), width=12
        ),
        RecordColumn("since", _("since"), lambda p: p.since, "date"),
        RecordColumn("paper", _("by which paper"), lambda p: p.paper, width=20),
    ),
)
LEVEL = Breakdown.of_list(
    "level", pgettext_lazy("staff", "level"), "level", in_words(StaffPost.PostLevel)
)
ESTABLISHMENT = Breakdown.of_list(
    "kind", _("kind of establishment"), "kind", in_words(StaffPost.PostKind)
)
SERVICE = RecordKind(
    "staff_service",
    _("Staff"),
    StaffService,
    number=lambda s: "",
    name=str,
    url=lambda s: reverse("staff:office"),
    visible=visible_staff,
    trail=own_trail(StaffService),
    keeping=Keeping("staff", StaffService.objects.all, ExtractYear("since")),
    related=("person", "post"),
    columns=(
        RecordColumn("post", pgettext_lazy("staff", "post"), lambda s: str(s.post), width=14),
        RecordColumn("came", _("came"), lambda s: s.get_came_display(), width=12),
        RecordColumn("since", _("since"), lambda s: s.since, "date"),
        RecordColumn("left", _("left"), lambda s: s.get_left_display(), width=12),
        RecordColumn("until", _("until"), lambda s: s.until, "date"),
    ),
)

FIGURES = [
    Indicator(
        "staff.posts",
        _("Posts of the office"),
        POSTS,
        _(
            "The posts of the office's establishment on the last day of the period, or "
            "today while it runs, added up."
        ),
        POST,
        posts,
        amount="number",
        breakdowns=(LEVEL, ESTABLISHMENT),
    ),
    Indicator(
        "staff.posts_added",
        _("Posts added"),
        POSTS,
        _(
            "The posts of the office's establishment that began in the period, added up; "
            "those that ended are not taken off."
        ),
        POST,
        posts_added,
        amount="number",
        breakdowns=(LEVEL, ESTABLISHMENT),
    ),
    Indicator(
        "staff.came",
        _("Staff who came"),
        STAFF,
        _(
            "Staff who came to the office in the period: recruited, selected or "
            "transferred; a change of post within it does not count."
        ),
        SERVICE,
        staff_in,
        breakdowns=(Breakdown.of_list("came", _("how they came"), "came", in_words(ArrivalWay)),),
    ),
    Indicator(
        "staff.left",
        _("Staff who left"),
        STAFF,
        _(
            "Staff who left the office in the period, on promotion or otherwise; a change "
            "of post within it does not count."
        ),
        SERVICE,
        staff_out,
        breakdowns=(Breakdown.of_list("left", _("how they left"), "left", in_words(DepartureWay)),),
    ),
]

declare(FIGURES)

from . import sayings  # noqa: E402, F401  (words for what is declared above)

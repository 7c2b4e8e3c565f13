"""The figure of learning: whom it reached."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.activities.figures.record_kinds import attendance_kept
from yizheng.activities.figures.record_sets import activities, without_attendance
from yizheng.activities.models import Activity
from yizheng.activities.parameters import LEARNING
from yizheng.core.figures import PERCENT, Indicator, Period, declare
from yizheng.people.figures import MEMBER, MEMBER_PARTS
from yizheng.people.figures.record_sets import serving
from yizheng.people.models import Membership

from .queries import is_session, learners

REACHED = "activities.coverage"
"""As reports that were frozen and outlines that were written call it."""


def reached(period: Period) -> QuerySet[Membership]:
    held = activities(period).filter(is_session())
    return serving(period).filter(person__in=learners(held).order_by().values("pk"))


def untold(period: Period) -> QuerySet[Activity]:
    """Sessions of which nobody wrote down who came."""
    return without_attendance(period).filter(is_session())


_AT_SESSIONS = Q(sitting__activity__kind__in=LEARNING) | Q(
    sitting__activity__learning__isnull=False
)

declare(
    [
        Indicator(
            REACHED,
            _("Members reached by learning"),
            PERCENT,
            _(
                "Members who came to at least one training or study activity of the period, or to "
                "another session of a programme of learning, of the members serving at its end."
            ),
            MEMBER,
            reached,
            serving,
            _("members serving"),
            MEMBER_PARTS,
            keeping=attendance_kept("attendance at learning", _AT_SESSIONS),
            gaps=untold,
            gaps_title=_("sessions whose attendance is not recorded"),
        )
    ]
)

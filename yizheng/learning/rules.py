"""Who keeps programmes of learning, who sees whom they reached."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.activities.models import LearningProgramme
from yizheng.activities.rules import READ, visible_activities, visible_contributions
from yizheng.core.access import NOTHING, Actor, office

keep = office("learning.keep", _("keeps programmes of learning"))


def reads_coverage(actor: Actor) -> bool:
    """Names of who was not reached are the office's affair."""
    return keep.allows(actor, None) or actor.holds(READ)


def may_read(actor: Actor) -> bool:
    """What is to be read is open to members and to the office."""
    return actor.is_system or bool(actor.membership_ids) or reads_coverage(actor)


def visible_programmes(actor: Actor) -> Q:
    return Q() if may_read(actor) else NOTHING


def visible_sessions(actor: Actor) -> Q:
    """Which sessions count: for whoever reads whom they reached all, else those one sees."""
    return Q() if _counts_all(actor) else visible_activities(actor)


def visible_essays(actor: Actor) -> Q:
    return Q() if _counts_all(actor) else visible_contributions(actor)


def visible_learners(actor: Actor) -> Q:
    """Members and staff, as those whom learning reached or did not."""
    return Q() if _counts_all(actor) else NOTHING


def _counts_all(actor: Actor) -> bool:
    return actor.is_system or reads_coverage(actor)


def may_read_file(actor: Actor, programme: LearningProgramme) -> bool:
    return LearningProgramme.objects.filter(visible_programmes(actor), pk=programme.pk).exists()

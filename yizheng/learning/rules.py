"""Who keeps programmes of learning, who sees whom they reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.activities.models import LearningProgramme
from yizheng.activities.rules import READ
from yizheng.core.access import Actor, office

keep = office("learning.keep", _("keeps programmes of learning"))


def reads_coverage(actor: Actor) -> bool:
    """Names of who was not reached are the office's affair."""
    return keep.allows(actor, None) or actor.holds(READ)


def may_read(actor: Actor) -> bool:
    """What is to be read is open to members and to the office."""
    return actor.is_system or bool(actor.membership_ids) or reads_coverage(actor)


def may_read_file(actor: Actor, programme: LearningProgramme) -> bool:
    return may_read(actor) and LearningProgramme.objects.filter(pk=programme.pk).exists()

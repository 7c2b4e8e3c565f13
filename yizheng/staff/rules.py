"""Who keeps the posts of the office and who works there."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import NOTHING, Actor, office

keep = office("staff.keep", _("keeps posts and staff of the office"))


def visible_staff(actor: Actor) -> Q:
    """Posts, and who is or was on them."""
    return Q() if actor.is_system or keep.allows(actor, None) else NOTHING

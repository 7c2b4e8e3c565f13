"""Who reads enterprises: as the roster, the office and the members."""

from __future__ import annotations

from django.db.models import Q

from yizheng.core.access import NOTHING, Actor
from yizheng.organisations.rules import keep
from yizheng.people.rules import read_roster


def may_read(actor: Actor) -> bool:
    return (
        actor.is_system
        or bool(actor.membership_ids)
        or keep.allows(actor, None)
        or read_roster.allows(actor, None)
    )


def visible_enterprises(actor: Actor) -> Q:
    return Q() if may_read(actor) else NOTHING

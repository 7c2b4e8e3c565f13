from __future__ import annotations

from django.db.models import Q

from yizheng.core.access import NOTHING, Actor, is_member, office

from .enums import MotionState

mover = is_member("motion_mover", "moved it", "mover_id")
voter = is_member("motion_voter", "votes with this ballot")
chair = office("motions.chair", "opens and closes the vote on motions")


def visible_motions(actor: Actor) -> Q:
    """A draft is its mover's alone; the rest is everybody's who may vote or chairs."""
    if actor.is_system:
        return Q()
    seen = mover.scope(actor)
    return (
        seen | ~Q(state__in=MotionState.of("private"))
        if actor.membership_ids or actor.holds(chair.code)
        else seen
    )


def visible_ballots(actor: Actor) -> Q:
    """One's own; others' only when the round is over."""
    if actor.is_system:
        return Q()
    over = (
        Q(opened_at__isnull=False) if actor.membership_ids or actor.holds(chair.code) else NOTHING
    )
    return voter.scope(actor) | over

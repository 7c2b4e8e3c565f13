"""Who keeps venues, who serves at them, who reads what visitors raised."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import NOTHING, Actor, Rule, at_venue, office, permission
from yizheng.core.refusals import NotAllowed

from .models import Venue, VenueMember, Visit

READ = permission("venues.read", _("reads venues and what visitors raised"))
keeper = at_venue("venues.serve", _("keeps the venue"))
keep = office("venues.keep", _("keeps all venues"))


def serving_at(actor: Actor) -> Any:
    """Ids of the venues where the actor serves as a member today."""
    today = clock.today()
    places = VenueMember.objects.filter(Q(until=None) | Q(until__gte=today), membership__in=actor.membership_ids)
    return places.values("venue")


receiver = Rule(
    "receiver",
    _("received the visitor"),
    lambda actor, visit: visit.served_by_id is not None and visit.served_by_id in actor.membership_ids,
    lambda actor: Q(served_by__in=actor.membership_ids) if actor.membership_ids else NOTHING,
)
holder = receiver | keeper
handler = holder | keep


def reads_all(actor: Actor) -> bool:
    return actor.is_system or actor.holds(READ) or actor.holds(keep.code)


def _reached(actor: Actor) -> frozenset[int]:
    return actor.reach(READ).venues | actor.reach(keeper.code).venues


def visible_venues(actor: Actor) -> Q:
    """Members and the office find every venue; a keeper without membership their own."""
    if reads_all(actor) or actor.membership_ids:
        return Q()
    reached = _reached(actor)
    return Q(pk__in=reached) if reached else NOTHING


def visible_visits(actor: Actor) -> Q:
    """What was raised is read by the office, at the venue itself, and by whoever received it."""
    if reads_all(actor):
        return Q()
    found = Q(venue__in=reached) if (reached := _reached(actor)) else NOTHING
    if actor.membership_ids:
        found |= Q(served_by__in=actor.membership_ids) | Q(venue__in=serving_at(actor))
    return found


def may_keep(actor: Actor, venue: Venue) -> bool:
    """Rota, wall and people of one venue: the office, and whoever keeps it."""
    return actor.is_system or keep.allows(actor, venue) or venue.pk in actor.reach(keeper.code).venues


def may_record(actor: Actor, venue: Venue) -> bool:
    """A visit is noted by the office, by the keeper, by the members who serve there."""
    return may_keep(actor, venue) or (
        bool(actor.membership_ids) and Venue.objects.filter(pk__in=serving_at(actor)).filter(pk=venue.pk).exists()
    )


def may_read_visit(actor: Actor, visit: Visit) -> bool:
    return Visit.objects.filter(visible_visits(actor)).filter(pk=visit.pk).exists()


def require_keeper(actor: Actor, venue: Venue) -> None:
    if venue.organisation_id != actor.organisation_id or not may_keep(actor, venue):
        raise NotAllowed(_("This is for the office and for whoever keeps this venue."))

"""Who keeps venues, who serves at them, who reads what visitors raised."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import access, circumstances, clock, doors
from yizheng.core.access import NOTHING, Actor, Rule, Words, is_member, office, permission
from yizheng.organisations.queries import in_force_on

from .models import Venue, VenueMember, Visit, WallNotice

VENUE = "venue"
"""The kind of place (`organisations/places.py`) over which a keeper's role is given."""


def at_venue(code: str, label: Words, path: str = "venue_id") -> Rule:
    """Rule: whoever holds the permission at the venue that `path` leads to from the object."""
    return access.at(VENUE, code, label, path)


READ = permission("venues.read", _("reads venues and what visitors raised"))
KEEPS = _("keeps the venue")
keeper = at_venue("venues.serve", KEEPS)
keep = office("venues.keep", _("keeps all venues"))
keeps_venue = keep | at_venue(keeper.code, KEEPS, "id")
"""The venue itself; `keeps_there` is said of what hangs on one: rota, wall, people."""
keeps_there = keep | keeper
changes_duty = keeps_there | is_member("on-duty", _("serves on that day"))

OFFICE_ONLY = _("Venues are founded and closed by the office.")
KEEPERS_ONLY = _("This is for the office and for whoever keeps this venue.")
NOTERS_ONLY = _("Visits are noted by the members who serve here, by the keeper and by the office.")


def serving_at(actor: Actor) -> Any:
    """Ids of the venues where the actor serves as a member today."""
    places = VenueMember.objects.filter(
        in_force_on(clock.today()), membership__in=actor.membership_ids
    )
    return places.values("venue")


def _serves_there(actor: Actor, obj: Any) -> bool:
    return bool(actor.membership_ids) and serving_at(actor).filter(venue=obj.venue_id).exists()


serves = Rule(
    "serves",
    _("serves at the venue"),
    _serves_there,
    lambda actor: Q(venue__in=serving_at(actor)) if actor.membership_ids else NOTHING,
    frozenset({circumstances.DAY}),
)
receiver = is_member("receiver", _("received the visitor"), "served_by_id")
holder = receiver | keeper
handler = holder | keep
noter = keeps_there | serves


def reads_all(actor: Actor) -> bool:
    return actor.is_system or actor.holds(READ) or actor.holds(keep.code)


def _reached(actor: Actor) -> frozenset[int]:
    return actor.reach(READ).at(VENUE) | actor.reach(keeper.code).at(VENUE)


def visible_venues(actor: Actor) -> Q:
    """Members and the office find every venue; a keeper without membership their own."""
    if reads_all(actor) or actor.membership_ids:
        return Q()
    reached = _reached(actor)
    return Q(pk__in=reached) if reached else NOTHING


def reads_venues(actor: Actor) -> bool:
    """Whoever may see any venue at all."""
    return visible_venues(actor) != NOTHING


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
    return actor.is_system or keeps_venue.allows(actor, venue)


def may_record(actor: Actor, venue: Venue) -> bool:
    """A visit is noted by the office, by the keeper, by the members who serve there."""
    return actor.is_system or noter.allows(actor, Visit(venue=venue))


def may_read_visit(actor: Actor, visit: Visit) -> bool:
    return Visit.objects.filter(visible_visits(actor)).filter(pk=visit.pk).exists()


def require_keeper(actor: Actor, venue: Venue) -> None:
    doors.require(actor, keeps_venue, venue, KEEPERS_ONLY)


def may_read_notice(actor: Actor, notice: WallNotice) -> bool:
    """Whoever sees the venue reads its wall."""
    return Venue.objects.filter(visible_venues(actor), pk=notice.venue_id).exists()

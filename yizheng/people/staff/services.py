"""Writes on posts and staff. A movement is an arrival or a departure, recorded once with whom it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import StaffPost
from yizheng.organisations.rules import require

from ..models import Person
from ..roster import same_person
from .models import Came, Left, StaffService
from .rules import keep

POST = ("name", "level", "kind", "number", "since", "paper")


def _own(row: Any, by: Actor) -> None:
    require(by, keep)
    if row.organisation_id not in (None, by.organisation_id):
        raise NotAllowed


@transaction.atomic
def save_post(post: StaffPost, values: Mapping[str, Any], *, by: Actor) -> StaffPost:
    """A post as a paper made it. It cannot shrink below who is on it."""
    _own(post, by)
    is_new = post.pk is None
    if not is_new and values["number"] < post.services.filter(until=None).count():
        raise NotNow(_("More people are on this post than that. Let somebody leave it first."))
    for name in POST:
        setattr(post, name, values[name])
    post.save()
    audit.record("staff_post.added" if is_new else "staff_post.changed", by=by, of=post, detail={"number": post.number})
    return post


@transaction.atomic
def end_post(post: StaffPost, *, by: Actor, on: dt.date) -> None:
    """The post is abolished; nobody may be on it any more."""
    _own(post, by)
    if post.until:
        raise NotNow(_("This post was abolished already."))
    if on < post.since:
        raise BadInput(_("It began on %(day)s; it cannot end before.") % {"day": post.since})
    if post.services.filter(Q(until=None) | Q(until__gt=on)).exists():
        raise NotNow(_("Somebody is still on this post. Record where they went first."))
    post.until = on
    post.save(update_fields=["until"])
    audit.record("staff_post.ended", by=by, of=post, detail={"on": on})


def _place_on(post: StaffPost, day: dt.date) -> None:
    """Raises when the post is not there on the day, or full."""
    if day < post.since or (post.until and day > post.until):
        raise BadInput(_("The post “%(post)s” is not there on that day.") % {"post": post.name})
    if post.services.filter(Q(until=None) | Q(until__gte=day)).count() >= post.number:
        raise NotNow(_("All %(n)s posts of “%(post)s” are filled.") % {"n": post.number, "post": post.name})


@transaction.atomic
def arrive(
    post: StaffPost, *, by: Actor, name: str, phone: str, title: str, since: dt.date, came: str, came_from: str
) -> StaffService:
    """Somebody comes to the office. Who is known by name and phone is taken as the same person."""
    _own(post, by)
    _not_to_come(since)
    _place_on(post, since)
    person = same_person(name, phone) or Person(name=name)
    person.phone = person.phone or phone
    if person.pk and person.services.filter(until=None).exists():
        raise NotNow(_("%(name)s is on a post already. Record the change of post there.") % {"name": name})
    if person.pk and person.services.filter(until__gte=since).exists():
        raise BadInput(_("%(name)s was still on another post on that day.") % {"name": name})
    person.save()
    service = StaffService(person=person, post=post, title=title, since=since, came=came, came_from=came_from)
    service.save()
    audit.record("staff.arrived", by=by, of=service, detail={"came": came, "since": since, "post": post.name})
    return service


def _not_to_come(day: dt.date) -> None:
    if day > clock.today():
        raise BadInput(_("This day has not come yet."))


@transaction.atomic
def leave(service: StaffService, *, by: Actor, until: dt.date, left: str, left_to: str = "") -> None:
    """The last day on a post, and how they left."""
    _own(service, by)
    if service.until:
        raise NotNow(_("%(name)s has left this post already.") % {"name": service})
    _not_to_come(until)
    if until < service.since:
        raise BadInput(_("It began on %(day)s; it cannot end before.") % {"day": service.since})
    service.until, service.left, service.left_to = until, left, left_to
    service.save()
    audit.record("staff.left", by=by, of=service, detail={"left": left, "until": until})


@transaction.atomic
def move(service: StaffService, post: StaffPost, *, by: Actor, since: dt.date, title: str) -> StaffService:
    """To another post of the office from a day on: neither an arrival nor a departure."""
    if post.pk == service.post_id:
        raise BadInput(_("Choose another post."))
    if since <= service.since:
        raise BadInput(_("It began on %(day)s; the other post begins later.") % {"day": service.since})
    leave(service, by=by, until=since - dt.timedelta(days=1), left=Left.INTERNAL, left_to=post.name)
    _not_to_come(since)
    _place_on(post, since)
    moved = StaffService(
        person=service.person, post=post, title=title, since=since, came=Came.INTERNAL, came_from=service.post.name
    )
    moved.save()
    audit.record("staff.moved", by=by, of=moved, detail={"since": since, "post": post.name})
    return moved

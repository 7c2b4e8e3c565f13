"""Writes on posts and staff.

A movement is an arrival or a departure, recorded once with whom it concerns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotNow, Wrong
from yizheng.organisations.queries import longer_than, not_ended
from yizheng.people.services import persons

from .models import ArrivalWay, DepartureWay, StaffPost, StaffService
from .rules import keep

POST = ("name", "level", "kind", "number", "since", "paper")


def save_post(
    post: StaffPost, values: Mapping[str, Any], *, by: Actor, seen: str | None = None
) -> StaffPost:
    """A post as a paper made it. It cannot shrink below who is on it."""
    with doors.saving(post, "staff_post", by=by, rule=keep, seen=seen) as edit:
        here = 0 if post.pk is None else post.services.filter(not_ended(clock.today())).count()
        if values["number"] < here:
            raise NotNow(
                _("More people are on this post than that. Let somebody leave it first."),
                field="number",
            )
        edit.put(values, POST)
    return post


def end_post(post: StaffPost, *, by: Actor, on: dt.date, seen: str | None = None) -> None:
    """The post is abolished; nobody may be on it any more."""
    with doors.editing(post, "staff_post.ended", by=by, rule=keep, seen=seen) as edit:
        there = edit.row
        if there.until:
            raise NotNow(_("This post was abolished already."))
        if on < there.since:
            raise BadInput(
                _("It began on %(day)s; it cannot end before.") % {"day": there.since}, field="on"
            )
        if there.services.filter(longer_than(on)).exists():
            raise NotNow(_("Somebody is still on this post. Record where they went first."))
        there.until = on


def wrong_in_arriving(values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    wrong, since = _wrong_in_place(values), values.get("since")
    if not since or not values.get("name") or "phone" not in values:
        return wrong
    person = persons.same_person(values["name"], values["phone"])
    services = person.services.all() if person else StaffService.objects.none()
    wrong.when(
        services.filter(until=None).exists(),
        _("%(name)s is on a post already. Record the change of post there.")
        % {"name": values["name"]},
        "name",
    )
    wrong.when(
        services.filter(until__gte=since).exists(),
        _("%(name)s was still on another post on that day.") % {"name": values["name"]},
        "since",
    )
    return wrong


def wrong_in_moving(service: StaffService, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    wrong, post, since = _wrong_in_place(values), values.get("post"), values.get("since")
    wrong.when(post and post.pk == service.post_id, _("Choose another post."), "post")
    wrong.when(
        since and since <= service.since,
        _("It began on %(day)s; the other post begins later.") % {"day": service.since},
        "since",
    )
    return wrong


def _wrong_in_place(values: Mapping[str, Any]) -> Wrong:
    """The post is there on the day, which has come, and is not full."""
    wrong, post, since = Wrong(), values.get("post"), values.get("since")
    if not since:
        return wrong
    wrong.when(not clock.has_come(since), clock.NOT_YET, "since")
    if not post:
        return wrong
    is_there = clock.holds(since, post.since, post.until)
    wrong.when(
        not is_there,
        _("The post “%(post)s” is not there on that day.") % {"post": post.name},
        "since",
    )
    wrong.when(
        is_there and post.services.filter(not_ended(since)).count() >= post.number,
        _("All %(n)s posts of “%(post)s” are filled.") % {"n": post.number, "post": post.name},
        "post",
    )
    return wrong


@transaction.atomic
def arrive(
    post: StaffPost,
    *,
    by: Actor,
    name: str,
    phone: str,
    title: str,
    since: dt.date,
    came: str,
    came_from: str,
) -> StaffService:
    """Somebody comes to the office. Who is known by name and phone is taken as the same person."""
    place = doors.locked(post)
    doors.require(by, keep, place)
    person = persons.remember({"name": name, "phone": phone}, by=by)
    wrong_in_arriving({"post": place, "since": since, "name": name, "phone": phone}).refuse()
    service = StaffService(
        person=person, post=place, title=title, since=since, came=came, came_from=came_from
    )
    with doors.adding(service, "staff.arrived", by=by, rule=keep) as edit:
        edit.note(came=came, since=since, post=place.name)
    return service


def leave(
    service: StaffService,
    *,
    by: Actor,
    until: dt.date,
    left: str,
    left_to: str = "",
    seen: str | None = None,
) -> None:
    """The last day on a post, and how they left."""
    with doors.editing(service, "staff.left", by=by, rule=keep, seen=seen) as edit:
        there = edit.row
        if there.until:
            raise NotNow(_("%(name)s has left this post already.") % {"name": there})
        clock.require_come(until, field="until")
        if until < there.since:
            raise BadInput(
                _("It began on %(day)s; it cannot end before.") % {"day": there.since},
                field="until",
            )
        edit.put({"until": until, "left": left, "left_to": left_to})


@transaction.atomic
def move(
    service: StaffService,
    post: StaffPost,
    *,
    by: Actor,
    since: dt.date,
    title: str,
    seen: str | None = None,
) -> StaffService:
    """To another post of the office from a day on: neither an arrival nor a departure."""
    place = doors.locked(post)
    doors.require(by, keep, place)
    doors.check_seen(seen, doors.locked(service))
    wrong_in_moving(service, {"post": place, "since": since}).refuse()
    leave(
        service,
        by=by,
        until=since - dt.timedelta(days=1),
        left=DepartureWay.INTERNAL,
        left_to=place.name,
        seen=seen,
    )
    moved = StaffService(
        person=service.person,
        post=place,
        title=title,
        since=since,
        came=ArrivalWay.INTERNAL,
        came_from=service.post.name,
    )
    with doors.adding(moved, "staff.moved", by=by, rule=keep) as edit:
        edit.note(since=since, post=place.name)
    return moved

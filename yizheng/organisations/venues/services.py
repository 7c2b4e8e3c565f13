"""Writes on venues: what they are, who serves there and when, what hangs on the wall, who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, outbox
from yizheng.core.access import Actor
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotAllowed, NotNow

from .enums import VisitState
from .flow import VISIT
from .models import RotaDay, Venue, VenueMember, Visit, WallNotice
from .queries import accounts_of
from .rules import keep, keeper, may_record, require_keeper

LONGEST_ROTA = 200
FIELDS = (
    "name", "category", "kind", "sector", "unit", "place", "area", "phone", "stars", "label", "about", "opened_on",
)  # fmt: skip


@transaction.atomic
def save_venue(venue: Venue, values: Mapping[str, Any], *, by: Actor) -> Venue:
    """A venue, new or changed. Only the office founds one; its keeper may correct it."""
    if venue.pk:
        require_keeper(by, venue)
    elif not keep.allows(by, venue):
        raise NotAllowed(_("Venues are founded by the office."))
    if Venue.objects.filter(name=values["name"]).exclude(pk=venue.pk).exists():
        raise BadInput(_("There is a venue “%(name)s” already.") % {"name": values["name"]})
    if venue.closed_on and values["opened_on"] > venue.closed_on:
        raise BadInput(_("It would open after it closed."))
    changed = [name for name in FIELDS if not venue.pk or getattr(venue, name) != values[name]]
    is_new = venue.pk is None
    for name in FIELDS:
        setattr(venue, name, values[name])
    venue.save()
    audit.record("venue.added" if is_new else "venue.changed", by=by, of=venue, detail={} if is_new else {"fields": changed})
    return venue


@transaction.atomic
def close_venue(venue: Venue, *, by: Actor, on: dt.date) -> None:
    """It is closed: who served there ends, its coming days are struck, its visits stay."""
    if not keep.allows(by, venue) or venue.organisation_id != by.organisation_id:
        raise NotAllowed
    if venue.closed_on:
        raise NotNow(_("%(unit)s is closed already.") % {"unit": venue.name})
    if on > clock.today():
        raise BadInput(_("This day has not come yet. Close it on the day."))
    if on < venue.opened_on:
        raise BadInput(_("It opened on %(day)s; it cannot close before.") % {"day": venue.opened_on})
    venue.closed_on = on
    venue.save(update_fields=["closed_on"])
    _end(venue, on)
    audit.record("venue.closed", by=by, of=venue, detail={"on": on})


def _end(venue: Venue, on: dt.date) -> None:
    venue.rota.filter(day__gt=on).delete()
    venue.members.filter(since__gt=on).delete()
    venue.members.filter(Q(until=None) | Q(until__gt=on)).update(until=on)
    venue.grants.filter(since__gt=on).delete()
    venue.grants.filter(Q(until=None) | Q(until__gt=on)).update(until=on)


@transaction.atomic
def reopen_venue(venue: Venue, *, by: Actor) -> None:
    """Closed by mistake: it is open again; who serves there is named anew."""
    if not keep.allows(by, venue) or venue.organisation_id != by.organisation_id:
        raise NotAllowed
    venue.closed_on = None
    venue.save(update_fields=["closed_on"])
    audit.record("venue.reopened", by=by, of=venue)


# Who serves --------------------------------------------------------------------------------------------------------


def _open(venue: Venue) -> None:
    if venue.closed_on:
        raise NotNow(_("%(unit)s is closed.") % {"unit": venue.name})


@transaction.atomic
def add_members(venue: Venue, members: Sequence[Any], *, by: Actor, since: dt.date, is_host: bool = False) -> int:
    """Members serve here from a day on. Who does so already is left as is; answers how many are new."""
    require_keeper(by, venue)
    _open(venue)
    if since < venue.opened_on:
        raise BadInput(_("The venue opened on %(day)s; nobody served before.") % {"day": venue.opened_on})
    there = set(venue.members.filter(Q(until=None) | Q(until__gte=since)).values_list("membership_id", flat=True))
    new = [member for member in members if member.pk not in there]
    if not new:
        raise NotNow(_("They serve here already."))
    for member in new:
        VenueMember(venue=venue, membership=member, since=since, is_host=is_host).save()
    audit.record("venue.members_added", by=by, of=venue, detail={"members": [str(m) for m in new], "since": since})
    return len(new)


@transaction.atomic
def end_member(place: VenueMember, *, by: Actor, on: dt.date) -> None:
    """The last day of a member at a venue; later days on the rota are struck."""
    require_keeper(by, place.venue)
    if on < place.since:
        raise BadInput(_("It began on %(day)s; it cannot end before.") % {"day": place.since})
    place.until = on
    place.save(update_fields=["until"])
    place.venue.rota.filter(membership=place.membership, day__gt=on).delete()
    audit.record("venue.member_ended", by=by, of=place.venue, detail={"member": str(place.membership), "on": on})


# The rota ----------------------------------------------------------------------------------------------------------


def rota_days(first: dt.date, last: dt.date, weekdays: Sequence[int], calendar: clock.Calendar | None) -> list[dt.date]:
    """The chosen weekdays of a time, without days off when a calendar is given."""
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() in weekdays and (calendar is None or calendar.is_working_day(day))]


@transaction.atomic
def fill_rota(
    venue: Venue, members: Sequence[Any], days: Sequence[dt.date], *, by: Actor, begins: dt.time, ends: dt.time,
    together: bool = False,
) -> int:  # fmt: skip
    """Members serve on the days, one after the other or all together. Days that stand already are kept."""
    require_keeper(by, venue)
    _open(venue)
    if ends <= begins:
        raise BadInput(_("The time ends before it begins."))
    if not days:
        raise BadInput(_("No day is left: choose other weekdays or a longer time."))
    pairs = [(day, m) for day in days for m in members] if together else [(d, members[n % len(members)]) for n, d in enumerate(days)]
    if len(pairs) > LONGEST_ROTA:
        raise BadInput(_("That is %(n)s days of service; at most %(most)s at once.") % {"n": len(pairs), "most": LONGEST_ROTA})
    there = set(venue.rota.filter(day__in=days).values_list("day", "membership_id"))
    new = [(day, member) for day, member in pairs if (day, member.pk) not in there]
    if not new:
        raise NotNow(_("All these days stand on the rota already."))
    for day, member in new:
        RotaDay(venue=venue, membership=member, day=day, begins=begins, ends=ends).save()
    audit.record("venue.rota_filled", by=by, of=venue, detail={"days": len(new), "first": days[0], "last": days[-1]})
    _tell_rota(venue, [member.pk for _day, member in new], by)
    return len(new)


def _tell_rota(venue: Venue, members: Sequence[int], by: Actor) -> None:
    told = [account for account in accounts_of(members) if account != by.account_id]
    url = reverse("venues:venue", args=[venue.pk])
    outbox.post("venue.rota", msgid("The rota of %(venue)s was changed; look when you serve"), {"venue": venue.name}, told, url)


@transaction.atomic
def change_rota(row: RotaDay, member: Any, *, by: Actor, day: dt.date, begins: dt.time, ends: dt.time) -> None:
    """Another member, another day or time. The member whose day it is may hand it over themselves."""
    if row.membership_id not in by.membership_ids:
        require_keeper(by, row.venue)
    if ends <= begins:
        raise BadInput(_("The time ends before it begins."))
    if row.venue.rota.filter(day=day, membership=member).exclude(pk=row.pk).exists():
        raise NotNow(_("%(name)s serves here on that day already.") % {"name": member})
    before = row.membership_id
    row.membership, row.day, row.begins, row.ends = member, day, begins, ends
    row.save()
    audit.record("venue.rota_changed", by=by, of=row.venue, detail={"day": day, "member": str(member)})
    _tell_rota(row.venue, [before, member.pk], by)


@transaction.atomic
def strike_rota(row: RotaDay, *, by: Actor) -> None:
    require_keeper(by, row.venue)
    audit.record("venue.rota_struck", by=by, of=row.venue, detail={"day": row.day, "member": str(row.membership)})
    _tell_rota(row.venue, [row.membership_id], by)
    row.delete()


# The wall ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def post_notice(notice: WallNotice, values: Mapping[str, Any], *, by: Actor) -> WallNotice:
    """Hang something on the wall, or change what hangs there."""
    require_keeper(by, notice.venue)
    values = dict(values)
    file = values.pop("file", None)
    if values.get("until") and values["until"] < values["posted_on"]:
        raise BadInput(_("It would come down before it is posted."))
    if not values["text"].strip() and not file and not notice.pk:
        raise BadInput(_("Write a text or add a file; a title alone says nothing."))
    for name, value in values.items():
        setattr(notice, name, value)
    notice.save()
    if file:
        attach(file, file.name, to=notice, by=by)
    audit.record("venue.notice_posted", by=by, of=notice.venue, detail={"title": notice.title})
    return notice


@transaction.atomic
def take_down(notice: WallNotice, *, by: Actor) -> None:
    """It hangs until yesterday; what was never up is gone."""
    require_keeper(by, notice.venue)
    notice.until = max(clock.today() - dt.timedelta(days=1), notice.posted_on)
    notice.save(update_fields=["until"])
    audit.record("venue.notice_taken_down", by=by, of=notice.venue, detail={"title": notice.title})


# Visits ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_visit(venue: Venue, values: Mapping[str, Any], *, by: Actor) -> Visit:
    """Somebody came. Whoever received them holds the pen until it is settled or handed on."""
    if venue.organisation_id != by.organisation_id or not may_record(by, venue):
        raise NotAllowed(_("Visits are noted by the members who serve here, by the keeper and by the office."))
    if values["day"] > clock.today():
        raise BadInput(_("This day has not come yet."))
    if values["day"] < venue.opened_on or (venue.closed_on and values["day"] > venue.closed_on):
        raise BadInput(_("The venue was not open on that day."))
    if values.get("served_by") is None and venue.pk not in by.reach(keeper.code).venues:
        raise BadInput(_("Say who received the visitor: whoever did answers for it."))
    values = dict(values)
    answer = values.pop("answer", "").strip()
    visit = VISIT.begin(Visit(venue=venue, entered_by_id=by.account_id, **values), VisitState.NOTED, by=by, action="noted")
    return VISIT.perform("settle", visit, by=by, data={"answer": answer}) if answer else visit


def reveal_visitor(visit: Visit, *, by: Actor) -> tuple[str, str]:
    """Name and phone of the visitor, for those who handle the visit; who looked is kept."""
    from .rules import handler

    if not handler.allows(by, visit):
        raise NotAllowed
    audit.record("visit.visitor_read", by=by, of=visit)
    return visit.visitor_name, visit.visitor_phone

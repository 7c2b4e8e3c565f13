"""Writes on venues: what they are, who serves there and when, what hangs on the wall, who came."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, doors, outbox, tenancy
from yizheng.core.access import Actor, Rule
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotNow, Wrong
from yizheng.organisations import grants
from yizheng.organisations.queries import longer_than, not_ended
from yizheng.organisations.services.grants import end_all
from yizheng.people.models import Membership
from yizheng.people.queries import accounts_of
from yizheng.people.services.roster import require_serving

from . import rota, rules
from .flow import VISIT
from .models import RotaDay, Venue, VenueCategory, VenueMember, Visit, WallNotice

CATEGORIES = Path(__file__).with_name("categories.json")
FIELDS = (
    "name",
    "category",
    "kind",
    "sector",
    "unit",
    "place",
    "area",
    "phone",
    "stars",
    "label",
    "about",
    "opened_on",
)


def found_categories() -> None:
    """What venues of a new organisation can be; it may change them afterwards."""
    organisation = tenancy.current()
    VenueCategory.objects.bulk_create(
        VenueCategory(organisation_id=organisation, **category)
        for category in json.loads(CATEGORIES.read_text(encoding="utf-8"))
    )


def save_venue(
    venue: Venue, values: Mapping[str, Any], *, by: Actor, seen: str | None = None
) -> Venue:
    """A venue, new or changed. Only the office founds one; its keeper may correct it."""
    is_new = venue.pk is None
    rule, stranger = (
        (rules.keep, rules.OFFICE_ONLY) if is_new else (rules.keeps_venue, rules.KEEPERS_ONLY)
    )
    with doors.saving(venue, "venue", by=by, rule=rule, seen=seen, stranger=stranger) as edit:
        wrong_in_venue(edit.row, values).refuse()
        edit.put(values, FIELDS)
    return venue


def wrong_in_venue(venue: Venue, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    name, opened, wrong = values.get("name"), values.get("opened_on"), Wrong()
    known = Venue.objects.filter(name=name).exclude(pk=venue.pk)
    wrong.when(
        name and known.exists(), _("There is a venue “%(name)s” already.") % {"name": name}, "name"
    )
    wrong.when(
        opened and venue.closed_on and opened > venue.closed_on,
        _("It would open after it closed."),
        "opened_on",
    )
    return wrong


def close_venue(venue: Venue, *, by: Actor, on: dt.date, seen: str | None = None) -> None:
    """It is closed: who served there ends, its coming days are struck, its visits stay."""
    with doors.editing(
        venue, "venue.closed", by=by, rule=rules.keep, seen=seen, stranger=rules.OFFICE_ONLY
    ) as edit:
        there = edit.row
        if there.closed_on:
            raise NotNow(_("%(venue)s is closed already.") % {"venue": there.name})
        clock.require_come(on, _("This day has not come yet. Close it on the day."), field="on")
        if on < there.opened_on:
            raise BadInput(
                _("It opened on %(day)s; it cannot close before.") % {"day": there.opened_on},
                field="on",
            )
        there.closed_on = on
        edit.note(on=on)
        _end(there, on, by)


def _end(venue: Venue, on: dt.date, by: Actor) -> None:
    venue.rota.filter(day__gt=on).delete()
    venue.members.filter(since__gt=on).delete()
    for place in venue.members.filter(longer_than(on)):
        _end_place(place, on, by=by, rule=None)
    end_all(grants.at(venue), by=by, last=on)


def reopen_venue(venue: Venue, *, by: Actor, seen: str | None = None) -> None:
    """Closed by mistake: it is open again; who serves there is named anew."""
    with doors.editing(
        venue, "venue.reopened", by=by, rule=rules.keep, seen=seen, stranger=rules.OFFICE_ONLY
    ) as edit:
        if edit.row.closed_on is None:
            raise NotNow(_("%(unit)s is open.") % {"unit": edit.row.name})
        edit.row.closed_on = None


# Who serves ---------------------------------------------------------------------------------------


def _open(venue: Venue) -> None:
    if venue.closed_on:
        raise NotNow(_("%(venue)s is closed.") % {"venue": venue.name})


@contextmanager
def _at(venue: Venue, action: str, by: Actor) -> Iterator[doors.RowChange[Venue]]:
    """Something that hangs on an open venue is changed by whoever keeps it; who has a page of the
    venue itself may go on.
    """
    with doors.editing(
        venue, action, by=by, rule=rules.keeps_venue, stranger=rules.KEEPERS_ONLY, touches=False
    ) as edit:
        _open(edit.row)
        yield edit


def add_members(
    venue: Venue, members: Sequence[Any], *, by: Actor, since: dt.date, is_host: bool = False
) -> int:
    """Members serve here from a day on.

    Who does so already is left as is; answers how many are new.
    """
    with doors.whole():
        require_serving(members, since, field="since")
        return _add_members(venue, members, by, since, is_host)


def _add_members(
    venue: Venue, members: Sequence[Any], by: Actor, since: dt.date, is_host: bool
) -> int:
    with _at(venue, "venue.members_added", by) as edit:
        if since < edit.row.opened_on:
            raise BadInput(
                _("The venue opened on %(day)s; nobody served before.")
                % {"day": edit.row.opened_on},
                field="since",
            )
        there = set(venue.members.filter(not_ended(since)).values_list("membership_id", flat=True))
        new = [member for member in members if member.pk not in there]
        if not new:
            raise NotNow(_("They serve here already."), field="members")
        for member in new:
            VenueMember(venue=venue, membership=member, since=since, is_host=is_host).save()
        edit.note(members=[str(m) for m in new], since=since)
    return len(new)


def end_member(place: VenueMember, *, by: Actor, on: dt.date, seen: str | None = None) -> None:
    """The last day of a member at a venue; later days on the rota are struck."""
    _end_place(place, on, by=by, rule=rules.keeps_there, seen=seen)


def _end_place(
    place: VenueMember, on: dt.date, *, by: Actor, rule: Rule | None, seen: str | None = None
) -> None:
    """Without a rule it follows from an end of something else, and may come before the last day
    that was said.
    """
    with doors.editing(
        place, "venue.member_ended", by=by, rule=rule, seen=seen, stranger=rules.KEEPERS_ONLY
    ) as edit:
        there = edit.row
        if rule is not None and there.until is not None:
            raise NotNow(_("%(name)s does not serve here any more.") % {"name": there})
        if on < there.since:
            raise BadInput(
                _("It began on %(day)s; it cannot end before.") % {"day": there.since}, field="on"
            )
        there.until = on
        RotaDay.objects.filter(
            venue=there.venue_id, membership=there.membership_id, day__gt=on
        ).delete()
        edit.note(venue=str(there.venue), on=on)


def end_of_member(membership: Membership, on: dt.date, by: Actor) -> None:
    """Whose membership has ended serves at no venue any more."""
    VenueMember.objects.filter(membership=membership, since__gt=on).delete()
    for place in VenueMember.objects.filter(longer_than(on), membership=membership):
        _end_place(place, on, by=by, rule=None)
    RotaDay.objects.filter(membership=membership, day__gt=on).delete()


# The rota -----------------------------------------------------------------------------------------


def fill_rota(
    venue: Venue,
    members: Sequence[Any],
    days: Sequence[dt.date],
    *,
    by: Actor,
    begins: dt.time,
    ends: dt.time,
    together: bool = False,
) -> int:
    """Members serve on the days, one after the other or all together.

    Days that stand already are kept.
    """
    with _at(venue, "venue.rota_filled", by) as edit:
        values = {"members": members, "days": days, "together": together}
        rota.wrong_in_filling(venue, {**values, "begins": begins, "ends": ends}).refuse()
        new = rota.new_days(venue, values)
        for day, member in new:
            RotaDay(venue=venue, membership=member, day=day, begins=begins, ends=ends).save()
        edit.note(days=len(new), first=days[0], last=days[-1])
        _tell_rota(venue, [member.pk for _day, member in new], by)
    return len(new)


def _tell_rota(venue: Venue, members: Sequence[int], by: Actor) -> None:
    told = [account for account in accounts_of(members) if account != by.account_id]
    url = reverse("venues:venue", args=[venue.pk])
    outbox.post(
        "venue.rota",
        msgid("The rota of %(venue)s was changed; look when you serve"),
        {"venue": venue.name},
        told,
        url,
    )


@transaction.atomic
def change_rota(
    row: RotaDay,
    member: Any,
    *,
    by: Actor,
    day: dt.date,
    begins: dt.time,
    ends: dt.time,
    seen: str | None = None,
) -> None:
    """Another member, another day or time.

    The member whose day it is may hand it over themselves.
    """
    venue = doors.locked(row.venue)
    with doors.editing(
        row,
        "venue.rota_changed",
        by=by,
        rule=rules.changes_duty,
        seen=seen,
        stranger=rules.KEEPERS_ONLY,
    ) as edit:
        _open(venue)
        values = {"member": member, "day": day, "begins": begins, "ends": ends}
        rota.wrong_in_day(edit.row, values).refuse()
        before = edit.row.membership_id
        edit.put({"membership": member, "day": day, "begins": begins, "ends": ends})
        _tell_rota(venue, [before, member.pk], by)


def strike_rota(row: RotaDay, *, by: Actor, seen: str | None = None) -> None:
    with doors.deleting(
        row,
        "venue.rota_struck",
        by=by,
        rule=rules.keeps_there,
        seen=seen,
        stranger=rules.KEEPERS_ONLY,
    ) as edit:
        there = edit.row
        edit.note(day=there.day, member=str(there.membership))
        _tell_rota(there.venue, [there.membership_id], by)


# The wall -----------------------------------------------------------------------------------------


@transaction.atomic
def wrong_in_notice(notice: WallNotice, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    posted, until, wrong = values.get("posted_on"), values.get("until"), Wrong()
    wrong.when(
        posted and until and until < posted, _("It would come down before it is posted."), "until"
    )
    is_empty = "text" in values and not values["text"].strip() and not notice.pk
    wrong.when(
        is_empty and "file" in values and not values["file"],
        _("Write a text or add a file; a title alone says nothing."),
        "text",
    )
    return wrong


def post_notice(
    notice: WallNotice, values: Mapping[str, Any], *, by: Actor, seen: str | None = None
) -> WallNotice:
    """Hang something on the wall, or change what hangs there."""
    _open(doors.locked(notice.venue))
    values = dict(values)
    file = values.pop("file", None)
    with _hanging(notice, by, seen) as edit:
        wrong_in_notice(notice, {**values, "file": file}).refuse()
        edit.put(values)
        if file:
            edit.save()
            attach(file, file.name, to=edit.row, by=by)
            edit.note(file=file.name)
    return notice


def _hanging(
    notice: WallNotice, by: Actor, seen: str | None
) -> AbstractContextManager[doors.RowChange[WallNotice]]:
    if notice.pk is None:
        return doors.adding(
            notice,
            "venue.notice_posted",
            by=by,
            rule=rules.keeps_there,
            stranger=rules.KEEPERS_ONLY,
        )
    return doors.editing(
        notice,
        "venue.notice_posted",
        by=by,
        rule=rules.keeps_there,
        seen=seen,
        stranger=rules.KEEPERS_ONLY,
    )


def take_down(notice: WallNotice, *, by: Actor, seen: str | None = None) -> None:
    """It hangs until yesterday; what was never up is gone.

    What came down earlier stays as it was.
    """
    with doors.editing(
        notice,
        "venue.notice_taken_down",
        by=by,
        rule=rules.keeps_there,
        seen=seen,
        stranger=rules.KEEPERS_ONLY,
    ) as edit:
        there = edit.row
        last = max(clock.today() - dt.timedelta(days=1), there.posted_on)
        there.until = min(last, there.until or last)


# Visits -------------------------------------------------------------------------------------------


@transaction.atomic
def record_visit(venue: Venue, values: Mapping[str, Any], *, by: Actor) -> Visit:
    """Somebody came. Whoever received them holds the pen until it is settled or handed on."""
    there = doors.locked(venue)
    doors.require(
        by,
        rules.noter,
        Visit(venue=there, organisation_id=there.organisation_id),
        rules.NOTERS_ONLY,
    )
    wrong_in_visit(there, {"served_by": None, **values}, by).refuse()
    values = dict(values)
    answer = values.pop("answer", "").strip()
    visit = VISIT.begin(Visit(venue=there, entered_by_id=by.account_id, **values), "noted", by=by)
    return VISIT.perform("settle", visit, by=by, data={"answer": answer}) if answer else visit


def wrong_in_visit(venue: Venue, values: Mapping[str, Any], by: Actor) -> Wrong:
    """Of what is there of the values."""
    day, received, wrong = values.get("day"), values.get("served_by"), Wrong()
    is_to_come = day is not None and not clock.has_come(day)
    wrong.when(is_to_come, clock.NOT_YET, "day")
    wrong.when(
        day and not is_to_come and not clock.holds(day, venue.opened_on, venue.closed_on),
        _("The venue was not open on that day."),
        "day",
    )
    is_keeper = venue.pk in by.reach(rules.keeper.code).at(rules.VENUE)
    wrong.when(
        "served_by" in values and received is None and not is_keeper,
        _("Say who received the visitor: whoever did answers for it."),
        "served_by",
    )
    if day and received and received.pk not in by.membership_ids:
        rota.say_absent(wrong, venue, [(day, received)], "served_by")
    return wrong


def reveal_visitor(visit: Visit, *, by: Actor) -> tuple[str, str]:
    """Name and phone of the visitor, for those who handle the visit; who looked is kept."""
    doors.require(by, rules.handler, visit)
    audit.record("visit.visitor_read", by=by, of=visit)
    return visit.visitor_name, visit.visitor_phone

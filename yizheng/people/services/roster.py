"""Writes on the roster: persons and their membership in a term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import NotNow, Wrong
from yizheng.organisations import grants
from yizheng.organisations.models import RoleGrant, Term
from yizheng.organisations.services.grants import end_all

from ..models import Membership, Person
from ..rules import keep_roster
from . import persons, seats
from .terms import has_own_end, last_day, wrong_in_since

endings: list[Callable[[Membership, dt.date, Actor], None]] = []
"""What else ends with a membership, on its last day; added where it is kept."""
OF_MEMBERSHIP = ("sector", "committee", "group", "party", "post", "is_standing", "number")


@transaction.atomic
def add_member(term: Term, values: Mapping[str, Any], *, by: Actor, since: dt.date) -> Membership:
    """A person joins a term. Whoever is known by name and phone is taken as the same person."""
    doors.require(by, keep_roster, term)
    wrong_in_since(term, since).refuse()
    person = persons.remember(values, by=by)
    _wrong_in_belonging(person, term).refuse()
    member = Membership(person=person, term=term, since=since, **last_day(term))
    with doors.adding(member, "member.added", by=by, rule=keep_roster) as edit:
        edit.put(values, OF_MEMBERSHIP)
        edit.note(sector=member.sector.name, since=since)
    return member


def wrong_in_joining(values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    term, since = values.get("term"), values.get("since")
    wrong = wrong_in_since(term, since) if term and since else Wrong()
    if not values.get("name") or not term or "phone" not in values:
        return wrong
    person = persons.same_person(values["name"], values["phone"])
    if person and (refusal := _wrong_in_belonging(person, term).refusal):
        wrong.add(refusal)
    return wrong


def _wrong_in_belonging(person: Person, term: Term) -> Wrong:
    wrong = Wrong()
    wrong.when(
        person.memberships.filter(term=term).exists(),
        _("%(name)s is a member of this term already.") % {"name": person.name},
        "name",
    )
    return wrong


def require_serving(members: Iterable[Membership], on: dt.date, field: str = "") -> None:
    """They are members on that day. `field`: where the day is asked for."""
    if refusal := wrong_in_serving(locked(members).values(), on, field).refusal:
        raise NotNow(refusal.sentence)


def locked(members: Iterable[Membership]) -> dict[int, Membership]:
    """As they stand now; nobody ends that before what is done with them is written."""
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in={member.pk for member in members}
    )
    return {row.pk: row for row in rows.select_related("person").order_by("pk")}


def wrong_in_serving(members: Iterable[Membership], on: dt.date, field: str = "") -> Wrong:
    """Of each of them."""
    wrong = Wrong()
    for member in members:
        wrong.when(
            member.until and member.until < on,
            _("%(name)s is no longer a member.") % {"name": member},
            field,
        )
        wrong.when(
            on < member.since,
            _("%(name)s is a member only from %(day)s on.") % {"name": member, "day": member.since},
            field,
        )
    return wrong


def change_member(
    member: Membership,
    values: Mapping[str, Any],
    *,
    by: Actor,
    on: dt.date | None = None,
    decided_by: str = "",
    seen: str | None = None,
) -> list[str]:
    """Change a seat from a day on; without a day put right what is known of it, and of the person
    behind. The names of the changed fields are answered.
    """
    person = member.person
    with doors.editing(
        member, "member.changed", by=by, rule=keep_roster, seen=seen, also=(person,)
    ) as edit:
        if on is not None:
            seats.wrong_in_day(edit.row, on).refuse()
        moved = seats.put(edit.row, values, on, decided_by)
        if moved and on is not None:
            told = {name: str(values[name] or "") for name in moved}
            edit.note(on=on, decided_by=decided_by, to=told)
        return [
            *doors.put(person, values, persons.FIELDS),
            *doors.put(edit.row, values, ("number",)),
            *moved,
        ]


@transaction.atomic
def end_membership(
    member: Membership, *, reason: str, on: dt.date, record: str, by: Actor, seen: str | None = None
) -> None:
    """A member leaves: the last day is `on`.

    Resignation and revocation name the record that decided them. With the membership end the
    members' own roles, and what higher floors keep of it.
    """
    with doors.editing(member, "member.ended", by=by, rule=keep_roster, seen=seen) as edit:
        there = edit.row
        if has_own_end(there):
            raise NotNow(_("This membership has ended already."))
        wrong = Wrong()
        wrong.when(
            there.until and on > there.until,
            _("%(term)s ended on %(day)s.") % {"term": there.term, "day": there.until},
            "on",
        )
        wrong.when(
            on < there.since,
            _("The membership began on %(day)s; it cannot end before.") % {"day": there.since},
            "on",
        )
        wrong.when(
            reason in Membership.DECIDED_ENDS and not record.strip(),
            _("Name the record of the Standing Committee that decided this."),
            "record",
        )
        wrong.refuse()
        edit.put({"until": on, "end_reason": Membership.End(reason), "end_record": record.strip()})
        edit.note(reason=reason, on=on, record=record.strip())
        edit.save()
        _end_roles(there, on, by)
        for ending in endings:
            ending(there, on, by)


def _end_roles(member: Membership, on: dt.date, by: Actor) -> None:
    """The members' own, unless they are a member otherwise: then on the last day of that."""
    ends = [
        on,
        *Membership.objects.filter(person=member.person_id)
        .exclude(pk=member.pk)
        .values_list("until", flat=True),
    ]
    last = [day for day in ends if day is not None]
    if len(last) == len(ends):
        own = RoleGrant.objects.filter(
            account__person=member.person_id, role__in=grants.members_own()
        )
        end_all(own, by=by, last=max(last))


def reveal_phone(member: Membership, *, by: Actor) -> str:
    """The whole number, for those who may see it; who looked is kept."""
    doors.require(by, keep_roster, member)
    audit.record("member.phone_read", by=by, of=member)
    return member.person.phone

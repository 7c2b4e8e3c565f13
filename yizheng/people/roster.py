"""Writes on the roster: persons and their membership in a term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yizheng.core import audit
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import RoleGrant, Term

from .models import Membership, Person
from .rules import keep_roster, require
from .services import MEMBER

OF_PERSON = ("name", "sex", "phone", "employer")
OF_MEMBERSHIP = ("sector", "committee", "group", "party", "post", "is_standing", "number")


@transaction.atomic
def add_member(term: Term, values: Mapping[str, Any], *, by: Actor, since: dt.date) -> Membership:
    """A person joins a term. Whoever is known by name and phone is taken as the same person."""
    require(by, keep_roster)
    person = same_person(values["name"], values.get("phone", "")) or Person()
    if person.pk and person.memberships.filter(term=term).exists():
        raise NotNow(_("%(name)s is a member of this term already.") % {"name": person.name})
    _put(person, values, OF_PERSON)
    person.save()
    member = Membership(person=person, term=term, since=since)
    _put(member, values, OF_MEMBERSHIP)
    member.save()
    audit.record("member.added", by=by, of=member, detail={"sector": member.sector.name, "since": since})
    return member


def same_person(name: str, phone: str) -> Person | None:
    """The person of that name and phone; where one of the phones is not known, the only one of that name."""
    namesakes = list(Person.objects.filter(name=name))
    exact = [person for person in namesakes if phone and person.phone == phone]
    if exact:
        return exact[0]
    vague = [person for person in namesakes if not phone or not person.phone]
    return vague[0] if len(namesakes) == 1 and vague else None


@transaction.atomic
def change_member(member: Membership, values: Mapping[str, Any], *, by: Actor) -> list[str]:
    """Correct what is known of a member; the names of the changed fields are kept, not the private values."""
    require(by, keep_roster)
    if member.organisation_id != by.organisation_id:
        raise NotAllowed
    changed = [*_put(member.person, values, OF_PERSON), *_put(member, values, OF_MEMBERSHIP)]
    if changed:
        member.person.save()
        member.save()
        audit.record("member.changed", by=by, of=member, detail={"fields": changed})
    return changed


def _put(row: Any, values: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """Write the values that are there; names of those that differ."""
    changed = [name for name in names if name in values and _known(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _known(row: Any, name: str) -> Any:
    return getattr(row, name) if row.pk or name in row.__dict__ else None


@transaction.atomic
def end_membership(member: Membership, *, reason: str, on: dt.date, record: str, by: Actor) -> None:
    """A member leaves: the last day is `on`. Resignation and revocation name the record that decided them."""
    require(by, keep_roster)
    if member.organisation_id != by.organisation_id:
        raise NotAllowed
    if member.until:
        raise NotNow(_("This membership has ended already."))
    if on < member.since:
        raise BadInput(_("The membership began on %(day)s; it cannot end before.") % {"day": member.since})
    if reason in Membership.DECIDED_ENDS and not record.strip():
        raise BadInput(_("Name the record of the Standing Committee that decided this."))
    member.until, member.end_reason, member.end_record = on, reason, record.strip()
    member.save(update_fields=["until", "end_reason", "end_record"])
    _end_member_role(member, on)
    audit.record("member.ended", by=by, of=member, detail={"reason": reason, "on": on, "record": record.strip()})


def _end_member_role(member: Membership, on: dt.date) -> None:
    others = Membership.objects.filter(person=member.person, until=None).exclude(pk=member.pk)
    if not others.exists():
        grants = RoleGrant.objects.filter(account__person=member.person, role__code=MEMBER, since__lte=on)
        grants.filter(until=None).update(until=on)


def reveal_phone(member: Membership, *, by: Actor) -> str:
    """The whole number, for those who may see it; who looked is kept."""
    require(by, keep_roster)
    audit.record("member.phone_read", by=by, of=member)
    return member.person.phone

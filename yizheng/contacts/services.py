"""Writes on contacts: links are given and ended by the office; that one was in touch is written by
who was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, doors, outbox, tenancy
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotNow, Wrong
from yizheng.organisations.queries import longer_than, not_ended
from yizheng.people.models import Membership
from yizheng.people.queries import accounts_of
from yizheng.people.services import roster

from .models import ContactEntry, ContactLink
from .parameters import in_force
from .rules import keep, noter, writer

MOST = 2000
LONGEST = 80
"""Signs of whom is kept in touch with, where it is nobody on the roster."""


@transaction.atomic
def assign(
    kind: str,
    who: Sequence[Membership],
    *,
    by: Actor,
    since: dt.date,
    whom: Sequence[Membership] = (),
    words: Sequence[str] = (),
    in_turn: bool = True,
) -> int:
    """Links of one kind, shared out in turn or everybody to everybody.

    Those that stand are kept; answers how many are new.
    """
    doors.require(by, keep)
    if in_force(clock.today()).kind(kind) is None:
        raise BadInput(_("The regulation knows no such kind of contact."))
    # Of two who share out at once the second sees what the first gave.
    there = roster.locked((*who, *whom))
    who, whom = ([there.get(member.pk, member) for member in members] for members in (who, whom))
    values = {"who": who, "whom": whom, "words": words, "since": since, "in_turn": in_turn}
    if not who or not _targets(values):
        raise BadInput(_("Choose who keeps in touch, and with whom."), field="who")
    wrong_in_assigning(kind, values).refuse()
    new = _new_pairs(kind, values)
    ContactLink.objects.bulk_create(_link(kind, member, to, since) for member, to in new)
    audit.record(
        "contacts.assigned", by=by, detail={"kind": kind, "links": len(new), "since": since}
    )
    told = accounts_of({member.pk for member, _target in new})
    outbox.post(
        "contact.assigned",
        msgid("You were named to keep in touch with others: see your contacts"),
        {},
        told,
        "/contacts/",
    )
    return len(new)


def wrong_in_assigning(kind: str, values: Mapping[str, Any]) -> Wrong:
    """Of what is there of the values."""
    who, whom, words = (values.get(name, ()) for name in ("who", "whom", "words"))
    wrong, since, at = Wrong(), values.get("since"), "words" if words else "whom"
    for line in map(_tidy, words):
        wrong.when(
            len(line) > LONGEST,
            _("“%(words)s…” is longer than %(most)s characters; shorten this line.")
            % {"words": line[:10], "most": LONGEST},
            "words",
        )
    if since and (refusal := roster.wrong_in_serving((*who, *whom), since, "since").refusal):
        wrong.add(refusal)
    if since and who and _targets(values):
        new = len(_new_pairs(kind, values))
        wrong.when(
            new > MOST,
            _("That is %(n)s links; at most %(most)s at once.") % {"n": new, "most": MOST},
            at,
        )
        wrong.when(
            not new, _("All these links stand already, or nobody is left but themselves."), at
        )
    return wrong


def _tidy(line: str) -> str:
    return " ".join(line.split())


def _targets(values: Mapping[str, Any]) -> list[Any]:
    words = dict.fromkeys(_tidy(each) for each in values.get("words", ()) if each.strip())
    return [*values.get("whom", ()), *words]


def _new_pairs(kind: str, values: Mapping[str, Any]) -> list[tuple[Membership, Any]]:
    stand = _standing(kind, values["who"], values["since"])
    pairs = _pairs(values["who"], _targets(values), values.get("in_turn", True))
    return [pair for pair in pairs if pair not in stand]


def _pairs(
    who: Sequence[Membership], targets: Sequence[Any], in_turn: bool
) -> list[tuple[Membership, Any]]:
    """In turn, nobody is given themselves: the next one takes their place."""
    if not in_turn:
        return [(member, target) for member in who for target in targets if member != target]
    pairs = []
    for n, target in enumerate(targets):
        others = [
            member for member in (*who[n % len(who) :], *who[: n % len(who)]) if member != target
        ]
        pairs += [(others[0], target)] if others else []
    return pairs


def _link(kind: str, member: Membership, target: Any, since: dt.date) -> ContactLink:
    side = {"to_words": target} if isinstance(target, str) else {"to_member": target}
    return ContactLink(
        organisation_id=tenancy.current(), kind=kind, member=member, since=since, **side
    )


def _standing(kind: str, who: Sequence[Membership], since: dt.date) -> set[tuple[Membership, Any]]:
    """Also those whose last day is known and lies after it: nobody owes the same twice."""
    links = ContactLink.objects.filter(not_ended(since), kind=kind, member__in=who)
    return {
        (link.member, link.to_member or link.to_words)
        for link in links.select_related("member", "to_member")
    }


def end_link(link: ContactLink, *, by: Actor, on: dt.date, seen: str | None = None) -> None:
    """The last day; what was noted stays with whoever noted it."""
    with doors.editing(link, "contact.ended", by=by, rule=keep, seen=seen) as edit:
        if edit.row.until:
            raise NotNow(_("This contact has ended already."))
        if on < edit.row.since:
            raise BadInput(
                _("It began on %(day)s; it cannot end before.") % {"day": edit.row.since},
                field="on",
            )
        edit.row.until = on


def end_of_member(member: Membership, on: dt.date, by: Actor) -> None:
    """Whom they kept in touch with, and who with them; what was to begin later has its first day
    for its last.
    """
    running = ContactLink.objects.filter(Q(member=member) | Q(to_member=member), longer_than(on))
    for link in running.order_by("pk"):
        with doors.editing(link, "contact.ended", by=by, rule=None) as edit:
            edit.row.until = max(on, edit.row.since)


@transaction.atomic
def note(link: ContactLink, *, by: Actor, day: dt.date, way: str, note: str = "") -> ContactEntry:
    """One was in touch. The audit chain keeps that it was noted, never the words."""
    there = doors.locked(link)
    entry = ContactEntry(
        link=there, day=day, way=way, note=note.strip(), entered_by_id=by.account_id
    )
    stranger = _("This contact is kept by %(name)s.") % {"name": there.member}
    with doors.adding(entry, "contact.noted", by=by, rule=noter, stranger=stranger) as edit:
        doors.require(by, None, there)
        clock.require_come(day, field="day")
        if not clock.holds(day, there.since, there.until):
            raise BadInput(_("The contact did not stand on that day."), field="day")
        edit.note(day=day, way=way)
    return entry


def record_past(link: ContactLink, *, by: Actor, origin: Mapping[str, Any]) -> None:
    """A link of an earlier year out of a list: it is long known to both, nobody is told."""
    with doors.adding(link, "contact.imported", by=by, rule=keep) as edit:
        edit.note(**origin)


def note_past(
    link: ContactLink, *, by: Actor, day: dt.date, way: str, origin: Mapping[str, Any]
) -> None:
    """That they were in touch on a day of an earlier year; a list brings no words."""
    entry = ContactEntry(link=link, day=day, way=way, entered_by_id=by.account_id)
    with doors.adding(entry, "contact.noted", by=by, rule=keep) as edit:
        edit.note(day=day, way=way, **origin)


def take_back(entry: ContactEntry, *, by: Actor, seen: str | None = None) -> None:
    """Noted by mistake; whoever wrote it down takes it back."""
    stranger = _("Only whoever wrote it down takes it back.")
    with doors.deleting(
        entry, "contact.taken_back", by=by, rule=writer, seen=seen, stranger=stranger
    ) as edit:
        edit.note(day=edit.row.day)

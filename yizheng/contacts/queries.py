"""Reads of contacts: links with how they stand in a year, most urgent first."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Count, Max, Q, QuerySet

from yizheng.core import clock
from yizheng.core.access import NOTHING, Actor
from yizheng.organisations.queries import in_force_on, not_ended
from yizheng.people.models import PARTY_COMMUNIST, Membership
from yizheng.people.queries import serving_on

from .models import ContactLink
from .parameters import ContactParameters
from .rules import visible_links

Level = Literal["late", "open", "reached"]

LEADERS = Q(post__contains="主席") | Q(post__contains="秘书长")


def fitting(side: str) -> QuerySet[Membership]:
    """The members of today whom one side of a kind names."""
    party = Q(party=PARTY_COMMUNIST)
    which = {
        "party_group": party & (~Q(post="") | Q(is_standing=True)),
        "leaders": LEADERS,
        "party_members": party,
        "nonparty": ~party,
        "members": Q(),
        "words": NOTHING,
    }
    serving = serving_on(clock.today())
    return serving.filter(which[side]).select_related("person", "sector").order_by("person__name")


def visible_to(actor: Actor) -> QuerySet[ContactLink]:
    return ContactLink.objects.filter(visible_links(actor)).select_related(
        "member__person", "member__sector", "to_member__person", "to_member__sector"
    )


def in_year(links: QuerySet[ContactLink], year: int) -> QuerySet[ContactLink]:
    """Links that held at some time of the year, with how often and when last they were kept."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    kept = Q(entries__day__range=(first, last))
    held = Q(since__lte=last) & not_ended(first)
    return links.filter(held).annotate(
        times=Count("entries", filter=kept), last_day=Max("entries__day", filter=kept)
    )


def still_due(today: dt.date) -> Q:
    """Links that still are to be kept: neither they nor either member has ended."""
    return (
        not_ended(today)
        & not_ended(today, "member__")
        & (Q(to_member=None) | not_ended(today, "to_member__"))
    )


@dataclass(frozen=True)
class LinkStanding:
    count: int
    required: int
    due_on: dt.date | None
    level: Level

    @property
    def never(self) -> bool:
        return self.count == 0


def standing(
    least: int, count: int, year: int, today: dt.date, since: dt.date, until: dt.date | None = None
) -> LinkStanding:
    """A link that began within the year owes its share of the yearly number, at least one; the
    times are spread evenly.
    """
    first, last = max(since, dt.date(year, 1, 1)), min(until or dt.date.max, dt.date(year, 12, 31))
    days, whole = (last - first).days + 1, (dt.date(year, 12, 31) - dt.date(year, 1, 1)).days + 1
    required = math.ceil(least * days / whole) if least and days > 0 else 0
    if count >= required:
        return LinkStanding(count, required, None, "reached")
    due = first + dt.timedelta(days=math.ceil((count + 1) * days / required) - 1)
    return LinkStanding(count, required, due, "late" if due < today else "open")


@dataclass(frozen=True)
class LinkRow:
    link: Any
    label: str
    stands: LinkStanding


def rows(
    links: Iterable[Any], rules: ContactParameters, year: int, today: dt.date
) -> list[LinkRow]:
    """The late ones first, those never reached before those reached seldom, then by the day that is
    due.
    """
    found = [
        LinkRow(
            link,
            rules.label(link.kind),
            standing(rules.least(link.kind), link.times, year, today, link.since, link.until),
        )
        for link in links
    ]
    order = {"late": 0, "open": 1, "reached": 2}
    return sorted(
        found,
        key=lambda row: (
            order[row.stands.level],
            row.stands.count,
            row.stands.due_on or dt.date.max,
            row.link.pk,
        ),
    )


def matrix(
    actor: Actor, wanted: Mapping[str, Any], year: int, rules: ContactParameters
) -> list[LinkRow]:
    """`wanted`: q, kind, state (late, never, open, reached). `rules`: those of the year."""
    today = clock.today()
    links = in_year(visible_to(actor), year)
    if year == today.year:
        links = links.filter(still_due(today))
    if wanted.get("kind"):
        links = links.filter(kind=wanted["kind"])
    if text := wanted.get("q", "").strip():
        links = links.filter(
            Q(member__person__name__icontains=text)
            | Q(to_member__person__name__icontains=text)
            | Q(to_words__icontains=text)
        )
    found = rows(links, rules, year, today)
    if state := wanted.get("state"):
        found = [
            row
            for row in found
            if (row.stands.never if state == "never" else row.stands.level == state)
        ]
    return found


@dataclass(frozen=True)
class ContactTally:
    """One kind: how many links, how many reached as the rule asks, never reached, late."""

    code: str
    label: str
    links: int
    reached: int
    never: int
    late: int


def tallies(found: Sequence[LinkRow], rules: ContactParameters) -> list[ContactTally]:
    kinds = {row.link.kind: row.label for row in found}
    order = [
        *(kind.code for kind in rules.kinds if kind.code in kinds),
        *(code for code in kinds if rules.kind(code) is None),
    ]
    return [
        _tally(code, kinds[code], [row.stands for row in found if row.link.kind == code])
        for code in order
    ]


def _tally(code: str, label: str, stands: Sequence[LinkStanding]) -> ContactTally:
    return ContactTally(
        code,
        label,
        len(stands),
        sum(s.level == "reached" for s in stands),
        sum(s.never for s in stands),
        sum(s.level == "late" for s in stands),
    )


def years(actor: Actor, today: dt.date) -> list[int]:
    begun = {day.year for day in visible_to(actor).order_by().dates("since", "year")}
    first = min(begun, default=today.year)
    return list(range(today.year, min(first, today.year) - 1, -1))


def contacting(membership_ids: Iterable[int]) -> list[ContactLink]:
    """Who keeps in touch with these members: names, nothing more."""
    today = clock.today()
    links = ContactLink.objects.filter(
        in_force_on(today), still_due(today), to_member__in=list(membership_ids)
    )
    return list(links.select_related("member__person"))

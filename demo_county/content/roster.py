"""The members of 政协云溪县第九届委员会, its office, and the bodies that propose in
their own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from random import Random
from typing import Annotated, Literal

from .names import KEPT, names, phone
from .places import STREETS, TOWNS
from .reading import one_of, read

CHAIR, VICE_CHAIR, SECRETARY, STANDING, MEMBER = "主席", "副主席", "秘书长", "常务委员", "委员"


def _employment_fault(text: str) -> str:
    """Nothing wrong with it: an employer, a colon, a post; with slots that are filled."""
    try:
        employer, post = text.format(town="镇", village="村", street="街道").split(":")
    except (KeyError, IndexError, ValueError):
        return "employer:post belongs here, with {town}, {village} or {street} where one is drawn"
    return "" if employer and post else "employer or post is missing"


@dataclass(frozen=True)
class Member:
    number: int
    name: str
    sex: str
    born: int
    sector: str
    party: str
    committee: str
    group: str
    employer: str
    post: str
    duty: str
    phone: str


@dataclass(frozen=True)
class Staff:
    role: str
    name: str
    sex: str
    office: str
    post: str
    phone: str


@dataclass(frozen=True)
class RosterCollective:
    name: str
    kind: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Roster:
    members: tuple[Member, ...]
    staff: tuple[Staff, ...]
    collectives: tuple[RosterCollective, ...]


@dataclass(frozen=True)
class GroupRow:
    """A group of members; one without towns sits in the county's seat."""

    name: str
    towns: tuple[Annotated[str, one_of("town", [town.name for town in TOWNS])], ...] = ()


@dataclass(frozen=True)
class SectorRow:
    name: str
    members: int
    parties: tuple[str, ...]
    posts: tuple[Annotated[str, _employment_fault], ...]
    committees: tuple[str, ...] = ()


@dataclass(frozen=True)
class CollectiveRow:
    name: str
    kind: Literal["党派", "团体"]


@dataclass(frozen=True)
class StaffRow:
    role: str
    office: str
    post: str


@dataclass(frozen=True)
class RosterTexts:
    committees: tuple[str, ...]
    held_once: tuple[str, ...]
    groups: tuple[GroupRow, ...]
    sectors: tuple[SectorRow, ...]
    collectives: tuple[CollectiveRow, ...]
    staff: tuple[StaffRow, ...]


_READ = read("roster.toml", RosterTexts)
COMMITTEES = _READ.committees
_OF_THE_SEAT = tuple(group.name for group in _READ.groups if not group.towns)
_GROUP_OF_TOWN = {town: group.name for group in _READ.groups for town in group.towns}


def roster(seed: int) -> Roster:
    """190 members with their duties, the office staff and the collectives.

    ``born`` is a decade: 1970 for the 70s.
    """
    rng = Random(f"roster {seed}")
    people = names(rng)
    seats = [sector for sector in _READ.sectors for _ in range(sector.members)]
    duties = _duties(rng, [sector.name for sector in seats])
    drawn = _drawn(people, seats, duties)
    taken: set[tuple[str, str]] = set()
    rows = enumerate(zip(drawn, seats, duties, strict=True), 1)
    members = tuple(
        _member(rng, number, person, seat, duty, taken) for number, (person, seat, duty) in rows
    )
    return Roster(
        members,
        _staff(people),
        tuple(_collective(people, row, index) for index, row in enumerate(_READ.collectives)),
    )


def _duties(rng: Random, sectors: list[str]) -> list[str]:
    """Chair and secretary-general from the first sector; vice-chairs of different sectors; thirty
    standing members.
    """
    duties = [MEMBER] * len(sectors)
    own = [index for index, sector in enumerate(sectors) if sector == "中共"]
    duties[own[0]], duties[own[1]] = CHAIR, SECRETARY
    for sector in ("中共", "民盟", "工商联", "无党派人士", "经济"):
        duties[next(i for i, s in enumerate(sectors) if s == sector and duties[i] == MEMBER)] = (
            VICE_CHAIR
        )
    for index in rng.sample([i for i, duty in enumerate(duties) if duty == MEMBER], 30):
        duties[index] = STANDING
    return duties


def _drawn(
    people: Iterator[tuple[str, str]], seats: list[SectorRow], duties: list[str]
) -> list[tuple[str, str]]:
    """Names by lot; two of the standing persons sit with agriculture and as vice-chair."""
    drawn = [
        next(person for person in people if seat.name != "妇联" or person[1] == "女")
        for seat in seats
    ]
    farming = next(index for index, seat in enumerate(seats) if seat.name == "农业")
    drawn[farming] = astuple(KEPT.member)
    drawn[duties.index(VICE_CHAIR)] = astuple(KEPT.vice_chair)
    return drawn


def _member(
    rng: Random,
    number: int,
    person: tuple[str, str],
    seat: SectorRow,
    duty: str,
    taken: set[tuple[str, str]],
) -> Member:
    town = rng.choice(TOWNS).name
    employer, post = _employment(rng, seat.posts, duty, town, taken)
    group = _GROUP_OF_TOWN[town] if town in employer else rng.choice(_OF_THE_SEAT)
    committee = rng.choice(seat.committees or COMMITTEES)
    party = "中共" if duty in (CHAIR, SECRETARY) else rng.choice(seat.parties)
    return Member(
        number,
        *person,
        _born(rng, seat.name, duty),
        seat.name,
        party,
        committee,
        group,
        employer,
        post,
        duty,
        phone(number),
    )


def _born(rng: Random, sector: str, duty: str) -> int:
    if duty in (CHAIR, VICE_CHAIR, SECRETARY):
        return rng.choice((1960, 1970))
    return rng.choice(
        (1980, 1990)
        if sector == "共青团和青联"
        else (1960, 1970, 1970, 1970, 1980, 1980, 1980, 1990)
    )


def _employment(
    rng: Random, posts: tuple[str, ...], duty: str, town: str, taken: set[tuple[str, str]]
) -> tuple[str, str]:
    if duty in (CHAIR, VICE_CHAIR, SECRETARY):
        return "县政协", duty
    offers = [_offer(rng, text, town) for text in posts]
    fresh = [offer for offer in offers if offer not in taken]
    chosen = rng.choice(
        fresh or [offer for offer in offers if offer[1] not in _READ.held_once] or offers
    )
    taken.add(chosen)
    return chosen


def _offer(rng: Random, text: str, town: str) -> tuple[str, str]:
    villages = next(each.villages for each in TOWNS if each.name == town)
    employer, post = text.format(
        town=town, village=rng.choice(villages), street=rng.choice(STREETS).name
    ).split(":")
    return employer, post.replace("副镇长", "副乡长") if "乡人民" in employer else post


def _staff(people: Iterator[tuple[str, str]]) -> tuple[Staff, ...]:
    drawn = [next(people) for _ in _READ.staff]
    drawn[0] = astuple(KEPT.clerk)
    rows = zip(_READ.staff, drawn, strict=True)
    return tuple(
        Staff(row.role, name, sex, row.office, row.post, phone(7000 + index))
        for index, (row, (name, sex)) in enumerate(rows)
    )


def _collective(
    people: Iterator[tuple[str, str]], row: CollectiveRow, index: int
) -> RosterCollective:
    return RosterCollective(row.name, row.kind, next(people)[0], phone(8000 + index))

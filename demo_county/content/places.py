"""Places of the invented county 云溪县.

None of them is on a map: the county itself does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Annotated

from .reading import at_least, read

ThreeOrMore = Annotated[tuple[str, ...], at_least(3)]


@dataclass(frozen=True)
class Town:
    name: str
    villages: ThreeOrMore
    river: str
    village_count: int
    people: str


@dataclass(frozen=True)
class Street:
    name: str
    communities: ThreeOrMore
    roads: ThreeOrMore
    estates: ThreeOrMore
    school: str
    people: str


@dataclass(frozen=True)
class Elsewhere:
    """What one place or another of the county has."""

    reservoirs: tuple[str, ...]
    middle_schools: tuple[str, ...]
    hospitals: tuple[str, ...]
    heritage: tuple[str, ...]
    firms: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    county: str
    river: str
    towns: Annotated[tuple[Town, ...], at_least(2)]
    streets: tuple[Street, ...]
    elsewhere: Elsewhere


_READ = read("places.toml", Places)
COUNTY = _READ.county
TOWNS = _READ.towns
STREETS = _READ.streets


def scene_values(rng: Random, year: int) -> list[tuple[str, str]]:
    """Slots of one text: a town with its villages, a street with its roads, and the years around
    the session.
    """
    elsewhere = _READ.elsewhere
    town, other = rng.sample(TOWNS, 2)
    street = rng.choice(STREETS)
    values = [
        ("县", COUNTY),
        ("江", _READ.river),
        ("镇", town.name),
        ("镇2", other.name),
        ("河", town.river),
        ("街道", street.name),
        ("校", street.school),
        ("街人口", street.people),
        ("村数", str(town.village_count)),
        ("人口", town.people),
        ("镇小", f"{town.name}中心小学"),
    ]
    values += _numbered("村", rng.sample(town.villages, 3))
    values += _numbered("邻村", rng.sample(other.villages, 2))
    values += _numbered("社区", rng.sample(street.communities, 3))
    values += _numbered("路", rng.sample(street.roads, 3))
    values += _numbered("小区", rng.sample(street.estates, 3))
    values += [
        ("水库", rng.choice(elsewhere.reservoirs)),
        ("中学", rng.choice(elsewhere.middle_schools)),
        ("医院", rng.choice(elsewhere.hospitals)),
        ("古", rng.choice(elsewhere.heritage)),
        ("企", rng.choice(elsewhere.firms)),
    ]
    values += [
        ("今", str(year)),
        ("去", str(year - 1)),
        ("前", str(year - 2)),
        ("三前", str(year - 3)),
    ]
    return values


def _numbered(slot: str, names: list[str]) -> list[tuple[str, str]]:
    return [
        (slot if index == 0 else f"{slot}{index + 1}", name) for index, name in enumerate(names)
    ]


SCENE = tuple(slot for slot, _ in scene_values(Random(0), 2000))
"""The slots that every scene fills."""

"""The sixty handling units of the demo county, with their people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal, get_args

from .names import KEPT, names, phone
from .places import STREETS, TOWNS
from .reading import one_of, read


@dataclass(frozen=True)
class UnitPerson:
    name: str
    sex: str
    post: str
    phone: str


@dataclass(frozen=True)
class HandlingUnit:
    name: str
    short: str
    kind: str
    leader: UnitPerson
    officer: UnitPerson


KindOfUnit = Literal["政府部门", "党委部门", "群团组织", "公共企事业单位", "乡镇", "街道"]


@dataclass(frozen=True)
class UnitKindRow:
    name: KindOfUnit
    leader: str
    officer: str


@dataclass(frozen=True)
class UnitRow:
    """A unit as the file has it; its own titles of leader and officer, if it has any."""

    name: str
    short: str
    kind: KindOfUnit
    leader: str = ""
    officer: str = ""


@dataclass(frozen=True)
class Units:
    kinds: tuple[UnitKindRow, ...]
    units: tuple[UnitRow, ...]

    def __post_init__(self) -> None:
        if missing := set(get_args(KindOfUnit)) - {kind.name for kind in self.kinds}:
            raise ValueError(f"the kind {missing.pop()} is missing")


_READ = read("units.toml", Units)
_KINDS = {kind.name: kind for kind in _READ.kinds}
NAMES = frozenset(
    [unit.name for unit in _READ.units]
    + [f"{town.name}人民政府" for town in TOWNS]
    + [f"{street.name}办事处" for street in STREETS]
)
NameOfUnit = Annotated[str, one_of("unit", ("", *NAMES))]
"""The name of a unit, or of none."""


def units(seed: int) -> tuple[HandlingUnit, ...]:
    people = names(Random(f"units {seed}"))
    return tuple(_unit(row, people, index) for index, row in enumerate(_rows()))


def _rows() -> Iterator[UnitRow]:
    yield from _READ.units
    for town in TOWNS:
        head = "乡长" if town.name.endswith("乡") else ""
        yield UnitRow(f"{town.name}人民政府", town.name, "乡镇", head)
    for street in STREETS:
        yield UnitRow(f"{street.name}办事处", street.name, "街道")


def _unit(row: UnitRow, people: Iterator[tuple[str, str]], index: int) -> HandlingUnit:
    kind = _KINDS[row.kind]
    posts = (row.leader or kind.leader, row.officer or kind.officer)
    leader, officer = (
        _person(next(people), post, 6000 + 2 * index + place) for place, post in enumerate(posts)
    )
    if row.name == "县水务局":
        officer = UnitPerson(KEPT.officer.name, KEPT.officer.sex, officer.post, officer.phone)
    return HandlingUnit(row.name, row.short, row.kind, leader, officer)


def _person(drawn: tuple[str, str], post: str, number: int) -> UnitPerson:
    return UnitPerson(*drawn, post, phone(number))

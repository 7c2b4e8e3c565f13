"""Invented personal names: uncommon given names put together by lot, so that no one is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from random import Random
from typing import Literal

from .reading import read


@dataclass(frozen=True)
class Characters:
    """Of which given names of one sex are put together."""

    first: str
    last: str
    single: str


@dataclass(frozen=True)
class NamedPerson:
    name: str
    sex: Literal["男", "女"]


@dataclass(frozen=True)
class StandingPersons:
    member: NamedPerson
    clerk: NamedPerson
    vice_chair: NamedPerson
    officer: NamedPerson


@dataclass(frozen=True)
class Names:
    surnames: str
    men: Characters
    women: Characters
    kept: StandingPersons


_READ = read("names.toml", Names)
KEPT = _READ.kept
"""The standing persons of the pictures; nobody else is called so."""


def names(rng: Random) -> Iterator[tuple[str, str]]:
    """Endless (name, sex), each name once, never one of those kept for the standing persons of the
    pictures.
    """
    given_out = {name for name, _sex in astuple(KEPT)}
    while True:
        sex = "女" if rng.random() < 0.38 else "男"
        name = rng.choice(_READ.surnames) + _given(rng, sex)
        if name not in given_out:
            given_out.add(name)
            yield name, sex


def _given(rng: Random, sex: str) -> str:
    of = _READ.men if sex == "男" else _READ.women
    if rng.random() < 0.22:
        return rng.choice(of.single)
    head, tail = rng.choice(of.first), rng.choice(of.last)
    return head + tail if head != tail else head


def phone(number: int) -> str:
    """A mobile number nobody has: the prefix 154 is not in public use; one number for each person,
    by count.
    """
    return f"1540000{number:04d}"

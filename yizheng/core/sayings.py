"""Sayings: the words by which Chinese work papers speak of a figure, declared by the app that owns
it, read by the checker of texts.

A saying is data, to be proof-read by somebody who writes such papers. `words` are what is counted,
as it stands right before the number (召开主席会议13次) or right behind it (4次对口协商); a “…” in a
word marks the place of the number itself (提拔…机关干部). The longest word decides. Of sayings that
share it, the one whose `needs` are met goes first, and then the one whose verb stands nearest to
the number; where two remain, the words may mean either figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .figures import INDICATORS

BreakdownPart = tuple[str, str]
"""A breakdown and one of its keys, or several joined by `PLUS`."""


@dataclass(frozen=True)
class Saying:
    """`part` is the part of the figure that is meant.

    `labels_of` names a breakdown whose own labels are words too, each for its part: kinds that a
    county added itself are known by their names.

    `within` says of which larger figure this one is a part, so that a text may add it up with its
    siblings. `about` is what follows can be about: 活动3次，参与委员150人次. A saying that
    `follows` takes its part from there: one that must is nothing without it, one that may means the
    whole or that part. `needs` must stand in the sentence (one of them), `topic` in the paragraph,
    `unless` nowhere in the clause. `loose` words mean our figure or something near it; `strict`
    ones mean it only when nothing else stands beside them.
    """

    code: str
    words: tuple[str, ...]
    units: frozenset[str]
    part: BreakdownPart | None = None
    labels_of: str = ""
    within: tuple[str, str, str] | None = None
    about: tuple[BreakdownPart, ...] = ()
    follows: Literal["", "may", "must"] = ""
    verbs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    loose: bool = False
    strict: bool = False

    @property
    def cells(self) -> tuple[tuple[str, str, str], ...]:
        """Figure, breakdown and key by which it can be added to others, the nearest first."""
        own = () if self.part is None else ((self.code, *self.part),)
        return (*own, self.within) if self.within else own


SAYINGS: list[Saying] = []


def say(sayings: Iterable[Saying]) -> None:
    """Add an app's words.

    Words for a figure, or a part of one, that nobody declared are a mistake of the programmer.
    """
    added = list(sayings)
    for each in added:
        by = each.labels_of or (each.part[0] if each.part else "")
        if each.code not in INDICATORS or (by and INDICATORS[each.code].breakdown(by) is None):
            raise ValueError(f"words for an unknown figure: {each.code} {by}".strip())
    SAYINGS.extend(added)

"""The parts of the platform in the bar, and the links from a page to pages of higher floors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from .access import Actor, Words


@dataclass(frozen=True)
class BarPart:
    """A part of the platform in the bar at the top (and, with `on_phone`, in the bar of five at the
    foot of a phone).
    """

    label: Words
    url: str
    order: int
    is_open: Callable[[Actor], bool]
    on_phone: int | None = None
    group: Words = ""


PARTS: list[BarPart] = []
"""Each app adds its own; `url` is the name of its first page."""
LINKS: dict[str, list[BarPart]] = defaultdict(list)
"""Name of a page's address → pages of higher floors to which it leads on."""


def area_of(permission: str) -> BarPart | None:
    """The part of the platform that a permission is about, by the app that declares it."""
    area = permission.partition(".")[0]
    named = ((part, part.url.split(":")) for part in PARTS)
    return next((part for part, names in named if area in names), None)


def links_from(page: str, actor: Actor) -> list[BarPart]:
    return [part for part in LINKS[page] if part.is_open(actor)]

"""Panels and links: what a higher floor has to say on a page of a lower one (cases like this one,
figures), and where one goes on from there, without an import upwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from .access import Actor, Words
from .case_display import Action


@dataclass(frozen=True)
class Panel:
    """A titled piece of page; `body` is rendered HTML, `actions` are the buttons below it."""

    title: Words
    body: SafeString
    actions: Sequence[Action] = ()


Maker = Callable[[Actor, Any], Panel | None]
_makers: dict[str, list[Maker]] = defaultdict(list)


def register(place: str, maker: Maker) -> None:
    """Offer a panel for the pages of a kind of object.

    It is asked with the reader and the object; None draws nothing.
    """
    if maker not in _makers[place]:
        _makers[place].append(maker)


def on(place: str, actor: Actor, obj: Any) -> list[Panel]:
    return [panel for maker in _makers[place] if (panel := maker(actor, obj))]


@dataclass(frozen=True)
class PageLink:
    """A step on a higher floor, offered beside something on a page of a lower one."""

    label: Words
    url: str


Linker = Callable[[Actor, Any], PageLink | None]
_linkers: dict[str, list[Linker]] = defaultdict(list)


def offer(place: str, linker: Linker) -> None:
    """Offer a link beside a kind of object. It is asked as a panel is."""
    if linker not in _linkers[place]:
        _linkers[place].append(linker)


def links(place: str, actor: Actor, obj: Any) -> list[PageLink]:
    return [link for linker in _linkers[place] if (link := linker(actor, obj))]

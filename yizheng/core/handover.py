"""Handing a matter on: what came up in one app begins as a case of another.

The app that takes it registers a handler; the place where it came up offers the handlers open to
the actor, without knowing who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .access import Actor, Words
from .refusals import NotNow


@dataclass(frozen=True)
class Matter:
    """What is handed on, and where it came from.

    One that has its writers already goes on in their name, not the actor's.
    """

    source: Any
    title: str
    text: str
    label: str
    url: str
    situation: str = ""
    analysis: str = ""
    suggestions: Sequence[str] = ()
    category: str = ""
    writers: Sequence[int] = ()  # memberships, the first writer first
    collective: str = ""

    @property
    def has_writers(self) -> bool:
        return bool(self.writers or self.collective)


@dataclass(frozen=True)
class Takeover:
    """What became of it: how it is called, and where it stands."""

    label: str
    url: str


@dataclass(frozen=True)
class Handler:
    """`take` begins the case as the actor and may refuse with a sentence; `found` says what a
    source has become already.
    """

    code: str
    label: Words
    may: Callable[[Actor], bool]
    take: Callable[[Actor, Matter], Takeover]
    found: Callable[[Any], Takeover | None] = lambda source: None


_handlers: dict[str, Handler] = {}


def register(handler: Handler) -> None:
    if _handlers.get(handler.code, handler) is not handler:
        raise ValueError(f"two handlers are named {handler.code}")
    _handlers[handler.code] = handler


def open_to(actor: Actor) -> list[Handler]:
    """Where the actor can hand a matter on, in the order of registration."""
    return [handler for handler in _handlers.values() if handler.may(actor)]


def find(code: str) -> Handler | None:
    return _handlers.get(code)


def any_registered() -> bool:
    return bool(_handlers)


def hand_on(code: str, matter: Matter, *, by: Actor) -> Takeover:
    """Hand a matter to one handler, once: what it has become already is answered again."""
    if (handler := find(code)) is None:
        raise NotNow(_("No part of the platform takes this over."))
    return handler.found(matter.source) or handler.take(by, matter)


def became(code: str, source: Any) -> Takeover | None:
    """What a source has become, if anything."""
    handler = find(code)
    return handler.found(source) if handler else None

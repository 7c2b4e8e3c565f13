"""Handing a matter on: what came up in one place (a visit at a venue, a proposal not filed) begins as a case of another app.

The app that takes it registers a handler; the place where it came up offers the handlers open to the actor, without
knowing who they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .access import Actor, Words


@dataclass(frozen=True)
class Matter:
    """What is handed on, and where it came from."""

    source: Any
    title: str
    text: str
    label: str
    url: str


@dataclass(frozen=True)
class Taken:
    """What became of it: how it is called, and where it stands."""

    label: str
    url: str


@dataclass(frozen=True)
class Handler:
    """`take` begins the case as the actor and may refuse with a sentence."""

    code: str
    label: Words
    may: Callable[[Actor], bool]
    take: Callable[[Actor, Matter], Taken]


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

"""A form that makes something, how it is filled in, and the ways to its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse

from tests.world import World

Typed = dict[str, Any] | Callable[[World], dict[str, Any]]
"""What stands in the fields; what hangs on the county or on the day is asked when the test runs."""


def said(typed: Typed, world: World) -> dict[str, Any]:
    return typed(world) if callable(typed) else typed


@dataclass(frozen=True)
class Case:
    who: str
    page: Callable[[World], str]
    holding: str
    typed: Typed
    makes: type[models.Model]
    otherwise: Typed = field(default_factory=dict)
    press: str = ""
    saves_into_it: bool = False
    """A draft: what is typed otherwise is saved into it, where other forms are refused with the way
    to what they became.
    """


def at_page(name: str, *args: Any, query: str = "") -> Callable[[World], str]:
    return lambda world: reverse(name, args=args) + query


def after(make: Callable[[World], Any], name: str) -> Callable[[World], str]:
    def page(world: World) -> str:
        make(world)
        return reverse(name)

    return page


def of(name: str, made: Callable[[World], Any]) -> Callable[[World], str]:
    """The page of something that is made first."""
    return lambda world: reverse(name, args=[made(world).pk])


def step_on(flow: str, name: str, made: Callable[[World], Any]) -> Callable[[World], str]:
    return lambda world: reverse("core:step", args=[flow, made(world).pk, name])

"""Actors, permissions and rules: who acts, and what a named permission lets them do.

A role is data: a set of permission names granted to a person over a whole organisation or over one
place in it. A rule in an app's `rules.py` turns such a grant, or a relation to the object ("wrote
it"), into two things that must agree: a test on one object and a filter on its table. To-do lists,
buttons and refusals come from the same rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from .attributes import Attribute

Words = str | Promise
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Reach:
    """How far a grant goes: the whole organisation, or some places in it, each known by its kind
    and id. Which kinds there are is said by the apps whose tables they are.
    """

    everywhere: bool = False
    places: frozenset[tuple[str, int]] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        return Reach(self.everywhere or other.everywhere, self.places | other.places)

    def at(self, kind: str) -> frozenset[int]:
        """Ids of the places of one kind."""
        return frozenset(pk for each, pk in self.places if each == kind)


NOWHERE = Reach()


@dataclass(frozen=True)
class Actor:
    """Somebody who acts in one organisation: a signed-in account, or the system itself.

    Two are the same only with the same rights, so that what is made of an actor alone can be kept
    for it.
    """

    organisation_id: int
    name: str
    account_id: int | None = None
    membership_ids: frozenset[int] = frozenset()
    grants: Mapping[str, Reach] = field(default_factory=dict, hash=False)
    is_system: bool = False
    place: str = ""
    address: str = ""

    def reach(self, permission: str) -> Reach:
        return self.grants.get(permission, NOWHERE)

    def holds(self, permission: str) -> bool:
        """Over the whole organisation."""
        return self.is_system or self.reach(permission).everywhere

    def holds_somewhere(self, permission: str) -> bool:
        reach = self.reach(permission)
        return self.is_system or bool(reach.everywhere or reach.places)


def system(organisation_id: int) -> Actor:
    """The platform itself: deadlines that run out, rounds that close."""
    return Actor(organisation_id, name="", is_system=True)


SIGNED_IN: Attribute[Actor | None] = Attribute("actor", None)
"""Who sent a request; the middleware of the accounts puts it there."""


@dataclass(frozen=True)
class Rule:
    """One named answer to "who may": on an object (`allows`) and as a filter over its table
    (`scope`).

    A scope looks at no records. It is made of the actor and of nothing else than the circumstances
    in `depends` (the day, the regulation): whatever is kept of it (`portal.queries.todos`) is
    kept for just these.
    """

    code: str
    label: Words
    allows: Callable[[Actor, Any], bool]
    scope: Callable[[Actor], Q]
    depends: frozenset[str] = frozenset()

    def __or__(self, other: Rule) -> Rule:
        return Rule(
            f"{self.code}|{other.code}",
            self.label,
            lambda actor, obj: self.allows(actor, obj) or other.allows(actor, obj),
            lambda actor: _either(self.scope(actor), other.scope(actor)),
            self.depends | other.depends,
        )


def _either(one: Q, other: Q) -> Q:
    """Nothing or something is that something.

    An empty Q is all rows, and all rows or others are all rows; Django's own `|` would drop it.
    """
    if NOTHING in (one, other):
        return other if one == NOTHING else one
    return one | other if one and other else Q()


REGISTRY: dict[str, Words] = {}


def permission(code: str, label: Words) -> str:
    """Declare a permission that roles can grant; the matrix in the docs lists them all."""
    REGISTRY[code] = label
    return code


def office(code: str, label: Words) -> Rule:
    """Rule: whoever holds the permission over the whole organisation."""
    permission(code, label)
    return Rule(
        code,
        label,
        lambda actor, obj: actor.holds(code),
        lambda actor: Q() if actor.holds(code) else NOTHING,
    )


def at(kind: str, code: str, label: Words, path: str) -> Rule:
    """Rule: whoever holds the permission at the place of that kind to which `path` leads from the
    object.
    """
    permission(code, label)
    return _one_of(code, label, path, lambda actor: actor.reach(code).at(kind))


def over(kind: str, code: str, label: Words, path: str) -> Rule:
    """Rule: whoever holds the permission over the whole organisation, or at the place of that kind
    to which `path` leads from the object.
    """
    within = at(kind, code, label, path)
    return Rule(
        code,
        label,
        lambda actor, obj: actor.holds(code) or (obj is not None and within.allows(actor, obj)),
        lambda actor: Q() if actor.holds(code) else within.scope(actor),
    )


def is_member(code: str, label: Words, path: str = "membership_id") -> Rule:
    """Rule: the member to whom `path` leads from the object is the actor, in one of their
    memberships.
    """
    return _one_of(code, label, path, lambda actor: actor.membership_ids)


def is_account(code: str, label: Words, path: str) -> Rule:
    """Rule: the account to which `path` leads from the object is the actor's own."""
    return _one_of(
        code,
        label,
        path,
        lambda actor: frozenset() if actor.account_id is None else frozenset({actor.account_id}),
    )


def _one_of(code: str, label: Words, path: str, of: Callable[[Actor], frozenset[int]]) -> Rule:
    """Rule: what `path` leads to from the object (`parent__writer_id`) is one of those that are the
    actor's.
    """

    def allows(actor: Actor, obj: Any) -> bool:
        value: Any = obj
        for part in path.split("__"):
            value = getattr(value, part) if value is not None else None
        return value in of(actor)

    def scope(actor: Actor) -> Q:
        own = of(actor)
        return Q(**{f"{path}__in": own}) if own else NOTHING

    return Rule(code, label, allows, scope)

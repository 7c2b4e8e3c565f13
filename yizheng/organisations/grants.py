"""Grants of roles, over the organisation or at a place in it: where one holds, how it ends."""

from __future__ import annotations

from typing import Any

from django.db.models import ProtectedError, QuerySet
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from yizheng.core.refusals import BadInput

from . import places
from .models import NamedRow, Role, RoleGrant


def members_own() -> list[Role]:
    """The roles that whoever is a member holds."""
    return list(Role.objects.filter(is_members=True).order_by("pk"))


def register(kind: places.PlaceKind) -> None:
    """From now on roles can be given at places of this kind."""
    if places.KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of place are named {kind.code}")
    pre_delete.connect(_stays_while_held, sender=kind.model, dispatch_uid=f"place {kind.code}")


def _stays_while_held(instance: NamedRow, **_rest: Any) -> None:
    """What a foreign key would see to, if grants had one for each kind."""
    held = RoleGrant.everywhere.filter(**places.columns(instance))
    if held.exists():
        raise ProtectedError(f"somebody holds a role at {instance}", set(held))


def at(place: NamedRow) -> QuerySet[RoleGrant]:
    """The grants that hold at just this place."""
    return RoleGrant.objects.filter(**places.columns(place))


def everywhere() -> QuerySet[RoleGrant]:
    """The grants that hold over the whole organisation."""
    return RoleGrant.objects.filter(**places.columns(None))


def check_place(role: Role, place: NamedRow | None) -> None:
    """Raises BadInput unless the role may hold there, at a place that is not closed."""
    if not places.fits(role.place, place):
        raise BadInput(places.KINDS[role.place].needs % {"role": role.name}, field=role.place)
    if place is not None and getattr(place, "closed_on", None):
        kind = places.columns(place)["place_kind"]
        raise BadInput(_("%(unit)s is closed.") % {"unit": place.name}, field=kind)

"""Kinds of place over which a role can be given, and what the place in a grant stands for.

A grant keeps a kind and a number. This house knows units and committees; apps above add the kinds
whose tables are theirs, and nothing here has to know them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Words

if TYPE_CHECKING:
    from .models import NamedRow, RoleGrant

ANYWHERE = "anywhere"
"""Of a role: it is said with each grant whether it holds everywhere or at one place."""


@dataclass(frozen=True)
class PlaceKind:
    """One kind: `holds` says where its roles hold, `needs` refuses one given elsewhere, `label` and
    `help` stand at the field where the place is chosen. `called` is the field whose words stand
    beside the name of whoever acts there; without one the role's own name says more.
    """

    code: str
    model: type[Any]
    holds: Words
    needs: Words
    label: Words
    help: Words = ""
    called: str = ""

    def open(self) -> QuerySet[Any]:
        """Where roles can be given today."""
        can_close = any(field.name == "closed_on" for field in self.model._meta.fields)
        rows: QuerySet[Any] = self.model.objects.all()
        return rows.filter(closed_on=None) if can_close else rows


KINDS: dict[str, PlaceKind] = {}
"""Filled by `grants.register`."""


def choices() -> list[tuple[str, Words]]:
    """Where a role can hold."""
    anywhere = _("over the whole organisation or a part of it, as it is given")
    return [(ANYWHERE, anywhere), *((kind.code, kind.holds) for kind in KINDS.values())]


def columns(place: NamedRow | None) -> dict[str, Any]:
    """The columns of a grant that holds there: to write one, and to find them."""
    if place is None:
        return {"place_kind": "", "place_id": 0}
    return {"place_kind": _kind_of(place).code, "place_id": place.pk}


def _kind_of(place: NamedRow) -> PlaceKind:
    return next(kind for kind in KINDS.values() if isinstance(place, kind.model))


def fits(role_place: str, place: NamedRow | None) -> bool:
    """Whether a role that holds at this kind of place can be given there."""
    return role_place not in KINDS or isinstance(place, KINDS[role_place].model)


def load(grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    """The same grants with their places, in one query for each kind among them."""
    rows = list(grants)
    for code in {grant.place_kind for grant in rows}:
        ids = {grant.place_id for grant in rows if grant.place_kind == code}
        found = KINDS[code].model.everywhere.in_bulk(ids) if code else {}
        for grant in rows:
            if grant.place_kind == code:
                grant.place = found.get(grant.place_id)
    return rows


def called() -> Case:
    """How the place of a grant is called beside a name, as a part of the query for the grants."""
    names = [
        When(
            place_kind=kind.code,
            then=Subquery(
                kind.model.everywhere.filter(pk=OuterRef("place_id")).values(kind.called)
            ),
        )
        for kind in KINDS.values()
        if kind.called
    ]
    return Case(*names, default=Value(""), output_field=CharField())

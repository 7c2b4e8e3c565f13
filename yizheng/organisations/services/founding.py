"""Founding an organisation, with its roles, and giving the first of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from yizheng.core import tenancy

from .. import places
from ..models import NamedRow, Organisation, Role, RoleGrant

ROLES = Path(__file__).parents[1] / "roles.json"


foundings: list[Callable[[], None]] = []
"""What else a new organisation begins with, asked in its scope; higher floors add theirs."""


@transaction.atomic
def found(
    *, code: str, name: str, short_name: str, region: str, parent: Organisation | None = None
) -> Organisation:
    """A new organisation with its roles and whatever else it begins with; an office may change all
    of it afterwards.
    """
    organisation = Organisation.objects.create(
        code=code, name=name, short_name=short_name, region=region, parent=parent
    )
    with tenancy.scope(organisation):
        Role.objects.bulk_create(
            Role(organisation=organisation, **role)
            for role in json.loads(ROLES.read_text(encoding="utf-8"))
        )
        for begin_with in foundings:
            begin_with()
    return organisation


def grant(
    account_id: int, role: str, *, since: dt.date, place: NamedRow | None = None
) -> RoleGrant:
    """Give an account one of the roles an organisation is founded with (`roles.json`), while a
    house is being set up.
    """
    row = RoleGrant(
        account_id=account_id,
        role=Role.objects.get(code=role),
        since=since,
        **places.columns(place),
    )
    row.save()
    return row

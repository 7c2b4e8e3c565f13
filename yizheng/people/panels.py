"""Panels with people on the pages of the organisation: who signs in for a unit, who holds
a role.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.panels import PageLink, Panel
from yizheng.organisations import grants as role_grants
from yizheng.organisations.models import Role, Unit, UnitContact

from .rules import manage_accounts


def accounts_at(_actor: Actor, unit: Unit) -> Panel:
    grants = role_grants.at(unit).select_related("account__person", "role")
    rows = grants.order_by("until", "-since")
    body = render_to_string("people/_at_unit.html", {"grants": rows})
    return Panel(_("Accounts at this unit"), mark_safe(body))


def open_account(actor: Actor, contact: UnitContact) -> PageLink | None:
    """For whoever is named as leader or officer of a unit."""
    if not manage_accounts.allows(actor, None):
        return None
    known: dict[str, Any] = {"unit": contact.unit_id, "name": contact.name, "phone": contact.phone}
    return PageLink(_("Open an account"), f"{reverse('people:open_account')}?{urlencode(known)}")


def holders(actor: Actor, role: Role) -> PageLink | None:
    if not manage_accounts.allows(actor, None):
        return None
    return PageLink(_("Accounts"), f"{reverse('people:accounts')}?role={role.pk}")

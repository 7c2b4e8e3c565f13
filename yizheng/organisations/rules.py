"""Who may keep the organisation's own tables, which rights must never meet in one person, and rules
of what belongs to a unit or a committee.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from yizheng.core import access, audit
from yizheng.core.access import Rule, Words, office

UNIT, COMMITTEE = "unit", "committee"
"""The kinds of place of this house (`places.py`)."""

MANAGE_ACCOUNTS = "accounts.manage"
manage = office("organisations.manage", _("keeps roles and everything of the organisation"))
# The office knows its units and sessions better than the administrator of the system does.
keep = office("organisations.keep", _("keeps terms, sectors, units and the calendar")) | manage
AUDIT_READ = audit.READ
ADMINISTRATION = frozenset({MANAGE_ACCOUNTS, manage.code})


def at_unit(code: str, label: Words, path: str = "unit_id") -> Rule:
    """Rule: whoever holds the permission at the unit that `path` leads to from the object."""
    return access.at(UNIT, code, label, path)


def over_committee(code: str, label: Words, path: str = "committee_id") -> Rule:
    """Rule: whoever holds the permission over the whole organisation, or over the committee that
    `path` leads to from the object.
    """
    return access.over(COMMITTEE, code, label, path)


def clash(permissions: Collection[str]) -> Words | None:
    """Separation of duties: who administers does not audit, who audits does not administer."""
    if AUDIT_READ in permissions and ADMINISTRATION & set(permissions):
        return _(
            "One person cannot both administer the system and audit it. Give the two to "
            "different people."
        )
    return None

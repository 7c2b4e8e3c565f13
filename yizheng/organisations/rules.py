"""Who may keep the organisation's own tables, and which rights must never meet in one person."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Words, office, permission
from yizheng.core.doors import require

__all__ = ["ADMINISTRATION", "AUDIT_READ", "MANAGE_ACCOUNTS", "clash", "keep", "manage", "require"]

MANAGE_ACCOUNTS = "accounts.manage"
manage = office("organisations.manage", _("keeps roles and everything of the organisation"))
# The office knows its units and sessions better than the administrator of the system does.
keep = office("organisations.keep", _("keeps terms, sectors, units and the calendar")) | manage
AUDIT_READ = permission("audit.read", _("reads the audit chain"))
ADMINISTRATION = frozenset({MANAGE_ACCOUNTS, manage.code})


def clash(permissions: Collection[str]) -> Words | None:
    """Separation of duties: who administers does not audit, who audits does not administer."""
    if AUDIT_READ in permissions and ADMINISTRATION & set(permissions):
        return _(
            "One person cannot both administer the system and audit it. Give the two to "
            "different people."
        )
    return None

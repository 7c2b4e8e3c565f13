"""Who may keep accounts and the roster."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor, is_account, office
from yizheng.organisations.rules import MANAGE_ACCOUNTS

manage_accounts = office(MANAGE_ACCOUNTS, _("opens accounts and gives roles"))
read_roster = office("people.read", _("reads the roster with phone numbers"))
keep_roster = office("people.import", _("keeps and imports the roster"))
own = is_account("own-account", _("whose account it is"), "id")


def reads_roster(actor: Actor) -> bool:
    """The office, and members among themselves."""
    return bool(actor.membership_ids) or (read_roster | keep_roster).allows(actor, None)

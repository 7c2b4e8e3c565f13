"""The parts of the platform in the bar: who finds which.

Apps of their own add theirs beside these.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.navigation import PARTS, BarPart
from yizheng.indicators.rules import read as reads_figures
from yizheng.organisations.rules import AUDIT_READ, keep
from yizheng.people.rules import manage_accounts, read_roster
from yizheng.promises.rules import confirmer, reporter
from yizheng.proposals.rules import supervisor
from yizheng.proposals.searchables import reads as reads_proposals
from yizheng.regulations.rules import adopter, drafter

from .views.past_years import may_bring_in

COMMITTEE = _("The committee")
OFFICE = _("Office")


def _follows_promises(actor: Actor) -> bool:
    return any(actor.holds_somewhere(p) for p in (reporter.code, confirmer.code, supervisor.code))


PARTS += [
    BarPart(_("Proposals"), "proposals:list", 10, reads_proposals, on_phone=10),
    BarPart(_("Promises"), "promises:list", 40, _follows_promises, on_phone=40),
    BarPart(
        _("Figures and reports"),
        "indicators:dashboard",
        60,
        lambda actor: reads_figures.allows(actor, None),
    ),
    BarPart(
        _("Members"),
        "people:members",
        50,
        lambda actor: read_roster.allows(actor, None) or bool(actor.membership_ids),
        group=COMMITTEE,
    ),
    BarPart(
        _("Regulations"),
        "regulations:list",
        58,
        lambda actor: (drafter | adopter).allows(actor, None) or bool(actor.membership_ids),
        group=COMMITTEE,
    ),
    BarPart(_("Audit"), "audit", 80, lambda actor: actor.holds(AUDIT_READ), group=OFFICE),
    BarPart(
        _("Settings"),
        "organisations:settings",
        82,
        lambda actor: keep.allows(actor, None),
        group=OFFICE,
    ),
    BarPart(_("Past years"), "years", 83, may_bring_in, group=OFFICE),
    BarPart(
        _("Accounts"),
        "people:accounts",
        84,
        lambda actor: manage_accounts.allows(actor, None),
        group=OFFICE,
    ),
]

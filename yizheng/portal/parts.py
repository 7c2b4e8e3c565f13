"""The parts of the platform as the bar shows them: who finds which.

Apps of their own add theirs beside these.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.ui import PARTS, Part
from yizheng.proposals.finding import reads as reads_proposals

from .years import may_bring_in

COMMITTEE = _("The committee")
OFFICE = _("Office")


def _follows_promises(actor: Actor) -> bool:
    return any(
        actor.holds_somewhere(p)
        for p in ("promises.report", "promises.confirm", "proposals.supervise")
    )


PARTS += [
    Part(_("Proposals"), "proposals:list", 10, reads_proposals, on_phone=10),
    Part(_("Promises"), "promises:list", 40, _follows_promises, on_phone=40),
    Part(
        _("Figures and reports"),
        "indicators:dashboard",
        60,
        lambda actor: actor.holds("indicators.read"),
    ),
    Part(
        _("Members"),
        "people:members",
        50,
        lambda actor: actor.holds("people.read") or bool(actor.membership_ids),
        group=COMMITTEE,
    ),
    Part(
        _("Regulations"),
        "regulations:list",
        58,
        lambda actor: (
            actor.holds("regulations.draft")
            or actor.holds("regulations.adopt")
            or bool(actor.membership_ids)
        ),
        group=COMMITTEE,
    ),
    Part(_("Audit"), "audit", 80, lambda actor: actor.holds("audit.read"), group=OFFICE),
    Part(
        _("Settings"),
        "organisations:settings",
        82,
        lambda actor: actor.holds("organisations.manage") or actor.holds("organisations.keep"),
        group=OFFICE,
    ),
    Part(_("Past years"), "years", 83, may_bring_in, group=OFFICE),
    Part(
        _("Accounts"),
        "people:accounts",
        84,
        lambda actor: actor.holds("accounts.manage"),
        group=OFFICE,
    ),
]

"""The handler by which a matter from elsewhere (a visit at a venue) begins as a draft of
a proposal.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core import handover
from yizheng.core.access import Actor

from .flow import PROPOSAL
from .services import create_draft


def _take(actor: Actor, matter: handover.Matter) -> handover.Takeover:
    """The words stand under “situation”; where they came from is told in front of them."""
    proposal = create_draft(
        by=actor, title=matter.title, situation=f"（{matter.label}）\n{matter.text}"
    )
    return handover.Takeover(str(_("Draft of a proposal")), PROPOSAL.url(proposal))


CLUE = handover.Handler(
    "proposal",
    _("a draft of a proposal of my own"),
    lambda actor: bool(actor.membership_ids),
    _take,
)

"""Who may write rules, and who adopts them. Reading what is adopted is open to everybody inside."""

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor, office

drafter = office("regulations.draft", _("drafts regulations"))
adopter = office("regulations.adopt", _("records that a meeting adopted a regulation"))


def reads_drafts(actor: Actor) -> bool:
    return drafter.allows(actor, None) or adopter.allows(actor, None)

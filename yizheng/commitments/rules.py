"""Who may report on a commitment, confirm it, and see it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import NOTHING, Actor, at_unit, office

reporter = at_unit("commitments.report", _("reports on its unit's commitments"))
confirmer = office("commitments.confirm", _("looks back at commitments and confirms them"))


def visible_commitments(actor: Actor) -> Q:
    """The office and the chairpersons read all, a unit its own; members and the public read them with the proposal."""
    if actor.is_system or any(actor.holds(p) for p in ("commitments.confirm", "proposals.read", "indicators.read")):
        return Q()
    units = actor.reach("commitments.report").units
    return Q(unit__in=units) if units else NOTHING

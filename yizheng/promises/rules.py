"""Who may report on a promise, confirm it, and see it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import NOTHING, Actor, office
from yizheng.organisations.rules import UNIT, at_unit

from .models import Promise

reporter = at_unit("promises.report", _("reports on its unit's promises"))
confirmer = office("promises.confirm", _("looks back at promises and confirms them"))
READERS = {confirmer.code}
"""Permissions over the whole organisation with which all promises are read; apps above add theirs
at start-up.
"""


def visible_promises(actor: Actor) -> Q:
    """The office and the chairpersons read all, a unit its own; members and the public read them
    with the proposal.
    """
    if actor.is_system or any(actor.holds(permission) for permission in READERS):
        return Q()
    units = actor.reach(reporter.code).at(UNIT)
    return Q(unit__in=units) if units else NOTHING


def may_read_files(actor: Actor, promise: Promise) -> bool:
    """Whether the papers that hang on it are open to the actor."""
    return Promise.objects.filter(visible_promises(actor), pk=promise.pk).exists()

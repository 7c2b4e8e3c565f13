"""Who transfers to units, who answers, who sees it: said by the app whose objects are transferred
(`core.sources`, `transfer_terms`).
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import sources
from yizheng.core.access import NOTHING, Actor, Rule
from yizheng.core.sources import BY_SOURCE, Source
from yizheng.organisations.rules import UNIT

from . import transfer_terms
from .models import Transfer


def _handles(actor: Actor, transfer: Transfer) -> bool:
    on = transfer_terms.of(transfer)
    at_their_unit = transfer.unit_id in actor.reach(on.source.handle).at(UNIT)
    return at_their_unit and on.admits(actor, transfer.source)


def _to_handle(actor: Actor) -> Q:
    found = NOTHING
    for each in transfer_terms.all_terms():
        if units := actor.reach(each.source.handle).at(UNIT):
            found |= Q(unit__in=units) & each.source.hanging_on(each.admitted(actor))
    return found


handler = Rule(
    "transfer_handler",
    _("answers for its unit what was transferred to it"),
    _handles,
    _to_handle,
    BY_SOURCE,
)
transferrer = sources.keeper("transferrer", _("transfers to units and takes their answers"))


def _handled(actor: Actor) -> Q:
    found = NOTHING
    for source in sources.all_sources():
        if units := actor.reach(source.handle).at(UNIT):
            found |= source.scope(actor) & Q(unit__in=units)
    return found


def visible_transfers(actor: Actor) -> Q:
    """A unit sees its own, everybody else those on objects they see."""
    if actor.is_system:
        return Q()

    def reads_all(source: Source) -> bool:
        return not actor.reach(source.handle).at(UNIT) or actor.holds(source.reads)

    inside, handled = sources.scope(actor, reads_all), _handled(actor)
    return inside | handled if handled != NOTHING else inside


def may_read(actor: Actor, transfer: Transfer) -> bool:
    return Transfer.objects.filter(visible_transfers(actor), pk=transfer.pk).exists()

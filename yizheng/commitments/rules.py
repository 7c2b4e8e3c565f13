"""Who may report on a commitment, confirm it, and see it."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import depends
from yizheng.core.access import NOTHING, Actor, Rule, office
from yizheng.organisations.rules import UNIT, at_unit

from . import sources
from .models import Instruction, Transfer

reporter = at_unit("commitments.report", _("reports on its unit's commitments"))
confirmer = office("commitments.confirm", _("looks back at commitments and confirms them"))


def visible_commitments(actor: Actor) -> Q:
    """The office and the chairpersons read all, a unit its own; members and the public read them
    with the proposal.
    """
    if actor.is_system or any(
        actor.holds(p) for p in ("commitments.confirm", "proposals.read", "indicators.read")
    ):
        return Q()
    units = actor.reach("commitments.report").at(UNIT)
    return Q(unit__in=units) if units else NOTHING


# Instructions and transfers: who may is said by the app whose objects they hang on (`sources`). ---


def _handles(actor: Actor, transfer: Transfer) -> bool:
    source = sources.of(transfer)
    return transfer.unit_id in actor.reach(source.handle).at(UNIT) and source.admits(
        actor, transfer.source
    )


def _to_handle(actor: Actor) -> Q:
    found = NOTHING
    for source in sources.all_sources():
        if units := actor.reach(source.handle).at(UNIT):
            found |= Q(unit__in=units) & source.hanging_on(source.admitted(actor))
    return found


BY_SOURCE = frozenset({depends.DAY, depends.REGULATION})
"""The apps whose objects they are may ask the regulation who reads them."""
handler = Rule(
    "transfer_handler",
    _("answers for its unit what was transferred to it"),
    _handles,
    _to_handle,
    BY_SOURCE,
)
transferrer = Rule(
    "transferrer",
    _("transfers to units and takes their answers"),
    lambda actor, hanging: sources.of(hanging).may_enter(actor, hanging.source),
    sources.enterable,
    BY_SOURCE,
)
recorder = replace(transferrer, code="recorder", label=_("records what leaders wrote"))


def _handled(actor: Actor) -> Q:
    found = NOTHING
    for source in sources.all_sources():
        if units := actor.reach(source.handle).at(UNIT):
            found |= source.scope(actor) & Q(unit__in=units)
    return found


def visible_instructions(actor: Actor) -> Q:
    """Whoever sees the object sees what leaders wrote on it."""
    return Q() if actor.is_system else sources.scope(actor)


def visible_transfers(actor: Actor) -> Q:
    """A unit sees its own, everybody else those on objects they see."""
    if actor.is_system:
        return Q()
    inside = sources.scope(
        actor, lambda source: not actor.reach(source.handle).at(UNIT) or actor.holds(source.reads)
    )
    handled = _handled(actor)
    return inside | handled if handled != NOTHING else inside


def may_read_instruction(actor: Actor, instruction: Instruction) -> bool:
    return Instruction.objects.filter(visible_instructions(actor), pk=instruction.pk).exists()


def may_read_transfer(actor: Actor, transfer: Transfer) -> bool:
    return Transfer.objects.filter(visible_transfers(actor), pk=transfer.pk).exists()


def has_list(actor: Actor) -> bool:
    """Whether the lists of instructions and transfers are among the actor's parts."""
    return any(
        actor.holds(s.reads) or actor.reach(s.handle).at(UNIT) for s in sources.all_sources()
    )

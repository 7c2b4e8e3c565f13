"""Who records what leaders wrote, and who reads it: said by the app whose objects it is on."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import sources
from yizheng.core.access import Actor

from .models import Instruction

KEEPERS_ONLY = _("Instructions are recorded by the office that keeps this.")
recorder = sources.keeper("recorder", _("records what leaders wrote"))


def visible_instructions(actor: Actor) -> Q:
    """Whoever sees the object sees what leaders wrote on it."""
    return Q() if actor.is_system else sources.scope(actor)


def may_read(actor: Actor, instruction: Instruction) -> bool:
    return Instruction.objects.filter(visible_instructions(actor), pk=instruction.pk).exists()

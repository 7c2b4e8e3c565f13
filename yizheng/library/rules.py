"""Who keeps the rules library, and who reads it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import doors
from yizheng.core.access import NOTHING, Actor
from yizheng.regulations.rules import adopter, drafter

from .models import RuleDocument

keeper = drafter | adopter
KEEPERS_ONLY = _("The rules library is kept by whoever drafts or adopts regulations.")


def require(by: Actor) -> None:
    doors.require(by, keeper, sentence=KEEPERS_ONLY)


def is_open(actor: Actor) -> bool:
    return bool(actor.membership_ids) or bool(actor.grants)


def visible_rules(actor: Actor) -> Q:
    """Whoever is a member or has a role reads the library whole; the table itself keeps
    organisations apart.
    """
    return Q() if actor.is_system or is_open(actor) else NOTHING


def may_read(actor: Actor, rule: RuleDocument) -> bool:
    return RuleDocument.objects.filter(visible_rules(actor), pk=rule.pk).exists()

"""Who keeps the rules library, and who reads it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core import doors
from yizheng.core.access import Actor
from yizheng.regulations.rules import adopter, drafter

from .models import RuleDocument

keeper = drafter | adopter
KEEPERS_ONLY = _("The rules library is kept by whoever drafts or adopts regulations.")


def require(by: Actor) -> None:
    doors.require(by, keeper, sentence=KEEPERS_ONLY)


def is_open(actor: Actor) -> bool:
    return bool(actor.membership_ids) or bool(actor.grants)


def may_read(_actor: Actor, rule: RuleDocument) -> bool:
    """Everybody inside reads the rules; the table itself keeps organisations apart."""
    return RuleDocument.objects.filter(pk=rule.pk).exists()

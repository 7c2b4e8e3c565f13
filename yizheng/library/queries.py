"""Reads of the rules library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import Q, QuerySet

from yizheng.core.access import Actor

from .models import RuleDocument
from .rules import visible_rules

RuleStanding = Literal["coming", "in_force", "replaced", "repealed"]


def visible_to(actor: Actor) -> QuerySet[RuleDocument]:
    found = RuleDocument.objects.filter(visible_rules(actor))
    return found.select_related("replaces", "replaced_by")


def is_replaced(today: dt.date) -> Q:
    return Q(replaced_by__in_force_from__lte=today)


def is_repealed(today: dt.date) -> Q:
    return Q(repealed_on__lte=today)


def adopted_in(actor: Actor, year: int) -> QuerySet[RuleDocument]:
    return visible_to(actor).filter(adopted_on__year=year)


def filtered(
    rules: QuerySet[RuleDocument], wanted: Mapping[str, Any], today: dt.date
) -> QuerySet[RuleDocument]:
    """`wanted`: q, state, year of adoption."""
    if text := wanted.get("q", "").strip():
        rules = rules.filter(
            Q(title__icontains=text)
            | Q(number__icontains=text)
            | Q(meeting__icontains=text)
            | Q(about__icontains=text)
        )
    if year := wanted.get("year"):
        rules = rules.filter(adopted_on__year=int(year))
    ended = is_replaced(today) | is_repealed(today)
    states = {
        "in_force": Q(in_force_from__lte=today) & ~ended,
        "coming": Q(in_force_from__gt=today) & ~ended,
        "ended": ended,
    }
    return rules.filter(states[wanted["state"]]) if wanted.get("state") in states else rules


def standing(rule: RuleDocument, today: dt.date) -> RuleStanding:
    """Repealed, replaced by a revision that is in force, in force, or to come."""
    if rule.repealed_on and rule.repealed_on <= today:
        return "repealed"
    later = getattr(rule, "replaced_by", None)
    if later is not None and later.in_force_from <= today:
        return "replaced"
    return "in_force" if rule.in_force_from <= today else "coming"


def years(actor: Actor) -> list[int]:
    days = visible_to(actor).order_by().dates("adopted_on", "year")
    return sorted((day.year for day in days), reverse=True)

"""Rules as data, in force by date. `in_force` is what the rest of the house asks."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from yizheng.core import depends
from yizheng.core.access import Words
from yizheng.core.prepared import Prepared
from yizheng.core.refusals import Refusal

P = TypeVar("P", bound=BaseModel)


class Subject(NamedTuple):
    """What a regulation is about: its title, its parameters, and a model text (JSON) a place can begin with."""

    title: Words
    schema: type[BaseModel]
    model: Path | None = None


SCHEMAS: dict[str, Subject] = {}


class NoRegulation(Refusal):
    """No version of a regulation is in force on the day asked for."""


def register(subject: str, title: Words, schema: type[BaseModel], model: Path | None = None) -> None:
    """Declare which parameters the regulation of a subject has."""
    SCHEMAS[subject] = Subject(title, schema, model)


def in_force(subject: str, on: dt.date, schema: type[P]) -> P:
    """Parameters of the adopted version in force on the day. Raises NoRegulation when there is none."""
    from yizheng.core import tenancy  # models: not before the apps are loaded

    depends.on(depends.REGULATION)
    adopted = tenancy.remembered(f"regulation {subject}", lambda: _adopted(subject))
    for begins, parameters in adopted:
        if begins <= on:
            found: P = _parse(schema, parameters)
            return found
    raise NoRegulation(
        _("“%(title)s” has no version in force on %(day)s. Adopt one under Regulations first.")
        % {"title": SCHEMAS[subject].title, "day": on.isoformat()}
    )


def _adopted(subject: str) -> list[tuple[dt.date, str]]:
    """Adopted versions, the latest first: the day each came into force, and its parameters as text."""
    from yizheng.core import tenancy

    return [(begins, parameters) for begins, parameters in _versions(subject)(tenancy.current()) if begins]


@cache
def _versions(subject: str) -> Prepared:
    from .models import RegulationVersion

    adopted = RegulationVersion.everywhere.filter(regulation__subject=subject, adopted_on__isnull=False)
    latest = adopted.order_by("-in_force_from").annotate(text=Cast("parameters", TextField()))
    return Prepared(lambda place: latest.filter(organisation=place).values_list("in_force_from", "text"))


def _standing() -> tuple[tuple[int, ...], ...]:
    """Which versions are adopted in the organisation in scope: what was made by the rules holds as long as these are the same."""
    from yizheng.core import tenancy

    return tenancy.remembered("regulations adopted", lambda: tuple(_adopted_ones()(tenancy.current())))


@cache
def _adopted_ones() -> Prepared:
    from .models import RegulationVersion

    adopted = RegulationVersion.everywhere.filter(adopted_on__isnull=False).order_by("pk")
    return Prepared(lambda place: adopted.filter(organisation=place).values_list("pk"))


depends.register(depends.REGULATION, _standing)


@lru_cache(maxsize=256)
def _parse(schema: type[P], parameters: str) -> P:
    return schema.model_validate_json(parameters)

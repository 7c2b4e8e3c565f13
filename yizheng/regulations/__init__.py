"""Rules as data, in force by date.

`in_force` is what the rest of the house asks: every read of a rule passes there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from yizheng.core import circumstances
from yizheng.core.access import Words
from yizheng.core.prepared_queries import PreparedQuery

from .stored_versions import NoRegulation, UnreadableRegulation, read
from .subjects import SCHEMAS, Subject, Upgrade

__all__ = [
    "SCHEMAS",
    "NoRegulation",
    "Subject",
    "UnreadableRegulation",
    "in_force",
    "known",
    "register",
    "wording",
]

P = TypeVar("P", bound=BaseModel)
T = TypeVar("T")


class AdoptedVersion(NamedTuple):
    """A version in force from a day: its text, and the schema version it was written in."""

    begins: dt.date
    number: int
    written: int
    text: str


def register(
    subject: str,
    title: Words,
    schema: type[BaseModel],
    model: Path | None = None,
    *,
    version: int = 1,
    upgrades: Mapping[int, Upgrade] | None = None,
    records: Path | None = None,
) -> None:
    """Declare which parameters the regulation of a subject has.

    Whoever changes the schema or a default raises `version` and says in `upgrades[n]` what a text
    of schema version n means in n + 1. `records`: where the schema versions are written down, if
    not in `schemas` beside the schema.
    """
    SCHEMAS[subject] = Subject(subject, title, schema, model, version, upgrades or {}, records)


def in_force(subject: str, on: dt.date, schema: type[P]) -> P:
    """Parameters of the adopted version in force on the day.

    Raises NoRegulation when there is none that can be read.
    """
    from yizheng.core import tenancy  # models: not before the apps are loaded

    circumstances.on(circumstances.REGULATION)
    for adopted in tenancy.remembered(f"regulation {subject}", lambda: _adopted(subject)):
        if adopted.begins <= on:
            rules = read(SCHEMAS[subject], adopted.number, adopted.written, adopted.text).rules
            if not isinstance(rules, schema):
                raise TypeError(f"the regulation {subject} has no parameters of {schema.__name__}")
            return rules
    raise NoRegulation(
        _("“%(title)s” has no version in force on %(day)s. Adopt one under Regulations first.")
        % {"title": SCHEMAS[subject].title, "day": on.isoformat()}
    )


def known(offered: Callable[[], Iterable[T]]) -> list[T]:
    """What the regulation in force offers; none where no regulation is: a house just founded shows
    its empty list all the same.
    """
    try:
        return list(offered())
    except NoRegulation:
        return []


def wording(subject: str, wording_in: Callable[[Any], str | None]) -> str | None:
    """What the latest adopted version that still knows it calls something: the records of its time
    go on being called so. None where no version that can be read does.
    """
    from yizheng.core import tenancy

    circumstances.on(circumstances.REGULATION)
    for adopted in tenancy.remembered(f"regulation {subject}", lambda: _adopted(subject)):
        try:
            rules = read(SCHEMAS[subject], adopted.number, adopted.written, adopted.text).rules
        except UnreadableRegulation:
            continue
        if words := wording_in(rules):
            return words
    return None


def _adopted(subject: str) -> list[AdoptedVersion]:
    """Adopted versions, the latest first."""
    from yizheng.core import tenancy

    return [AdoptedVersion(*row) for row in _versions(subject)(tenancy.current()) if row[0]]


@cache
def _versions(subject: str) -> PreparedQuery:
    from .models import RegulationVersion

    adopted = RegulationVersion.everywhere.filter(
        regulation__subject=subject, adopted_on__isnull=False
    )
    latest = adopted.order_by("-in_force_from").annotate(text=Cast("parameters", TextField()))
    return PreparedQuery(
        lambda place: latest.filter(organisation=place).values_list(
            "in_force_from", "number", "schema_version", "text"
        )
    )


def _standing() -> tuple[tuple[int, ...], ...]:
    """Which versions are adopted in the organisation in scope: what was made by the rules holds as
    long as these are the same.
    """
    from yizheng.core import tenancy

    return tenancy.remembered(
        "regulations adopted", lambda: tuple(_adopted_ones()(tenancy.current()))
    )


@cache
def _adopted_ones() -> PreparedQuery:
    from .models import RegulationVersion

    adopted = RegulationVersion.everywhere.filter(adopted_on__isnull=False).order_by("pk")
    return PreparedQuery(lambda place: adopted.filter(organisation=place).values_list("pk"))


circumstances.register(circumstances.REGULATION, _standing)

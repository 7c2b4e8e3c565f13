"""Reads of regulations and their versions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from yizheng.core import clock
from yizheng.core.access import Actor, Words

from . import rules
from .models import Regulation, RegulationVersion
from .subjects import SCHEMAS

VersionStanding = Literal["draft", "coming", "in_force", "past"]


@dataclass
class RegulationEntry:
    """A regulation as it stands on a day; without `regulation` none was ever drafted."""

    subject: str
    title: Words
    has_model: bool
    regulation: Regulation | None = None
    versions: list[tuple[RegulationVersion, VersionStanding]] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """The count of what was done to it, so that nobody writes over what they have not seen."""
        return self.regulation.version if self.regulation else 0

    def of(self, standing: VersionStanding) -> RegulationVersion | None:
        return next((version for version, stands in self.versions if stands == standing), None)

    @property
    def shown(self) -> RegulationVersion | None:
        """What a reader wants first: in force, else coming, else the draft."""
        order: tuple[VersionStanding, ...] = ("in_force", "coming", "draft", "past")
        return next((version for standing in order if (version := self.of(standing))), None)


def entries(actor: Actor, on: dt.date | None = None) -> list[RegulationEntry]:
    return [entry(actor, subject, on) for subject in SCHEMAS]


def entry(actor: Actor, subject: str, on: dt.date | None = None) -> RegulationEntry:
    """One regulation with the versions the actor may read: drafts are for those who draft and
    adopt.
    """
    declared = SCHEMAS[subject]
    regulation = Regulation.objects.filter(subject=subject).first()
    found = RegulationEntry(subject, declared.title, declared.model is not None, regulation)
    if regulation:
        versions = list(regulation.versions.select_related("regulation"))
        day = on or clock.today()
        standings = [(version, _standing(version, versions, day)) for version in versions]
        found.versions = [(v, s) for v, s in standings if s != "draft" or rules.reads_drafts(actor)]
    return found


def _standing(
    version: RegulationVersion, versions: list[RegulationVersion], day: dt.date
) -> VersionStanding:
    if version.adopted_on is None or version.in_force_from is None:
        return "draft"
    if version.in_force_from > day:
        return "coming"
    begun = [
        v.in_force_from
        for v in versions
        if v.adopted_on and v.in_force_from and v.in_force_from <= day
    ]
    return "in_force" if version.in_force_from == max(begun) else "past"

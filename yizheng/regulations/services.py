"""Writes on regulations: a draft is checked when it is saved; adopted, it never changes.

Every write goes through the door of the regulation's row (`core.doors`); its audit entry stands
with the version and says what changed from what to what.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Container, Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from pydantic import ValidationError

from yizheng.core import clock, doors, tenancy
from yizheng.core.access import Actor, Rule
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState, Wrong

from . import rules
from .models import LONGEST_MEETING, LONGEST_NOTE, Regulation, RegulationVersion
from .problems import BadParameters, Loc, problems_of
from .schema import changes
from .stored_versions import UnreadableRegulation
from .subjects import SCHEMAS

STALE = gettext_lazy(
    "Somebody else was at this draft since you opened the page: nothing was saved. Look at "
    "it in another window, then decide."
)


def _house_title(subject: str) -> str:
    """The title that is kept is in the house's own language, whoever drafts first."""
    with override(settings.LANGUAGE_CODE):
        return str(SCHEMAS[subject].title)


def check_parameters(
    subject: str, parameters: object, lines: Mapping[Loc, int] | None = None
) -> dict[str, Any]:
    """The parameters in their canonical form, every key at every depth.

    Raises BadParameters, naming each place and what is wrong there.

    `lines`: on which line of a file each part stands, so that the sentences can say so.
    """
    schema = SCHEMAS[subject].schema
    try:
        return schema.model_validate(parameters).model_dump(mode="json")
    except ValidationError as error:
        raise BadParameters(problems_of(schema, error, lines)) from error


def model_of(subject: str) -> dict[str, Any] | None:
    """The model regulation a place can begin with, if there is one for the subject."""
    model = SCHEMAS[subject].model
    return (
        check_parameters(subject, json.loads(model.read_text(encoding="utf-8"))) if model else None
    )


# Writes -------------------------------------------------------------------------------------------


def draft(
    subject: str, parameters: object, *, by: Actor, note: str = "", seen: int | None = None
) -> RegulationVersion:
    """Save the next version of a regulation as a draft; an unadopted draft is replaced.

    `seen` is the regulation's count when the actor looked; None skips that check (the platform, a
    file handed in by itself).
    """
    require(rules.drafter, by)
    checked, short = check_parameters(subject, parameters), _short(note, LONGEST_NOTE)
    with transaction.atomic(), _changing(_begun(subject, by), "drafted", by, rules.drafter) as edit:
        if seen not in (None, edit.row.version):
            raise StaleState(STALE)
        newest = next(iter(_versions(edit.row)), None)
        said, version = said_of(newest), _draft_after(newest, edit.row)
        version.parameters = checked
        version.schema_version = SCHEMAS[subject].version
        version.note = short
        version.save()
        edit.of = version
        edit.note(note=short, changes=_changed(version, said))
    return version


def _draft_after(newest: RegulationVersion | None, regulation: Regulation) -> RegulationVersion:
    """The draft that is there, else a new one."""
    if newest and newest.adopted_on is None:
        return newest
    return RegulationVersion(regulation=regulation, number=newest.number + 1 if newest else 1)


def adopt(
    version: RegulationVersion,
    *,
    by: Actor,
    meeting: str,
    on: dt.date,
    in_force_from: dt.date,
    seen: int | None = None,
) -> RegulationVersion:
    """A meeting adopts the draft as the caller has it in hand; what was decided under an older
    version stays as it was.
    """
    with _changing(version.regulation, "adopted", by, rules.adopter) as edit:
        versions = _versions(edit.row)
        edit.of = draft = _in_hand(version, versions, edit.row, seen)
        if draft.adopted_on is not None:
            raise NotNow(_("This version is adopted already; draft a new one."))
        earlier = {
            each.in_force_from: each for each in versions if each.adopted_on and each.in_force_from
        }
        _check_days(draft, by, on, in_force_from, earlier)
        draft.adopted_by = _meeting(meeting)
        draft.adopted_on = on
        draft.in_force_from = in_force_from
        _freeze(draft)
        followed = max((day for day in earlier if day < in_force_from), default=None)
        before = said_of(earlier[followed]) if followed else None
        edit.note(
            meeting=draft.adopted_by,
            on=on,
            in_force_from=in_force_from,
            changes=_changed(draft, before),
        )
    return draft


def _freeze(draft: RegulationVersion) -> None:
    """Every key at every depth is written into it, in the schema of today; from now on nothing of
    it changes.
    """
    subject = draft.regulation.subject
    draft.parameters = check_parameters(subject, draft.reading.parameters)
    draft.schema_version = SCHEMAS[subject].version
    draft.save()
    tenancy.forget(f"regulation {subject}")
    tenancy.forget("regulations adopted")


def _meeting(words: str) -> str:
    if not words.strip():
        raise BadInput(_("Say which meeting adopted it."), field="meeting")
    return _short(words, LONGEST_MEETING)


def _check_days(
    draft: RegulationVersion,
    by: Actor,
    on: dt.date,
    in_force_from: dt.date,
    taken: Container[dt.date],
) -> None:
    """The first version may reach back; a later one would change what was decided in between.

    The platform enters past years.
    """
    wrong, is_later = Wrong(), draft.number > 1
    wrong.when(not clock.has_come(on), _("This meeting has not been held yet."), "on")
    wrong.when(
        is_later and in_force_from < on,
        _("A new version cannot come into force before it was adopted."),
        "in_force_from",
    )
    wrong.when(
        is_later and on <= in_force_from < clock.today() and not by.is_system,
        _("A new version cannot come into force in the past: work was done under the old one."),
        "in_force_from",
    )
    wrong.when(
        in_force_from in taken,
        _("Another version comes into force on the same day."),
        "in_force_from",
    )
    wrong.refuse()


def discard(version: RegulationVersion, *, by: Actor, seen: int | None = None) -> None:
    """Throw a draft away; an adopted version stays for good."""
    with _changing(version.regulation, "discarded", by, rules.drafter) as edit:
        draft = _in_hand(version, _versions(edit.row), edit.row, seen)
        if draft.adopted_on is not None:
            raise NotNow(_("An adopted version is not thrown away; draft a new one."))
        edit.of = copy.copy(draft)  # its number outlives it
        edit.note(note=draft.note)
        draft.delete()


# What every write does ----------------------------------------------------------------------------


def require(rule: Rule, by: Actor) -> None:
    doors.require(by, rule, sentence=_not_yours(rule))


def _not_yours(rule: Rule) -> str:
    return _("This is done by whoever %(rule)s.") % {"rule": rule.label}


def _changing(
    regulation: Regulation, what: str, by: Actor, rule: Rule
) -> AbstractContextManager[doors.RowChange[Regulation]]:
    return doors.editing(
        regulation, f"regulation.{what}", by=by, rule=rule, stranger=_not_yours(rule)
    )


def _begun(subject: str, by: Actor) -> Regulation:
    """The regulation's row; whoever drafts its first version makes it, also when
    two do so at once.
    """
    if by.organisation_id != tenancy.current():
        raise NotAllowed
    found, _is_new = Regulation.objects.get_or_create(
        subject=subject,
        organisation_id=by.organisation_id,
        defaults={"title": _house_title(subject)},
    )
    return found


def _versions(regulation: Regulation) -> list[RegulationVersion]:
    """The newest first."""
    found = list(regulation.versions.all())
    for version in found:
        version.regulation = regulation
    return found


def _in_hand(
    version: RegulationVersion,
    versions: list[RegulationVersion],
    regulation: Regulation,
    seen: int | None,
) -> RegulationVersion:
    """The row itself, which must be as the actor has it: neither thrown away nor written over
    since.
    """
    row = next((each for each in versions if each.pk == version.pk), None)
    if row is None or seen not in (None, regulation.version):
        raise StaleState(STALE)
    if row.adopted_on is None and (row.parameters, row.note) != (version.parameters, version.note):
        raise StaleState(STALE)
    return row


def said_of(version: RegulationVersion | None) -> Mapping[str, Any] | None:
    """What a version says today; None where there is none, or none that can be read."""
    try:
        return version.reading.parameters if version else None
    except UnreadableRegulation:
        return None


def _changed(version: RegulationVersion, before: Mapping[str, Any] | None) -> list[list[str]]:
    """What changed, from what, to what, in the house's own words; nothing for a text that follows
    none.
    """
    if before is None:
        return []
    with override(settings.LANGUAGE_CODE):
        found = changes(SCHEMAS[version.regulation.subject].schema, before, version.parameters)
        return [[change.place, change.before, change.after] for change in found]


def _short(words: str, longest: int) -> str:
    if len(words.strip()) > longest:
        raise BadInput(
            _("This is too long; %(longest)s characters at most.") % {"longest": longest}
        )
    return words.strip()

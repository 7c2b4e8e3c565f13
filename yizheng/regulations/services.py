"""Adopting rules. A draft is checked when it is saved; adopted, it never changes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import ValidationError

from yizheng.core import audit, tenancy
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotNow

from . import SCHEMAS
from .models import Regulation, RegulationVersion
from .problems import BadParameters, Loc, problems_of


def _house_title(subject: str) -> str:
    """The title that is kept is in the house's own language, whoever drafts first."""
    with override(settings.LANGUAGE_CODE):
        return str(SCHEMAS[subject].title)


def check_parameters(subject: str, parameters: object, lines: Mapping[Loc, int] | None = None) -> dict[str, Any]:
    """The parameters in their canonical form. Raises BadParameters, naming each place and what is wrong there.

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
    return check_parameters(subject, json.loads(model.read_text(encoding="utf-8"))) if model else None


@transaction.atomic
def draft(subject: str, parameters: object, *, by: Actor, note: str = "") -> RegulationVersion:
    """Save the next version of a regulation as a draft; an unadopted draft is replaced."""
    checked = check_parameters(subject, parameters)
    regulation, _new = Regulation.objects.get_or_create(
        subject=subject, organisation_id=by.organisation_id, defaults={"title": _house_title(subject)}
    )
    version = regulation.versions.filter(adopted_on=None).first()
    if version is None:
        last = regulation.versions.first()
        version = RegulationVersion(regulation=regulation, number=last.number + 1 if last else 1)
    version.parameters, version.note = checked, note
    version.save()
    audit.record("regulation.drafted", by=by, of=version, detail={"note": note})
    return version


@transaction.atomic
def adopt(
    version: RegulationVersion, *, by: Actor, meeting: str, on: dt.date, in_force_from: dt.date
) -> RegulationVersion:
    """A meeting adopts the draft; what was decided under an older version stays as it was."""
    if version.adopted_on is not None:
        raise NotNow(_("This version is adopted already; draft a new one."))
    if not meeting.strip():
        raise BadInput(_("Say which meeting adopted it."))
    if in_force_from < on and version.number > 1:
        raise BadInput(_("A new version cannot come into force before it was adopted."))
    if version.regulation.versions.filter(in_force_from=in_force_from, adopted_on__isnull=False).exists():
        raise BadInput(_("Another version comes into force on the same day."))
    version.adopted_by, version.adopted_on, version.in_force_from = meeting.strip(), on, in_force_from
    version.save()
    tenancy.forget(f"regulation {version.regulation.subject}")
    tenancy.forget("regulations adopted")
    audit.record(
        "regulation.adopted", by=by, of=version, detail={"meeting": meeting, "in_force_from": in_force_from}
    )
    return version


@transaction.atomic
def discard(version: RegulationVersion, *, by: Actor) -> None:
    """Throw a draft away; an adopted version stays for good."""
    locked = RegulationVersion.objects.select_for_update().get(pk=version.pk)
    if locked.adopted_on is not None:
        raise NotNow(_("An adopted version is not thrown away; draft a new one."))
    audit.record("regulation.discarded", by=by, of=locked)
    locked.delete()

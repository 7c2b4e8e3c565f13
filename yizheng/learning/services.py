"""Writes on programmes of learning."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from yizheng.activities.models import LearningProgramme
from yizheng.core import doors
from yizheng.core.access import Actor
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput

from . import rules

FIELDS = ("year", "title", "about", "reading")


def save(
    programme: LearningProgramme, values: dict[str, Any], *, by: Actor, seen: str | None = None
) -> LearningProgramme:
    """A programme and, if given, one more file to be read."""
    with doors.saving(programme, "learning", by=by, rule=rules.keep, seen=seen) as edit:
        if (
            LearningProgramme.objects.filter(year=values["year"], title=values["title"])
            .exclude(pk=programme.pk)
            .exists()
        ):
            raise BadInput(
                _("There is a programme “%(title)s” in that year already.")
                % {"title": values["title"]},
                field="title",
            )
        edit.put(values, FIELDS)
        if file := values.get("file"):
            edit.save()
            edit.note(file=attach(file, file.name, to=edit.row, by=by).name)
    return programme

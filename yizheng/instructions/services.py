"""Writes on instructions: recorded, put right, taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from yizheng.core import clock, doors, sources
from yizheng.core.access import Actor
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotNow

from . import rules
from .models import Instruction
from .rules import KEEPERS_ONLY

FIELDS = ("leader", "post", "level", "given_on", "words")
Follow = Callable[[Instruction, Actor], None]
_follow_ups: dict[type[Model], Follow] = {}


def follow_up(model: type[Model], what: Follow) -> None:
    """What an instruction on an object of the kind sets in motion, in the same transaction; said
    at start-up by the app whose objects they are.
    """
    _follow_ups[model] = what


@transaction.atomic
def record(
    obj: Any, *, by: Actor, paper: Any = None, reported_by: str = "", **values: Any
) -> Instruction:
    """Write down an instruction on an object.

    The same words of the same leader on the same day are refused.
    """
    found = _new(
        obj,
        by,
        reported_by=reported_by,
        **{name: values[name] for name in FIELDS if name in values},
    )
    _write(found, by, {"leader": found.leader, "note": f"{found}：{found.words[:180]}"}, paper)
    if follow := _follow_ups.get(type(obj)):
        follow(found, by)
    return found


@transaction.atomic
def record_past(obj: Any, *, by: Actor, origin: Mapping[str, Any], **values: Any) -> Instruction:
    """An instruction of an earlier year out of a list: it is written down, and sets nothing in
    motion any more.
    """
    found = _new(obj, by, **values)
    _write(found, by, {"leader": found.leader, **origin})
    return found


def _new(obj: Any, by: Actor, **values: Any) -> Instruction:
    return Instruction(
        source=doors.locked(obj), entered_by_id=by.account_id, entered_at=clock.now(), **values
    )


def _write(
    instruction: Instruction, by: Actor, detail: Mapping[str, Any], paper: Any = None
) -> None:
    """Its entry stands with the object it is on."""
    obj = instruction.source
    with doors.adding(
        instruction,
        "instruction.instructed",
        by=by,
        rule=rules.recorder,
        stranger=KEEPERS_ONLY,
        of=obj,
    ) as new:
        _check(instruction)
        new.save()
        _keep_paper(instruction, paper, by)
        new.note(**detail)


def _check(instruction: Instruction) -> None:
    clock.require_come(instruction.given_on, field="given_on")
    same = Instruction.objects.filter(
        content_type=instruction.content_type,
        object_id=instruction.object_id,
        **{name: getattr(instruction, name) for name in ("leader", "given_on", "words")},
    ).exclude(pk=instruction.pk)
    if same.exists():
        raise BadInput(
            _("This instruction of that leader and day is recorded already."), field="words"
        )


def _keep_paper(instruction: Instruction, paper: Any, by: Actor) -> None:
    if paper:
        attach(paper, paper.name, to=instruction, by=by)


@transaction.atomic
def change(
    instruction: Instruction,
    *,
    by: Actor,
    seen: int | str | None = None,
    paper: Any = None,
    **values: Any,
) -> Instruction:
    """Put right what was written down wrong; the audit chain keeps what stood there."""
    doors.locked(sources.object_of(instruction))
    with doors.editing(
        instruction,
        "instruction.changed",
        by=by,
        rule=rules.recorder,
        seen=seen,
        stranger=KEEPERS_ONLY,
    ) as edit:
        _require_own(edit.row)
        edit.put(values, FIELDS)
        _check(edit.row)
        if paper:
            _keep_paper(edit.row, paper, by)
            edit.note(paper=paper.name)
    return instruction


def _require_own(instruction: Instruction) -> None:
    if instruction.reported_by:
        raise NotNow(
            _("%(who)s reported this instruction; it is put right there.")
            % {"who": instruction.reported_by}
        )


@transaction.atomic
def remove(instruction: Instruction, *, by: Actor, seen: int | str | None = None) -> None:
    """Take away what was recorded by mistake.

    What a unit was given because of it stays with the unit.
    """
    obj = doors.locked(sources.object_of(instruction))
    with doors.deleting(
        instruction,
        "instruction.removed",
        by=by,
        rule=rules.recorder,
        seen=seen,
        stranger=KEEPERS_ONLY,
        of=obj,
    ) as gone:
        _require_own(gone.row)
        gone.note(**{name: str(getattr(gone.row, name)) for name in FIELDS})


def clean_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in (*FIELDS, "paper") if name in data}

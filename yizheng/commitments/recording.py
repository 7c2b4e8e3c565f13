"""Recording what a leader wrote, and transferring a matter to units: the writes on instructions and
transfers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.core.files import attach
from yizheng.core.refusals import BadInput, NotNow
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar
from yizheng.organisations.units import require_open

from . import rules, sources
from .flow import TRANSFER
from .flow.transfer import KEEPERS_ONLY
from .models import Instruction, Transfer
from .sources import Source

FIELDS = ("leader", "post", "level", "given_on", "words")


@transaction.atomic
def record(
    source: Source, obj: Any, *, by: Actor, paper: Any = None, reported_by: str = "", **values: Any
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
    source.recorded(found, by)
    return found


@transaction.atomic
def record_past(
    source: Source, obj: Any, *, by: Actor, origin: Mapping[str, Any], **values: Any
) -> Instruction:
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
    if instruction.given_on > clock.today():
        raise BadInput(_("This day has not come yet."), field="given_on")
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
    seen: int | None = None,
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
def remove(instruction: Instruction, *, by: Actor, seen: int | None = None) -> None:
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


# Transfers ----------------------------------------------------------------------------------------


def answer_day(source: Source, today: dt.date | None = None) -> dt.date:
    """The day by which a unit answers, by the regulation; one on a day off moves to the next
    working day.
    """
    return calendar().on_or_after((today or clock.today()) + dt.timedelta(days=source.days()))


@transaction.atomic
def transfer(
    source: Source,
    obj: Any,
    units: Iterable[Unit],
    *,
    by: Actor,
    words: str = "",
    until: dt.date | None = None,
    instruction: Instruction | None = None,
) -> list[Transfer]:
    """Give the object to units to be handled. A unit that still has it is not given it twice."""
    return [_give(source, obj, unit, by, words, until, instruction) for unit in units]


def _give(
    source: Source,
    obj: Any,
    unit: Unit,
    by: Actor,
    words: str,
    until: dt.date | None,
    instruction: Instruction | None,
) -> Transfer:
    require_open(unit)
    made = Transfer(
        source=obj,
        instruction=instruction,
        unit=unit,
        words=words,
        sent_on=clock.today(),
        answer_due_on=until or answer_day(source),
    )
    TRANSFER.begin(
        made, "transferred", by=by, detail={"unit": unit.short_name, "note": words[:200]}
    )
    source.transferred(made, by)
    return made


def open_transfers(source: Source, obj: Model) -> Any:
    return transfers_of(source, obj).filter(state__in=TRANSFER.open_states)


def transfers_of(source: Source, obj: Model) -> Any:
    return Transfer.objects.filter(content_type=source.kind, object_id=obj.pk)


def instructions_on(obj: Model) -> Any:
    return Instruction.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk
    )


def clean_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in (*FIELDS, "paper") if name in data}

"""Recording what a leader wrote, and transferring a matter to units: the writes on instructions and transfers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import audit, clock, outbox
from yizheng.core.access import Actor
from yizheng.core.files import attach, remove_all
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar

from . import sources
from .models import Instruction, Transfer
from .sources import Source
from .transfers import TRANSFER, begun, tell_unit, values_of

FIELDS = ("leader", "post", "level", "given_on", "words")


def _require(source: Source, obj: Any, by: Actor) -> None:
    if not by.is_system and not source.may_enter(by, obj):
        raise NotAllowed(_("Instructions are recorded by the office that keeps this."))


@transaction.atomic
def record(source: Source, obj: Any, *, by: Actor, paper: Any = None, reported_by: str = "", **values: Any) -> Instruction:
    """Write down an instruction on an object. The same words of the same leader on the same day are refused."""
    _require(source, obj, by)
    found = Instruction(
        content_type=source.kind, object_id=obj.pk, entered_by_id=by.account_id, entered_at=clock.now(), reported_by=reported_by,
        **{name: values[name] for name in FIELDS if name in values},
    )  # fmt: skip
    _check(found)
    found.save()
    _keep_paper(found, paper, by)
    audit.record("instruction.instructed", by=by, of=obj, detail={"leader": found.leader, "note": f"{found}：{found.words[:180]}"})
    source.recorded(found, by)
    _tell(source, obj, msgid("A leader wrote an instruction on “%(title)s”"), by)
    return found


@transaction.atomic
def record_past(source: Source, obj: Any, *, by: Actor, origin: Mapping[str, Any], **values: Any) -> Instruction:
    """An instruction of an earlier year out of a list: it is written down, and sets nothing in motion any more."""
    _require(source, obj, by)
    found = Instruction(content_type=source.kind, object_id=obj.pk, entered_by_id=by.account_id, entered_at=clock.now(), **values)
    _check(found)
    found.save()
    audit.record("instruction.instructed", by=by, of=obj, detail={"leader": found.leader, **origin})
    return found


def _check(instruction: Instruction) -> None:
    if instruction.given_on > clock.today():
        raise BadInput(_("This day has not come yet."))
    same = Instruction.objects.filter(
        content_type=instruction.content_type, object_id=instruction.object_id,
        **{name: getattr(instruction, name) for name in ("leader", "given_on", "words")},
    ).exclude(pk=instruction.pk)  # fmt: skip
    if same.exists():
        raise BadInput(_("This instruction of that leader and day is recorded already."))


def _keep_paper(instruction: Instruction, paper: Any, by: Actor) -> None:
    if paper:
        attach(paper, paper.name, to=instruction, by=by)


def _tell(source: Source, obj: Any, words: str, by: Actor) -> None:
    told = [account for account in source.tell(obj) if account != by.account_id]
    outbox.post("instruction.instructed", words, {"title": source.title(obj)}, told, source.url(obj))


@transaction.atomic
def change(instruction: Instruction, *, by: Actor, paper: Any = None, **values: Any) -> Instruction:
    """Put right what was written down wrong; the audit chain keeps what stood there."""
    _require(sources.of(instruction), instruction.source, by)
    _require_own(instruction)
    before = {name: str(getattr(instruction, name)) for name in FIELDS}
    for name in FIELDS:
        setattr(instruction, name, values.get(name, getattr(instruction, name)))
    _check(instruction)
    instruction.save()
    _keep_paper(instruction, paper, by)
    audit.record("instruction.changed", by=by, of=instruction.source, detail={"before": before})
    return instruction


def _require_own(instruction: Instruction) -> None:
    if instruction.reported_by:
        raise NotNow(
            _("%(who)s reported this instruction; it is put right there.") % {"who": instruction.reported_by}
        )


@transaction.atomic
def remove(instruction: Instruction, *, by: Actor) -> None:
    """Take away what was recorded by mistake. What a unit was given because of it stays with the unit."""
    _require(sources.of(instruction), instruction.source, by)
    _require_own(instruction)
    detail = {name: str(getattr(instruction, name)) for name in FIELDS}
    audit.record("instruction.removed", by=by, of=instruction.source, detail=detail)
    remove_all(instruction, by=by)
    instruction.delete()


# Transfers --------------------------------------------------------------------------------------------------------


def answer_day(source: Source, today: dt.date | None = None) -> dt.date:
    """The day by which a unit answers, by the regulation; one on a day off moves to the next working day."""
    return calendar().on_or_after((today or clock.today()) + dt.timedelta(days=source.days()))


@transaction.atomic
def transfer(
    source: Source, obj: Any, units: Iterable[Unit], *, by: Actor, words: str = "", until: dt.date | None = None,
    instruction: Instruction | None = None,
) -> list[Transfer]:  # fmt: skip
    """Give the object to units to be handled. A unit that still has it is not given it twice."""
    _require(source, obj, by)
    return [_give(source, obj, unit, by, words, until, instruction) for unit in units]


def _give(
    source: Source, obj: Any, unit: Unit, by: Actor, words: str, until: dt.date | None, instruction: Instruction | None
) -> Transfer:
    if open_transfers(source, obj).filter(unit=unit).exists():
        raise NotNow(_("%(unit)s has this already and has not finished with it.") % {"unit": unit.short_name})
    if unit.closed_on:
        raise BadInput(_("%(unit)s is closed; choose the unit that took over its work.") % {"unit": unit.short_name})
    made = Transfer(
        content_type=source.kind, object_id=obj.pk, instruction=instruction, unit=unit, words=words, sent_on=clock.today(),
        answer_due_on=until or answer_day(source),
    )  # fmt: skip
    begun(made, by=by, detail={"unit": unit.short_name, "note": words[:200]})
    source.transferred(made, by)
    outbox.post(
        "transfer.transferred", msgid("“%(title)s” was transferred to your unit"), values_of(made), tell_unit(made),
        TRANSFER.url(made),
    )  # fmt: skip
    return made


def open_transfers(source: Source, obj: Model) -> Any:
    return transfers_of(source, obj).filter(state__in=TRANSFER.open_states)


def transfers_of(source: Source, obj: Model) -> Any:
    return Transfer.objects.filter(content_type=source.kind, object_id=obj.pk)


def instructions_on(obj: Model) -> Any:
    return Instruction.objects.filter(content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk)


def clean_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in (*FIELDS, "paper") if name in data}



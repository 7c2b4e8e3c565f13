"""The import of units with their contacts from Excel: first every error of the file, then all of it
or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.doors import require
from yizheng.core.progress import TellDoneOf
from yizheng.documents import import_preview
from yizheng.documents.import_preview import ImportColumn, SheetPreview, SheetSpec
from yizheng.documents.table_files import Table

from .models import Unit, UnitContact
from .rules import keep
from .services import units

KINDS = {
    "政府部门": Unit.UnitKind.DEPARTMENT,
    "部门": Unit.UnitKind.DEPARTMENT,
    "乡镇": Unit.UnitKind.TOWN,
    "街道": Unit.UnitKind.TOWN,
    "乡镇街道": Unit.UnitKind.TOWN,
    "公共企事业单位": Unit.UnitKind.ENTERPRISE,
    "企业": Unit.UnitKind.ENTERPRISE,
    "党委部门": Unit.UnitKind.PARTY_ORGAN,
    "党群部门": Unit.UnitKind.PARTY_ORGAN,
    "群团组织": Unit.UnitKind.OTHER,
    "其他": Unit.UnitKind.OTHER,
}

SPEC = SheetSpec(
    "承办单位",
    [
        ImportColumn(
            key="name",
            titles=["单位名称", "全称", "单位全称", "承办单位", "名称", "Full name"],
            required=True,
            unique=True,
            max_length=60,
            example="示例县农业局",
        ),
        ImportColumn(
            key="short_name",
            titles=["简称", "单位简称", "Short name"],
            unique=True,
            max_length=20,
            example="农业局",
        ),
        ImportColumn(
            key="kind",
            titles=["类别", "单位类别", "类型", "Kind"],
            kind="choice",
            choices=KINDS,
            example="政府部门",
        ),
        ImportColumn(
            key="leader",
            titles=["分管领导", "负责人", "Leader in charge"],
            max_length=40,
            example="示例甲",
        ),
        ImportColumn(
            key="leader_post", titles=["分管领导职务", "负责人职务"], max_length=40, example="局长"
        ),
        ImportColumn(
            key="leader_phone",
            titles=["分管领导电话", "负责人电话"],
            kind="phone",
            example="19900000001",
        ),
        ImportColumn(
            key="officer",
            titles=["经办人", "联络员", "联系人", "Officer"],
            max_length=40,
            example="示例乙",
        ),
        ImportColumn(
            key="officer_post",
            titles=["经办人职务", "联络员职务"],
            max_length=40,
            example="办公室主任",
        ),
        ImportColumn(
            key="officer_phone",
            titles=["经办人电话", "联络员电话", "联系电话"],
            kind="phone",
            example="19900000002",
        ),
    ],
)


@dataclass
class UnitImportResult:
    added: int = 0
    updated: int = 0


def preview_units(table: Table) -> SheetPreview:
    """Every error of the file. Raises UnreadableTable where its header does not fit."""
    return import_preview.preview(SPEC, table, _row_check())


def _row_check() -> import_preview.CheckRow:
    known = {unit.name: unit for unit in Unit.objects.all()}
    shorts = {unit.short_name: unit.name for unit in known.values() if not unit.closed_on}

    def check(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        unit = known.get(values["name"])
        if unit and unit.closed_on:
            yield "name", _("this unit was closed on %(day)s") % {"day": unit.closed_on}
        short = _short(values)
        if shorts.get(short, values["name"]) != values["name"]:
            yield (
                "short_name",
                _("“%(short)s” is the short name of “%(name)s”")
                % {"short": short, "name": shorts[short]},
            )
        if len(short) > 20:
            yield "short_name", _("is needed, since the name is longer than 20 characters")

    return check


def _short(values: Mapping[str, Any]) -> str:
    return str(values["short_name"] or values["name"])


@transaction.atomic
def import_units(
    table: Table, *, by: Actor, progress: TellDoneOf | None = None
) -> UnitImportResult:
    """Take over all rows, or none and say why.

    Units known by name get their contacts brought up to date.
    """
    require(by, keep)
    found = preview_units(table)
    found.require_acceptable(_("The file holds no unit."))
    done = UnitImportResult()
    for number, row in enumerate(found.rows, start=1):
        _take(row.values, done, by)
        if progress:
            progress(number, len(found.rows))
    audit.record("units.imported", by=by, detail={"added": done.added, "updated": done.updated})
    return done


def _take(values: Mapping[str, Any], done: UnitImportResult, by: Actor) -> None:
    unit = Unit.objects.filter(name=values["name"]).first()
    if unit is None:
        new = {
            "name": values["name"],
            "short_name": _short(values),
            "kind": values["kind"] or Unit.UnitKind.DEPARTMENT,
        }
        unit = units.add_unit(new, by=by)
        done.added += 1
    else:
        _update(unit, values, by)
        done.updated += 1
    for duty in UnitContact.Duty.values:
        if values[duty]:
            units.set_contact(
                unit,
                duty,
                by=by,
                name=values[duty],
                post=values[f"{duty}_post"],
                phone=values[f"{duty}_phone"] or "",
            )


def _update(unit: Unit, values: Mapping[str, Any], by: Actor) -> None:
    short, kind = values["short_name"] or unit.short_name, values["kind"] or unit.kind
    if (short, kind) != (unit.short_name, unit.kind):
        units.rename_unit(
            unit, by=by, name=unit.name, short_name=short, kind=kind, on=clock.today()
        )

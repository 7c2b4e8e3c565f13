"""Leaders' instructions of past years out of Excel: who wrote what, on which opinion or outcome."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yizheng.core import sources
from yizheng.core.access import Actor
from yizheng.core.sources import Source
from yizheng.documents.import_preview import (
    ImportColumn,
    SheetPreview,
    SheetSpec,
    ValidRow,
    days_to_come,
    preview,
)
from yizheng.documents.table_files import Table
from yizheng.documents.year_workbook import BookSheet, FileTakeover

from . import rules, services
from .models import Instruction

LEVELS = {
    "县级": Instruction.LeaderLevel.COUNTY,
    "县": Instruction.LeaderLevel.COUNTY,
    "区级": Instruction.LeaderLevel.COUNTY,
    "市级": Instruction.LeaderLevel.CITY,
    "市": Instruction.LeaderLevel.CITY,
    "省级": Instruction.LeaderLevel.PROVINCE,
    "省": Instruction.LeaderLevel.PROVINCE,
    "中央": Instruction.LeaderLevel.NATION,
    "国家级": Instruction.LeaderLevel.NATION,
    "全国": Instruction.LeaderLevel.NATION,
    "县领导": Instruction.LeaderLevel.COUNTY,
    "市领导": Instruction.LeaderLevel.CITY,
    "省领导": Instruction.LeaderLevel.PROVINCE,
    "中央领导": Instruction.LeaderLevel.NATION,
}
Written = tuple[str, str, dt.date, str]
"""An instruction is known by what it is on, its leader, day and words."""


class InstructionSheet(BookSheet):
    code, label, order = "instructions", pgettext_lazy("sheet", "Instructions"), 65
    listed_at = "instructions:list"

    def may(self, actor: Actor) -> bool:
        return any(actor.holds(source.office) for source in sources.all_sources())

    def spec(self) -> SheetSpec:
        return SheetSpec(
            "批示",
            (
                ImportColumn(
                    key="number",
                    titles=("编号", "信息编号", "文号", "成果编号"),
                    max_length=40,
                    example="2025-0001",
                    help=str(
                        _(
                            "Of the opinion or outcome it was written on, in the records or "
                            "in this file."
                        )
                    ),
                ),
                ImportColumn(
                    key="title",
                    titles=("标题", "信息标题", "成果标题", "批示件"),
                    max_length=100,
                    example="村口路灯夜间不亮",
                    help=str(_("Where there is no number.")),
                ),
                ImportColumn(
                    key="leader",
                    titles=("批示领导", "领导", "领导姓名"),
                    required=True,
                    max_length=40,
                    example="示例丙",
                ),
                ImportColumn(
                    key="post", titles=("领导职务", "职务"), max_length=60, example="县长"
                ),
                ImportColumn(
                    key="level",
                    titles=("批示层级", "层级", "级别"),
                    kind="choice",
                    choices=LEVELS,
                    example="县级",
                ),
                ImportColumn(
                    key="day",
                    titles=("批示日期", "日期", "批示时间"),
                    kind="date",
                    required=True,
                    example="2025-04-02",
                ),
                ImportColumn(
                    key="words",
                    titles=("批示内容", "内容", "批示"),
                    required=True,
                    max_length=4000,
                    example="请水务局研究。",
                ),
            ),
        )

    def check(
        self, table: Table, session: Any, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        named = SourceLookup(by, before)
        found = preview(self.spec(), table, named.check)
        return found.without(named.is_written)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        named = SourceLookup(None)  # found sound; and the same file may have brought it
        for row in rows:
            values = row.values
            source, pk = named.find(values)[0]
            services.record_past(
                source.model.objects.get(pk=pk),
                by=taking.by,
                origin=taking.origin("批示", row),
                leader=values["leader"],
                post=values["post"],
                level=values["level"] or Instruction.LeaderLevel.COUNTY,
                given_on=values["day"],
                words=values["words"],
            )
            taking.progress(1)


Place = tuple[Source, int]
COMING = 0
"""In place of a key: the same file brings the object."""


class SourceLookup:
    """What instructions can be written on, by number and by title: of the records as far as the
    importer (`by`) sees them, all without one, and of the sheets before this one.
    """

    def __init__(self, by: Actor | None, before: Mapping[str, SheetPreview] | None = None) -> None:
        self.numbers: dict[str, list[Place]] = {}
        self.titles: dict[str, list[Place]] = {}
        self.seen: set[Written] = set()
        for source in sources.all_sources():
            seen = Q() if by is None or by.is_system else source.visible(by)
            there = source.model.objects.filter(seen)
            for pk, number, title in there.values_list("pk", *source.names):
                self._add((source, pk), number, title)
            for row in before[source.sheet].rows if before and source.sheet in before else ():
                self._add((source, COMING), *(row.values.get(name) for name in source.names))
        self.written = {
            (i.content_type_id, i.object_id, i.leader, i.given_on, i.words)
            for i in Instruction.objects.filter(
                Q() if by is None else rules.visible_instructions(by)
            )
        }

    def _add(self, place: Place, number: str | None, title: str | None) -> None:
        for names, name in ((self.numbers, number), (self.titles, title)):
            if name:
                names.setdefault(name, []).append(place)

    def find(self, values: Mapping[str, Any]) -> list[Place]:
        return (
            self.numbers.get(values["number"], [])
            if values["number"]
            else self.titles.get(values["title"], [])
        )

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        column = "number" if values["number"] else "title"
        found = self.find(values)
        if not values[column]:
            yield column, _("Say what it was written on, by its number or its title.")
        elif not found:
            yield (
                column,
                _("Nothing has this number or title, neither in the records nor in this file."),
            )
        elif len(found) > 1:
            yield (
                column,
                _("%(n)s records are called “%(name)s”; give the number.")
                % {"n": len(found), "name": values[column]},
            )
        yield from days_to_come(values, "day")
        written = (values[column], values["leader"], values["day"], values["words"])
        if written in self.seen:
            yield "words", _("stands in this file already")
        self.seen.add(written)

    def is_written(self, values: Mapping[str, Any]) -> bool:
        source, pk = self.find(values)[0]
        return (
            source.kind.pk,
            pk,
            values["leader"],
            values["day"],
            values["words"],
        ) in self.written

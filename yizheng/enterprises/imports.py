"""Enterprises out of Excel: one row each, with who of it is a member.

Those known by name are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Actor
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
from yizheng.organisations.models import Session
from yizheng.organisations.queries import units_by_name
from yizheng.organisations.rules import keep
from yizheng.people.member_lookup import MemberLookup

from . import services
from .models import Enterprise


class EnterpriseSheet(BookSheet):
    code, label, order = "enterprises", pgettext_lazy("sheet", "Enterprises"), 80
    listed_at = "enterprises:list"

    def may(self, actor: Actor) -> bool:
        return keep.allows(actor, None)

    def spec(self) -> SheetSpec:
        return SheetSpec(
            "企业",
            (
                ImportColumn(
                    key="name",
                    titles=("企业名称", "名称", "单位名称"),
                    required=True,
                    unique=True,
                    max_length=80,
                    example="示例机械厂",
                ),
                ImportColumn(
                    key="unit", titles=("乡镇", "所在乡镇", "乡镇街道", "属地"), max_length=60
                ),
                ImportColumn(
                    key="trade", titles=("行业", "所属行业"), max_length=40, example="装备制造"
                ),
                ImportColumn(
                    key="since",
                    titles=("入规日期", "规上起始", "上规日期", "入规时间", "何时纳入规上"),
                    kind="date",
                    example="2024-01-01",
                    help=str(_("Empty: it is not above scale.")),
                ),
                ImportColumn(
                    key="until",
                    titles=("退规日期", "规上截止", "退规时间", "何时退出规上"),
                    kind="date",
                ),
                ImportColumn(
                    key="closed", titles=("注销日期", "关闭日期", "停用日期"), kind="date"
                ),
                ImportColumn(
                    key="members",
                    titles=("企业中的委员", "委员", "委员姓名"),
                    kind="list",
                    example="示例甲",
                    help=str(_("Members of the committee who work there.")),
                ),
            ),
        )

    def fits(self, table: Table) -> bool:
        """A name alone could be anything."""
        return super().fits(table) and bool(
            {
                "入规日期",
                "规上起始",
                "上规日期",
                "入规时间",
                "何时纳入规上",
                "企业名称",
                "企业中的委员",
            }
            & set(table.header)
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        found = preview(self.spec(), table, _EnterpriseLookup(session).check)
        there = set(Enterprise.objects.values_list("name", flat=True))
        return found.without(lambda values: values["name"] in there)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        known = _EnterpriseLookup(taking.session)
        for row in rows:
            values = row.values
            made = services.save(
                Enterprise(),
                {
                    "name": values["name"],
                    "unit": known.units.get(values["unit"]),
                    "trade": values["trade"],
                    "above_scale_since": values["since"],
                    "above_scale_until": values["until"],
                },
                known.members.all_of(values["members"]),
                by=taking.by,
                origin=taking.origin("企业", row),
            )
            if values["closed"]:
                services.close(made, by=taking.by, on=values["closed"])
            taking.progress(1)


class _EnterpriseLookup:
    """Units by name, and the members of the term."""

    def __init__(self, session: Session) -> None:
        self.members, self.units = MemberLookup.of(session), units_by_name()

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        if values["unit"] and values["unit"] not in self.units:
            yield "unit", _("There is no unit “%(name)s”.") % {"name": values["unit"]}
        since, until = values["since"], values["until"]
        if until and (since is None or until < since):
            yield "until", _("It would no longer be above scale before it was: check the two days.")
        yield from days_to_come(values, "since", "until", "closed")
        for name in values["members"]:
            if problem := self.members.problem(name):
                yield "members", problem

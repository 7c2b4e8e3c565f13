"""Contacts of past years out of Excel: who kept in touch with whom, and when they did.

Never what was said: that is theirs alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
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
from yizheng.people.member_lookup import MemberLookup

from . import services
from .models import ContactLink, Way
from .parameters import ContactParameters, in_force
from .rules import keep

WAYS = {
    "走访": Way.VISIT,
    "上门": Way.VISIT,
    "面谈": Way.MET,
    "见面": Way.MET,
    "座谈": Way.MET,
    "电话": Way.PHONE,
    "微信": Way.MESSAGE,
    "信息": Way.MESSAGE,
    "消息": Way.MESSAGE,
    "短信": Way.MESSAGE,
    "信息联系": Way.MESSAGE,
}
Pair = tuple[str, int, int | str]
"""A link is known by its kind, who keeps in touch, and with whom: a member or words."""


def _pair_columns() -> tuple[ImportColumn, ...]:
    kinds = in_force(clock.today()).kinds
    return (
        ImportColumn(
            key="kind",
            titles=("联系类别", "类别", "联系类型"),
            kind="choice",
            required=True,
            choices={kind.label: kind.code for kind in kinds},
            example=kinds[0].label,
        ),
        ImportColumn(
            key="who",
            titles=("联系人", "委员", "联系委员", "人员", "何人"),
            required=True,
            max_length=40,
            example="示例甲",
        ),
        ImportColumn(
            key="whom",
            titles=("联系对象", "被联系人", "被联系委员"),
            required=True,
            max_length=80,
            example="示例乙",
            help=str(
                _("A member's name; by kind also a village, an enterprise or people in words.")
            ),
        ),
    )


class _ContactSheet(BookSheet):
    listed_at = "contacts:list"

    def may(self, actor: Actor) -> bool:
        return keep.allows(actor, None)


class LinkSheet(_ContactSheet):
    code, label, order = "contact_links", pgettext_lazy("sheet", "Contact links"), 90

    def spec(self) -> SheetSpec:
        return SheetSpec(
            "联系关系",
            (
                *_pair_columns(),
                ImportColumn(
                    key="since",
                    titles=("起始日期", "自", "开始日期", "起"),
                    kind="date",
                    required=True,
                    example="2025-01-01",
                ),
                ImportColumn(
                    key="until",
                    titles=("截止日期", "至", "结束日期", "止", "到"),
                    kind="date",
                    help=str(_("Empty: it still stands.")),
                ),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        known = LinkLookup.of(session)
        found = preview(self.spec(), table, known.check_new)
        return found.without(known.stands)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        known = LinkLookup.of(taking.session)
        for row in rows:
            kind, who, whom = known.pair(row.values)
            side = {"to_words": whom} if isinstance(whom, str) else {"to_member_id": whom}
            link = ContactLink(
                kind=kind,
                member_id=who,
                since=row.values["since"],
                until=row.values["until"],
                **side,
            )
            services.record_past(link, by=taking.by, origin=taking.origin("联系关系", row))
            taking.progress(1)


class EntrySheet(_ContactSheet):
    code, label, order = "contact_entries", pgettext_lazy("sheet", "Contacts made"), 91

    def spec(self) -> SheetSpec:
        return SheetSpec(
            "联系记录",
            (
                *_pair_columns(),
                ImportColumn(
                    key="day",
                    titles=("联系日期", "日期", "联系时间"),
                    kind="date",
                    required=True,
                    example="2025-04-12",
                ),
                ImportColumn(
                    key="way",
                    titles=("联系方式", "方式", "形式"),
                    kind="choice",
                    choices=WAYS,
                    example="走访",
                    help=str(
                        _(
                            "When and how, not what was said: those words belong to whoever "
                            "was in touch."
                        )
                    ),
                ),
            ),
        )

    def check(
        self, table: Table, session: Session, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        known = LinkLookup.of(session, before)
        found = preview(self.spec(), table, known.check_entry)
        return found.without(lambda values: (known.pair(values), values["day"]) in known.noted)

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        known = LinkLookup.of(taking.session)
        for row in rows:
            values = row.values
            link = next(
                span.link for span in known.spans[known.pair(values)] if span.holds(values["day"])
            )
            assert link is not None
            services.note_past(
                link,
                by=taking.by,
                day=values["day"],
                way=values["way"] or Way.VISIT,
                origin=taking.origin("联系记录", row),
            )
            taking.progress(1)


@dataclass(frozen=True)
class LinkSpan:
    """The time of a link: one of the records, or one that the same file brings."""

    since: dt.date
    until: dt.date | None
    link: ContactLink | None = None

    def holds(self, day: dt.date) -> bool:
        return clock.holds(day, self.since, self.until)

    def meets(self, since: dt.date, until: dt.date | None) -> bool:
        return (until is None or self.since <= until) and (
            self.until is None or since <= self.until
        )


@dataclass
class LinkLookup:
    """What stands, whom the rows name, and what the file said before."""

    rules: ContactParameters
    members: MemberLookup
    spans: dict[Pair, list[LinkSpan]] = field(default_factory=dict)
    noted: set[tuple[Pair, dt.date]] = field(default_factory=set)
    seen: set[Any] = field(default_factory=set)

    @classmethod
    def of(cls, session: Session, before: Mapping[str, SheetPreview] | None = None) -> LinkLookup:
        known = cls(in_force(clock.today()), MemberLookup.of(session))
        for link in ContactLink.objects.prefetch_related("entries"):
            pair = (link.kind, link.member_id, link.to_member_id or link.to_words)
            known.spans.setdefault(pair, []).append(LinkSpan(link.since, link.until, link))
            known.noted |= {(pair, entry.day) for entry in link.entries.all()}
        if before and "contact_links" in before:
            for row in before["contact_links"].rows:
                known.spans.setdefault(known.pair(row.values), []).append(
                    LinkSpan(row.values["since"], row.values["until"])
                )
        return known

    def pair(self, values: Mapping[str, Any]) -> Pair:
        kind, whom = values["kind"], values["whom"]
        return (
            kind,
            self.members.one(values["who"]).pk,
            whom if self._in_words(kind) else self.members.one(whom).pk,
        )

    def _in_words(self, code: str) -> bool:
        kind = self.rules.kind(code)
        return kind is not None and kind.whom == "words"

    def stands(self, values: Mapping[str, Any]) -> bool:
        return any(
            span.meets(values["since"], values["until"])
            for span in self.spans.get(self.pair(values), ())
        )

    def _check_people(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        names = [("who", values["who"])] + (
            [] if self._in_words(values["kind"]) else [("whom", values["whom"])]
        )
        for key, name in names:
            if problem := self.members.problem(name):
                yield key, problem
        if len(names) == 2 and values["who"] == values["whom"]:
            yield "whom", _("Nobody keeps in touch with themselves.")

    def check_new(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        problems = list(self._check_people(values))
        yield from problems
        since, until = values["since"], values["until"]
        if until and until < since:
            yield "until", _("lies before the first day")
        yield from days_to_come(values, "since")
        if problems:
            return
        pair = self.pair(values)
        if any(
            before[0] == pair and LinkSpan(*before[1:]).meets(since, until) for before in self.seen
        ):
            yield "whom", _("stands in this file already for the same time")
        self.seen.add((pair, since, until))

    def check_entry(self, values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        problems = list(self._check_people(values))
        yield from problems
        day = values["day"]
        yield from days_to_come(values, "day")
        if problems:
            return
        spans = self.spans.get(self.pair(values), [])
        if not spans:
            yield (
                "whom",
                _(
                    "There is no such link, neither in the records nor in this file; put it "
                    "into the sheet 联系关系."
                ),
            )
        elif not any(span.holds(day) for span in spans):
            yield "day", _("The contact did not stand on that day.")
        if (self.pair(values), day) in self.seen:
            yield "day", _("stands in this file already for the same two and the same day")
        self.seen.add((self.pair(values), day))

"""A whole year in one workbook: each app registers its sheet, and all of them are read, checked and taken over together.

A sheet sees what the sheets before it say (attendance names activities of the same file), and passes over what the records
hold already: handing the same file in twice makes nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from yizheng.core import audit
from yizheng.core.access import Actor
from yizheng.core.refusals import BadInput, NotAllowed

from .intake import Checked, Preview, RowError, SheetSpec
from .sniffing import UnreadableTable
from .tables import LIMITS, Limits, Table, read_sheets, simple_title

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Taken:
    """What came of a sheet: rows that became something, and rows that were in the records already."""

    added: int
    known: int


class BookSheet:
    """`code` names it in the audit chain, `unit` is what its rows are called in a report."""

    code: ClassVar[str]
    label: Any
    order: ClassVar[int]

    def may(self, actor: Actor) -> bool:
        raise NotImplementedError

    def spec(self) -> SheetSpec:
        raise NotImplementedError

    def fits(self, table: Table) -> bool:
        """Whether a table is one of this sheet, by its header; asked where the sheet's name does not say."""
        header = {simple_title(title) for title in table.header}
        needed = [column for column in self.spec().columns if column.required]
        return all(any(simple_title(title) in header for title in column.titles) for column in needed)

    def check(self, table: Table, session: Any, before: Mapping[str, Preview]) -> Preview:
        raise NotImplementedError

    def take(self, preview: Preview, session: Any, by: Actor, progress: Progress) -> int:
        """Make what the sound rows say; answers how many there are. The sheets before it are taken already."""
        raise NotImplementedError


BOOK: list[BookSheet] = []
"""Every sheet a year's workbook may hold."""


def register(sheet: BookSheet) -> None:
    BOOK.append(sheet)


def sheets_for(actor: Actor) -> list[BookSheet]:
    return sorted((sheet for sheet in BOOK if actor.is_system or sheet.may(actor)), key=lambda sheet: sheet.order)


@dataclass(frozen=True)
class Found:
    """A sheet of the file, and which of ours it is."""

    sheet: BookSheet
    checked: Checked


def read(name: str, content: bytes, session: Any, limits: Limits = LIMITS) -> tuple[list[Found], list[str]]:
    """The sheets of a file in their order, checked one on the other, and the names of those that are none of ours."""
    every = sorted(BOOK, key=lambda sheet: sheet.order)
    expected = {title for sheet in every for title in sheet.spec().titles}
    tables: dict[str, Table] = {}
    strays = []
    for table in read_sheets(name, content, expected=expected, limits=limits):
        sheet = _ours(table, every)
        if sheet is None:
            strays.append(table.sheet)
        elif sheet.code in tables:
            raise UnreadableTable(_("Two sheets hold “%(name)s”. Please put them into one.") % {"name": sheet.spec().name})
        else:
            tables[sheet.code] = table
    if not tables:
        raise UnreadableTable(
            _("None of the sheets is one of ours. They are called %(names)s.")
            % {"names": "、".join(f"“{sheet.spec().name}”" for sheet in every)}
        )
    return _checked(every, tables, session), strays


def _ours(table: Table, every: Sequence[BookSheet]) -> BookSheet | None:
    title = simple_title(table.sheet)
    named = next((sheet for sheet in every if simple_title(sheet.spec().name) == title), None)
    return named or next((sheet for sheet in every if sheet.fits(table)), None)


def _checked(every: Sequence[BookSheet], tables: Mapping[str, Table], session: Any) -> list[Found]:
    found: list[Found] = []
    before: dict[str, Preview] = {}
    for sheet in every:
        if table := tables.get(sheet.code):
            preview = sheet.check(table, session, before)
            before[sheet.code] = preview
            found.append(Found(sheet, Checked(sheet.spec(), table, preview)))
    return found


def require(actor: Actor, found: Iterable[Found]) -> None:
    """Every sheet asks for its own right."""
    for each in found:
        if not actor.is_system and not each.sheet.may(actor):
            raise NotAllowed(
                _("The sheet “%(name)s” is not yours to import. Take it out of the file, or let somebody hand it in who may.")
                % {"name": each.checked.spec.name}
            )


@transaction.atomic
def take(
    name: str, content: bytes, session: Any, *, by: Actor, progress: Progress = lambda done: None
) -> dict[str, Taken]:
    """Take over every sheet of the file, or none. One entry of the audit chain says which file it was and what it made."""
    found, _strays = read(name, content, session)
    require(by, found)
    if errors := [(each.checked.spec.name, error) for each in found for error in each.checked.preview.errors]:
        sheet, error = errors[0]
        raise BadInput(_("Nothing was taken over. Sheet “%(sheet)s”: %(error)s") % {"sheet": sheet, "error": error.sentence})
    made: dict[str, Taken] = {}
    for each in found:
        preview = each.checked.preview
        made[each.sheet.code] = Taken(each.sheet.take(preview, session, by, progress), preview.known)
    detail = {
        "file": name, "digest": hashlib.sha256(content).hexdigest(), "session": str(session),
        "added": {code: taken.added for code, taken in made.items()},
        "known": {code: taken.known for code, taken in made.items()},
    }  # fmt: skip
    audit.record("year.imported", by=by, of=session, detail=detail)
    return made


def once_each(errors: Iterable[RowError]) -> tuple[RowError, ...]:
    """The same complaint about the same cell once."""
    return tuple({(error.row, error.title, error.reason): error for error in errors}.values())

"""The workbook of a whole year: each app registers its sheet, and all of them are read, checked and
taken over together.

A sheet sees what the sheets before it say (attendance names activities of the same file), and
passes over what the records hold already: handing the same file in twice makes nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from yizheng.core import audit
from yizheng.core.access import Actor
from yizheng.core.progress import TellDone
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import BadInput, NotAllowed

from .file_types import UnreadableTable
from .import_preview import CheckedSheet, RowError, SheetPreview, SheetSpec, ValidRow
from .table_files import LIMITS, Table, TableLimits, read_sheets, simple_title


@dataclass(frozen=True)
class FileTakeover:
    """One file being taken over: whose, into which session, and how it gets on."""

    file: str
    session: Any
    by: Actor
    progress: TellDone = lambda done: None

    def origin(self, sheet: str, row: ValidRow) -> dict[str, Any]:
        """What the audit entry of a record keeps: where exactly it came from; nothing of a file
        without a name.
        """
        if not self.file:
            return {}
        where = _("%(file)s, sheet “%(sheet)s”, row %(row)d") % {
            "file": self.file,
            "sheet": sheet,
            "row": row.number,
        }
        return {"note": where}


@dataclass(frozen=True)
class SheetOutcome:
    """What came of a sheet: rows that became something, and rows that were in the
    records already.
    """

    added: int
    known: int


class BookSheet:
    """`code` names it in the audit chain, `unit` is what its rows are called in a report."""

    code: ClassVar[str]
    label: Any
    order: ClassVar[int]
    listed_at: ClassVar[str] = ""
    """Name of the address where what came of its rows is listed."""

    def may(self, actor: Actor) -> bool:
        raise NotImplementedError

    def spec(self) -> SheetSpec:
        raise NotImplementedError

    def fits(self, table: Table) -> bool:
        """Whether a table is one of this sheet, by its header; asked where the sheet's name does
        not say.
        """
        header = {simple_title(title) for title in table.header}
        needed = [column for column in self.spec().columns if column.required]
        return all(
            any(simple_title(title) in header for title in column.titles) for column in needed
        )

    def check(
        self, table: Table, session: Any, before: Mapping[str, SheetPreview], by: Actor
    ) -> SheetPreview:
        """What it says, held against the records as far as the importer sees them."""
        raise NotImplementedError

    def take(self, rows: Sequence[ValidRow], taking: FileTakeover) -> None:
        """Make what the sound rows say. The sheets before it are taken already."""
        raise NotImplementedError


BOOK: list[BookSheet] = []
"""Every sheet a year's workbook may hold."""


def register(sheet: BookSheet) -> None:
    BOOK.append(sheet)


def sheets_for(actor: Actor) -> list[BookSheet]:
    return sorted(
        (sheet for sheet in BOOK if actor.is_system or sheet.may(actor)),
        key=lambda sheet: sheet.order,
    )


@dataclass(frozen=True)
class RecognisedSheet:
    """A sheet of the file, and which of ours it is."""

    sheet: BookSheet
    checked: CheckedSheet


@dataclass(frozen=True)
class YearWorkbook:
    """A file that was opened: its tables by the code of their sheet, and the names of those that
    are none of ours.
    """

    name: str
    digest: str
    tables: Mapping[str, Table]
    strays: Sequence[str]

    def check(self, session: Any, by: Actor) -> list[RecognisedSheet]:
        """Its sheets in their order, checked one on the other."""
        found: list[RecognisedSheet] = []
        before: dict[str, SheetPreview] = {}
        for sheet in _in_order():
            if table := self.tables.get(sheet.code):
                preview = sheet.check(table, session, before, by)
                before[sheet.code] = preview
                found.append(RecognisedSheet(sheet, CheckedSheet(sheet.spec(), table, preview)))
        return found

    @transaction.atomic
    def take(
        self, session: Any, *, by: Actor, progress: TellDone = lambda done: None
    ) -> dict[str, SheetOutcome]:
        """Take over every sheet, or none.

        One entry of the audit chain says which file it was and what it made.
        """
        # two files handed in at once: the second is checked against what the first has made
        type(session).objects.select_for_update(no_key=True).get(pk=session.pk)
        found, taking = self.check(session, by), FileTakeover(self.name, session, by, progress)
        require(by, found)
        _refuse_errors(found)
        with audit.together():
            made = {each.sheet.code: _take_sheet(each, taking) for each in found}
        detail = {
            "file": self.name,
            "digest": self.digest,
            "session": str(session),
            "added": {code: taken.added for code, taken in made.items()},
            "known": {code: taken.known for code, taken in made.items()},
        }
        audit.record("year.imported", by=by, of=session, detail=detail)
        return made


def opened(name: str, content: bytes, limits: TableLimits = LIMITS) -> YearWorkbook:
    every = _in_order()
    expected = {title for sheet in every for title in sheet.spec().titles}
    tables: dict[str, Table] = {}
    strays = []
    for table in read_sheets(name, content, expected=expected, limits=limits):
        sheet = _ours(table, every)
        if sheet is None:
            strays.append(table.sheet)
        elif sheet.code in tables:
            raise UnreadableTable(
                _("Two sheets hold “%(name)s”. Please put them into one.")
                % {"name": sheet.spec().name}
            )
        else:
            tables[sheet.code] = table
    if not tables:
        raise UnreadableTable(
            _("None of the sheets is one of ours. They are called %(names)s.")
            % {"names": join_cn(f"“{sheet.spec().name}”" for sheet in every)}
        )
    return YearWorkbook(name, hashlib.sha256(content).hexdigest(), tables, strays)


def read(
    name: str, content: bytes, session: Any, by: Actor, limits: TableLimits = LIMITS
) -> tuple[list[RecognisedSheet], Sequence[str]]:
    """The sheets of a file, checked, and the names of those that are none of ours."""
    book = opened(name, content, limits)
    return book.check(session, by), book.strays


def _in_order() -> list[BookSheet]:
    return sorted(BOOK, key=lambda sheet: sheet.order)


def _ours(table: Table, every: Sequence[BookSheet]) -> BookSheet | None:
    title = simple_title(table.sheet)
    named = next((sheet for sheet in every if simple_title(sheet.spec().name) == title), None)
    return named or next((sheet for sheet in every if sheet.fits(table)), None)


def require(actor: Actor, found: Iterable[RecognisedSheet]) -> None:
    """Every sheet asks for its own right."""
    for each in found:
        if not actor.is_system and not each.sheet.may(actor):
            raise NotAllowed(
                _(
                    "The sheet “%(name)s” is not yours to import. Take it out of the file, "
                    "or let somebody hand it in who may."
                )
                % {"name": each.checked.spec.name}
            )


def _refuse_errors(found: Iterable[RecognisedSheet]) -> None:
    for each in found:
        for error in each.checked.preview.errors[:1]:
            words = {"sheet": each.checked.spec.name, "error": error.sentence}
            raise BadInput(_("Nothing was taken over. Sheet “%(sheet)s”: %(error)s") % words)


def _take_sheet(found: RecognisedSheet, taking: FileTakeover) -> SheetOutcome:
    preview = found.checked.preview
    found.sheet.take(preview.rows, taking)
    return SheetOutcome(len(preview.rows), preview.known)


def once_each(errors: Iterable[RowError]) -> tuple[RowError, ...]:
    """The same complaint about the same cell once."""
    return tuple({(error.row, error.title, error.reason): error for error in errors}.values())

"""The first step of an import: reads everything, finds every error, changes nothing.

A sheet is described once, as a `SheetSpec`; `preview` says what would be taken and what is wrong,
in words that name rows and columns as the user sees them. The second step, writing, is the business
of the app that owns the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yizheng.core import clock
from yizheng.core.punctuation import join_cn, one_after_the_other
from yizheng.core.refusals import BadInput

from . import cells
from .file_types import UnreadableTable
from .table_files import LIMITS, Cell, Table, TableLimits, TableRow, read_table, simple_title

ImportColumnKind = Literal["text", "integer", "date", "boolean", "choice", "list", "phone"]
LIST_KINDS: Mapping[ImportColumnKind, str] = {
    "integer": "number",
    "date": "date",
    "boolean": "state",
    "phone": "state",
}
Values = Mapping[str, Any]
BAD = object()
"""Stands for the value of a cell that could not be read."""
SUGGESTIONS = 200  # errors after which nearest choices are no longer looked for: it takes time
# what is wrong with a row as a whole: key of the column to blame, and what is wrong
CheckRow = Callable[[Values], Iterable[tuple[str, str]]]


def days_to_come(values: Values, *columns: str) -> Iterator[tuple[str, str]]:
    """Of days on which something is said to have happened, those that have not come yet."""
    for column in columns:
        if (day := values[column]) and not clock.has_come(day):
            yield column, str(clock.NOT_YET)


def _of_the_reader(words: Iterable[str]) -> list[str]:
    """A sheet exported in English is understood everywhere; who reads Chinese need not see so."""
    is_chinese = (get_language() or "").startswith("zh")
    return [word for word in words if not (is_chinese and word.isascii())]


@dataclass(frozen=True, kw_only=True)
class ImportColumn:
    """One column: `titles` are the names it goes by, the first is ours.

    `choices` maps what people write to what is stored (for kinds choice and list). `parse` turns
    the value further; it may raise `cells.BadCell` with a sentence. `unique`: no value twice in one
    file.
    """

    key: str
    titles: Sequence[str]
    kind: ImportColumnKind = "text"
    required: bool = False
    unique: bool = False
    choices: cells.Choices | Sequence[str] = field(default_factory=dict)
    max_length: int | None = None
    parse: Callable[[Any], Any] | None = None
    example: str = ""
    help: str = ""

    @property
    def title(self) -> str:
        return str(self.titles[0])

    @property
    def list_kind(self) -> str:
        """As the table of every list knows it (components/table.html)."""
        return LIST_KINDS.get(self.kind, "name")

    @property
    def also(self) -> list[str]:
        """The other names it goes by, as far as the reader knows their language."""
        return _of_the_reader(map(str, self.titles[1:]))

    @property
    def offered(self) -> list[str]:
        """What can be written, as far as the reader knows its language: more is understood."""
        return _of_the_reader(self.choice_map)

    @property
    def choice_map(self) -> cells.Choices:
        if isinstance(self.choices, Mapping):
            return self.choices
        return {str(label): label for label in self.choices}

    def words(self, value: Any) -> str:
        """A value that was read, as people write it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return join_cn(map(self.words, value))
        if self.choices:
            return next(
                (label for label, stored in self.choice_map.items() if stored == value),
                str(value or ""),
            )
        return "" if value is None else str(value)


@dataclass(frozen=True)
class SheetSpec:
    name: str
    columns: Sequence[ImportColumn]

    @property
    def titles(self) -> list[str]:
        return [str(title) for column in self.columns for title in column.titles]


@dataclass(frozen=True)
class RowError:
    row: int
    title: str
    value: str
    reason: str

    @property
    def phrase(self) -> str:
        return _("“%(title)s”: %(reason)s") % {"title": self.title, "reason": self.reason}

    @property
    def sentence(self) -> str:
        return _("Row %(row)d, %(phrase)s") % {"row": self.row, "phrase": self.phrase}


@dataclass(frozen=True)
class ValidRow:
    number: int
    values: Values


@dataclass(frozen=True)
class SheetPreview:
    rows: tuple[ValidRow, ...]
    errors: tuple[RowError, ...]
    ignored_columns: tuple[str, ...]
    warnings: tuple[str, ...]
    total: int
    known: int = 0  # rows passed over, because the records hold them already

    @property
    def acceptable(self) -> bool:
        return bool(self.rows) and not self.errors

    def without(self, is_known: Callable[[Values], bool]) -> SheetPreview:
        """The same less the rows that the records hold already."""
        fresh = tuple(row for row in self.rows if not is_known(row.values))
        return replace(self, rows=fresh, known=len(self.rows) - len(fresh))

    @property
    def bad_rows(self) -> int:
        return len({error.row for error in self.errors})

    def require_acceptable(self, empty: str) -> None:
        """Raises BadInput with what is wrong first, or `empty` where no row stands there."""
        if self.acceptable:
            return
        if not self.errors:
            raise BadInput(empty)
        wrong = ngettext(
            "One row is wrong, nothing was taken over.",
            "%(n)d rows are wrong, nothing was taken over.",
            self.bad_rows,
        )
        sentences = wrong % {"n": self.bad_rows}, self.errors[0].sentence
        raise BadInput(one_after_the_other(sentences))


@dataclass(frozen=True)
class CheckedSheet:
    """A sheet of a file, and what was found in it."""

    spec: SheetSpec
    table: Table
    preview: SheetPreview


def read_sheet(spec: SheetSpec, name: str, content: bytes, limits: TableLimits = LIMITS) -> Table:
    return read_table(name, content, expected=spec.titles, limits=limits)


def preview(
    spec: SheetSpec,
    table: Table,
    check_row: CheckRow | None = None,
    *,
    checks_bad_rows: bool = False,
) -> SheetPreview:
    """Every error of the file.

    `check_row` sees the rows that are sound by themselves; with `checks_bad_rows` the others too,
    without the values of their bad cells.

    A header that does not fit is refused as a whole (UnreadableTable): its rows would say nothing.
    """
    places = _places(spec, table)
    rows = [row for row in table.rows if _concerned(row, places)]
    kept = [row for row in rows if not _is_example(spec, row, places)]
    reading = _RowCollector(spec, table.header, places, check_row, checks_bad_rows)
    for row in kept:
        reading.take(row)
    ignored = tuple(
        title for place, title in enumerate(table.header) if title and place not in places.values()
    )
    notes = (*table.notes, *_warnings(ignored, len(rows) - len(kept)))
    return SheetPreview(tuple(reading.rows), tuple(reading.errors), ignored, notes, len(kept))


def _places(spec: SheetSpec, table: Table) -> dict[str, int]:
    """Key of each column of the specification found in the file → its place."""
    found: dict[str, int] = {}
    names = {simple_title(title): column for column in spec.columns for title in column.titles}
    for place, title in enumerate(table.header):
        column = names.get(simple_title(title))
        if column and column.key in found:
            raise UnreadableTable(
                _("Two columns mean “%(title)s”: “%(first)s” and “%(second)s”. Please keep one.")
                % {"title": column.title, "first": table.header[found[column.key]], "second": title}
            )
        if column:
            found[column.key] = place
    _require(spec, found, table)
    return found


def _require(spec: SheetSpec, found: Mapping[str, int], table: Table) -> None:
    missing = [
        column.title for column in spec.columns if column.required and column.key not in found
    ]
    if not found or missing:
        names = join_cn(f"“{title}”" for title in missing or [spec.columns[0].title])
        raise UnreadableTable(
            ngettext(
                "The column %(names)s is missing.",
                "The columns %(names)s are missing.",
                len(missing) or 1,
            )
            % {"names": names}
            + (
                _(" Row %(row)d was taken for the header.") % {"row": table.header_row}
                if found
                else ""
            )
        )


def _concerned(row: TableRow, places: Mapping[str, int]) -> bool:
    """Rows that hold nothing in our columns, such as notes at the end, are none of ours."""
    return any(cells.as_text(row.cells[place]) for place in places.values())


def _is_example(spec: SheetSpec, row: TableRow, places: Mapping[str, int]) -> bool:
    """The example of our template, left standing."""
    examples = {column.key: column.example for column in spec.columns if column.key in places}
    return any(examples.values()) and all(
        cells.as_text(row.cells[places[key]]) == example for key, example in examples.items()
    )


def _warnings(ignored: Sequence[str], examples: int) -> Iterable[str]:
    if ignored:
        yield _("Not taken over, because the system does not know them: %(names)s.") % {
            "names": join_cn(f"“{title}”" for title in ignored)
        }
    if examples:
        yield _("The example row of the template was left out.")


class _RowCollector:
    """Collects sound rows and errors."""

    def __init__(
        self,
        spec: SheetSpec,
        header: Sequence[str],
        places: Mapping[str, int],
        check_row: CheckRow | None,
        checks_bad_rows: bool,
    ) -> None:
        self.columns = {column.key: column for column in spec.columns}
        self.header = header
        self.places = places
        self.check_row = check_row
        self.checks_bad_rows = checks_bad_rows
        self.rows: list[ValidRow] = []
        self.errors: list[RowError] = []
        self.seen: dict[tuple[str, object], int] = {}

    def take(self, row: TableRow) -> None:
        before = len(self.errors)
        values = {key: self._value(column, row) for key, column in self.columns.items()}
        bad = {key for key in values if values[key] is BAD}
        if self.check_row and (not bad or self.checks_bad_rows):
            for key, reason in self.check_row(
                {key: value for key, value in values.items() if key not in bad}
            ):
                self._blame(row, key, reason)
        if len(self.errors) == before:
            self.rows.append(ValidRow(row.number, values))

    def _value(self, column: ImportColumn, row: TableRow) -> Any:
        try:
            value = read_cell(
                column, self._cell(column.key, row), suggest=len(self.errors) < SUGGESTIONS
            )
            if column.unique:
                self._refuse_twice(column, value, row)
        except cells.BadCell as bad:
            self._blame(row, column.key, str(bad))
            return BAD
        return value

    def _cell(self, key: str, row: TableRow) -> Cell:
        return row.cells[self.places[key]] if key in self.places else None

    def _refuse_twice(self, column: ImportColumn, value: object, row: TableRow) -> None:
        if value in (None, "", []):
            return
        first = self.seen.setdefault((column.key, str(value)), row.number)
        if first != row.number:
            raise cells.BadCell(
                _("“%(value)s” stands in row %(row)d already")
                % {"value": cells.as_text(self._cell(column.key, row)), "row": first}
            )

    def _blame(self, row: TableRow, key: str, reason: str) -> None:
        title = self.header[self.places[key]] if key in self.places else self.columns[key].title
        self.errors.append(RowError(row.number, title, cells.as_text(self._cell(key, row)), reason))


def read_cell(column: ImportColumn, cell: Cell, *, suggest: bool = True) -> Any:
    """The value of a cell; of an empty one `None`, or "" for text and [] for lists."""
    if not cells.as_text(cell):
        if column.required:
            raise cells.BadCell(_("must not be empty"))
        return {"text": "", "list": []}.get(column.kind)
    value = _read(column, cell, suggest)
    if column.max_length and isinstance(value, str) and len(value) > column.max_length:
        raise cells.BadCell(
            _("has %(length)d characters; at most %(limit)d are allowed")
            % {"length": len(value), "limit": column.max_length}
        )
    return column.parse(value) if column.parse else value


def _read(column: ImportColumn, cell: Cell, suggest: bool) -> Any:
    match column.kind:
        case "integer":
            return cells.integer(cell)
        case "date":
            return cells.day(cell)
        case "boolean":
            return cells.boolean(cell)
        case "phone":
            return cells.phone(cell)
        case "choice":
            return cells.choice(cell, column.choice_map, column.title, suggest=suggest)
        case "list":
            parts = cells.items(cell)
            if not column.choices:
                return parts
            return cells.chosen(parts, column.choice_map, column.title, suggest=suggest)
    return cells.text(cell)

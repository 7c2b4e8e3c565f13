"""Readers of the parameters' schema: what a field is called, of which kind it is, and how its value
reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.punctuation import bracketed, clauses, colon, join_cn

FieldKind = Literal["number", "share", "yes_no", "choice", "text", "group", "lines", "table"]


@dataclass(frozen=True)
class SchemaField:
    """One field of a schema, read once: `kind` decides how it is shown and edited."""

    name: str
    title: Words
    kind: FieldKind
    unit: str = ""
    choices: Mapping[str, Words] | None = None
    model: type[BaseModel] | None = None
    is_key: bool = False
    low: float | None = None
    high: float | None = None
    shortest: int | None = None
    longest: int | None = None
    is_pattern: bool = False

    @property
    def is_needed(self) -> bool:
        """What stands there may not be left empty; a choice never is."""
        return self.kind in ("number", "share") or self.is_pattern or bool(self.shortest)

    def exactly(self, value: Any) -> str:
        """So that two different values never read alike."""
        words = self.words(value)
        return f"{value}{bracketed(words)}" if self.is_pattern and words else words

    def words(self, value: Any) -> str:
        """The value as a person reads it: 5 个工作日, 15%, 是."""
        if value is None or value == "":
            return ""
        if self.kind == "yes_no":
            return _("yes") if value else _("no")
        if self.kind == "choice":
            return str((self.choices or {}).get(value, value))
        if isinstance(value, list | tuple | Mapping):
            return plain(value)
        if self.is_pattern:
            return _("for instance %(number)s") % {"number": example(str(value))}
        if self.kind == "share":
            return f"{round(float(value) * 100, 4):g}%"
        return counted(int(value), self.unit) if self.kind == "number" and self.unit else str(value)


def example(pattern: str) -> str:
    """A number as the pattern makes it."""
    from yizheng.core.numbering import compose  # this file is read before there are tables

    values = {"term": 9, "session": 3, "unit": _("(unit)"), "year": clock.today().year}
    return compose(pattern, 1, **values)


def counted(n: int, unit: str) -> str:
    words = {
        "working_days": lambda: ngettext("%(n)s working day", "%(n)s working days", n),
        "days": lambda: ngettext("%(n)s calendar day", "%(n)s calendar days", n),
        "months": lambda: ngettext("%(n)s month", "%(n)s months", n),
        "times": lambda: ngettext("%(n)s time", "%(n)s times", n),
        "items": lambda: ngettext("%(n)s item", "%(n)s items", n),
    }
    return words[unit]() % {"n": n}


def plain(value: Any) -> str:
    """A value of which no schema says any more what it is, in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return str(value.get("label") or _enumerated(value.values()))
    if isinstance(value, list | tuple):
        return _enumerated(value)
    return str(value)


def _enumerated(values: Iterable[Any]) -> str:
    return join_cn(filter(None, map(plain, values)))


def unit_words(item: SchemaField) -> str:
    """The unit alone, beside an input."""
    units = {
        "working_days": pgettext("unit", "working days"),
        "days": pgettext("unit", "calendar days"),
        "months": pgettext("unit", "months"),
        "times": pgettext("unit", "times"),
        "items": pgettext("unit", "items"),
        "percent": "%",
    }
    return units.get(item.unit, "")


def items(schema: type[BaseModel]) -> list[SchemaField]:
    return [_item(name, info) for name, info in schema.model_fields.items()]


def _is_pattern(info: FieldInfo) -> bool:
    from .field_types import checked_pattern  # see `example`

    return any(getattr(each, "func", None) is checked_pattern for each in info.metadata)


def _item(name: str, info: FieldInfo) -> SchemaField:
    extra: Mapping[str, Any] = (
        info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    )
    title: Any = info.title or _inner_title(info) or name
    inner = _item_type(info.annotation)
    kind = _kind(info.annotation, extra)
    return SchemaField(
        name,
        title,
        kind,
        unit=str(extra.get("unit", "")),
        choices=_choices(info, extra),
        model=inner,
        is_key=bool(extra.get("key")),
        low=_bound(info, "ge", "gt"),
        high=_bound(info, "le", "lt"),
        shortest=_bound(info, "min_length"),
        longest=_bound(info, "max_length"),
        is_pattern=_is_pattern(info),
    )


def _inner_title(info: FieldInfo) -> Any:
    return next(
        (each.title for each in info.metadata if isinstance(each, FieldInfo) and each.title), None
    )


def _item_type(annotation: Any) -> type[BaseModel] | None:
    """The model of a group, or of the rows of a table."""
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return None


def _kind(annotation: Any, extra: Mapping[str, Any]) -> FieldKind:
    if get_origin(annotation) is tuple:
        return "table" if _item_type(annotation) else "lines"
    if get_origin(annotation) is Literal:
        return "choice"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "group"
    if annotation is bool:
        return "yes_no"
    if extra.get("unit") == "percent":
        return "share"
    return "number" if annotation in (int, float) else "text"


def _choices(info: FieldInfo, extra: Mapping[str, Any]) -> Mapping[str, Words] | None:
    if get_origin(info.annotation) is not Literal:
        return None
    words: Mapping[str, Words] = extra.get("choices", {})
    return {
        value: words.get(value, "—" if value == "" else value)
        for value in get_args(info.annotation)
    }


def _bound(info: FieldInfo, *names: str) -> Any:
    for constraint in info.metadata:
        for name in names:
            if (value := getattr(constraint, name, None)) is not None:
                return value
    return None


# A document ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DocumentLine:
    title: Words
    text: str


@dataclass(frozen=True)
class DocumentPart:
    """A section of the document: lines under a heading, a list of words, or a table."""

    title: Words
    lines: tuple[DocumentLine, ...] = ()
    words: tuple[str, ...] = ()
    columns: tuple[Words, ...] = ()
    rows: tuple[tuple[str | list[str], ...], ...] = ()


def document(schema: type[BaseModel], parameters: Mapping[str, Any]) -> list[DocumentPart]:
    """The parameters as people read them: single values first, then section by section."""
    loose = tuple(
        DocumentLine(i.title, i.words(parameters.get(i.name)))
        for i in items(schema)
        if i.kind not in ("group", "lines", "table")
    )
    parts = [
        _part(item, parameters.get(item.name))
        for item in items(schema)
        if item.kind in ("group", "lines", "table")
    ]
    return [*parts, *([DocumentPart(_("General"), lines=loose)] if loose else [])]


def _part(item: SchemaField, value: Any) -> DocumentPart:
    if item.kind == "lines":
        return DocumentPart(item.title, words=tuple(value or ()))
    assert item.model is not None
    inner = items(item.model)
    if item.kind == "group":
        return DocumentPart(
            item.title,
            lines=tuple(
                DocumentLine(i.title, _joined(_cell(i, (value or {}).get(i.name)))) for i in inner
            ),
        )
    shown = [i for i in inner if not i.is_key]
    return DocumentPart(
        item.title,
        columns=tuple(i.title for i in shown),
        rows=tuple(tuple(_cell(i, row.get(i.name)) for i in shown) for row in value or ()),
    )


def _cell(item: SchemaField, value: Any) -> str | list[str]:
    if item.kind == "lines":
        return [str(line) for line in value or ()]
    if item.kind == "table" and item.model:
        return [row_words(item.model, row) for row in value or ()]
    if item.kind == "group" and item.model:
        return row_words(item.model, value or {})
    return item.words(value)


def _joined(cell: str | list[str]) -> str:
    return cell if isinstance(cell, str) else _enumerated(cell)


def row_words(model: type[BaseModel], row: Mapping[str, Any]) -> str:
    """A short row in one line: the first words, and the rest in brackets."""
    shown = [i for i in items(model) if not i.is_key]
    first, *rest = [text for i in shown if (text := i.words(row.get(i.name)))] or [""]
    notes = [colon(i.title, i.words(row.get(i.name))) for i in shown[1:] if row.get(i.name)]
    return first + bracketed(rest and clauses(notes))


# Two versions -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ParameterChange:
    """`before` empty: new; `after` empty: gone."""

    place: str
    before: str
    after: str


def changes(
    schema: type[BaseModel], old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[ParameterChange]:
    """What changed from one version to the other, in words."""
    before, after = dict(_facts(schema, old)), dict(_facts(schema, new))
    keys = list(dict.fromkeys([*before, *after]))
    empty = ("", "")
    return [
        ParameterChange(
            (after.get(key) or before[key])[0], before.get(key, empty)[1], after.get(key, empty)[1]
        )
        for key in keys
        if before.get(key, empty)[1] != after.get(key, empty)[1]
    ]


def _facts(
    schema: type[BaseModel], parameters: Mapping[str, Any], key: str = "", place: str = ""
) -> Iterator[tuple[str, tuple[str, str]]]:
    """(key, (place, text)): rows of tables are told apart by their key, not by where they stand."""
    for item in items(schema):
        here, where = f"{key}/{item.name}", f"{place}{item.title}"
        value = parameters.get(item.name)
        if item.kind == "group" and item.model:
            yield from _facts(item.model, value or {}, here, f"{where} › ")
        elif item.kind == "lines":
            yield from ((f"{here}/{line}", (where, line)) for line in value or ())
        elif item.kind == "table" and item.model:
            for row in value or ():
                yield from _row_facts(item.model, row, here, where)
        elif not item.is_key:
            yield here, (where, item.exactly(value))


def _row_facts(
    model: type[BaseModel], row: Mapping[str, Any], key: str, place: str
) -> Iterator[tuple[str, tuple[str, str]]]:
    name = str(row.get("label") or row.get("code") or "")
    yield from _facts(model, row, f"{key}/{row.get('code', name)}", f"{place} › “{name}” › ")

"""The editing form of a regulation, made from its schema: inputs by kind, tables as rows that can
be added and removed.

Names of inputs are paths (`deadlines.hand_back_days`). Columns of a table share one name each and
are zipped by position, so that every row sends every column (choices rather than ticks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel
from pypinyin import lazy_pinyin

from yizheng.core.fields import DayField

from .models import LONGEST_MEETING
from .problems import Problem
from .schema import SchemaField, items, unit_words

SEPARATOR = "｜"


@dataclass
class Input:
    """One control: `text` is what stands in it."""

    name: str
    item: SchemaField
    text: str = ""
    problems: list[Problem] = field(default_factory=list)
    row: int | None = None
    """Of a table: which of its rows it stands in, where something is wrong there."""

    @property
    def errors(self) -> list[str]:
        return [problem.alone for problem in self.problems]

    @property
    def id(self) -> str:
        place = "" if self.row is None else f"-{self.row}"
        return "id-" + self.name.replace(".", "-") + place

    @property
    def unit(self) -> str:
        return unit_words(self.item)

    @property
    def scale(self) -> int:
        """A share is typed as a percentage."""
        return 100 if self.item.kind == "share" else 1

    @property
    def columns(self) -> str:
        """What stands in a line of it, part by part."""
        return (
            SEPARATOR.join(str(i.title) for i in items(self.item.model) if not i.is_key)
            if self.item.model
            else ""
        )

    @property
    def options(self) -> list[tuple[str, Any]]:
        if self.item.kind == "yes_no":
            return [("true", _("yes")), ("false", _("no"))]
        return list((self.item.choices or {}).items())


@dataclass
class Section:
    """Fields of a group, or a table: its rows and an empty one to add."""

    item: SchemaField | None
    inputs: list[Input] = field(default_factory=list)
    rows: list[list[Input]] = field(default_factory=list)
    blank: list[Input] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def sections(
    schema: type[BaseModel], parameters: Mapping[str, Any], problems: Sequence[Problem] = ()
) -> list[Section]:
    """The form with the parameters in it and each problem at its field."""
    single, made = Section(None), []
    for item in items(schema):
        value = parameters.get(item.name)
        if item.kind == "group" and item.model:
            inputs = [
                _input(i, f"{item.name}.{i.name}", (value or {}).get(i.name))
                for i in items(item.model)
            ]
            made.append(Section(item, inputs=inputs))
        elif item.kind in ("table", "lines"):
            made.append(_table(item, value or ()))
        else:
            single.inputs.append(_input(item, item.name, value))
    every = [*made, single] if single.inputs else made
    for problem in problems:
        _lay(problem, every)
    return every


def led_to(problems: Sequence[Problem], every: Sequence[Section]) -> list[tuple[Problem, str]]:
    """Each problem with the field it stands at, for the summary; "" where it has none."""
    inputs = [
        each
        for section in every
        for each in (*section.inputs, *(cell for row in section.rows for cell in row))
    ]
    at = {id(problem): each.id for each in inputs for problem in each.problems}
    return [(problem, at.get(id(problem), "")) for problem in problems]


def _table(item: SchemaField, value: Sequence[Any]) -> Section:
    def row(content: Any) -> list[Input]:
        if item.model is None:
            return [_input(item, item.name, content)]
        return [
            _input(i, f"{item.name}.{i.name}", (content or {}).get(i.name))
            for i in items(item.model)
        ]

    return Section(item, rows=[row(content) for content in value], blank=row(None))


def _input(item: SchemaField, name: str, value: Any) -> Input:
    if item.kind == "table" and item.model:
        lines = [
            _line(item.model, row) if isinstance(row, Mapping) else str(row) for row in value or ()
        ]
        return Input(name, item, "\n".join(lines))
    if item.kind == "yes_no":
        return Input(name, item, "true" if value is True or value == "true" else "false")
    if item.kind == "share" and isinstance(value, int | float):
        return Input(name, item, f"{round(value * 100, 4):g}")
    return Input(name, item, "" if value is None else str(value))


def _line(model: type[BaseModel], row: Mapping[str, Any]) -> str:
    """An empty part keeps its place, unless nothing follows it."""
    shown = [i for i in items(model) if not i.is_key]
    cells = [
        str(row.get(i.name) or "") if i.is_pattern else i.words(row.get(i.name)) for i in shown
    ]
    return SEPARATOR.join(cells).rstrip(SEPARATOR)


def _lay(problem: Problem, every: list[Section]) -> None:
    """Put a problem where its place is; what has no place stands above all."""
    head, *rest = [*problem.loc, None]
    for section in every:
        if section.item is None:
            found = [i for i in section.inputs if i.item.name == head]
        elif section.item.name != head:
            continue
        elif section.rows and isinstance(rest[0], int) and rest[0] < len(section.rows):
            row = section.rows[rest[0]]
            for each in row:
                each.row = rest[0]
            found = [i for i in row if section.item.model is None or i.item.name == rest[1]] or row[
                :1
            ]
        else:
            found = [i for i in section.inputs if i.item.name == rest[0]]
        if found:
            found[0].problems.append(problem)
            return
        if section.item is not None:
            section.errors.append(problem.alone)
            return


# Reading what was typed ---------------------------------------------------------------------------


def typed(schema: type[BaseModel], data: QueryDict, known: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as typed, still to be checked.

    `known`: the version edited, whose keys keep their meaning.
    """
    return {
        item.name: _typed(item, item.name, data, known.get(item.name)) for item in items(schema)
    }


def _typed(item: SchemaField, name: str, data: QueryDict, known: Any) -> Any:
    if item.kind == "group" and item.model:
        return {
            i.name: _typed_in_group(i, f"{name}.{i.name}", data, (known or {}).get(i.name))
            for i in items(item.model)
        }
    if item.kind == "lines":
        return [line.strip() for line in data.getlist(name) if line.strip()]
    if item.kind == "table" and item.model:
        return _typed_rows(item.model, name, data, known or [])
    return _value(item, data.get(name, ""))


def _typed_in_group(item: SchemaField, name: str, data: QueryDict, known: Any) -> Any:
    """A table inside a group is typed one row a line."""
    if item.kind == "table" and item.model:
        return _typed_lines(item.model, data.get(name, ""), known or [])
    return _typed(item, name, data, known)


def _value(item: SchemaField, text: str) -> Any:
    text = text.strip()
    if item.kind == "share":
        return round(float(text) / 100, 6) if re.fullmatch(r"\d+(\.\d+)?", text) else text or None
    if item.kind in ("number", "yes_no"):
        return text or None
    return text


def _typed_rows(
    model: type[BaseModel], name: str, data: QueryDict, known: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    columns = items(model)
    lists = {i.name: data.getlist(f"{name}.{i.name}") for i in columns}
    rows: list[dict[str, Any]] = []
    for n in range(max(map(len, lists.values()), default=0)):
        texts = {column: texts[n] if n < len(texts) else "" for column, texts in lists.items()}
        if not any(
            texts[i.name].strip() for i in columns if i.kind in ("text", "table") and not i.is_key
        ):
            continue
        before = next(
            (row for row in known if texts.get("code") and row.get("code") == texts["code"]), {}
        )
        rows.append(
            _typed_row(columns, texts, before, [row["code"] for row in rows if "code" in row])
        )
    return rows


def _typed_row(
    columns: list[SchemaField],
    texts: Mapping[str, str],
    before: Mapping[str, Any],
    taken: list[str],
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for item in columns:
        text = texts[item.name]
        if item.is_key:
            row[item.name] = text.strip() or _key(texts.get("label", ""), taken)
        elif item.kind == "table" and item.model:
            row[item.name] = _typed_lines(item.model, text, before.get(item.name) or [])
        else:
            row[item.name] = _value(item, text)
    return row


def _typed_lines(
    model: type[BaseModel], text: str, known: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """One short row a line, its parts set apart by a bar; a row that keeps its label
    keeps its key.
    """
    columns = items(model)
    shown = [i for i in columns if not i.is_key]
    rows: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [part.strip() for part in re.split(r"[｜|]", line)]
        row = {i.name: _chosen(i, part) for i, part in zip(shown, parts, strict=False)}
        for item in columns:
            if item.is_key:
                old = next((k[item.name] for k in known if k.get("label") == row.get("label")), "")
                row[item.name] = old or _key(
                    str(row.get("label", "")), [r[item.name] for r in rows]
                )
        rows.append(row)
    return rows


def _chosen(item: SchemaField, words: str) -> str:
    """A choice is typed by its words, yes and no too."""
    choices: Mapping[str, Any] = (
        {"true": _("yes"), "false": _("no")} if item.kind == "yes_no" else item.choices or {}
    )
    return next((value for value, label in choices.items() if words in (str(label), value)), words)


def _key(label: str, taken: Sequence[str]) -> str:
    """A key for a new row from its label: 超出职权 → chaochu_zhiquan…; a number keeps it apart from
    others.
    """
    spelled = "_".join(lazy_pinyin(label))
    base = re.sub(r"[^a-z0-9]+", "_", spelled.lower()).strip("_")[:40].strip("_")
    base = base if base[:1].isalpha() else f"r_{base}".strip("_")
    return next(
        key for n in range(1, 1000) if (key := base if n == 1 else f"{base}_{n}") not in taken
    )


# Adopting -----------------------------------------------------------------------------------------


class AdoptForm(forms.Form):
    meeting = forms.CharField(label=_("Adopted by which meeting"), max_length=LONGEST_MEETING)
    on = DayField(label=_("Day of the meeting"))
    in_force_from = DayField(
        label=_("In force from"),
        help_text=_("What was decided before this day stays as it was decided."),
    )

"""Reads the files of `texts/` into the shapes that the modules beside this one declare.

A shape is a frozen dataclass or a NamedTuple; what must fit together in a dataclass its
`__post_init__` says with a ValueError. What does not fit is told with file, line and place, so that
whoever edits the texts finds it.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import click

TEXTS = Path(__file__).resolve().parent.parent / "texts"
Shape = TypeVar("Shape")
Where = tuple[str | int, ...]
"""Keys, and places in lists, on the way from the top of a file to a value."""
FaultOf = Callable[[Any], str]
"""Says what is wrong with a value; nothing when it is right. Stands in Annotated[…]."""


class UnreadableTexts(click.ClickException):
    """One of the texts is not as it must be. The command line shows what it says, and no more."""


def read(file: str, shape: type[Shape], folder: Path = TEXTS) -> Shape:
    """The whole of a file, or UnreadableTexts."""
    try:
        text = (folder / file).read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableTexts(f"{file}: {error}") from error
    found: Shape = _Reader(file, text).table(shape, given, ())
    return found


def one_of(what: str, known: Collection[str]) -> FaultOf:
    """The value must be one of these."""

    def fault(value: Any) -> str:
        return "" if value in known else f"there is no {what} “{value}”"

    return fault


def at_least(count: int) -> FaultOf:
    """The list must have so many entries, because so many are drawn from it."""

    def fault(value: Any) -> str:
        return "" if len(value) >= count else f"at least {count} are needed"

    return fault


class _Reader:
    def __init__(self, file: str, text: str) -> None:
        self.file, self.lines = file, text.splitlines()

    def value(self, kind: Any, given: Any, where: Where) -> Any:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            value = self.value(arguments[0], given, where)
            for fault in arguments[1:]:
                if complaint := fault(value):
                    raise self.wrong(where, complaint)
            return value
        if origin in (Union, UnionType):  # what may be missing: when it stands there, it is that
            return self.value(arguments[0], given, where)
        if origin is Literal:
            return self.literal(arguments, given, where)
        if origin is tuple:
            return self.row(arguments, given, where)
        if origin is dict:
            self.expect(dict, given, where)
            return {
                key: self.value(arguments[1], each, (*where, key)) for key, each in given.items()
            }
        if kind in (str, int, bool):
            self.expect(kind, given, where)
            return given
        return self.table(kind, given, where)

    def literal(self, known: tuple[Any, ...], given: Any, where: Where) -> Any:
        if given not in known:
            raise self.wrong(where, f"“{given}” is none of {', '.join(map(str, known))}")
        return given

    def row(self, kinds: tuple[Any, ...], given: Any, where: Where) -> tuple[Any, ...]:
        self.expect(list, given, where)
        endless = kinds[-1] is Ellipsis
        if endless and not given:
            raise self.wrong(where, "the list is empty")
        if not endless and len(given) != len(kinds):
            raise self.wrong(where, f"{len(kinds)} values belong here, not {len(given)}")
        wanted = kinds[:1] * len(given) if endless else kinds
        return tuple(
            self.value(kind, each, (*where, place))
            for place, (kind, each) in enumerate(zip(wanted, given, strict=True))
        )

    def table(self, shape: Any, given: Any, where: Where) -> Any:
        self.expect(dict, given, where)
        kinds = get_type_hints(shape, include_extras=True)
        for key in given:
            if key not in kinds:
                raise self.wrong(
                    (*where, key), f"nothing of that name belongs here ({', '.join(kinds)})"
                )
        if missing := [key for key in kinds if key not in given and key not in _optional(shape)]:
            raise self.wrong(where, f"{', '.join(missing)} is missing")
        values = {key: self.value(kinds[key], given[key], (*where, key)) for key in given}
        try:
            return shape(**values)
        except ValueError as error:  # from the shape, which knows what fits together
            raise self.wrong(where, str(error)) from error

    def expect(self, kind: type, given: Any, where: Where) -> None:
        if type(given) is not kind:  # true is no number here
            raise self.wrong(where, f"{NAMES[kind]} belongs here")

    def wrong(self, where: Where, complaint: str) -> UnreadableTexts:
        place = " › ".join(str(each + 1) if isinstance(each, int) else each for each in where)
        return UnreadableTexts(
            f"{self.file}, line {self.line_of(where)}{f' ({place})' if place else ''}: {complaint}."
        )

    def line_of(self, where: Where) -> int:
        """Where the place, or the table that should hold it, begins; files are written with a
        header for each table, and each value of a long list on a line of its own.
        """
        at, names = 0, tuple[str, ...]()
        for step in where:
            if isinstance(step, str):
                names = (*names, step)
                at = self._after(at, f"[{'.'.join(names)}]", re.compile(rf"{re.escape(step)}\s*="))
            elif heads := self._heads(at, names):
                at = heads[min(step, len(heads) - 1)]
            elif self.lines[at].endswith("["):
                at += 1 + step
        return at + 1

    def _after(self, at: int, head: str, begins: re.Pattern[str]) -> int:
        for place in range(at, len(self.lines)):
            if begins.match(self.lines[place]):
                return place
            if place > at and self.lines[place].startswith("["):
                break
        return self.lines.index(head, at) if head in self.lines[at:] else at

    def _heads(self, at: int, names: tuple[str, ...]) -> list[int]:
        head = f"[[{'.'.join(names)}]]"
        return [place for place, line in enumerate(self.lines) if place >= at and line == head]


NAMES: Mapping[type, str] = {
    str: "a text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    list: "a list in square brackets",
    dict: "a table",
}


def _optional(shape: Any) -> Collection[str]:
    if not dataclasses.is_dataclass(shape):
        return tuple(shape._field_defaults)
    return [
        field.name
        for field in dataclasses.fields(shape)
        if field.default is not dataclasses.MISSING
        or field.default_factory is not dataclasses.MISSING
    ]

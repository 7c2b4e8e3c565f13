"""Problems of parameters, in words, at the place where each is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ValidationError

from yizheng.core.punctuation import colon
from yizheng.core.refusals import BadInput

from .schema import SchemaField, items

Loc = tuple[int | str, ...]

SENTENCES: Mapping[str, Any] = {
    "greater_than_equal": gettext_lazy("must be at least %(ge)s"),
    "greater_than": gettext_lazy("must be more than %(gt)s"),
    "less_than_equal": gettext_lazy("must be at most %(le)s"),
    "less_than": gettext_lazy("must be less than %(lt)s"),
    "string_too_short": gettext_lazy("must have at least %(min_length)s characters"),
    "string_too_long": gettext_lazy("must have at most %(max_length)s characters"),
    "too_short": gettext_lazy("must have at least %(min_length)s rows, has %(actual_length)s"),
    "too_long": gettext_lazy("must have at most %(max_length)s rows, has %(actual_length)s"),
    "missing": gettext_lazy("is missing"),
    "extra_forbidden": gettext_lazy("is not known here"),
    "literal_error": gettext_lazy("is not one of the choices"),
    "enum": gettext_lazy("is not one of the choices"),
    "string_pattern_mismatch": gettext_lazy(
        "may hold only small letters, digits and _, beginning with a letter"
    ),
    "int_from_float": gettext_lazy("must be a whole number"),
    "int_parsing": gettext_lazy("must be a whole number"),
    "int_type": gettext_lazy("must be a whole number"),
    "float_parsing": gettext_lazy("must be a number"),
    "float_type": gettext_lazy("must be a number"),
    "finite_number": gettext_lazy("must be a number"),
    "bool_parsing": gettext_lazy("must be yes or no"),
    "bool_type": gettext_lazy("must be yes or no"),
    "string_type": gettext_lazy("must be text"),
    "tuple_type": gettext_lazy("must be a list"),
    "list_type": gettext_lazy("must be a list"),
    "model_type": gettext_lazy("must be a group of fields"),
    "model_attributes_type": gettext_lazy("must be a group of fields"),
    "dict_type": gettext_lazy("must be a group of fields"),
}


@dataclass(frozen=True)
class Problem:
    loc: Loc
    place: str
    sentence: str
    line: int | None = None

    @property
    def alone(self) -> str:
        """Where its place is seen: the sentence, with its full stop."""
        bare = self.sentence.rstrip(".。")
        return _("%(sentence)s.") % {"sentence": bare}

    def __str__(self) -> str:
        said = colon(self.place, self.alone) if self.place else self.alone
        return (
            _("Line %(line)s, %(said)s") % {"line": self.line, "said": said} if self.line else said
        )


class BadParameters(BadInput):
    """Parameters that cannot be adopted; `problems` says each place."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(str(problem) for problem in problems[:5]))


def problems_of(
    schema: type[BaseModel], error: ValidationError, lines: Mapping[Loc, int] | None = None
) -> list[Problem]:
    found = []
    for each in error.errors(include_url=False):
        loc = each["loc"]
        found.append(Problem(loc, place(schema, loc), sentence_of(each), line_of(loc, lines or {})))
    return found


def line_of(loc: Loc, lines: Mapping[Loc, int]) -> int | None:
    """Where it stands in a file, or what it would stand in."""
    return next((lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in lines), None)


def sentence_of(error: Any) -> str:
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] in ("value_error", "assertion_error"):
        return str(context.get("error", error["msg"])).rstrip(".。")
    words = SENTENCES.get(error["type"])
    return (
        str(words) % context
        if words
        else _("cannot be read (%(reason)s)") % {"reason": error["msg"]}
    )


def place(schema: type[BaseModel], loc: Loc) -> str:
    """("deadlines", "hand_back_days") → 时限 › 退办."""
    return " › ".join(_names(schema, loc))


def _names(schema: type[BaseModel] | None, loc: Loc) -> Iterator[str]:
    item: SchemaField | None = None
    for part in loc:
        if isinstance(part, int):
            yield _("row %(n)s") % {"n": part + 1}
            continue
        item = next((i for i in items(schema) if i.name == part), None) if schema else None
        yield str(item.title) if item else part
        schema = item.model if item else None


# Files --------------------------------------------------------------------------------------------


def read_json(content: bytes) -> tuple[Any, dict[Loc, int]]:
    """The value in a JSON file, and on which line each part of it stands.

    Raises BadParameters with line and column.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadParameters(
            [Problem((), "", _("The file is not UTF-8 text; save it as UTF-8."), line)]
        ) from error
    try:
        return json.loads(text), dict(_Positions(text).value((), 0))
    except json.JSONDecodeError as error:
        sentence = _(
            "column %(column)s: this is not JSON (a comma, bracket or quotation mark may be "
            "missing)."
        ) % {"column": error.colno}
        raise BadParameters([Problem((), "", sentence, error.lineno)]) from error
    except RecursionError as error:
        raise BadParameters([Problem((), "", _("The file is nested too deeply."))]) from error
    except ValueError as error:  # digits without end
        raise BadParameters([Problem((), "", _("A number in the file is too large."))]) from error


class _Positions:
    """Walks JSON that is known to be well-formed, only to see on which line what stands."""

    _space = re.compile(r"[\s,:]*")

    def __init__(self, text: str) -> None:
        self.text, self.decoder, self.end = text, json.JSONDecoder(), 0

    def value(self, loc: Loc, start: int) -> Iterator[tuple[Loc, int]]:
        """Yields (place, line) of the value and of what is in it; `self.end` is where it ended."""
        start = self._skip(start)
        yield loc, self.text.count("\n", 0, start) + 1
        if self.text[start] == "{":
            yield from self._members(loc, start + 1, named=True)
        elif self.text[start] == "[":
            yield from self._members(loc, start + 1, named=False)
        else:
            _value, self.end = self.decoder.raw_decode(self.text, start)

    def _members(self, loc: Loc, start: int, *, named: bool) -> Iterator[tuple[Loc, int]]:
        count, self.end = 0, self._skip(start)
        while self.text[self.end] not in "}]":
            name: int | str = count
            if named:
                name, self.end = self.decoder.raw_decode(self.text, self.end)
            yield from self.value((*loc, name), self.end)
            count, self.end = count + 1, self._skip(self.end)
        self.end += 1

    def _skip(self, start: int) -> int:
        match = self._space.match(self.text, start)
        return match.end() if match else start

"""Stored versions of regulations, read by today's schema, whatever schema version they were written
in.

A text is fitted to the record of its own schema version (what is missing is what was usual then,
what no schema knows is left out, and both are told), carried to today's by the upgrades, and read
by its types alone: limits are for what is written today, and what was adopted says what it said.
What cannot be read is a refusal that names regulation and version.
"""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Annotated, Any, get_args, get_origin

from django.utils.translation import gettext as _
from pydantic import BaseModel, TypeAdapter, ValidationError

from yizheng.core.refusals import Refusal

from .problems import SENTENCES, Loc, Problem, place, sentence_of
from .schema import plain
from .subjects import Fields, Subject

logger = logging.getLogger(__name__)
Found = list[tuple[Loc, Any]]
"""Places of a text, and what stands there."""


class NoRegulation(Refusal):
    """No version of a regulation is in force on the day asked for."""


class UnreadableRegulation(NoRegulation):
    """The version in force can neither be read nor upgraded."""


@dataclass
class FittedParameters:
    """A text brought to the fields a schema version has, and what was done to it."""

    parameters: dict[str, Any]
    unused: Found = field(default_factory=list)
    filled: Found = field(default_factory=list)


@dataclass(frozen=True)
class VersionReading:
    """What a version says: its rules, and the same in today's form as it would be stored."""

    rules: BaseModel
    parameters: Mapping[str, Any]
    left_out: Found
    put_in: Found

    @property
    def unused(self) -> list[tuple[str, str]]:
        """What it says and nothing is done with any more: where, and what."""
        return placed(type(self.rules), self.left_out)

    @property
    def filled(self) -> list[tuple[str, str]]:
        """What it does not say, and what was usual when it was written."""
        return placed(type(self.rules), self.put_in)


class UnreadableVersion(Exception):
    """With the reason, for the sentence that names the regulation."""


@lru_cache(maxsize=256)
def read(subject: Subject, number: int, written: int, text: str) -> VersionReading:
    """Version `number` of a regulation, written in schema version `written`, its parameters as
    JSON. Raises UnreadableRegulation.

    Kept by all it depends on: the subject as it is registered, with its schema and upgrades, and
    the text itself.
    """
    try:
        own = fitted(subject, written, json.loads(text))
        today = carried(subject, written, own.parameters)
        rules = _object(subject.schema, subject.schema, today.parameters, ())
    except UnreadableVersion as error:
        raise UnreadableRegulation(
            _(
                "“%(title)s”, version %(number)s, cannot be read any more: %(reason)s. "
                "Adopt a new version under Regulations."
            )
            % {"title": subject.title, "number": number, "reason": error}
        ) from error
    return VersionReading(
        rules, rules.model_dump(mode="json"), [*own.unused, *today.unused], own.filled
    )


def placed(schema: type[BaseModel], found: Found) -> list[tuple[str, str]]:
    """In the words of whoever reads."""
    return [(place(schema, loc), plain(value)) for loc, value in found]


# To its own schema version, and from there to today's ---------------------------------------------


def fitted(subject: Subject, written: int, parameters: object) -> FittedParameters:
    """The text as the record of its own schema version has it."""
    if written > subject.version:
        raise UnreadableVersion(_("it was written for a newer platform"))
    if not isinstance(parameters, Mapping):
        raise UnreadableVersion(SENTENCES["model_type"])
    found = FittedParameters({})
    found.parameters = _fit(subject.fields_of(written), parameters, (), found)
    return found


def _fit(
    fields: Fields | None,
    given: Mapping[str, Any],
    loc: Loc,
    found: FittedParameters,
    *,
    fills: bool = True,
) -> dict[str, Any]:
    if fields is None:
        return dict(given)
    found.unused += [((*loc, name), value) for name, value in given.items() if name not in fields]
    kept = {
        name: _fit_value(one, given[name], (*loc, name), found, fills)
        for name, one in fields.items()
        if name in given
    }
    missing = (
        {
            name: one["default"]
            for name, one in fields.items()
            if name not in given and "default" in one
        }
        if fills
        else {}
    )
    found.filled += [((*loc, name), value) for name, value in missing.items()]
    return {**kept, **copy.deepcopy(missing)}


def _fit_value(
    one: Mapping[str, Any], value: Any, loc: Loc, found: FittedParameters, fills: bool
) -> Any:
    if "fields" in one and isinstance(value, Mapping):
        return _fit(one["fields"], value, loc, found, fills=fills)
    if "rows" in one and isinstance(value, list):
        return [
            _fit_value(one["rows"], row, (*loc, n), found, fills) for n, row in enumerate(value)
        ]
    return value


def carried(subject: Subject, written: int, parameters: Mapping[str, Any]) -> FittedParameters:
    """The text in today's schema version, step by step; what the upgrades left behind is told.

    Nothing is filled here: today's defaults were adopted by nobody.
    """
    walked = copy.deepcopy(dict(parameters))
    for version in range(written, subject.version):
        try:
            walked = dict(subject.upgrades[version](walked))
        except Exception as error:
            logger.exception(
                "regulation %s: the upgrade from schema version %s failed", subject.code, version
            )
            raise UnreadableVersion(
                _("it cannot be carried from schema version %(version)s to the next")
                % {"version": version}
            ) from error
    found = FittedParameters({})
    found.parameters = _fit(subject.fields_of(subject.version), walked, (), found, fills=False)
    return found


def flaws_in(one: Mapping[str, Any], value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Where a text has not the shape its schema version must have, and what is wrong there."""
    if "fields" in one:
        if not isinstance(value, Mapping):
            yield loc, SENTENCES["model_type"]
            return
        for name, inner in one["fields"].items():
            yield from (
                flaws_in(inner, value[name], (*loc, name))
                if name in value
                else (((*loc, name), SENTENCES["missing"]),)
            )
    elif "rows" in one:
        if not isinstance(value, list):
            yield loc, SENTENCES["list_type"]
            return
        for n, row in enumerate(value):
            yield from flaws_in(one["rows"], row, (*loc, n))


# Typed, by its types alone ------------------------------------------------------------------------


def _object(schema: type[BaseModel], model: type[BaseModel], given: Any, loc: Loc) -> BaseModel:
    if not isinstance(given, Mapping):
        raise _broken(schema, loc, SENTENCES["model_type"])
    for name in model.model_fields:
        if name not in given:
            raise _broken(schema, (*loc, name), SENTENCES["missing"])
    values = {
        name: _typed(schema, info.annotation, given[name], (*loc, name))
        for name, info in model.model_fields.items()
    }
    return model.model_construct(**values)


def _typed(schema: type[BaseModel], annotation: Any, value: Any, loc: Loc) -> Any:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _typed(schema, args[0], value, loc)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _object(schema, annotation, value, loc)
    if origin is tuple and args[1:] == (...,):
        if not isinstance(value, list):
            raise _broken(schema, loc, SENTENCES["list_type"])
        return tuple(_typed(schema, args[0], row, (*loc, n)) for n, row in enumerate(value))
    try:
        return _adapter(annotation).validate_python(value)
    except ValidationError as error:
        raise _broken(schema, loc, sentence_of(error.errors()[0])) from error


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    return TypeAdapter(annotation)


def _broken(schema: type[BaseModel], loc: Loc, sentence: object) -> UnreadableVersion:
    return UnreadableVersion(str(Problem(loc, place(schema, loc), str(sentence))).rstrip(".。"))

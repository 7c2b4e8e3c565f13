"""Subjects of regulations: the schema of each today, and what every schema version before could
say, written down at the time.

A record (`schemas/<subject>-<n>.json` beside the schema) holds the fields of schema version n with
their types, limits and defaults. An adopted version is read by the record of its own schema
version, never by what the code says today.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from yizheng.core.access import Words

Upgrade = Callable[[dict[str, Any]], Mapping[str, Any]]
"""From parameters as schema version n has them to n + 1.

It renames what goes on under another name and says what the old text meant of what is new; what is
of no use any more it leaves alone, so that the version's page can say so.
"""

Fields = Mapping[str, Mapping[str, Any]]
ENVELOPE = ("subject", "schema_version", "parameters")
LIMITS = ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern")


@dataclass(frozen=True, eq=False)
class Subject:
    """What a regulation is about: title, parameters, a model text (JSON) a place can begin with,
    how older texts are read.

    Known by itself: what was read with it is kept by it.
    """

    code: str
    title: Words
    schema: type[BaseModel]
    model: Path | None = None
    version: int = 1
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)
    records: Path | None = None

    def __post_init__(self) -> None:
        if set(self.upgrades) != set(range(1, self.version)):
            raise ValueError(
                f"{self.code}: schema version {self.version} needs an upgrade from each of "
                f"1 to {self.version - 1}, and no other"
            )
        if taken := set(ENVELOPE) & set(self.schema.model_fields):
            raise ValueError(f"{self.code}: the field name {min(taken)} is kept for files")

    def record_file(self, version: int) -> Path:
        folder = self.records or Path(str(sys.modules[self.schema.__module__].__file__)).with_name(
            "schemas"
        )
        return folder / f"{self.code}-{version}.json"

    def fields_of(self, version: int) -> Fields | None:
        """What the schema version can say, as it was written down; None when nobody did."""
        if record := recorded(self.record_file(version)):
            fields: Fields = record["fields"]
            return fields
        return described(self.schema) if version == self.version else None


SCHEMAS: dict[str, Subject] = {}


@cache
def recorded(file: Path) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = (
        json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    )
    return found


def record_of(subject: Subject, example: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is written down of today's schema version; the example is a whole text, so that later
    ones can try to read it.
    """
    return {
        "subject": subject.code,
        "schema_version": subject.version,
        "fields": described(subject.schema),
        "example": example,
    }


# Describing a schema: everything that decides what a text means, and no words ---------------------


@cache
def described(schema: type[BaseModel]) -> Fields:
    return {name: _field(info) for name, info in schema.model_fields.items()}


def _field(info: FieldInfo) -> dict[str, Any]:
    extra: Mapping[str, Any] = (
        info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    )
    found = {
        **_type(info.annotation),
        **_limits(info.metadata),
        **{name: extra[name] for name in ("unit", "key") if name in extra},
    }
    return (
        found
        if info.is_required()
        else {**found, "default": to_jsonable_python(info.get_default(call_default_factory=True))}
    )


def _type(annotation: Any) -> dict[str, Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return {**_type(args[0]), **_limits(args[1:])}
    if origin is Literal:
        return {"choices": list(args)}
    if origin in (tuple, list):
        return {"rows": _type(args[0])}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {"fields": described(annotation)}
    return {"type": annotation.__name__ if isinstance(annotation, type) else str(annotation)}


def _limits(metadata: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in metadata:
        if isinstance(each, FieldInfo):
            found |= _limits(each.metadata)
        elif check := getattr(each, "func", None):
            found["checked_by"] = check.__name__.strip("_")
        else:
            found |= {
                name: to_jsonable_python(value)
                for name in LIMITS
                if (value := getattr(each, name, None)) is not None
            }
    return found

"""A regulation on a rota, and how it grew: three schema versions, as an office met them one after
the other.

2 renames `days`, gives rows a weight, and knows the way “letter” no more; 3 lets nobody set more
than 365 days, reminds people, and has dropped `stamp`. Each upgrade says what the older text meant.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from yizheng.regulations import SCHEMAS, register
from yizheng.regulations.field_types import Code, Field, Label, Strict
from yizheng.regulations.subjects import record_of

SUBJECT, TITLE = "rota", "Regulation on the rota"


class Duty1(Strict):
    code: Code
    label: Label
    is_paid: bool = False


class Limits1(Strict):
    most: Annotated[int, Field(ge=1, le=9)] = 3


class Rota1(Strict):
    days: Annotated[int, Field(ge=1, le=999)] = 10
    way: Literal["visit", "phone", "letter"] = "visit"
    duties: Annotated[tuple[Duty1, ...], Field(min_length=1)]
    limits: Limits1 = Limits1()
    stamp: bool = False


class Duty2(Duty1):
    weight: int = 2


class Rota2(Strict):
    answer_days: Annotated[int, Field(ge=1, le=999)] = 20
    way: Literal["visit", "phone"] = "phone"
    duties: Annotated[tuple[Duty2, ...], Field(min_length=1)]
    limits: Limits1 = Limits1()
    stamp: bool = False


class Limits3(Strict):
    most: Annotated[int, Field(ge=1, le=5)] = 2
    reminder_days: int = 5


class Rota3(Strict):
    answer_days: Annotated[int, Field(ge=1, le=365)] = 30
    way: Literal["visit", "phone"] = "phone"
    duties: Annotated[tuple[Duty2, ...], Field(min_length=1)]
    limits: Limits3 = Limits3()


def to_2(given: dict[str, Any]) -> dict[str, Any]:
    given["answer_days"] = given.pop("days")
    given["way"] = {"letter": "visit"}.get(given["way"], given["way"])
    given["duties"] = [
        {**duty, "weight": 1} for duty in given["duties"]
    ]  # then every duty counted once
    return given


def to_3(given: dict[str, Any]) -> dict[str, Any]:
    return {**given, "limits": {**given["limits"], "reminder_days": 0}}  # then nobody was reminded


SCHEMA = {1: Rota1, 2: Rota2, 3: Rota3}
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: to_2, 2: to_3}
DUTIES = [{"code": "desk", "label": "接待"}]


def become(version: int, records: Path, **upgrades: Any) -> Any:
    """The platform is now of this schema version; what every version can say is written down when
    it comes.
    """
    for n in range(1, version + 1):
        register(
            SUBJECT,
            TITLE,
            SCHEMA[n],
            version=n,
            upgrades={k: UPGRADES[k] for k in range(1, n)},
            records=records,
        )
        subject = SCHEMAS[SUBJECT]
        if not (file := subject.record_file(n)).exists():
            file.write_text(json.dumps(record_of(subject, None)), encoding="utf-8")
    if upgrades:
        changed = {k: upgrades.get(f"from_{k}", UPGRADES[k]) for k in range(1, version)}
        register(
            SUBJECT, TITLE, SCHEMA[version], version=version, upgrades=changed, records=records
        )
    return SCHEMA[version]

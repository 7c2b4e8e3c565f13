"""No schema changes without a new version: what every schema version can say is written down, and
stays.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import create_model

from tests.world import World
from yizheng.regulations import SCHEMAS, Subject
from yizheng.regulations.field_types import Field, Pattern, Strict, counted
from yizheng.regulations.stored_versions import read
from yizheng.regulations.subjects import described, recorded

SUBJECTS = ["proposals", "opinions", "activities", "contacts"]


def complaint(subject: Subject) -> str:
    """What whoever changed a schema must do; empty when nothing is to be done."""
    record = recorded(subject.record_file(subject.version))
    if record is None:
        return (
            f"{subject.code}: schema version {subject.version} is not written down. Run: python "
            "-m yizheng.cli.schemas"
        )
    if record["fields"] == json.loads(json.dumps(described(subject.schema))):
        return ""
    return (
        f"{subject.code}: the schema can say something else than schema version "
        f"{subject.version} could, and versions adopted by it "
        "would be read wrongly. In its register(…) raise `version` to "
        f"{subject.version + 1}, say in `upgrades[{subject.version}]` what an "
        "older text means, then run: python -m yizheng.cli.schemas (CONTRIBUTING, “Change "
        "what a regulation can say”)"
    )


@pytest.mark.parametrize("code", SUBJECTS)
def test_a_changed_schema_has_a_new_version(code: str) -> None:
    assert complaint(SCHEMAS[code]) == ""


@pytest.mark.parametrize("code", SUBJECTS)
def test_every_schema_version_there_ever_was_is_written_down(code: str) -> None:
    subject = SCHEMAS[code]
    found = {file.name for file in subject.record_file(1).parent.glob(f"{code}-*.json")}
    assert found == {f"{code}-{n}.json" for n in range(1, subject.version + 1)}


@pytest.mark.parametrize("code", SUBJECTS)
def test_a_whole_text_of_every_schema_version_is_read_and_nothing_is_missing(code: str) -> None:
    subject = SCHEMAS[code]
    for version in range(1, subject.version + 1):
        example = recorded(subject.record_file(version))["example"]
        assert read(subject, 1, version, json.dumps(example)).filled == []


# The guard itself ---------------------------------------------------------------------------------


class Row(Strict):
    label: Annotated[str, Field(max_length=9)] = "甲"


class Base(Strict):
    days: Annotated[int, Field(ge=1, le=9)] = counted(5, "days", "days")
    way: Literal["visit", "phone"] = "visit"
    rows: tuple[Row, ...] = ()
    pattern: Pattern = "{serial}"
    row: Row = Row()


class LongerRow(Row):
    more: bool = False


class OtherRow(Row):
    label: Annotated[str, Field(max_length=9)] = "乙"


class NewDefault(Base):
    days: Annotated[int, Field(ge=1, le=9)] = counted(6, "days", "days")


class NewUnit(Base):
    days: Annotated[int, Field(ge=1, le=9)] = counted(5, "days", "working_days")


class NewLimit(Base):
    days: Annotated[int, Field(ge=1, le=8)] = counted(5, "days", "days")


class NewKey(Base):
    more: int = 1


MORE_WAYS: Any = Literal["visit", "phone", "letter"]
NewChoice = create_model("NewChoice", __base__=Base, way=(MORE_WAYS, "visit"))


class NewColumn(Base):
    rows: tuple[LongerRow, ...] = ()


class NewDefaultInside(Base):
    rows: tuple[OtherRow, ...] = ()


class NewDefaultInGroup(Base):
    row: Row = Row(label="丙")


class NoCheck(Base):
    pattern: Annotated[str, Field(max_length=60)] = "{serial}"


class Required(Base):
    way: Literal["visit", "phone"]


class NewWords(Base):
    days: Annotated[int, Field(ge=1, le=9, title="Days")] = counted(5, "the days", "days")


CHANGED = [
    NewDefault,
    NewUnit,
    NewLimit,
    NewKey,
    NewChoice,
    NewColumn,
    NewDefaultInside,
    NewDefaultInGroup,
    NoCheck,
    Required,
]


@pytest.mark.parametrize("schema", CHANGED, ids=lambda schema: schema.__name__)
def test_whatever_changes_what_a_text_means_is_noticed(schema: Any, tmp_path: Path) -> None:
    (tmp_path / "x-1.json").write_text(json.dumps({"fields": described(Base)}))
    said = complaint(Subject("x", "x", schema, records=tmp_path))
    assert "raise `version` to 2" in said and "upgrades[1]" in said


@pytest.mark.parametrize("schema", [Base, NewWords], ids=lambda schema: schema.__name__)
def test_other_words_are_no_other_schema(schema: Any, tmp_path: Path) -> None:
    (tmp_path / "x-1.json").write_text(json.dumps({"fields": described(Base)}))
    assert complaint(Subject("x", "x", schema, records=tmp_path)) == ""


def test_a_version_that_nobody_wrote_down_is_noticed(tmp_path: Path) -> None:
    assert "not written down" in complaint(Subject("x", "x", Base, records=tmp_path))


def test_what_is_saved_has_every_key_of_its_record(world: World) -> None:
    from .office import stored

    def keys(one: Any, value: Any, place: str = "") -> None:
        if "fields" in one:
            assert set(value) == set(one["fields"]), place
            for name, inner in one["fields"].items():
                keys(inner, value[name], f"{place}/{name}")
        for n, row in enumerate(value if "rows" in one else ()):
            keys(one["rows"], row, f"{place}/{n}")

    for code in SUBJECTS:
        keys({"fields": SCHEMAS[code].fields_of(1)}, stored(1, code).parameters, code)


def test_the_command_writes_what_is_missing_and_leaves_what_is_written(tmp_path: Path) -> None:
    from yizheng.cli import schemas

    try:
        SCHEMAS["x"] = Subject("x", "x", Base, records=tmp_path)
        assert schemas.write() == ["x-1.json"]
        assert json.loads((tmp_path / "x-1.json").read_text())["fields"]["days"] == {
            "type": "int",
            "unit": "days",
            "default": 5,
            "ge": 1,
            "le": 9,
        }
        (tmp_path / "x-1.json").write_text("{}")
        assert schemas.write() == []
        assert (tmp_path / "x-1.json").read_text() == "{}"
    finally:
        del SCHEMAS["x"]

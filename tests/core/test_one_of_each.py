"""What exists once, read from the source itself: nobody writes a second one beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("yizheng", "demo_county", "tests", "bench")
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
}
ONCE = [
    (
        "the header of a file",
        r"Content-Disposition\"?\]? ?[:=]",
        {"yizheng/documents/downloads.py"},
    ),
    (
        "the type of an Excel file",
        r"officedocument\.spreadsheetml",
        {"yizheng/documents/downloads.py"},
    ),
    (
        "the type of a Word file",
        r"officedocument\.wordprocessingml\.document\"",
        {"yizheng/documents/downloads.py"},
    ),
    ("cutting a list into pages", r"\bPaginator\(", {"yizheng/core/paging.py"}),
    ("the field of a day", r"\bDateInput\(|forms\.DateField\(", {"yizheng/core/fields.py"}),
    ("the field of a text", r"\bTextarea\(", {"yizheng/core/fields.py"}),
    ("the field of a search", r"\"type\": \"search\"", {"yizheng/core/fields.py"}),
    ("refusing a day to come", r"_\(\"This day has not come yet\.\"\)", {"yizheng/core/clock.py"}),
    (
        "keeping the note of a step",
        r"\.detail\[\"note\"\] = \S*\.data\[\"note\"\]",
        {"yizheng/core/flow_table.py"},
    ),
    ("the bulk steps of a list", r"reverse\(.core:bulk.", {"yizheng/core/views.py"}),
    ("drawing a number", r"numbering\.draw\(", set()),
    ("what a field offers", r"fields\[\w+\]\.(?:choices|queryset) =", set()),
    (
        "what has not ended on a day",
        r"until(__gte|__lte)?=\w+\) \| Q\(\w*until__gte?=(?!(models\.)?F\()",
        {"yizheng/organisations/queries.py"},
    ),
    ("whether a row holds on a day", r"since <= \w+ and \(\w+\.until is None", set()),
    (
        "members who serve, by what has no end",
        r"(embership\.objects|visible_to\(actor\)\s*)\.filter\(until=None",
        set(),
    ),
    (
        "units that are open",
        r"\bUnit\.objects\.filter\(closed_on=None\)",
        {"yizheng/organisations/queries.py"},
    ),
    (
        "members by name for a file",
        r"setdefault\(member\.person\.name",
        {"yizheng/people/member_lookup.py"},
    ),
    ("the number of a mobile telephone", r"1\[3-9\]", {"yizheng/core/fields.py"}),
    (
        "marks between words",
        r"gettext\(\s*\"(enumeration|clauses|sentences|label|brackets)\"",
        {"yizheng/core/punctuation.py"},
    ),
    (
        "the roster of today",
        r"members_visible_to\(\w+\)\s*\.filter\(\s*in_force_on",
        {"yizheng/people/queries.py"},
    ),
    (
        "kinds in which one learns",
        r"\(\"training\", \"study\"\)",
        {"yizheng/activities/parameters.py"},
    ),
    ("what was seen, read by hand", r"seen=request\.POST", set()),
    ("a number that is masked", r"\*{4}\{", {"yizheng/documents/wording.py"}),
    ("who sent a request", r"getattr\(request, \"actor\"", set()),
]


def where(pattern: str, packages: tuple[str, ...]) -> set[str]:
    return {
        path
        for path, text in SOURCES.items()
        if path.startswith(packages) and re.search(pattern, text)
    }


@pytest.mark.parametrize(("what", "pattern", "there"), ONCE, ids=[what for what, *_rest in ONCE])
def test_there_is_one_of_it(what: str, pattern: str, there: set[str]) -> None:
    assert where(pattern, ("yizheng/",)) == there


@pytest.mark.parametrize(
    ("pattern", "there"),
    [
        (r"\.force_login\(", "tests/signing_in.py"),
        (r"FileSystemStorage\"", "tests/conftest.py"),
        (r"autouse=True\)\ndef \w+\(\).*\n    with translation\.override\(\"en\"\)", ""),
    ],
    ids=["signing in", "files of a test alone", "English for a whole file"],
)
def test_tests_share_what_they_begin_with(pattern: str, there: str) -> None:
    assert where(pattern, ("tests/",)) == ({there} if there else set())


def test_where_types_are_not_checked_the_reason_stands_beside() -> None:
    ignored = [
        (path, line.strip())
        for path, text in SOURCES.items()
        for line in text.splitlines()
        if "# type: " + "ignore" in line
    ]
    assert [line for line in ignored if not re.search(r"ignore\[[\w-]+\]  # \w", line[1])] == []
    assert len(ignored) < 10

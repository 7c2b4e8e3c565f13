"""What exists once, read from the source itself: nobody writes a second one beside it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("yizheng", "demo_county", "tests", "bench")
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*"))
    if path.suffix in (".py", ".html") and "migrations" not in path.parts
}
"""Of the code and of what pages are drawn with."""
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
        # what scripts put together on the page
        {"yizheng/core/punctuation.py", "yizheng/portal/templates/components/page_data.html"},
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
    ("shortening a text", r"\]\}…", {"yizheng/core/punctuation.py"}),
    ("a secret key", r"token_hex\(32\)", {"yizheng/core/secret_keys.py"}),
    (
        "the day of a moment, if there was one",
        r"timezone\.localdate\((\S+)\)\s+if \1\b",
        {"yizheng/core/clock.py"},
    ),
    ("a day to come in an import", r"lies in the future", set()),
    (
        "rows of an import that are known",
        r"replace\(\w+, rows=",
        {"yizheng/documents/import_preview.py"},
    ),
    ("whose turn it is", r"holder is not None and", {"yizheng/core/flow.py"}),
    ("where one came from", r"HTTP_REFERER|request\.referrer", {"yizheng/core/refusals.py"}),
    ("sentences of a list one after the other", r"one_after_the_other\(\*", set()),
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


# Names are imported from where they are defined --------------------------------------------------

FACES = {
    **dict.fromkeys(
        (
            "yizheng.activities.flow",
            "yizheng.activities.models",
            "yizheng.opinions.flow",
            "yizheng.proposals.flow",
        ),
        "a table or a flow a file; whoever uses them need not know which",
    ),
    "yizheng.indicators.reading": "a reader that knows nothing of the house, with its own front",
    "yizheng.regulations": "what all apps ask of rules; how they are kept is its own affair",
    "demo_county.content": "what the county says, a file for each kind of text",
    "yizheng.core.flow": "the engine and the words its tables are written in are read as one",
    "yizheng.core.models": "Django looks for the tables of an app here",
}
"""Modules that hand on names from files beside or below them, and why."""
NAMES_OF_DJANGO = {f"handler{status}" for status in (400, 403, 404, 500)}
"""Looked for in the file of addresses that settings name."""


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {
    module_of(path): ast.parse(text) for path, text in SOURCES.items() if path.endswith(".py")
}
PACKAGED = {module_of(path) for path in SOURCES if path.endswith("/__init__.py")}


def defined_in(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Names that the statements give to something, but for what they import."""
    for each in statements:
        if isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield each.name
        elif isinstance(each, ast.If | ast.Try | ast.With | ast.For):
            for part in ("body", "orelse", "finalbody"):
                yield from defined_in(getattr(each, part, ()))
        else:
            targets = (node for node in ast.walk(each) if isinstance(node, ast.Name))
            yield from (node.id for node in targets if isinstance(node.ctx, ast.Store))


DEFINED = {name: set(defined_in(tree.body)) for name, tree in MODULES.items()}


def imports_of(module: str) -> Iterator[tuple[str, str]]:
    """Module of ours and name of each import, wherever in the file it stands."""
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            above = parts[: len(parts) + (module in PACKAGED) - node.level] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            yield from ((source, each.name) for each in node.names if source in MODULES)


def is_there(source: str, name: str) -> bool:
    return name == "*" or name in DEFINED[source] or f"{source}.{name}" in MODULES


def test_a_name_is_imported_from_where_it_is_defined() -> None:
    roundabout = [
        f"{module}: {name} is not of {source}"
        for module in MODULES
        for source, name in imports_of(module)
        if source not in FACES and not is_there(source, name)
    ]
    assert roundabout == []


def test_nothing_offers_as_its_own_what_stands_elsewhere() -> None:
    offered = {
        module: set(ast.literal_eval(node.value)) - DEFINED[module] - NAMES_OF_DJANGO
        for module, tree in MODULES.items()
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    }
    assert {module for module, names in offered.items() if names} == set(FACES)


@pytest.mark.parametrize("face", FACES)
def test_a_face_shows_only_what_is_behind_it(face: str) -> None:
    room = face if face in PACKAGED else face.rpartition(".")[0]
    offered = next(
        set(ast.literal_eval(node.value))
        for node in MODULES[face].body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    brought = {name: source for source, name in imports_of(face) if name in offered - DEFINED[face]}
    assert [
        name
        for name, source in brought.items()
        if not source.startswith(f"{room}.") or name not in DEFINED[source]
    ] == []


def test_a_name_that_is_handed_on_is_found() -> None:
    tree = ast.parse("from a import b\nif c:\n    d = e, (f := 1)\nclass G: ...\nh: int = 2\n")
    assert set(defined_in(tree.body)) == {"d", "f", "G", "h"}


# What is private stays at home --------------------------------------------------------------------


OF_LIBRARIES = {"_meta", "_result_cache", "_prefetch_done"}
"""Of Django's, which classes of ours have because they are made of its."""


def private_names(tree: ast.AST) -> Iterator[str]:
    """Names that classes keep to themselves: of their methods, their fields, what they set."""
    for home in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        yield from (name for name in defined_in(home.body) if is_private(name))
        for node in ast.walk(home):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                yield from filter(is_private, [node.attr])


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_nobody_calls_from_outside_what_a_class_keeps_to_itself() -> None:
    own = {module: set(private_names(tree)) for module, tree in MODULES.items()}
    kept = set().union(*own.values())
    reached = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in MODULES.items()
        if not module.startswith("tests.")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in kept - own[module] - OF_LIBRARIES
        if ast.unparse(node.value) not in ("self", "cls", "super()")
    ]
    assert reached == []

"""Names say what stands there: of files, of classes and other types, of permissions.

Read are the platform and the demo county. Tests and the bench name for themselves; of their files
only the length is looked at, and that they are there where somebody speaks of them.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from yizheng.core.access import REGISTRY
from yizheng.core.figures import INDICATORS

PACKAGE = Path(__file__).parents[2] / "yizheng"
FILES = {
    str(path.relative_to(PACKAGE)): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "migrations" not in path.parts
}
COUNTY = PACKAGE.parent / "demo_county"
FILES_OF_THE_COUNTY = {
    str(path.relative_to(PACKAGE.parent)): path for path in sorted(COUNTY.rglob("*.py"))
}


def _trees(files: dict[str, Path]) -> dict[str, ast.Module]:
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in files.items()}


TREES = _trees(FILES)
ALL_FILES = FILES | FILES_OF_THE_COUNTY
ALL_TREES = TREES | _trees(FILES_OF_THE_COUNTY)

SAY_NOTHING = {
    *("base", "common", "general", "helpers", "lib", "misc", "other", "shared", "stuff", "tools"),
    *("things", "ui", "util", "utils", "various"),
    # said by when, whose or how, not by what
    *("held", "installed", "known", "legacies", "lost", "meanwhile", "once", "ours", "own"),
    *("standing", "taken", "typed", "waiting"),
    # an activity of nobody in particular
    *("checking", "counting", "crossing", "finding", "freezing", "granting", "handing", "handling"),
    *("importing", "intake", "inviting", "keeping", "merging", "planning", "recording", "running"),
    *("signing", "sniffing"),
}
NAMED_BY_DJANGO = {"Meta"}
NAMED_AGAIN = {"audit.read": "portal/views/audit.py"}
"""An action of the audit trail which is called like the permission for it."""
CORE_KNOWS_NO = r"committees?|venues?|units?|proposals?|opinions?|activit(?:y|ies)"
MEASURES = "core/sayings.py"
"""Its units are 件, 次, 人次: what is counted, not who handles it."""


def classes(node: ast.AST) -> Iterator[str]:
    """All there are, also those that stand in another one or in a function."""
    return (each.name for each in ast.walk(node) if isinstance(each, ast.ClassDef))


def aliases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names given to types at the top of a file, each with what it stands for: written like a class,
    and no type variable.
    """
    for node in tree.body:
        if isinstance(node, ast.Assign):
            name, value = ast.unparse(node.targets[0]), ast.unparse(node.value)
            if re.match(r"[A-Z]\w*[a-z]", name) and not value.startswith(
                ("TypeVar(", "ParamSpec(")
            ):
                yield name, value


def types() -> dict[str, list[str]]:
    """Public names of types, each with all that it stands for: a class somewhere, or a type that is
    written out.
    """
    found: dict[str, list[str]] = {}
    for file, tree in ALL_TREES.items():
        for name in classes(tree):
            if not name.startswith("_") and name not in NAMED_BY_DJANGO:
                found.setdefault(name, []).append(f"class of {file}")
        for name, value in aliases(tree):
            if value not in found.setdefault(name, []):
                found[name].append(value)
    return found


def test_the_name_of_a_type_stands_for_one_thing() -> None:
    assert {name: things for name, things in types().items() if len(things) > 1} == {}


def test_an_alias_is_read_like_a_class() -> None:
    tree = ast.parse("Key = tuple[str, int]\nMade = TypeVar('Made')\nLIMIT = 3\nS = State\n")
    assert list(aliases(tree)) == [("Key", "tuple[str, int]")]


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [name for name, path in ALL_FILES.items() if path.stem in SAY_NOTHING] == []


@pytest.mark.parametrize("name", ALL_FILES)
def test_every_file_says_first_what_stands_in_it(name: str) -> None:
    words = ast.get_docstring(ALL_TREES[name]) or ""
    first = re.split(r"(?<=\.)\s", words.replace("\n", " "))[0]
    assert first.endswith("."), f"{name} says nothing of itself: {first!r}"
    assert len(first.split()) > 1, f"{name} says only {first!r}"


def texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_a_permission_is_written_once_where_it_is_declared() -> None:
    """All else asks the rule or the constant, so that a name that is mistyped does not grant or
    refuse in silence.
    """
    written = [
        (text, name)
        for name, tree in TREES.items()
        for text in texts(tree)
        if text in REGISTRY and NAMED_AGAIN.get(text) != name
    ]
    twice = [text for text, times in Counter(text for text, _name in written).items() if times > 1]
    elsewhere = [
        (text, name)
        for text, name in written
        if Path(name).name != "rules.py" and name != "core/audit.py"
    ]
    assert (twice, elsewhere) == ([], [])
    assert {"proposals.read", "venues.keep", "audit.read"} <= {text for text, _name in written}


@pytest.mark.parametrize(
    "name", [each for each in FILES if each.startswith("core/") and each != MEASURES]
)
def test_core_has_no_word_of_the_trade(name: str) -> None:
    source = FILES[name].read_text(encoding="utf-8").lower()
    assert re.findall(rf"\b(?:{CORE_KNOWS_NO})\b", source) == []


DOCS = [PACKAGE.parent / "CONTRIBUTING.md", *sorted((PACKAGE.parent / "docs").rglob("*.md"))]
HOUSE = [
    f"/{path.relative_to(PACKAGE.parent)}"
    for part in ("yizheng", "demo_county", "tests", "bench")
    for path in (PACKAGE.parent / part).rglob("*.py")
]


LONGEST = 500
"""Lines of a file."""


def test_no_file_is_longer_than_one_reads_at_once() -> None:
    root = PACKAGE.parent
    found = {
        name: len((root / name[1:]).read_text(encoding="utf-8").splitlines())
        for name in HOUSE
        if "/migrations/" not in name
    }
    assert {name: lines for name, lines in found.items() if lines > LONGEST} == {}


SCRIPTS = sorted((PACKAGE.parent / "frontend" / "js").rglob("*.js"))


NAMED_AT_THE_TOP = re.compile(
    r"^(?P<given>export )?(?:async )?(?:function|const|let|class) (?P<name>\w+)", re.MULTILINE
)


def test_what_a_script_gives_to_others_has_a_name_that_no_other_script_has() -> None:
    top = {
        path.name: NAMED_AT_THE_TOP.findall(path.read_text(encoding="utf-8")) for path in SCRIPTS
    }
    times = Counter(name for names in top.values() for _given, name in names)
    given = [(file, name) for file, names in top.items() for given, name in names if given]
    assert [(file, name) for file, name in given if times[name] > 1] == []
    assert ("page.js", "fetchJson") in given


@pytest.mark.parametrize("path", [*ALL_FILES.values(), *SCRIPTS], ids=lambda path: path.name)
def test_a_file_speaks_only_of_files_that_are_there(path: Path) -> None:
    said = re.findall(
        r"(?<![\w./-])(?:[a-z_]+/)+[a-z_0-9]+\.py\b", path.read_text(encoding="utf-8")
    )
    assert [name for name in said if not any(file.endswith(f"/{name}") for file in HOUSE)] == []


def named(path: Path) -> set[str]:
    """What a page says in backticks."""
    return set(re.findall(r"`([^`\n]+)`", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_a_page_names_only_files_that_are_there(page: Path) -> None:
    asked = {name for name in named(page) if re.fullmatch(r"[a-z_/0-9]+\.py", name)}
    assert [name for name in asked if not any(path.endswith(f"/{name}") for path in HOUSE)] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_a_page_names_only_modules_that_are_there(page: Path) -> None:
    """A module, something in one (`people.services.roster.endings`), a figure or a permission."""
    modules = {name.removesuffix(".py").replace("/", ".") for name in FILES}
    modules = {name.removesuffix(".__init__") for name in modules}
    known = modules | set(INDICATORS) | set(REGISTRY)
    apps = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    asked = {name for name in named(page) if re.fullmatch(r"[a-z_]+(\.(?!py$)[A-Za-z_]+)+", name)}
    assert [
        name
        for name in asked
        if name.split(".")[0] in apps
        and name not in known
        and ("." not in (holder := name.rpartition(".")[0]) or holder not in modules)
    ] == []


def test_the_glossary_names_classes_that_are_there() -> None:
    glossary = PACKAGE.parent / "docs" / "glossary.md"
    there = {name for tree in TREES.values() for name in classes(tree)}
    asked = {name.split(".")[0] for name in named(glossary) if re.match(r"[A-Z][a-z]", name)}
    assert asked - there == set()

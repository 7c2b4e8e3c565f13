"""How much the tests notice: breaks the code in one place after another and asks them.

    script/mutation [--seed 1] [--sample 300] [--minutes 55]

Places are drawn by the seed from what decides (core, flows, figures, rules); the changes are those
of Cosmic Ray. A first run of all tests says which of them come by each line; a broken line is shown
to these, the most particular first. Whatever no test notices is printed with its line.
"""

from __future__ import annotations

import argparse
import ast
import concurrent.futures
import dataclasses
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DECIDES = ("core/*.py", "*/flow.py", "*/flow/*.py", "*/figures.py", "*/figures/*.py", "*/rules.py")
SHARE_A_MUTANT = 0.07
"""So much of all tests, by what each took in the first run, may be asked of one change: some 45
seconds on two quiet cores. On a slower machine it is the same tests.
"""
MAY_FAIL = 5
"""So many tests may fail before anything is broken: a slow machine makes one late now and then."""
HANGING = 240.0
"""Seconds after which a mutant counts as noticed: it runs in circles."""
GENERATED = ("tests/docs/test_generated.py::test_the_pages", "tests/core/test_migrations.py")
"""What is written from the tables: pages, and the tables of the database."""
ASSERTED = frozenset({"covariant", "frozen", "strict"})
"""Keywords by which the code holds itself to something: without them it does the same."""
SAME_BY_NATURE = ("_Eq_Is", "_NotEq_IsNot")
"""Small numbers and short names are one object in CPython: nobody could notice."""


@dataclasses.dataclass(frozen=True)
class Mutant:
    """One change at one place: lines and columns as Python counts them, from 1 and from 0."""

    file: str
    operator: str
    occurrence: int
    line: int
    column: int


@dataclasses.dataclass(frozen=True)
class Answer:
    mutant: Mutant
    result: str
    """noticed, survived, or not covered by any test."""
    tests: int
    seconds: float


# What may be broken -------------------------------------------------------------------------------


def only_types(source: str) -> set[tuple[int, int]]:
    """(line, column) of everything that is a type only: what stands there changes nothing."""
    found: set[tuple[int, int]] = set()
    for node in ast.walk(ast.parse(source)):
        for name in ("annotation", "returns"):
            if (typed := getattr(node, name, None)) is not None:
                found.update((part.lineno, part.col_offset) for part in _placed(typed))
                found.update(_signs(typed))
    return found


def only_asserted(source: str) -> set[tuple[int, int]]:
    """(line, column) of what the code holds itself to and nobody else can notice."""
    return {
        (each.value.lineno, each.value.col_offset)
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.keyword) and each.arg in ASSERTED
    }


def read_at_the_start(source: str) -> set[int]:
    """Lines that stand in no function: they run once, whichever test happens to come first."""
    tree = ast.parse(source)
    inside = {
        line
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)
    }
    return set(range(1, source.count("\n") + 2)) - inside


def _placed(tree: ast.AST) -> Iterator[Any]:
    return (part for part in ast.walk(tree) if hasattr(part, "lineno"))


def _signs(tree: Any) -> set[tuple[int, int]]:
    """Every column of it: an operator such as `|` has no node of its own."""
    return {
        (line, column)
        for line in range(tree.lineno, tree.end_lineno + 1)
        for column in range(
            tree.col_offset if line == tree.lineno else 0,
            tree.end_col_offset if line == tree.end_lineno else 200,
        )
    }


def deciding(root: Path) -> list[Path]:
    return sorted(
        {path for pattern in DECIDES for path in (root / "yizheng").glob(pattern)},
        key=lambda path: path.as_posix(),
    )


def places(root: Path) -> dict[tuple[str, int, int], list[Mutant]]:
    """Every place that may be broken, with all the ways to break it."""
    from cosmic_ray.commands.init import _all_work_items

    files = deciding(root)
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    unseen = {path: only_types(text) | only_asserted(text) for path, text in texts.items()}
    found: dict[tuple[str, int, int], list[Mutant]] = defaultdict(list)
    for item in _all_work_items(files, {}):
        for change in item.mutations:
            line, column = change.start_pos
            if (line, column) in unseen[change.module_path]:
                continue
            if change.operator_name.endswith(SAME_BY_NATURE):
                continue
            name = change.module_path.relative_to(root).as_posix()
            mutant = Mutant(name, change.operator_name, change.occurrence, line, column)
            found[name, line, column].append(mutant)
    return found


def drawn(
    found: dict[tuple[str, int, int], list[Mutant]], seed: int, number: int, root: Path
) -> list[Mutant]:
    """Places first, then one change of each: a comparison can be broken in eight ways."""
    luck = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    places = sorted(found)
    luck.shuffle(places)
    chosen = (luck.choice(found[place]) for place in places)
    return list(itertools.islice((mutant for mutant in chosen if broken(mutant, root)), number))


def broken(mutant: Mutant, root: Path) -> str | None:
    """The text of the file with the change in it; None when it would not even be read."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    whole = (root / mutant.file).read_text(encoding="utf-8")
    text: str = mutate_code(whole, get_operator(mutant.operator)(), mutant.occurrence)
    try:
        ast.parse(text)
    except SyntaxError:
        return None
    return text


# Which tests come by ------------------------------------------------------------------------------


@dataclasses.dataclass
class Coming:
    """Which tests come by which line, and what each took in seconds."""

    by_line: dict[tuple[str, int], set[str]]
    seconds: dict[str, float]
    at_start: set[tuple[str, int]]

    def choose(self, mutant: Mutant) -> list[str]:
        """The room's own and the quickest first, within the time there is.

        A line of a table is read once, when the program starts: then all tests of the room are
        asked too, and whether what is written from the tables still holds.
        """
        room = mutant.file.removeprefix("yizheng/").split("/")[0]
        own = f"tests/{room}/"
        here = set(self.by_line.get((mutant.file, mutant.line), ()))
        if not here or (mutant.file, mutant.line) in self.at_start:
            here |= {test for test in self.seconds if test.startswith((own, *GENERATED))}
        order = sorted(here, key=lambda test: (self._turn(test, own), self._cost(test), test))
        chosen, left = [], SHARE_A_MUTANT * sum(self.seconds.values())
        for test in order:
            if (left := left - self._cost(test)) < 0 and chosen:
                break
            chosen.append(test)
        return chosen

    @staticmethod
    def _turn(test: str, own: str) -> int:
        return 0 if test.startswith(GENERATED) else 1 if test.startswith(own) else 2

    def _cost(self, test: str) -> float:
        return self.seconds.get(test, 0.1)


def come_by(root: Path, processes: int) -> Coming:
    """Runs all tests once, and reads what came by where."""
    report, data = root / "junit.xml", root / ".coverage"
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-n", str(processes), "-m", "not browser"),
        *("--cov=yizheng", "--cov-context=test", "--cov-report=", f"--junit-xml={report}"),
        *("-o", "junit_family=xunit1"),
    ]
    subprocess.run(command, cwd=root, env=_surroundings(root), check=False)  # noqa: S603
    took, failing = _seconds(report)
    if len(failing) > MAY_FAIL or not took:
        raise SystemExit(f"The tests must pass before anything is broken: {len(failing)} do not.")
    for test in failing:
        print(f"left out, it fails on what is whole: {test}", flush=True)
    lines = {place: tests - failing for place, tests in _lines(data, root).items()}
    at_start = {
        (path.relative_to(root).as_posix(), line)
        for path in deciding(root)
        for line in read_at_the_start(path.read_text(encoding="utf-8"))
    }
    sound = {test: each for test, each in took.items() if test not in failing}
    return Coming(lines, sound, at_start)


def _lines(data: Path, root: Path) -> dict[tuple[str, int], set[str]]:
    import coverage

    read = coverage.CoverageData(basename=str(data))
    read.read()
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file in read.measured_files():
        name = Path(file).relative_to(root).as_posix()
        for line, contexts in read.contexts_by_lineno(file).items():
            for context in contexts:
                if test := context.partition("|")[0]:
                    found[name, line].add(test)
    return found


def _seconds(report: Path) -> tuple[dict[str, float], set[str]]:
    """What each test took, and those that failed."""
    took: dict[str, float] = {}
    failing: set[str] = set()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - our own
        name = f"{case.get('file')}::{case.get('name')}"
        took[name] = float(case.get("time") or 0)
        if case.find("failure") is not None or case.find("error") is not None:
            failing.add(name)
    return took, failing


def _surroundings(root: Path) -> dict[str, str]:
    own = {"YIZHENG_DATA": str(root / "var"), "PYTHONDONTWRITEBYTECODE": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "YIZHENG_DATABASE_URL"}
    return {**kept, **own}


# Asking -------------------------------------------------------------------------------------------


def ask(mutant: Mutant, root: Path, coming: Coming) -> Answer:
    """Breaks the copy, runs the tests that come by, and mends it."""
    tests, began = coming.choose(mutant), time.monotonic()
    if not tests:
        return Answer(mutant, "not covered", 0, 0)
    path = root / mutant.file
    whole, changed = path.read_text(encoding="utf-8"), broken(mutant, root)
    assert changed is not None
    try:
        path.write_text(changed, encoding="utf-8")
        noticed = _noticed(root, tests)
    finally:
        path.write_text(whole, encoding="utf-8")
    return Answer(
        mutant, "noticed" if noticed else "survived", len(tests), time.monotonic() - began
    )


def _noticed(root: Path, tests: Sequence[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", *tests]
    try:
        asked = subprocess.run(  # noqa: S603
            command,
            cwd=root,
            env=_surroundings(root),
            timeout=HANGING,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return True
    return asked.returncode != 0


def copied(target: Path) -> Path:
    """A tree to break: what git knows, and what was built beside it."""
    listed = subprocess.run(  # noqa: S603
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    built = [
        *(each for room in ("yizheng", "demo_county") for each in ROOT.glob(f"{room}/**/*.mo")),
        *ROOT.glob("yizheng/static/build/**/*"),
    ]
    known = [ROOT / name for name in listed.stdout.split("\0") if name]
    for file in (path for path in [*known, *built] if path.is_file()):
        there = target / file.relative_to(ROOT)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, there)
    return target


def run(
    mutants: Sequence[Mutant], trees: Sequence[Path], coming: Coming, until: float
) -> list[Answer]:
    """Each tree is broken in one place at a time; whatever time does not reach is not asked."""
    free = list(trees)

    def one(mutant: Mutant) -> Answer | None:
        if time.monotonic() > until:
            return None
        tree = free.pop()
        try:
            answer = ask(mutant, tree, coming)
        finally:
            free.append(tree)
        print(f"{answer.result:12} {mutant.file}:{mutant.line} {mutant.operator}", flush=True)
        return answer

    with concurrent.futures.ThreadPoolExecutor(len(trees)) as pool:
        return [answer for answer in pool.map(one, mutants) if answer is not None]


# The command --------------------------------------------------------------------------------------


def summary(answers: Sequence[Answer], asked_for: int) -> str:
    counts = Counter(answer.result for answer in answers)
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for answer in answers:
        rooms[answer.mutant.file.split("/")[1]][answer.result] += 1
    lines = [
        f"{room:16} {each['noticed']:4} of {sum(each.values()):4}"
        for room, each in sorted(rooms.items())
    ]
    share = 100 * counts["noticed"] / len(answers) if answers else 0.0
    left = asked_for - len(answers)
    lines.append(f"Noticed: {counts['noticed']} of {len(answers)}, {share:.1f} %.")
    if left:
        lines.append(f"{left} of the sample were not asked: the time was up.")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=55)
    parser.add_argument(
        "--at-least", type=float, default=85.0, help="per cent that must be noticed"
    )
    given = parser.parse_args()
    until = time.monotonic() + given.minutes * 60
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        processes = os.cpu_count() or 1
        trees = [copied(Path(folder) / str(number)) for number in range(processes)]
        coming = come_by(trees[0], processes)
        mutants = drawn(places(trees[0]), given.seed, given.sample, trees[0])
        answers = run(mutants, trees, coming, until)
    print("", *(shown(answer) for answer in answers if answer.result != "noticed"), sep="\n")
    print("", summary(answers, len(mutants)), sep="\n")
    noticed = sum(answer.result == "noticed" for answer in answers)
    return int(not answers or 100 * noticed / len(answers) < given.at_least)


def shown(answer: Answer) -> str:
    mutant = answer.mutant
    line = (ROOT / mutant.file).read_text(encoding="utf-8").splitlines()[mutant.line - 1]
    return f"{answer.result}: {mutant.file}:{mutant.line} {mutant.operator}\n    {line.strip()}"


if __name__ == "__main__":
    sys.exit(main())

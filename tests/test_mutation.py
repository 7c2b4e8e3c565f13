"""What script/mutation leaves out, and which tests it asks first."""

from __future__ import annotations

from tests.mutation import Coming, Mutant, only_asserted, only_types, read_at_the_start

SOURCE = """
def days(since: int | None, late: bool = 3 > 2) -> int | str:
    wanted: int | None = since or 0
    return wanted | 1
"""


def at(text: str, sign: str, line: int) -> tuple[int, int]:
    return line, text.splitlines()[line - 1].index(sign)


def test_what_is_only_a_type_is_not_broken() -> None:
    typed = only_types(SOURCE)
    assert at(SOURCE, "| None,", 2) in typed
    assert at(SOURCE, "| str", 2) in typed
    assert at(SOURCE, "| None", 3) in typed
    assert at(SOURCE, "3 >", 2) not in typed
    assert at(SOURCE, "or 0", 3) not in typed
    assert at(SOURCE, "| 1", 4) not in typed


TABLE = ("yizheng/core/due.py", 9)


def coming(**seconds: float) -> Coming:
    names = {name: f"tests/{name.replace('_', '/', 1)}.py::test" for name in seconds}
    line = ("yizheng/core/due.py", 7)
    took = {names[name]: each for name, each in seconds.items()}
    return Coming(
        {line: set(names.values())}, {**took, "tests/portal/all_others.py::test": 600.0}, {TABLE}
    )


def mutant(line: int) -> Mutant:
    return Mutant("yizheng/core/due.py", "core/AddNot", 0, line, 4)


def test_the_rooms_own_and_quickest_tests_are_asked_first() -> None:
    found = coming(portal_home=0.1, core_slow=2.0, core_due=0.2).choose(mutant(7))
    assert [name.split("::")[0] for name in found] == [
        "tests/core/due.py",
        "tests/core/slow.py",
        "tests/portal/home.py",
    ]


def test_it_stops_when_the_time_of_a_mutant_is_up_but_asks_one_at_least() -> None:
    """Seven hundredths of 646.5 seconds are 45.3."""
    assert len(coming(core_a=44.0, core_b=2.0, core_c=0.5).choose(mutant(7))) == 2  # 0.5 + 2.0
    assert len(coming(core_a=90.0).choose(mutant(7))) == 1


def test_a_table_read_at_the_start_is_shown_to_all_tests_of_its_room() -> None:
    found = coming(core_a=1.0, core_b=0.5, portal_home=0.1, docs_generated=3.0)
    found.seconds["tests/docs/test_generated.py::test_the_pages_are_fresh"] = 3.0
    assert found.choose(mutant(8)) == [
        "tests/docs/test_generated.py::test_the_pages_are_fresh",
        "tests/core/b.py::test",
        "tests/core/a.py::test",
    ]


def test_a_table_is_shown_to_its_room_whoever_happened_to_read_it_first() -> None:
    found = coming(core_a=1.0, core_b=0.5, portal_home=0.1)
    found.by_line[TABLE] = {"tests/portal/home.py::test"}
    asked = found.choose(mutant(9))
    assert asked == ["tests/core/b.py::test", "tests/core/a.py::test", "tests/portal/home.py::test"]


def test_what_the_code_holds_itself_to_is_not_broken() -> None:
    source = (
        "@dataclass(frozen=True)\nclass A:\n    x = zip(a, b, strict=True)\n    y = f(z=True)\n"
    )
    assert only_asserted(source) == {(1, 18), (3, 25)}


def test_what_stands_in_no_function_is_read_at_the_start() -> None:
    source = "A = 1\n\n\ndef f():\n    return A\n\n\nB = lambda: 2\n"
    assert read_at_the_start(source) == {1, 2, 3, 6, 7, 8, 9}

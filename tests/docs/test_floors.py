"""The house stands from the ground up: no room knows one of its own floor or above, not by an
import and not by a foreign key that names it as text.
"""

from __future__ import annotations

import graphlib

import grimp
import pytest

from yizheng.cli.docs_floors import HOUSE, FloorPlan, _says, house


@pytest.fixture(scope="module")
def ours() -> FloorPlan:
    return house()


def test_nothing_stands_on_what_is_not_below(ours: FloorPlan) -> None:
    assert ours.back_arrows() == []


def test_no_files_import_each_other_in_a_circle() -> None:
    """Also not inside functions: whoever reads one file need not have read the other before."""
    graph = grimp.build_graph("yizheng", exclude_type_checking_imports=True, cache_dir=None)
    files = {file: graph.find_modules_directly_imported_by(file) for file in graph.modules}
    graphlib.TopologicalSorter(files).prepare()  # raises CycleError, which names the circle


def test_every_room_is_on_a_floor(ours: FloorPlan) -> None:
    rooms = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert rooms == {room for floor in ours.floors for room in floor}


def test_every_room_says_what_stands_in_it(ours: FloorPlan) -> None:
    silent = [room for floor in ours.floors for room in floor if not _says(room)]
    assert silent == []


SMALL = FloorPlan(
    [["ground"], ["left", "right"], ["top"]],
    {
        "ground": set(),
        "left": {"ground"},
        "right": {"ground", "left"},
        "top": {"ground", "left", "right"},
    },
)


def test_a_neighbour_and_a_higher_room_are_back_arrows() -> None:
    assert SMALL.back_arrows() == [("right", "left")]
    upside = FloorPlan(SMALL.floors, {**SMALL.stands_on, "ground": {"top"}, "right": set()})
    assert upside.back_arrows() == [("ground", "top")]


def test_what_follows_from_others_is_not_drawn() -> None:
    assert SMALL.drawn() == [("left", "ground"), ("right", "left"), ("top", "right")]

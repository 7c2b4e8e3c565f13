"""The house stands from the ground up: no room knows one of its own floor or above, not by an
import and not by a foreign key that names it as text.
"""

from __future__ import annotations

import graphlib

import grimp
import pytest

from yizheng.cli import translations
from yizheng.cli.docs_floors import HOUSE, FloorPlan, _says, house


@pytest.fixture(scope="module")
def ours() -> FloorPlan:
    return house()


def back_arrows(house: FloorPlan) -> list[tuple[str, str]]:
    """Who stands on something that is not below: of the same floor, or higher."""
    height = {room: number for number, floor in enumerate(house.floors) for room in floor}
    return [
        (room, other)
        for room, others in sorted(house.stands_on.items())
        for other in sorted(others)
        if height[other] >= height[room]
    ]


def test_nothing_stands_on_what_is_not_below(ours: FloorPlan) -> None:
    assert back_arrows(ours) == []


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
    assert back_arrows(SMALL) == [("right", "left")]
    upside = FloorPlan(SMALL.floors, {**SMALL.stands_on, "ground": {"top"}, "right": set()})
    assert back_arrows(upside) == [("ground", "top")]


def test_what_follows_from_others_is_not_drawn() -> None:
    assert SMALL.drawn() == [("left", "ground"), ("right", "left"), ("top", "right")]


def test_a_text_is_translated_where_it_is_used_or_below(ours: FloorPlan) -> None:
    """Else an app says in Chinese what another means by the same English word."""
    height = {room: number for number, floor in enumerate(ours.floors) for room in floor}
    translated: dict[translations.MessageKey, set[str]] = {}
    for path, catalogue in translations.catalogues(HOUSE).items():
        for message in catalogue:
            room = path.relative_to(HOUSE).parts[0]
            translated.setdefault(translations.key_of(message), set()).add(room)
    hidden = (use for use, _place in translations.hidden_in(HOUSE) if use)
    borrowed = set()
    for use in (*translations.used_in(HOUSE), *hidden):
        room = use.place.split("/")[1]
        if room in height and not any(
            other == room or height[other] < height[room] for other in translated.get(use.key, ())
        ):
            borrowed.add((room, *use.key))
    assert borrowed == set()

"""The generated page of floors, drawn from the code: what each app knows, and on which others it
stands.

The floors are those of the import contract in pyproject.toml; the arrows are the imports as they
are, and the foreign keys of the tables, also where an app is only named as text.
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .markdown import table

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "yizheng"
HOUSE = ROOT / PACKAGE


@dataclass(frozen=True)
class FloorPlan:
    """`floors` from the ground up, the rooms of each; `stands_on` what a room imports or refers
    to.
    """

    floors: list[list[str]]
    stands_on: dict[str, set[str]]

    def drawn(self) -> list[tuple[str, str]]:
        """The arrows that do not follow from others: on whom somebody below stands already."""
        reach = {room: self._reach(room) for room in self.stands_on}
        return [
            (room, other)
            for room, others in self.stands_on.items()
            for other in sorted(others)
            if not any(other in reach[between] for between in others if between != other)
        ]

    def _reach(self, room: str) -> set[str]:
        found: set[str] = set()
        ahead = [room]
        while ahead:
            for other in self.stands_on[ahead.pop()] - found:
                found.add(other)
                ahead.append(other)
        return found


def house() -> FloorPlan:
    floors = _floors()
    rooms = [room for floor in floors for room in floor]
    imports, keys = _imports(), _foreign_keys()
    known = {room: (imports[room] | keys.get(room, set())) & {*rooms} - {room} for room in rooms}
    return FloorPlan(floors, known)


def _floors() -> list[list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    named = [[part.strip() for part in layer.split("|")] for layer in contract["layers"]]
    own = [[room.removeprefix(f"{PACKAGE}.") for room in floor] for floor in reversed(named)]
    rooms = ([room for room in floor if (HOUSE / room).is_dir()] for floor in own)
    return [floor for floor in rooms if floor]  # the demo county stands on the house, not in it


def _imports() -> dict[str, set[str]]:
    import grimp  # for developers, like this page

    graph = grimp.build_graph(PACKAGE, exclude_type_checking_imports=True, cache_dir=None)
    for room in graph.find_children(PACKAGE):
        graph.squash_module(room)
    return {
        room.removeprefix(f"{PACKAGE}."): {
            other.removeprefix(f"{PACKAGE}.")
            for other in graph.find_modules_directly_imported_by(room)
        }
        for room in graph.find_children(PACKAGE)
    }


def _foreign_keys() -> dict[str, set[str]]:
    """Without those that name a setting (whose accounts, whose rows): they know no app."""
    from django.apps import apps
    from django.conf import settings

    by_setting = {settings.AUTH_USER_MODEL, getattr(settings, "TENANT_MODEL", "")}
    found: dict[str, set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if not field.concrete or field.related_model is None:
                continue
            other = field.related_model._meta
            if other.label not in by_setting and other.app_label != model._meta.app_label:
                found.setdefault(model._meta.app_label, set()).add(other.app_label)
    return found


# The page -----------------------------------------------------------------------------------------


def page() -> str:
    found = house()
    rows = [
        (str(number), f"`{room}`", _says(room), _listed(found.stands_on[room]))
        for number, floor in reversed(list(enumerate(found.floors)))
        for room in floor
    ]
    return (
        "# Floors\n\nLower never stands on higher, and rooms of one floor do not know each other. "
        "An arrow says on whom a room stands; what follows from other arrows is left out of the "
        f"picture, and stands in the table.\n\n{_picture(found)}\n"
        f"{table(('Floor', 'Room', 'What stands in it', 'Stands on'), rows)}"
    )


def _picture(found: FloorPlan) -> str:
    lines = ["```mermaid", "flowchart TD"]
    for number, floor in reversed(list(enumerate(found.floors))):
        lines.append(f'    subgraph floor{number}["{number}"]')
        lines += [f"        {room}" for room in floor]
        lines.append("    end")
    lines += [f"    {room} --> {other}" for room, other in sorted(found.drawn())]
    return "\n".join([*lines, "```", ""])


def _says(room: str) -> str:
    """The first paragraph of what the package says of itself."""
    text = ast.get_docstring(ast.parse((HOUSE / room / "__init__.py").read_text(encoding="utf-8")))
    return " ".join((text or "").split("\n\n")[0].split())


def _listed(rooms: set[str]) -> str:
    return ", ".join(f"`{room}`" for room in sorted(rooms))

"""What forms offer out of the regulation."""

from __future__ import annotations

from typing import Any

from ..parameters import in_force


def form_choices() -> list[Any]:
    """The forms of the regulation in force, under their kinds."""
    rules = in_force()
    return [
        (kind.label, [(form.code, form.label) for form in rules.forms_of(kind.code)])
        for kind in rules.kinds
    ]


def chosen_code(items: str, code: str) -> list[tuple[str, Any]]:
    """What stands there already, by its wording then where the regulation has it no more."""
    return [(code, in_force().label(items, code))] if code else []

"""The generated page of permissions: the roles an office begins with, and the rule that guards each
step.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

from .markdown import table


def page() -> str:
    return "\n\n".join(
        [
            "# Permissions",
            "A permission is named in an app's `rules.py` and granted through a role. Roles "
            "are data: these are those "
            "an organisation is founded with (`organisations/roles.json`); an office may "
            "change them. “at its unit” "
            "means: the role is granted for one unit, and reaches what is assigned to it.",
            _matrix(),
            "## Relations",
            "Besides permissions, a rule may ask for a relation to the object:",
            _relations(),
            "## Steps",
            "Who may take which step. When it may be taken is in [states.md](states.md).",
            _steps(),
        ]
    )


def _roles() -> list[dict[str, Any]]:
    from yizheng.organisations.services.founding import ROLES

    return list(json.loads(Path(ROLES).read_text(encoding="utf-8")))


def _matrix() -> str:
    _rules()  # loads every rules.py, so that every permission is declared
    from yizheng.core.access import REGISTRY

    roles = _roles()
    head = ["Permission", "", *(f"{role['name']}<br>`{role['code']}`" for role in roles)]
    rows = [
        (
            f"`{code}`",
            str(REGISTRY[code]),
            *("●" if code in role["permissions"] else "" for role in roles),
        )
        for code in sorted(REGISTRY)
    ]
    factor = (
        "*second factor*",
        "must sign in with one",
        *("●" if role.get("needs_second_factor") else "" for role in roles),
    )
    return table(head, [*rows, factor])


@cache
def _rules() -> dict[str, str]:
    """Label of every rule by its code, read from each app's rules.py."""
    from django.apps import apps

    from yizheng.core.access import REGISTRY
    from yizheng.core.flow import FLOWS

    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("yizheng.") and importlib.util.find_spec(f"{config.name}.rules"):
            _collect(vars(importlib.import_module(f"{config.name}.rules")).values(), found)
    for flow in FLOWS.values():
        _collect([step.rule for step in flow.steps.values()], found)
    return {**found, **{code: str(label) for code, label in REGISTRY.items()}}


def _collect(values: Any, found: dict[str, str]) -> None:
    from yizheng.core.access import Rule

    for value in values:
        if isinstance(value, Rule) and "|" not in value.code:
            found.setdefault(value.code, str(value.label))


def label_of(code: str) -> str:
    return _rules().get(code, code.replace("_", " "))


def _relations() -> str:
    from yizheng.core.access import REGISTRY

    relations = {code: label for code, label in _rules().items() if code not in REGISTRY}
    return table(
        ("Relation", ""), [(f"`{code}`", label) for code, label in sorted(relations.items())]
    )


def _steps() -> str:
    from yizheng.core.flow import FLOWS

    rows = [
        (f"`{code}.{step.name}`", str(step.label), *_who(step))
        for code in sorted(FLOWS)
        for step in FLOWS[code].steps.values()
    ]
    return table(("Step", "", "Rule", "Roles that have it"), rows)


def _who(step: Any) -> tuple[str, str]:
    if step.automatic:
        return "automatic", ""
    codes = step.rule.code.split("|")
    roles = [role["name"] for role in _roles() if set(codes) & set(role["permissions"])]
    return " or ".join(f"`{code}`" for code in codes), "、".join(roles)

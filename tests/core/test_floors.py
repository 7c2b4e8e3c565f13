"""What the layer check of imports does not see: references between tables, said as text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).parents[2]
IDIOMS = {settings.AUTH_USER_MODEL, settings.TENANT_MODEL}
"""Named by a setting: a lower floor knows that there is one, not whose it is."""


def floors() -> dict[str, int]:
    """App → how high it lies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        app.strip().removeprefix("yizheng."): height
        for height, layer in enumerate(reversed(layers))
        for app in layer.split("|")
    }


def references() -> Iterator[tuple[str, str, str]]:
    """From which model, by which field, to which."""
    for config in apps.get_app_configs():
        for model in config.get_models() if config.name.startswith("yizheng.") else ():
            for field in model._meta.get_fields():
                if field.concrete and field.related_model:
                    yield model._meta.label, field.name, field.related_model._meta.label


def test_no_table_refers_to_one_of_a_higher_floor_or_of_a_sibling() -> None:
    height, found = floors(), list(references())
    assert ("people.Membership", "term", "organisations.Term") in found
    wrong = []
    for one, field, other in found:
        here, there = one.split(".")[0], other.split(".")[0]
        known = other in IDIOMS or here == there or there not in height
        if not known and height[there] >= height[here]:
            wrong.append(f"{one}.{field} → {other}")
    assert wrong == []

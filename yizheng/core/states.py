"""The base class of a flow's states, each with the groups it belongs to.

Models and their constraints, lists, figures, search and imports ask for a group (“numbered”,
“editable”) and never name a state; so a new state is said once, in its line of the enum.
"""

from __future__ import annotations

from functools import cache
from typing import Self

from django.db.models import TextChoices


class States(TextChoices):
    """`FILED = "filed", "numbered public", _("filed")`: value, groups, what people call it.

    Groups may be left out.
    """

    def __new__(cls, value: str, groups: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.groups = frozenset(groups.split())
        return member

    groups: frozenset[str]

    @classmethod
    @cache
    def of(cls, *groups: str) -> tuple[Self, ...]:
        """The states of these groups, in the order of the enum: asked some sixty times a page.

        Raises LookupError for a group that no state has.
        """
        if unknown := set(groups) - {group for state in cls for group in state.groups}:
            raise LookupError(f"{cls.__name__} has no state of the group {min(unknown)}")
        return tuple(state for state in cls if state.groups & set(groups))

    @classmethod
    @cache
    def but(cls, *groups: str) -> tuple[Self, ...]:
        """All others."""
        left_out = cls.of(*groups)
        return tuple(state for state in cls if state not in left_out)

"""Kinds of named things that the office keeps under its settings, each in a list of its own:
committees, and what higher floors add.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from yizheng.core.access import Actor, Words

if TYPE_CHECKING:
    from .forms import NamedForm
    from .models import NamedRow


def _as_it_is(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows


def _by_all(_actor: Actor) -> bool:
    return True


def _nowhere(_row: Any) -> str:
    return ""


@dataclass(frozen=True)
class NamedColumn:
    """What a list shows of each row beside its name.

    `prepare` makes the query ready for it; `url` is where the words lead, if anywhere, and
    `read_by` who may go there. A column that `counts` what hangs on a row keeps a row from being
    offered for removal while there is any.
    """

    label: Words
    value: Callable[[Any], Any]
    url: Callable[[Any], str] = _nowhere
    read_by: Callable[[Actor], bool] = _by_all
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] = _as_it_is
    counts: bool = False


@dataclass(frozen=True)
class NamedKind:
    """`code` stands in the address. `purpose` is said on the overview, `empty` where there are none
    yet, `add` on the button.
    """

    code: str
    model: type[NamedRow]
    order: int
    title: Words
    purpose: Words
    add: Words
    empty: Words
    form: Callable[[], type[NamedForm]]
    columns: list[NamedColumn] = field(default_factory=list)

    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.order_by("pk")
        for column in self.columns:
            rows = column.prepare(rows)
        return rows


KINDS: dict[str, NamedKind] = {}


def register(kind: NamedKind) -> None:
    if KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"two kinds of named things are called {kind.code}")


def show(code: str, column: NamedColumn) -> None:
    """A higher floor adds a column to the list of a kind."""
    KINDS[code].columns.append(column)


def in_order() -> list[NamedKind]:
    return sorted(KINDS.values(), key=lambda kind: kind.order)

"""The circumstances on which an answer rests besides who asks: the day, the regulation in force.

Whatever is kept in a process is kept for just those circumstances. `watched` sees which of them
were really asked for, so that what a rule says of itself can be held against what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

DAY, MOMENT, REGULATION = "day", "moment", "regulation"
_values: dict[str, Callable[[], Hashable]] = {}
_asked: ContextVar[set[str] | None] = ContextVar("circumstances", default=None)


def on(circumstance: str) -> None:
    """Said by whoever answers from that circumstance: the clock, the regulations."""
    if (asked := _asked.get()) is not None:
        asked.add(circumstance)


@contextmanager
def watched() -> Iterator[set[str]]:
    """Gathers the circumstances that are asked for inside."""
    asked: set[str] = set()
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)
        for circumstance in asked:
            on(circumstance)  # whoever watches around us sees them too


def register(circumstance: str, value: Callable[[], Hashable]) -> None:
    """What it is just now.

    A circumstance without a value (the moment) is never twice the same: nothing made of it is kept.
    """
    _values[circumstance] = value


def may_be_kept(rests_on: Iterable[str]) -> bool:
    return set(rests_on) <= _values.keys()


def standing(rests_on: Iterable[str]) -> tuple[Hashable, ...]:
    """These circumstances as they are now: what was made of the actor and the same of these still
    holds.
    """
    return tuple(_values[circumstance]() for circumstance in sorted(rests_on))

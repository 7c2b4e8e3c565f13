"""Flow tables written by hand, one line a step: `flow: step | sources | target | who`; `—` stands
for nobody but the platform.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    flow: str
    step: str
    sources: frozenset[str]
    target: str
    who: frozenset[str]

    @property
    def automatic(self) -> bool:
        return not self.who


def lines(table: str) -> list[Line]:
    """The lines of a table; what moves nothing may leave its target out."""
    return [_line(text) for text in table.splitlines() if text.strip()]


def _line(text: str) -> Line:
    name, sources, *target, who = (part.strip() for part in text.split("|"))
    flow, _colon, step = name.partition(":")
    return Line(
        flow,
        step.strip(),
        frozenset(sources.split()),
        target[0] if target else "",
        frozenset(who.split()) - {"—"},
    )

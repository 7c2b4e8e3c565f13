"""Kinds of notice, read from the tables of the flows: what begins, and the steps that tell
somebody.
"""

from __future__ import annotations

from dataclasses import dataclass

from yizheng.core.access import Words
from yizheng.core.flow import FLOWS


@dataclass(frozen=True)
class NoticeKind:
    code: str
    flow: Words
    label: Words
    may_mute: bool


def kinds() -> list[NoticeKind]:
    """Everything of a flow that tells somebody, in the order of the tables.

    What is good to know may be muted; the sentences of a kind on which work or a right hangs are
    told all the same.
    """
    return [
        NoticeKind(
            f"{flow.code}.{line.name}",
            flow.label,
            line.said,
            any(tell.may_mute for tell in line.tell),
        )
        for flow in FLOWS.values()
        for line in flow.tellers
    ]

"""Kinds of notice: the steps that tell somebody, read from the flows; and those that nobody can mute."""

from __future__ import annotations

from dataclasses import dataclass

from yizheng.core.access import Words
from yizheng.core.flow import FLOWS

LEGAL = frozenset(
    {
        "proposal.assign", "proposal.return", "proposal.answer", "proposal.submit", "proposal.not_file",
        "assignment.sent", "assignment.urge", "assignment.send_back", "assignment.handle_again",
        "assignment.return_draft", "assignment.refuse_hand_back", "assignment.grant_hand_back",
        "assignment.request_sign_off", "commitment.miss",
    }
)
"""Assigned, urged, to be rated, returned: work or a right hangs on being told."""


@dataclass(frozen=True)
class Kind:
    code: str
    flow: Words
    label: Words

    @property
    def is_legal(self) -> bool:
        return self.code in LEGAL


def kinds() -> list[Kind]:
    """Every step of a flow that tells somebody, in the order of the tables."""
    return [
        Kind(f"{flow.code}.{step.name}", flow.label, step.said)
        for flow in FLOWS.values()
        for step in flow.steps.values()
        if step.tell
    ]

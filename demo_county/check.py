"""The roads of the demo county walked over HTTP, one after another."""

from __future__ import annotations

from collections.abc import Callable

from .check_activity import ActivityWalk
from .check_opinion import OpinionWalk
from .check_proposal import ProposalWalk
from .visitor import Unexpected
from .walking import People, Walk

WALKS: tuple[type[Walk], ...] = (ProposalWalk, ActivityWalk, OpinionWalk)


def run(url: str, say: Callable[[str], None]) -> bool:
    """Walk every road on the server at `url`, a line for each step; False where one ends early,
    with what was shown there.
    """
    people = People(url)
    held = [
        _through(walk(people), say) for walk in WALKS
    ]  # every one, also after one that did not get through
    return all(held)


def _through(walk: Walk, say: Callable[[str], None]) -> bool:
    name = ""
    try:
        for name, step in walk.steps():
            say(f"✓ {name}  {step()}".rstrip())
    except Unexpected as failure:
        say(f"✗ {name}  {failure}")
        return False
    return True

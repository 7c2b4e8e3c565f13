from __future__ import annotations

from yizheng.core.access import Actor

from .flow import MOTION
from .models import Motion


def move(title: str, *, by: Actor) -> Motion:
    return MOTION.begin(
        Motion(title=title, mover_id=min(by.membership_ids, default=0)), "moved", by=by
    )


def save(motion: Motion, text: str, *, by: Actor, seen: int | None = None) -> Motion:
    with MOTION.editing("save", motion, by=by, seen=seen) as edit:
        edit.row.text = text
    return edit.row


def discard(motion: Motion, *, by: Actor) -> None:
    with MOTION.editing("discard", motion, by=by):
        pass

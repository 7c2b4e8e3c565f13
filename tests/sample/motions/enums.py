from __future__ import annotations

from django.db.models import TextChoices

from yizheng.core.states import States


class MotionState(States):
    """private: its mover's alone · voting: ballots can be cast · decided: the round is over."""

    DRAFT = "draft", "private", "being written"
    OPEN = "open", "voting", "being voted on"
    ADOPTED = "adopted", "decided", "adopted"
    REJECTED = "rejected", "decided", "rejected"
    WITHDRAWN = "withdrawn", "withdrawn"


class BallotState(States):
    PENDING = "pending", "to be cast"
    CAST = "cast", "cast", "cast"
    LAPSED = "lapsed", "not cast"


class Vote(TextChoices):
    FOR = "for", "for"
    AGAINST = "against", "against"

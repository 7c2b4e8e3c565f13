from __future__ import annotations

from collections.abc import Sequence

from yizheng.core.access import Actor
from yizheng.core.case_display import CaseRow

from .flow import BALLOT, MOTION
from .models import Ballot, Motion


def motion_rows(motions: Sequence[Motion], _actor: Actor) -> list[CaseRow]:
    return [
        CaseRow(id=m.pk, title=m.title, url=MOTION.url(m), seals=MOTION.seals_of(m))
        for m in motions
    ]


def ballot_rows(ballots: Sequence[Ballot], _actor: Actor) -> list[CaseRow]:
    return [CaseRow(id=b.pk, title=b.motion.title, url=BALLOT.url(b)) for b in ballots]

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.flow import Act, Birth, Edit, Ends, Flow, State, Step, Tell
from yizheng.people.queries import accounts_holding, accounts_of, serving_on

from . import rules
from .enums import BallotState as B
from .enums import MotionState as S
from .enums import Vote
from .models import Ballot, Motion


def _has_text(motion: Motion) -> Words | None:
    return None if motion.text.strip() else "The text is still missing."


def _is_voted_on(ballot: Ballot) -> Words | None:
    return None if ballot.motion.state in S.of("voting") else "Nobody votes on this motion now."


def _give_ballots(act: Act[Motion]) -> None:
    for member in serving_on(clock.today()):
        BALLOT.begin(Ballot(motion=act.obj, membership=member), "given", by=act.by)


def _decided(motion: Motion, _data: Mapping[str, Any]) -> str:
    votes = list(motion.ballots.filter(state__in=B.of("cast")).values_list("vote", flat=True))
    return S.ADOPTED if votes.count(Vote.FOR) > votes.count(Vote.AGAINST) else S.REJECTED


def _close(act: Act[Motion]) -> None:
    act.obj.decided_at = act.at


def _open_ballots(act: Act[Motion]) -> None:
    act.obj.ballots.filter(state__in=B.of("cast")).update(opened_at=act.at)


def _cast(act: Act[Ballot]) -> None:
    act.obj.vote = act.data["vote"]


def _tell_voters(motion: Motion) -> Iterable[int]:
    return accounts_of(serving_on(clock.today()).values_list("pk", flat=True))


MOTION = Flow(
    "motion",
    "Motion",
    Motion,
    births=[Birth("moved", "moved it", S.DRAFT, rule=rules.mover, stranger="Only members move.")],
    states={
        S.DRAFT: State(S.DRAFT.label, rules.mover, "writes it", now=0),
        S.OPEN: State(S.OPEN.label, rules.chair, "closes the vote", done=1, now=1),
        S.ADOPTED: State(S.ADOPTED.label, done=2, ends=True),
        S.REJECTED: State(S.REJECTED.label, done=2, ends=True),
        S.WITHDRAWN: State(S.WITHDRAWN.label, ends=True),
    },
    steps=[
        Step[Motion](
            "open",
            "Put it to the vote",
            "put to the vote",
            frozenset({S.DRAFT}),
            rules.mover,
            target=S.OPEN,
            guards=(_has_text,),
            then=_give_ballots,
            primary=True,
            tell=(Tell(_tell_voters, "Please vote on “%(title)s”"),),
        ),
        Step[Motion](
            "close",
            "Close the vote",
            "vote closed",
            frozenset({S.OPEN}),
            rules.chair,
            target=_decided,
            effect=_close,
            then=_open_ballots,
            primary=True,
            bulk=True,
            tell=(Tell(_tell_voters, "The vote on “%(title)s” is over", may_mute=True),),
        ),
        Step[Motion](
            "withdraw",
            "Withdraw",
            "withdrawn",
            frozenset({S.DRAFT, S.OPEN}),
            rules.mover,
            target=S.WITHDRAWN,
            form="tests.sample.motions.forms.ReasonForm",
            tell=(Tell(lambda m: accounts_holding(rules.chair.code), "“%(title)s” was withdrawn"),),
        ),
    ],
    edits=[
        Edit[Motion](
            "save",
            "text changed",
            frozenset({S.DRAFT}),
            rules.mover,
            "It is put to the vote; its text stays.",
            stranger="Only its mover may change it.",
            traced=False,
        ),
        Edit[Motion](
            "discard",
            "thrown away",
            frozenset({S.DRAFT}),
            rules.mover,
            "Only a draft can be thrown away.",
            deletes=True,
        ),
    ],
    seals=(("动", "moved"), ("决", "decided")),
    url=lambda m: reverse("motions:detail", args=[m.pk]),
    visible=rules.visible_motions,
    values=lambda m: {"title": m.title},
)

BALLOT = Flow(
    "ballot",
    "Ballot",
    Ballot,
    births=[Birth("given", "given a ballot", B.PENDING, guards=(_is_voted_on,))],
    states={
        B.PENDING: State(B.PENDING.label, rules.voter, "votes", now=0),
        B.CAST: State(B.CAST.label, ends=True),
        B.LAPSED: State(B.LAPSED.label, ends=True),
    },
    steps=[
        Step[Ballot](
            "cast",
            "Vote",
            "voted",
            frozenset({B.PENDING}),
            rules.voter,
            target=B.CAST,
            form="tests.sample.motions.forms.VoteForm",
            effect=_cast,
            primary=True,
        ),
        Step[Ballot](
            "lapse",
            "Lapse",
            "not cast",
            frozenset({B.PENDING}),
            rules.chair,
            target=B.LAPSED,
            automatic=True,
        ),
    ],
    ends=[
        Ends(
            "motion",
            frozenset(S.but("voting", "private")),
            "lapse",
            lambda motion: motion.ballots.all(),
        )
    ],
    url=lambda b: reverse("motions:detail", args=[b.motion_id]),
    visible=rules.visible_ballots,
    under=lambda b: b.motion,
    values=lambda b: {"title": b.motion.title},
)

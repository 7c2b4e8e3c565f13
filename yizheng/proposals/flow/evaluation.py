"""The life of a rating (评价): each proposer rates the replies of a round from their own account;
sealed until the round is over.
"""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import system
from yizheng.core.flow import FLOWS, Act, Birth, Ends, Flow, State, Step
from yizheng.core.refusals import NotNow

from .. import rules
from ..enums import EvaluationState as S
from ..enums import ProposalState
from ..models import Evaluation
from .due_dates import working_days
from .notices import proposal_url, values_of


def _answer(act: Act[Evaluation]) -> None:
    evaluation = act.obj
    for field in ("answers", "comment", "verdict"):
        setattr(evaluation, field, act.data[field])
    evaluation.answered_at = act.at
    evaluation.address_flag = act.data["address_flag"]


def _conclude_if_last(act: Act[Evaluation]) -> None:
    """The last rating in concludes the round; what stands in its way then (no supervision yet) is
    left to the office.
    """
    proposal = act.obj.proposal
    if proposal.evaluations.filter(round=proposal.round, state=S.PENDING).exists():
        return
    with suppress(NotNow):
        FLOWS["proposal"].perform("conclude", proposal, by=system(act.by.organisation_id))
    act.obj.refresh_from_db(fields=["opened_at"])


EVALUATION = Flow(
    "evaluation",
    _("Rating"),
    Evaluation,
    states={
        S.PENDING: State(
            S.PENDING.label,
            rules.rater,
            _("rates the reply"),
            done=3,
            now=3,
            due=working_days("evaluation_days"),
        ),
        S.ANSWERED: State(S.ANSWERED.label, ends=True),
        S.LAPSED: State(S.LAPSED.label, ends=True),
    },
    births=[Birth[Evaluation]("asked", _("asked to rate"), S.PENDING)],
    steps=[
        Step[Evaluation](
            "answer",
            _("Rate the reply"),
            _("rated"),
            frozenset({S.PENDING}),
            rules.rater,
            target=S.ANSWERED,
            form="yizheng.proposals.forms.steps.EvaluationForm",
            effect=_answer,
            then=_conclude_if_last,
            primary=True,
        ),
        Step[Evaluation](
            "lapse",
            _("Lapse"),
            _("not rated in time"),
            frozenset({S.PENDING}),
            rules.evaluate_round,
            target=S.LAPSED,
            automatic=True,
        ),
    ],
    ends=[
        Ends(
            "proposal",
            frozenset(ProposalState.of("underway", "finished")),
            "lapse",
            lambda p: p.evaluations.all(),
        )
    ],
    url=lambda e: proposal_url(e.proposal),
    visible=rules.visible_evaluations,
    values=lambda e: values_of(e.proposal),
    under=lambda e: e.proposal,
    due_with=("proposal",),
)

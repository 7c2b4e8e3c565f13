"""The life of a co-signature (附议): a member is invited to co-sign, accepts, declines, or lets it
lapse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core.access import Words
from yizheng.core.flow import Act, Birth, Ends, Flow, State, Step, Tell
from yizheng.core.time_left import DayCount
from yizheng.people.queries import accounts_of

from .. import rules
from ..enums import CosignState as S
from ..enums import ProposalState
from ..models import Cosignature
from . import guards
from .due_dates import day_of, rules_of
from .notices import proposal_url, tell_proposers, values_of


def _due(cosignature: Cosignature) -> dt.date:
    invited_on = day_of(cosignature)
    return invited_on + dt.timedelta(days=rules_of(invited_on).deadlines.cosign_days)


def _answer(act: Act[Cosignature]) -> None:
    act.obj.answered_at = act.at


def _tell_proposer(cosignature: Cosignature) -> Iterable[int]:
    return tell_proposers(cosignature.proposal)


def _tell_invited(cosignature: Cosignature) -> Iterable[int]:
    return accounts_of([cosignature.membership_id])


def _may_be_joined(cosignature: Cosignature) -> Words | None:
    return guards.may_be_joined(cosignature.proposal)


COSIGNATURE = Flow(
    "cosignature",
    _("Co-signature"),
    Cosignature,
    states={
        S.INVITED: State(
            S.INVITED.label,
            rules.invited,
            _("answers the invitation to co-sign"),
            now=0,
            due=_due,
            counted=DayCount.CALENDAR,
            tone="ochre",
        ),
        S.ACCEPTED: State(S.ACCEPTED.label, ends=True, tone="bamboo"),
        S.DECLINED: State(S.DECLINED.label, ends=True),
        S.LAPSED: State(S.LAPSED.label, ends=True),
    },
    births=[
        Birth[Cosignature](
            "invited",
            _("invited to co-sign"),
            S.INVITED,
            rules.inviter,
            guards.ONLY_THE_FIRST_INVITES,
            (_may_be_joined,),
            tell=(Tell(_tell_invited, msgid("You are invited to co-sign “%(title)s”")),),
        ),
        Birth[Cosignature]("imported", _("imported"), S.ACCEPTED, rules.import_proposals),
    ],
    steps=[
        Step[Cosignature](
            "accept",
            _("Co-sign"),
            _("co-signed"),
            frozenset({S.INVITED}),
            rules.invited,
            target=S.ACCEPTED,
            effect=_answer,
            primary=True,
            tell=(Tell(_tell_proposer, msgid("A member co-signed “%(title)s”"), may_mute=True),),
        ),
        Step[Cosignature](
            "decline",
            _("Decline"),
            _("declined to co-sign"),
            frozenset({S.INVITED}),
            rules.invited,
            target=S.DECLINED,
            effect=_answer,
            confirm=_("Decline to co-sign? This invitation cannot be taken up again."),
            tell=(Tell(_tell_proposer, msgid("A member declined to co-sign “%(title)s”")),),
        ),
        Step[Cosignature](
            "lapse",
            _("Lapse"),
            _("invitation lapsed"),
            frozenset({S.INVITED}),
            rules.check,
            target=S.LAPSED,
            automatic=True,
        ),
    ],
    ends=[
        Ends(
            "proposal",
            frozenset(ProposalState.but("cosigning")),
            "lapse",
            lambda p: p.cosignatures.all(),
        )
    ],
    url=lambda c: proposal_url(c.proposal),
    visible=rules.visible_cosignatures,
    values=lambda c: values_of(c.proposal),
    under=lambda c: c.proposal,
    due_with=("membership__person",),
)

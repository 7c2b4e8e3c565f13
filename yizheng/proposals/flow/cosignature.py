"""附议: a member is invited to co-sign, accepts, declines, or lets it lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core import clock
from yizheng.core.flow import Act, Flow, State, Step, Tell

from .. import rules
from ..enums import CosignState as S
from ..models import Cosignature
from .common import proposal_url, rules_of, tell_proposers, values_of


def _due(_cosignature: Cosignature) -> dt.date:
    return clock.today() + dt.timedelta(days=rules_of().deadlines.cosign_days)


def _answer(act: Act[Cosignature]) -> None:
    act.obj.answered_at = act.at


def _tell_proposer(cosignature: Cosignature) -> Iterable[int]:
    return tell_proposers(cosignature.proposal)


COSIGNATURE = Flow(
    "cosignature", _("Co-signature"), Cosignature,
    states={
        S.INVITED: State(S.INVITED.label, rules.invited, _("answers the invitation to co-sign"), now=0, due=_due),
        S.ACCEPTED: State(S.ACCEPTED.label, ends=True),
        S.DECLINED: State(S.DECLINED.label, ends=True),
        S.LAPSED: State(S.LAPSED.label, ends=True),
    },
    steps=[
        Step[Cosignature](
            "accept", _("Co-sign"), _("co-signed"), frozenset({S.INVITED}), rules.invited, target=S.ACCEPTED,
            effect=_answer, primary=True, tell=(Tell(_tell_proposer, msgid("A member co-signed “%(title)s”")),),
        ),
        Step[Cosignature](
            "decline", _("Decline"), _("declined to co-sign"), frozenset({S.INVITED}), rules.invited,
            target=S.DECLINED, effect=_answer,
            tell=(Tell(_tell_proposer, msgid("A member declined to co-sign “%(title)s”")),),
        ),
        Step[Cosignature](
            "lapse", _("Lapse"), _("invitation lapsed"), frozenset({S.INVITED}), rules.check, target=S.LAPSED,
            automatic=True,
        ),
    ],
    url=lambda c: proposal_url(c.proposal), visible=rules.visible_cosignatures, values=lambda c: values_of(c.proposal),
    under=lambda c: c.proposal,
)  # fmt: skip

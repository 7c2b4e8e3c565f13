"""回头看: a promise is followed until it is confirmed as kept, or found to be missed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.files import attach
from yizheng.core.flow import Act, Birth, Flow, State, Step, Tell
from yizheng.people.queries import accounts_at_unit, accounts_holding

from .. import rules
from ..enums import CommitmentState as S
from ..models import Commitment


def _report(act: Act[Commitment]) -> None:
    act.obj.evidence = act.data["evidence"]
    act.detail["note"] = act.data["evidence"][:200]
    if paper := act.data["paper"]:
        attachment = attach(paper, paper.name, to=act.obj, by=act.by)
        act.detail["paper"] = {"name": attachment.name, "digest": attachment.digest}


def _settle(act: Act[Commitment]) -> None:
    act.obj.settled_on = act.data.get("settled_on", act.today)
    act.obj.finding = act.data["finding"]
    act.detail["note"] = act.obj.finding[:200]


def _reopen(act: Act[Commitment]) -> None:
    act.obj.settled_on = None
    act.obj.finding = act.data["finding"]
    act.detail["note"] = act.obj.finding[:200]


def _has_come_due(commitment: Commitment) -> Words | None:
    if clock.today() <= commitment.promised_for:
        return _("It is promised for %(day)s; it cannot be missed before that.") % {
            "day": commitment.promised_for.isoformat()
        }
    return None


SEALS = (
    ("诺", pgettext_lazy("seal", "promise")),
    ("办", pgettext_lazy("seal", "work of the unit")),
    ("验", pgettext_lazy("seal", "check")),
)

COMMITMENT = Flow(
    "commitment",
    _("Commitment"),
    Commitment,
    states={
        S.OPEN: State(
            S.OPEN.label,
            rules.reporter,
            _("does what it promised"),
            done=1,
            now=1,
            due=lambda c: c.promised_for,
        ),
        S.REPORTED: State(
            S.REPORTED.label,
            rules.confirmer,
            _("looks back and confirms"),
            done=2,
            now=2,
            tone="ochre",
        ),
        S.KEPT: State(S.KEPT.label, done=3, ends=True, tone="bamboo"),
        S.MISSED: State(S.MISSED.label, done=1, ends=True, tone="cinnabar"),
        S.REPLACED: State(S.REPLACED.label, done=1, ends=True),
        S.VOID: State(S.VOID.label, done=1, ends=True),
    },
    births=[Birth[Commitment]("promised", _("promised"), S.OPEN)],
    steps=[
        Step[Commitment](
            "report",
            _("Report it done"),
            _("reported done"),
            frozenset({S.OPEN, S.MISSED}),
            rules.reporter,
            target=S.REPORTED,
            form="yizheng.commitments.forms.ReportForm",
            effect=_report,
            primary=True,
            tell=(
                Tell(
                    lambda c: accounts_holding("commitments.confirm"),
                    msgid("%(number)s was reported done: please look back"),
                ),
            ),
        ),
        Step[Commitment](
            "confirm",
            _("Confirm it is kept"),
            _("confirmed as kept"),
            frozenset({S.REPORTED}),
            rules.confirmer,
            target=S.KEPT,
            form="yizheng.commitments.forms.SettleForm",
            effect=_settle,
            primary=True,
            bulk=True,
        ),
        Step[Commitment](
            "doubt",
            _("Not done yet"),
            _("found not done"),
            frozenset({S.REPORTED}),
            rules.confirmer,
            target=S.OPEN,
            form="yizheng.commitments.forms.FindingForm",
            effect=_reopen,
            tell=(
                Tell(
                    lambda c: accounts_at_unit(c.unit_id, "commitments.report"),
                    msgid("%(number)s was looked at and is not done yet"),
                ),
            ),
        ),
        Step[Commitment](
            "miss",
            _("Record it as missed"),
            _("missed"),
            frozenset({S.OPEN, S.REPORTED}),
            rules.confirmer,
            target=S.MISSED,
            guards=(_has_come_due,),
            form="yizheng.commitments.forms.FindingForm",
            effect=_settle,
            tell=(
                Tell(
                    lambda c: accounts_at_unit(c.unit_id, "commitments.report"),
                    msgid("%(number)s was recorded as missed"),
                ),
            ),
        ),
        Step[Commitment](
            "replace",
            _("Replace"),
            _("replaced by a later promise"),
            frozenset({S.OPEN, S.REPORTED}),
            rules.confirmer,
            target=S.REPLACED,
            automatic=True,
        ),
        Step[Commitment](
            "void",
            _("Void"),
            _("void: what it answered was struck from the record"),
            frozenset({S.OPEN, S.REPORTED, S.MISSED}),
            rules.confirmer,
            target=S.VOID,
            automatic=True,
            tell=(
                Tell(
                    lambda c: accounts_at_unit(c.unit_id, "commitments.report"),
                    msgid(
                        "%(number)s is owed no more: what it answered was struck from the record"
                    ),
                ),
            ),
        ),
    ],
    seals=SEALS,
    url=lambda c: reverse("commitments:detail", args=[c.pk]),
    visible=rules.visible_commitments,
    values=lambda c: {"number": c.number},
)

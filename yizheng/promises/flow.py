"""The life of a promise (回头看): followed until it is confirmed as kept, or found to be missed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.day_words import day_words
from yizheng.core.files import attach
from yizheng.core.flow import Act, Birth, Flow, State, Step, Tell
from yizheng.core.punctuation import shortened
from yizheng.core.time_left import DayCount
from yizheng.people.queries import accounts_at_unit, accounts_holding

from . import rules
from .enums import PromiseState as S
from .models import Promise


def _report(act: Act[Promise]) -> None:
    act.obj.evidence = act.data["evidence"]
    act.detail["note"] = shortened(act.data["evidence"])
    if paper := act.data["paper"]:
        attachment = attach(paper, paper.name, to=act.obj, by=act.by)
        act.detail["paper"] = {"name": attachment.name, "digest": attachment.digest}


def _settle(act: Act[Promise]) -> None:
    act.obj.settled_on = act.data.get("settled_on", act.today)
    act.obj.finding = act.data["finding"]
    act.detail["note"] = shortened(act.obj.finding)


def _reopen(act: Act[Promise]) -> None:
    act.obj.settled_on = None
    act.obj.finding = act.data["finding"]
    act.detail["note"] = shortened(act.obj.finding)


def _has_come_due(promise: Promise) -> Words | None:
    if clock.today() <= promise.promised_for:
        return _("It is promised for %(day)s; it cannot be missed before that.") % {
            "day": day_words(promise.promised_for)
        }
    return None


def _told(promise: Promise) -> dict[str, str]:
    """A number says nobody what it is about."""
    return {
        "number": promise.number,
        "unit": promise.unit.short_name,
        "what": shortened(" ".join(promise.text.split()), TOLD_OF_TEXT),
    }


TOLD_OF_TEXT = 30
"""Characters of what was promised that stand in a notice."""
SEALS = (
    ("诺", pgettext_lazy("seal", "promise")),
    ("办", pgettext_lazy("seal", "work of the unit")),
    ("验", pgettext_lazy("seal", "check")),
)

PROMISE = Flow(
    "promise",
    _("Promise"),
    Promise,
    states={
        S.OPEN: State(
            S.OPEN.label,
            rules.reporter,
            _("does what it promised"),
            done=1,
            now=1,
            due=lambda p: p.promised_for,
            counted=DayCount.CALENDAR,
            tone="indigo",
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
    births=[Birth[Promise]("promised", _("promised"), S.OPEN)],
    steps=[
        Step[Promise](
            "report",
            _("Report it done"),
            _("reported done"),
            frozenset({S.OPEN, S.MISSED}),
            rules.reporter,
            target=S.REPORTED,
            form="yizheng.promises.forms.ReportForm",
            effect=_report,
            primary=True,
            tell=(
                Tell(
                    lambda p: accounts_holding(rules.confirmer.code),
                    msgid("%(number)s (%(unit)s: %(what)s) was reported done: please look back"),
                ),
            ),
        ),
        Step[Promise](
            "confirm",
            _("Confirm it is kept"),
            _("confirmed as kept"),
            frozenset({S.REPORTED}),
            rules.confirmer,
            target=S.KEPT,
            form="yizheng.promises.forms.SettleForm",
            effect=_settle,
            primary=True,
            bulk=True,
        ),
        Step[Promise](
            "doubt",
            _("Not done yet"),
            _("found not done"),
            frozenset({S.REPORTED}),
            rules.confirmer,
            target=S.OPEN,
            form="yizheng.promises.forms.FindingForm",
            effect=_reopen,
            tell=(
                Tell(
                    lambda p: accounts_at_unit(p.unit_id, rules.reporter.code),
                    msgid("%(number)s (%(what)s) was looked at and is not done yet"),
                ),
            ),
        ),
        Step[Promise](
            "miss",
            _("Record it as missed"),
            _("missed"),
            frozenset({S.OPEN, S.REPORTED}),
            rules.confirmer,
            target=S.MISSED,
            guards=(_has_come_due,),
            form="yizheng.promises.forms.FindingForm",
            effect=_settle,
            tell=(
                Tell(
                    lambda p: accounts_at_unit(p.unit_id, rules.reporter.code),
                    msgid("%(number)s (%(what)s) was recorded as missed"),
                ),
            ),
        ),
        Step[Promise](
            "replace",
            _("Replace"),
            _("replaced by a later promise"),
            frozenset({S.OPEN, S.REPORTED}),
            rules.confirmer,
            target=S.REPLACED,
            automatic=True,
        ),
        Step[Promise](
            "void",
            _("Void"),
            _("void: what it answered was struck from the record"),
            frozenset({S.OPEN, S.REPORTED, S.MISSED}),
            rules.confirmer,
            target=S.VOID,
            automatic=True,
            tell=(
                Tell(
                    lambda p: accounts_at_unit(p.unit_id, rules.reporter.code),
                    msgid(
                        "%(number)s (%(what)s) is owed no more: "
                        "what it answered was struck from the record"
                    ),
                ),
            ),
        ),
    ],
    seals=SEALS,
    url=lambda p: reverse("promises:detail", args=[p.pk]),
    visible=rules.visible_promises,
    values=_told,
    title=lambda p: f"{p.number} {shortened(p.text, 44)}",
)

"""The life of a visit: what was raised is noted, then settled on the spot or later, or handed on as
a case of its own.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import handover
from yizheng.core.flow import Act, Birth, Flow, State, Step
from yizheng.core.punctuation import shortened

from . import rules
from .enums import VisitState as S
from .models import Visit

RAISED = ("visitor", "visitor_name", "visitor_phone", "raised")


def _correct(act: Act[Visit]) -> None:
    act.detail["fields"] = [name for name in RAISED if getattr(act.obj, name) != act.data[name]]
    for name in RAISED:
        setattr(act.obj, name, act.data[name])


def _settle(act: Act[Visit]) -> None:
    act.obj.answer, act.obj.settled_on = act.data["answer"], act.today
    act.detail["note"] = shortened(act.data["answer"])


def _reopen(act: Act[Visit]) -> None:
    act.obj.settled_on = None
    act.detail["note"] = shortened(act.data["reason"])


def _hand_on(act: Act[Visit]) -> None:
    """The handler begins the case in the same transaction: either both happen or neither.

    The form offers only whom one may.
    """
    handler = handover.find(act.data["to"])
    assert handler is not None
    visit = act.obj
    label = _("visit at %(venue)s on %(day)s") % {
        "venue": visit.venue.name,
        "day": visit.day.isoformat(),
    }
    taken = handler.take(
        act.by,
        handover.Matter(visit, act.data["title"], visit.raised, str(label), VISIT.url(visit)),
    )
    visit.handed_label, visit.handed_url = taken.label[:120], taken.url[:200]
    act.detail["note"] = visit.handed_label


SEALS = (
    ("来", pgettext_lazy("seal", "noting")),
    ("复", pgettext_lazy("seal", "answer or handing on")),
)

VISIT = Flow(
    "visit",
    _("Visit"),
    Visit,
    states={
        S.NOTED: State(S.NOTED.label, rules.holder, _("answers or hands it on"), done=1, now=1),
        S.SETTLED: State(S.SETTLED.label, done=2, ends=True, tone="bamboo"),
        S.HANDED_ON: State(S.HANDED_ON.label, done=2, ends=True, tone="bamboo"),
    },
    births=[
        Birth[Visit]("noted", _("noted"), S.NOTED, rule=rules.noter, stranger=rules.NOTERS_ONLY)
    ],
    steps=[
        Step[Visit](
            "settle",
            _("Settle it"),
            _("settled"),
            frozenset({S.NOTED}),
            rules.handler,
            target=S.SETTLED,
            form="yizheng.venues.forms.VisitAnswerForm",
            effect=_settle,
            primary=True,
        ),
        Step[Visit](
            "hand_on",
            _("Hand it on"),
            _("handed on"),
            frozenset({S.NOTED, S.SETTLED}),
            rules.handler,
            target=S.HANDED_ON,
            form="yizheng.venues.forms.HandOnForm",
            effect=_hand_on,
            applies=lambda visit: handover.any_registered(),
        ),
        Step[Visit](
            "correct",
            _("Correct it"),
            _("corrected"),
            frozenset({S.NOTED}),
            rules.handler,
            form="yizheng.venues.forms.CorrectForm",
            effect=_correct,
        ),
        Step[Visit](
            "reopen",
            _("Take it up again"),
            _("taken up again"),
            frozenset({S.SETTLED}),
            rules.handler,
            target=S.NOTED,
            form="yizheng.venues.forms.VisitReasonForm",
            effect=_reopen,
        ),
    ],
    seals=SEALS,
    url=lambda visit: reverse("venues:visit", args=[visit.pk]),
    visible=rules.visible_visits,
    title=lambda visit: visit.headline,
    values=lambda visit: {"title": visit.headline},
)

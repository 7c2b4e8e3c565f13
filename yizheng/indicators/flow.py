"""The life of an annual report: 拟 written, 定 frozen."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.flow import Act, Flow, State, Step
from yizheng.core.refusals import Refusal
from yizheng.core.ui import BEGINNINGS

from . import book, freezing, outline, rules
from .enums import ReportState as S
from .models import Report


def _edit(act: Act[Report]) -> None:
    outline.parse(act.data["outline"])
    act.obj.title, act.obj.outline = act.data["title"].strip(), act.data["outline"]
    act.detail["title"] = act.obj.title


def _outline_is_sound(report: Report) -> Words | None:
    """A draft written before an indicator was taken away may no longer be sound."""
    try:
        outline.parse(report.outline)
    except Refusal as refused:
        return str(refused)
    return None


def _freeze(act: Act[Report]) -> None:
    report = act.obj
    day = timezone.localdate(act.at)
    report.fields = book.fields_of(report.organisation, report.year, day)
    freezing.keep(report, outline.parse(report.outline))
    report.frozen_at, report.frozen_by_id, report.frozen_by_name = act.at, act.by.account_id, act.by.name or "—"
    act.detail["figures"] = report.figures.count()


BEGINNINGS.update(begun=_("began the report"))

REPORT = Flow(
    "report", _("Annual report"), Report,
    states={
        S.DRAFT: State(S.DRAFT.label, rules.report, _("writes the report"), now=0),
        S.FROZEN: State(S.FROZEN.label, done=2, ends=True),
    },
    steps=[
        Step[Report](
            "edit", _("Save the outline"), _("outline changed"), frozenset({S.DRAFT}), rules.report, effect=_edit,
            automatic=True,
        ),
        Step[Report](
            "freeze", _("Freeze"), _("frozen"), frozenset({S.DRAFT}), rules.report, target=S.FROZEN,
            guards=(_outline_is_sound,), effect=_freeze, primary=True,
            confirm=_("Freeze this report? Its text, its figures and the records behind each are kept as they are now."),
        ),
    ],
    seals=(("拟", _("written")), ("定", pgettext_lazy("seal", "freezing"))),
    url=lambda report: report.get_absolute_url(),
    visible=lambda actor: rules.read.scope(actor) | rules.report.scope(actor),
    values=lambda report: {"title": report.title},
)  # fmt: skip

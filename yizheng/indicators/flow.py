"""The life of an annual report: 拟 written, 定 frozen."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.flow import Act, Birth, Edit, Flow, State, Step
from yizheng.core.refusals import Refusal

from . import frozen_figures, outline, report_content, rules
from .enums import ReportState as S
from .models import Report


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
    report.fields = report_content.fields_of(report.organisation, report.year, day)
    frozen_figures.keep(report, outline.parse(report.outline))
    report.frozen_at = act.at
    report.frozen_by_id = act.by.account_id
    report.frozen_by_name = act.by.name or "—"
    act.detail["figures"] = report.figures.count()


REPORT = Flow(
    "report",
    _("Annual report"),
    Report,
    states={
        S.DRAFT: State(S.DRAFT.label, rules.report, _("writes the report"), now=0),
        S.FROZEN: State(S.FROZEN.label, done=2, ends=True),
    },
    births=[Birth[Report]("begun", _("began the report"), S.DRAFT, rule=rules.report)],
    steps=[
        Step[Report](
            "freeze",
            _("Freeze"),
            _("frozen"),
            frozenset({S.DRAFT}),
            rules.report,
            target=S.FROZEN,
            guards=(_outline_is_sound,),
            effect=_freeze,
            primary=True,
            confirm=_(
                "Freeze this report? Its text, its figures and the records behind each are "
                "kept as they are now."
            ),
        )
    ],
    edits=[
        Edit[Report](
            "edit",
            _("outline changed"),
            frozenset({S.DRAFT}),
            rules.report,
            _("This report is frozen; begin a new one for the year to change it."),
        )
    ],
    seals=(("拟", pgettext_lazy("seal", "drafting")), ("定", pgettext_lazy("seal", "freezing"))),
    url=lambda report: report.get_absolute_url(),
    visible=lambda actor: rules.read.scope(actor) | rules.report.scope(actor),
    values=lambda report: {"title": report.title},
)

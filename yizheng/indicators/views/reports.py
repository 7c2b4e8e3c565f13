"""Pages of the annual report: written from an outline, looked at, handed out as Word, frozen,
compared.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yizheng.core import attempts, audit, concurrent_changes
from yizheng.core.access import Actor
from yizheng.core.case_display import actions_for, timeline
from yizheng.core.figures import INDICATORS
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import NotNow, Refusal
from yizheng.core.views import seen_of
from yizheng.documents import downloads
from yizheng.organisations.models import Organisation

from .. import frozen_figures, outline, queries, rules, services
from ..documents import looks_like_heading
from ..flow import REPORT
from ..forms import OutlineForm, YearForm
from ..frozen_figures import FrozenComparison
from ..models import Report
from ..report_content import FigureBook, Plate, ReportLine
from ..wording import StatedFigure
from .number_display import reader, writer


def _find(pk: int) -> Report:
    report = Report.objects.select_related("organisation").filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def listing(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    reports = [
        {"report": report, "seals": REPORT.seals_of(report), "state": REPORT.state_of(report)}
        for report in Report.objects.all()
    ]
    context = {
        "reports": reports,
        "form": YearForm(years=queries.years()) if queries.years() else None,
        "may_write": rules.report.allows(actor, None),
    }
    return render(request, "indicators/reports.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    actor = writer(request)
    form = YearForm(request.POST, years=queries.years())
    if not form.is_valid():
        raise NotNow(_("Choose a year that has a session."))
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    report = attempts.one(
        request, lambda: services.begin_report(organisation, form.cleaned_data["year"], by=actor)
    )
    return redirect("indicators:report-edit", report.pk)


HOW = {
    "added": {"label": gettext_lazy("added"), "tone": "bamboo"},
    "dropped": {"label": gettext_lazy("dropped"), "tone": "cinnabar"},
    "moved": {"label": gettext_lazy("moved to another part"), "tone": "ochre"},
    "changed": {"label": gettext_lazy("its value changed"), "tone": "ochre"},
    "base_added": {"label": gettext_lazy("added to the base"), "tone": "neutral"},
    "base_dropped": {"label": gettext_lazy("dropped from the base"), "tone": "neutral"},
    "base_moved": {"label": gettext_lazy("moved within the base"), "tone": "neutral"},
}


# One report ---------------------------------------------------------------------------------------


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor, report = reader(request), _find(pk)
    lines, book, _fields = services.fill(report)
    comparisons = frozen_figures.compare(report, actor) if report.is_frozen else []
    context = {
        "report": report,
        "state": REPORT.state_of(report),
        "lines": drawn(lines),
        "unfounded": unfounded(lines),
        "not_recorded": not_recorded(book),
        "comparisons": _compared(comparisons),
        "differing": sum(1 for each in comparisons if each.differs or each.changes),
        "pen": _pen(report, actor),
        "may_write": rules.report.allows(actor, None),
        "timeline": timeline(list(audit.history(report))),
        "how": HOW,
    }
    return render(request, "indicators/report.html", context)


def _pen(report: Report, actor: Actor) -> dict[str, Any]:
    state = REPORT.state_of(report)
    return {
        "seals": REPORT.seals_of(report),
        "holder": state.label,
        "holding": state.holding,
        "due": None,
        "actions": actions_for(FLOWS["report"].offers(report, actor)),
    }


def drawn(lines: list[Any]) -> list[dict[str, Any]]:
    """Lines and plates as the page shows them."""
    return [
        _drawn_plate(line, place) if isinstance(line, Plate) else _drawn_line(line)
        for place, line in enumerate(lines)
    ]


def unfounded(lines: list[Any]) -> list[str]:
    """Rates that stand in the text although there is nothing to divide by."""
    stated = (
        run.stated
        for line in lines
        if isinstance(line, ReportLine)
        for run in line.runs
        if run.stated
    )
    return list(
        dict.fromkeys(
            each.title
            for each in stated
            if each.is_rate and each.is_recorded and each.share is None
        )
    )


def not_recorded(book: FigureBook) -> list[str]:
    """Figures the outline asks for of which nothing is recorded, whether the text says so or leaves
    them out.
    """
    named = (
        each.title if each.year == book.year else _title_of_year(each)
        for each in book.not_recorded()
    )
    return list(dict.fromkeys(named))


def _title_of_year(stated: StatedFigure) -> str:
    return _("%(figure)s of %(year)s") % {"figure": stated.title, "year": stated.year}


def _drawn_line(line: Any) -> dict[str, Any]:
    return {"kind": "heading" if looks_like_heading(line.text) else "text", "runs": line.runs}


def _drawn_plate(plate: Plate, place: int) -> dict[str, Any]:
    head = [plate.parts[0].breakdown_title if plate.parts else "", plate.figure.title]
    rows = [[part.label, {"text": part.text, "url": part.url}] for part in plate.parts]
    return {
        "kind": "plate",
        "id": f"plate-{place}",
        "title": plate.title,
        "table": {"head": head, "rows": rows},
        "spec_url": _spec_url(plate) if plate.how == "chart" else "",
        "empty": not plate.parts,
    }


def _spec_url(plate: Plate) -> str:
    """Only of today's figures: a frozen chart is shown as its table, which cannot have changed."""
    if not plate.figure.url.startswith(reverse("indicators:figure", args=[plate.figure.code])):
        return ""
    chart = reverse("indicators:chart", args=[plate.figure.code])
    return f"{chart}?year={plate.figure.year}&breakdown={plate.breakdown}"


def _compared(comparisons: list[FrozenComparison]) -> list[dict[str, Any]]:
    return [
        {
            "figure": each.figure,
            "differs": each.differs,
            "changes": each.changes,
            "hidden": each.hidden,
            "rows": _side_by_side(each),
        }
        for each in comparisons
    ]


def _side_by_side(comparison: FrozenComparison) -> list[dict[str, Any]]:
    now = {stated.key: stated for stated in comparison.now}
    before = {stated.key: stated for stated in comparison.frozen}
    keys = [*before, *(key for key in now if key not in before)]
    return [_pair(before.get(key), now.get(key)) for key in keys]


def _pair(before: StatedFigure | None, now: StatedFigure | None) -> dict[str, Any]:
    one = before or now
    assert one is not None
    return {
        "label": one.label,
        "before": before.text if before else "—",
        "now": now.text if now else "—",
        "before_basis": _basis(before),
        "now_basis": _basis(now),
    }


def _basis(stated: StatedFigure | None) -> str:
    return stated.basis if stated else ""


# Writing ------------------------------------------------------------------------------------------


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, report = writer(request), _find(pk)
    if report.is_frozen:
        raise NotNow(REPORT.edits["edit"].closed)
    form = OutlineForm(
        request.POST or None, initial={"title": report.title, "outline": report.outline}
    )
    if request.method == "POST" and form.is_valid() and _saved(request, report, form, actor):
        return redirect("indicators:report", report.pk)
    text = form.data.get("outline", report.outline) if form.is_bound else report.outline
    context = {
        "report": report,
        "form": form,
        "seen": concurrent_changes.onward(form, report, seen_of(request)),
        "preview": preview_of(report, text),
        "known": _known(),
    }
    return render(
        request, "indicators/report_edit.html", context, status=422 if form.errors else 200
    )


def _saved(request: HttpRequest, report: Report, form: OutlineForm, actor: Actor) -> bool:
    try:
        services.save_outline(
            report,
            by=actor,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["outline"],
            seen=seen_of(request),
        )
    except Refusal as refused:
        concurrent_changes.explain(form, refused, request.get_full_path())
        return False
    messages.success(request, _("The outline is saved."))
    return True


@attempts.repeatable
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as typed so far, with its figures."""
    writer(request)
    report = _find(pk)
    return render(
        request,
        "indicators/_preview.html",
        {"preview": preview_of(report, request.POST.get("outline", ""))},
    )


def preview_of(report: Report, text: str) -> dict[str, Any]:
    try:
        lines, book, _fields = services.fill(report, text)
    except outline.BadOutline as refused:
        return {"lines": [], "wrong": refused.sentences}
    except Refusal as refused:
        return {"lines": [], "wrong": [str(refused)]}
    return {
        "lines": drawn(lines),
        "unfounded": unfounded(lines),
        "not_recorded": not_recorded(book),
        "wrong": [],
    }


def _known() -> list[dict[str, Any]]:
    """Every placeholder there is, to be copied into the outline."""
    return [
        {
            "code": f"{{{each.code}}}",
            "title": each.title,
            "definition": each.definition,
            "breakdowns": [
                {"code": f"{{{each.code}|by {by.code}}}", "title": by.title}
                for by in each.breakdowns
            ],
        }
        for each in INDICATORS.values()
    ]


def word(request: HttpRequest, pk: int) -> HttpResponse:
    actor, report = reader(request), _find(pk)
    content = services.report_paper(report, request.build_absolute_uri("/").rstrip("/"))
    audit.record("report.exported", by=actor, of=report)
    return downloads.word(content, f"{report.title}.docx")

"""Lists of activities and of the plan in Excel."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.documents.sheets import Column, Sheet, workbook

from .flow import ACTIVITY
from .models import Activity
from .queries import label_of, measured_of


def activity_sheet(activities: QuerySet[Activity]) -> bytes:
    columns = [
        Column(_("Activity"), 40), Column(_("Kind"), 10), Column(_("Form"), 14), Column(_("Begins"), 12, "date"),
        Column(_("Ends"), 12, "date"), Column(_("Place"), 20), Column(_("Committee"), 14), Column(_("Topic of the plan"), 24),
        Column(_("State"), 14), Column(_("Approved by"), 20), Column(_("Results"), 40), Column(_("Measured results"), 30),
    ]  # fmt: skip
    found = activities.select_related("committee", "plan_item").prefetch_related("measured")
    return workbook([Sheet(_("Activities"), columns, (_line(a) for a in found.iterator(chunk_size=500)))])


def _line(activity: Activity) -> list[object]:
    return [
        activity.title, label_of("kinds", activity.kind), label_of("forms", activity.form), timezone.localtime(activity.starts_at),
        timezone.localtime(activity.ends_at), activity.place, activity.committee.name if activity.committee else "",
        activity.plan_item.title if activity.plan_item else _("outside the plan"), str(ACTIVITY.state_of(activity).label),
        activity.approved_by_words, activity.results, "；".join(f"{label} {words}" for label, words in measured_of(activity)),
    ]  # fmt: skip

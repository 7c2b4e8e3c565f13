"""Django's configuration of attending, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttendingConfig(AppConfig):
    name = "yizheng.attending"
    label = "attending"

    def ready(self) -> None:
        from yizheng.activities.documents import ROLL
        from yizheng.activities.flow import ACTIVITY
        from yizheng.activities.rules import reads_activities
        from yizheng.core import nightly_work, panels
        from yizheng.core.case_display import TODOS, Todo
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.documents import year_workbook

        from . import documents, queries
        from .flow import LEAVE
        from .imports import AttendanceSheet
        from .panels import people_panel
        from .services import quorum_decisions

        TODOS.append(Todo(LEAVE, queries.leave_rows, queries.for_todo))
        TODOS.append(
            Todo(
                ACTIVITY,
                queries.invitation_rows,
                queries.with_activity,
                queries.unanswered,
                _("Invitations to answer"),
                ("activity__starts_at", "id"),
            )
        )
        panels.register("activity", people_panel)
        PARTS.append(
            BarPart(
                pgettext_lazy("of activities", "Calendar"),
                "attending:calendar",
                31,
                reads_activities,
            )
        )
        ROLL.append(("请假", documents.on_leave))
        year_workbook.register(AttendanceSheet())
        nightly_work.register(
            "keep the quorum of confirmed sittings", quorum_decisions.keep_earlier
        )

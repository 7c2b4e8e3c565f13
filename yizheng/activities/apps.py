"""Django's configuration of activities, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "yizheng.activities"
    label = "activities"

    def ready(self) -> None:
        from yizheng.core import panels, search_registry
        from yizheng.core import sources as objects
        from yizheng.core.case_display import TODOS, Todo
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.core.views import file_readers
        from yizheng.organisations import unit_mergers
        from yizheng.promises import services as promises
        from yizheng.transfers import transferables

        from . import figures, flow, imports, parameters, queries, rules, searchables, sources  # noqa: F401  (tables register themselves)
        from . import panels as held
        from .unit_mergers import LEGACIES

        imports.register()
        objects.register(sources.SOURCE)
        transferables.register(sources.TERMS)
        promises.void_with(flow.SUGGESTION.model, sources.PROMISES)
        unit_mergers.register(LEGACIES)

        TODOS.extend(
            [
                Todo(flow.ACTIVITY, queries.rows, lambda found: found.select_related("committee")),
                Todo(
                    flow.PLAN_ITEM,
                    queries.plan_rows,
                    lambda found: found.select_related("committee"),
                ),
                Todo(
                    flow.CONTRIBUTION,
                    queries.contribution_rows,
                    lambda found: found.select_related("activity", "membership__person"),
                ),
                Todo(
                    flow.SUGGESTION,
                    queries.suggestion_rows,
                    lambda found: found.select_related("activity", "unit"),
                ),
                Todo(
                    flow.OUTCOME,
                    queries.outcome_rows,
                    lambda found: found.select_related("activity", "unit"),
                ),
            ]
        )
        for layer in searchables.SEARCHABLES:
            search_registry.register(layer)
        PARTS.append(
            BarPart(_("Activities"), "activities:list", 30, rules.reads_activities, on_phone=30)
        )
        panels.register("venue", held.at_venue)
        panels.register("group", held.of_group)
        file_readers["activities.activity"] = rules.may_read_files
        file_readers["activities.outcome"] = rules.may_read(rules.visible_outcomes)
        file_readers["activities.contribution"] = rules.may_read(rules.visible_contributions)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "yizheng.activities"
    label = "activities"

    def ready(self) -> None:
        from yizheng.core import panels, searchable
        from yizheng.core import sources as objects
        from yizheng.core.ui import PARTS, TODOS, Part, Todo
        from yizheng.core.views import file_readers
        from yizheng.organisations import merging
        from yizheng.promises import services as promises
        from yizheng.transfers import terms

        from . import figures, finding, flow, imports, parameters, queries, rules, sources  # noqa: F401  (tables register themselves)
        from . import panels as held
        from .legacies import LEGACIES

        imports.register()
        objects.register(sources.SOURCE)
        terms.register(sources.TERMS)
        promises.void_with(flow.SUGGESTION.model, sources.PROMISES)
        merging.register(LEGACIES)

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
        for layer in finding.SEARCHABLES:
            searchable.register(layer)
        PARTS.append(
            Part(_("Activities"), "activities:list", 30, rules.reads_activities, on_phone=30)
        )
        panels.register("venue", held.at_venue)
        panels.register("group", held.of_group)
        file_readers["activities.activity"] = rules.may_read_files
        file_readers["activities.outcome"] = rules.may_read(rules.visible_outcomes)
        file_readers["activities.contribution"] = rules.may_read(rules.visible_contributions)

"""Django's configuration of opinions, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "yizheng.opinions"
    label = "opinions"

    def ready(self) -> None:
        from yizheng.core import handover, panels, search_registry, sources
        from yizheng.core.case_display import TODOS, Todo
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.core.views import file_readers
        from yizheng.documents import year_workbook
        from yizheng.instructions import services as instructions
        from yizheng.transfers import transferables

        from . import figures, flow, imports, queries, rules, searchables
        from . import sources as opinion_sources

        assert figures.COUNTS
        PARTS.append(BarPart(_("Public opinion"), "opinions:list", 20, rules.opens, on_phone=20))
        TODOS.append(Todo(flow.OPINION, queries.rows, queries.for_list))
        TODOS.append(
            Todo(
                flow.DISPATCH, queries.dispatch_rows, lambda found: found.select_related("opinion")
            )
        )
        year_workbook.register(imports.OpinionSheet())
        file_readers["opinions.opinion"] = rules.may_read_files
        sources.register(opinion_sources.SOURCE)
        instructions.follow_up(opinion_sources.SOURCE.model, opinion_sources.recorded)
        transferables.register(opinion_sources.TERMS)
        handover.register(opinion_sources.HANDLER)
        panels.register("proposal", opinion_sources.became_panel)
        for layer in searchables.SEARCHABLES:
            search_registry.register(layer)
        search_registry.compare(searchables.COMPARISON)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "yizheng.opinions"
    label = "opinions"

    def ready(self) -> None:
        from yizheng.core import handover, panels, searchable, sources
        from yizheng.core.ui import PARTS, TODOS, Part, Todo
        from yizheng.core.views import file_readers
        from yizheng.documents import book
        from yizheng.instructions import services as instructions
        from yizheng.transfers import terms

        from . import figures, finding, flow, hooks, imports, queries, rules

        assert figures.COUNTS
        PARTS.append(Part(_("Public opinion"), "opinions:list", 20, rules.opens, on_phone=20))
        TODOS.append(Todo(flow.OPINION, queries.rows, queries.for_list))
        TODOS.append(
            Todo(
                flow.DISPATCH, queries.dispatch_rows, lambda found: found.select_related("opinion")
            )
        )
        book.register(imports.OpinionSheet())
        file_readers["opinions.opinion"] = rules.may_read_files
        sources.register(hooks.SOURCE)
        instructions.follow_up(hooks.SOURCE.model, hooks.recorded)
        terms.register(hooks.TERMS)
        handover.register(hooks.HANDLER)
        panels.register("proposal", hooks.became_panel)
        for layer in finding.SEARCHABLES:
            searchable.register(layer)
        searchable.compare(finding.COMPARISON)

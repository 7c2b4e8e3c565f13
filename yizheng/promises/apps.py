"""Django's configuration of promises, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "yizheng.promises"
    label = "promises"

    def ready(self) -> None:
        from yizheng.core.case_display import TODOS, Todo
        from yizheng.core.views import file_readers
        from yizheng.organisations import unit_mergers
        from yizheng.organisations.unit_mergers import Legacy

        from . import queries, rules
        from .flow import PROMISE

        TODOS.append(Todo(PROMISE, queries.rows, lambda found: found.select_related("unit")))
        file_readers["promises.promise"] = rules.may_read_files
        unit_mergers.register(
            [
                Legacy(
                    "promise",
                    _("promises"),
                    lambda unit: PROMISE.model.objects.filter(
                        unit=unit, state__in=PROMISE.open_states
                    ),
                )
            ]
        )

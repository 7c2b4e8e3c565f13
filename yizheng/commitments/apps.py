from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "yizheng.commitments"
    label = "commitments"

    def ready(self) -> None:
        from yizheng.core.ui import BEGINNINGS, TODOS, Todo
        from yizheng.core.views import file_readers

        from . import queries
        from .flow import COMMITMENT

        BEGINNINGS.setdefault("promised", _("promised"))
        TODOS.append(Todo(COMMITMENT, queries.rows, lambda found: found.select_related("unit")))
        file_readers["commitments.commitment"] = queries.may_read

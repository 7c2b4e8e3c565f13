"""Django's configuration of transfers, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "yizheng.transfers"
    label = "transfers"

    def ready(self) -> None:
        from yizheng.core.case_display import TODOS, Todo
        from yizheng.core.navigation import LINKS, BarPart
        from yizheng.core.sources import opens_lists
        from yizheng.core.views import file_readers
        from yizheng.instructions.queries import followed_by
        from yizheng.organisations.services.units import hindrances

        from . import queries, rules
        from .flow import TRANSFER
        from .models import Transfer

        TODOS.append(Todo(TRANSFER, queries.rows, queries.for_list))
        LINKS["instructions:list"].append(
            BarPart(_("Transferred to units"), "transfers:list", 10, opens_lists)
        )
        file_readers["transfers.transfer"] = rules.may_read
        hindrances.append(queries.open_at)
        followed_by(Transfer.objects.all)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "yizheng.organisations"
    label = "organisations"

    def ready(self) -> None:
        from yizheng.core import panels
        from yizheng.core.access import NOTHING
        from yizheng.core.ui import BEGINNINGS, PARTS, TODOS, Part, Todo
        from yizheng.core.views import file_readers
        from yizheng.documents import book

        from . import figures
        from .enterprises.imports import EnterpriseSheet
        from .enterprises.queries import may_read
        from .venues import rules
        from .venues.flow import VISIT
        from .venues.imports import VenueSheet
        from .venues.panels import on_duty
        from .venues.views import may_read_notice
        from .venues.visits import rows

        assert figures.FIGURES
        BEGINNINGS.setdefault("inherited", _("went over to the unit it was merged into"))
        TODOS.append(
            Todo(VISIT, rows, lambda found: found.select_related("venue", "served_by__person"))
        )
        file_readers["organisations.wallnotice"] = may_read_notice
        file_readers["organisations.visit"] = rules.may_read_visit
        panels.register("home", on_duty)
        book.register(VenueSheet())
        book.register(EnterpriseSheet())
        committee = _("The committee")
        PARTS.extend(
            [
                Part(
                    _("Venues"),
                    "venues:list",
                    52,
                    lambda actor: rules.visible_venues(actor) != NOTHING,
                    group=committee,
                ),
                Part(_("Enterprises"), "enterprises:list", 55, may_read, group=committee),
            ]
        )

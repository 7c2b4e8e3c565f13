"""Django's configuration of venues, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "yizheng.venues"
    label = "venues"

    def ready(self) -> None:
        from yizheng.core import panels
        from yizheng.core.access import NOTHING
        from yizheng.core.case_display import TODOS, Todo
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.core.views import file_readers
        from yizheng.documents import year_workbook
        from yizheng.organisations import grants, named_kinds, unit_mergers
        from yizheng.organisations.services.founding import foundings
        from yizheng.people.services.roster import endings

        from . import figures, registrations, rules, services
        from .case_rows import rows
        from .flow import VISIT
        from .imports import VenueSheet
        from .panels import on_duty

        assert figures.FIGURES
        grants.register(registrations.PLACE)
        named_kinds.register(registrations.CATEGORIES)
        unit_mergers.register([registrations.LEGACY])
        foundings.append(services.found_categories)
        endings.append(services.end_of_member)
        TODOS.append(
            Todo(VISIT, rows, lambda found: found.select_related("venue", "served_by__person"))
        )
        file_readers["venues.wallnotice"] = rules.may_read_notice
        file_readers["venues.visit"] = rules.may_read_visit
        panels.register("home", on_duty)
        year_workbook.register(VenueSheet())
        PARTS.append(
            BarPart(
                _("Venues"),
                "venues:list",
                52,
                lambda actor: rules.visible_venues(actor) != NOTHING,
                group=_("The committee"),
            )
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VenuesConfig(AppConfig):
    name = "yizheng.venues"
    label = "venues"

    def ready(self) -> None:
        from yizheng.core import panels
        from yizheng.core.access import NOTHING
        from yizheng.core.ui import PARTS, TODOS, Part, Todo
        from yizheng.core.views import file_readers
        from yizheng.documents import book
        from yizheng.organisations import granting, merging, named
        from yizheng.organisations.services import foundings
        from yizheng.people.roster import endings

        from . import figures, kinds, rules, services
        from .flow import VISIT
        from .imports import VenueSheet
        from .panels import on_duty
        from .views import may_read_notice
        from .visits import rows

        assert figures.FIGURES
        granting.register(kinds.PLACE)
        named.register(kinds.CATEGORIES)
        merging.register([kinds.LEGACY])
        foundings.append(services.found_categories)
        endings.append(services.end_of_member)
        TODOS.append(
            Todo(VISIT, rows, lambda found: found.select_related("venue", "served_by__person"))
        )
        file_readers["venues.wallnotice"] = may_read_notice
        file_readers["venues.visit"] = rules.may_read_visit
        panels.register("home", on_duty)
        book.register(VenueSheet())
        PARTS.append(
            Part(
                _("Venues"),
                "venues:list",
                52,
                lambda actor: rules.visible_venues(actor) != NOTHING,
                group=_("The committee"),
            )
        )

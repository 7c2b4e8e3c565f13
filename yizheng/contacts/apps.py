"""Django's configuration of contacts, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactsConfig(AppConfig):
    name = "yizheng.contacts"
    label = "contacts"

    def ready(self) -> None:
        from yizheng.core import panels
        from yizheng.core.access import NOTHING
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.documents import year_workbook
        from yizheng.people.services.roster import endings

        from .imports import EntrySheet, LinkSheet
        from .panels import next_contacts
        from .rules import visible_links
        from .services import end_of_member

        endings.append(end_of_member)
        year_workbook.register(LinkSheet())
        year_workbook.register(EntrySheet())
        panels.register("home", next_contacts)
        PARTS.append(
            BarPart(
                pgettext_lazy("of members", "Contacts"),
                "contacts:list",
                53,
                lambda actor: visible_links(actor) != NOTHING,
                group=_("The committee"),
            )
        )

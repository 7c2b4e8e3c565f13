from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeopleConfig(AppConfig):
    name = "yizheng.people"
    label = "people"

    def ready(self) -> None:
        from yizheng.core import panels
        from yizheng.core.access import NOTHING
        from yizheng.core.ui import PARTS, Part
        from yizheng.documents import book

        from . import figures, roster, rules, trail
        from .contacts.imports import EntrySheet, LinkSheet
        from .contacts.panels import next_contacts
        from .contacts.rules import visible_links
        from .contacts.services import end_of_member
        from .staff.rules import keep as keep_staff

        assert rules.manage_accounts and figures.FIGURES
        trail.connect()
        roster.endings.append(end_of_member)
        book.register(LinkSheet())
        book.register(EntrySheet())
        panels.register("home", next_contacts)
        committee = _("The committee")
        PARTS.extend(
            [
                Part(
                    _("Groups of members"),
                    "groups:list",
                    51,
                    lambda actor: actor.holds("people.read") or bool(actor.membership_ids),
                    group=committee,
                ),
                Part(
                    _("Posts and staff"),
                    "staff:office",
                    56,
                    lambda actor: keep_staff.allows(actor, None),
                    group=committee,
                ),
                Part(
                    pgettext_lazy("of members", "Contacts"),
                    "contacts:list",
                    53,
                    lambda actor: visible_links(actor) != NOTHING,
                    group=committee,
                ),
            ]
        )

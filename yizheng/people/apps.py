"""Django's configuration of people, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "yizheng.people"
    label = "people"

    def ready(self) -> None:
        from yizheng.core import nightly_work
        from yizheng.core import panels as core_panels
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.organisations.services import settings

        from . import figures, named_kinds, panels, rules, sign_in_audit

        assert figures.FIGURES
        from .services import seats, terms

        sign_in_audit.connect()
        nightly_work.register("changes of seats whose day has come", seats.take_effect)
        settings.term_changes.append(terms.follow_term)
        settings.term_checks.append(terms.say_outside)
        named_kinds.add()
        core_panels.register("unit", panels.accounts_at)
        core_panels.offer("unit_contact", panels.open_account)
        core_panels.offer("role", panels.holders)
        PARTS.append(
            BarPart(
                _("Groups of members"),
                "groups:list",
                51,
                lambda actor: rules.read_roster.allows(actor, None) or bool(actor.membership_ids),
                group=_("The committee"),
            )
        )

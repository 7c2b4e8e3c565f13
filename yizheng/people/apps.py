from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "yizheng.people"
    label = "people"

    def ready(self) -> None:
        from yizheng.core import panels as core_panels
        from yizheng.core.ui import PARTS, Part

        from . import figures, named, panels, rules, trail

        assert figures.FIGURES
        trail.connect()
        named.add()
        core_panels.register("unit", panels.accounts_at)
        core_panels.offer("unit_contact", panels.open_account)
        core_panels.offer("role", panels.holders)
        PARTS.append(
            Part(
                _("Groups of members"),
                "groups:list",
                51,
                lambda actor: rules.read_roster.allows(actor, None) or bool(actor.membership_ids),
                group=_("The committee"),
            )
        )

"""Django's configuration of staff, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "yizheng.staff"
    label = "staff"

    def ready(self) -> None:
        from yizheng.core import clock
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.organisations.queries import in_force_on
        from yizheng.people.services import persons

        from . import figures
        from .rules import keep

        assert figures.FIGURES
        persons.belongings.append(lambda: in_force_on(clock.today(), "services__"))
        PARTS.append(
            BarPart(
                _("Posts and staff"),
                "staff:office",
                56,
                lambda actor: keep.allows(actor, None),
                group=_("The committee"),
            )
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "yizheng.staff"
    label = "staff"

    def ready(self) -> None:
        from django.db.models import Q

        from yizheng.core.ui import PARTS, Part
        from yizheng.people import persons

        from . import figures
        from .rules import keep

        assert figures.FIGURES
        persons.belongings.append(lambda: Q(services__until=None, services__isnull=False))
        PARTS.append(
            Part(
                _("Posts and staff"),
                "staff:office",
                56,
                lambda actor: keep.allows(actor, None),
                group=_("The committee"),
            )
        )

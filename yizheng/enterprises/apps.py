"""Django's configuration of enterprises, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    name = "yizheng.enterprises"
    label = "enterprises"

    def ready(self) -> None:
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.documents import year_workbook
        from yizheng.organisations import unit_mergers

        from . import figures
        from .imports import EnterpriseSheet
        from .models import Enterprise
        from .rules import may_read

        assert figures.FIGURES
        unit_mergers.register(
            [
                unit_mergers.Legacy(
                    "enterprise", "", lambda unit: Enterprise.objects.filter(unit=unit), waits=False
                )
            ]
        )
        year_workbook.register(EnterpriseSheet())
        PARTS.append(
            BarPart(_("Enterprises"), "enterprises:list", 55, may_read, group=_("The committee"))
        )

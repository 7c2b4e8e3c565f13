from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    name = "yizheng.enterprises"
    label = "enterprises"

    def ready(self) -> None:
        from yizheng.core.ui import PARTS, Part
        from yizheng.documents import book
        from yizheng.organisations import merging

        from . import figures
        from .imports import EnterpriseSheet
        from .models import Enterprise
        from .queries import may_read

        assert figures.FIGURES
        merging.register(
            [
                merging.Legacy(
                    "enterprise", "", lambda unit: Enterprise.objects.filter(unit=unit), waits=False
                )
            ]
        )
        book.register(EnterpriseSheet())
        PARTS.append(
            Part(_("Enterprises"), "enterprises:list", 55, may_read, group=_("The committee"))
        )

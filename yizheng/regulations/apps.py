from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    name = "yizheng.regulations"
    label = "regulations"

    def ready(self) -> None:
        from yizheng.core.ui import PARTS, Part
        from yizheng.core.views import file_readers

        from . import figures
        from .library.views import is_open, may_read

        assert figures.FIGURES
        file_readers["regulations.ruledocument"] = may_read
        PARTS.append(
            Part(_("Rules library"), "library:list", 57, is_open, group=_("The committee"))
        )

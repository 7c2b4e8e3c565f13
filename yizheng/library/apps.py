"""Django's configuration of the rules library, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "yizheng.library"
    label = "library"

    def ready(self) -> None:
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.core.views import file_readers

        from . import figures, rules

        assert figures.FIGURES
        file_readers["library.ruledocument"] = rules.may_read
        PARTS.append(
            BarPart(_("Rules library"), "library:list", 57, rules.is_open, group=_("The committee"))
        )

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "yizheng.learning"
    label = "learning"

    def ready(self) -> None:
        from yizheng.core.ui import PARTS, Part
        from yizheng.core.views import file_readers

        from . import rules

        PARTS.append(
            Part(_("Learning"), "learning:overview", 54, rules.may_read, group=_("The committee"))
        )
        file_readers["activities.learningprogramme"] = rules.may_read_file

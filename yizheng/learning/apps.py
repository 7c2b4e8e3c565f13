"""Django's configuration of learning, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "yizheng.learning"
    label = "learning"

    def ready(self) -> None:
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.core.views import file_readers

        from . import rules, sayings

        assert sayings.SAYINGS
        PARTS.append(
            BarPart(
                _("Learning"), "learning:overview", 54, rules.may_read, group=_("The committee")
            )
        )
        file_readers["activities.learningprogramme"] = rules.may_read_file

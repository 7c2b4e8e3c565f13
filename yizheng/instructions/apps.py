"""Django's configuration of instructions, and what is registered at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstructionsConfig(AppConfig):
    name = "yizheng.instructions"
    label = "instructions"

    def ready(self) -> None:
        from yizheng.core.case_display import BEGINNINGS
        from yizheng.core.navigation import PARTS, BarPart
        from yizheng.core.sources import opens_lists
        from yizheng.core.views import file_readers
        from yizheng.documents import year_workbook

        from . import rules
        from .imports import InstructionSheet

        BEGINNINGS["instruction.instructed"] = _("instruction of a leader recorded")
        file_readers["instructions.instruction"] = rules.may_read
        year_workbook.register(InstructionSheet())
        PARTS.append(BarPart(_("Instructions"), "instructions:list", 42, opens_lists))

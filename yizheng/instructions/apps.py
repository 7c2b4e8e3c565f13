from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstructionsConfig(AppConfig):
    name = "yizheng.instructions"
    label = "instructions"

    def ready(self) -> None:
        from yizheng.core.sources import opens_lists
        from yizheng.core.ui import BEGINNINGS, PARTS, Part
        from yizheng.core.views import file_readers
        from yizheng.documents import book

        from . import rules
        from .imports import InstructionSheet

        BEGINNINGS["instruction.instructed"] = _("instruction of a leader recorded")
        file_readers["instructions.instruction"] = rules.may_read
        book.register(InstructionSheet())
        PARTS.append(Part(_("Instructions"), "instructions:list", 42, opens_lists))

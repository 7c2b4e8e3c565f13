from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "yizheng.commitments"
    label = "commitments"

    def ready(self) -> None:
        from yizheng.core.ui import BEGINNINGS, PARTS, TODOS, Part, Todo
        from yizheng.core.views import file_readers
        from yizheng.documents import book
        from yizheng.organisations import merging
        from yizheng.organisations.merging import Legacy
        from yizheng.organisations.units import hindrances

        from . import followup, queries, rules
        from .flow import COMMITMENT, TRANSFER
        from .imports import InstructionSheet

        BEGINNINGS["instruction.instructed"] = _("instruction of a leader recorded")
        TODOS.append(Todo(COMMITMENT, queries.rows, lambda found: found.select_related("unit")))
        TODOS.append(Todo(TRANSFER, followup.transfer_rows, followup.for_list))
        file_readers["commitments.commitment"] = queries.may_read
        file_readers["commitments.instruction"] = rules.may_read_instruction
        file_readers["commitments.transfer"] = rules.may_read_transfer
        hindrances.append(followup.open_transfers_at)
        merging.register(
            [
                Legacy(
                    "commitment",
                    _("promises"),
                    lambda unit: COMMITMENT.model.objects.filter(
                        unit=unit, state__in=COMMITMENT.open_states
                    ),
                )
            ]
        )
        book.register(InstructionSheet())
        PARTS.append(Part(_("Instructions"), "commitments:instructions", 42, rules.has_list))

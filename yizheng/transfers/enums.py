"""States and results of what is transferred to units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizheng.core.states import States


class TransferState(States):
    """owed: the unit owes an answer. responded: has one; done: the office took it. unfinished: the
    unit, or the office, has not done with it. gone: the unit has it no more.
    """

    SENT = "sent", "owed unfinished", _("to be accepted by the unit")
    HANDLING = "handling", "owed unfinished", _("being handled by the unit")
    ANSWERED = "answered", "responded unfinished", _("answered, to be looked at")
    TAKEN = "taken", "responded done", _("answer taken")
    HANDED_BACK = "handed_back", "gone", _("handed back by the unit")
    RECALLED = "recalled", "gone", _("recalled")


class TransferResult(models.TextChoices):
    ADOPTED = "adopted", _("adopted and done")
    PLANNED = "planned", _("adopted and planned")
    REFERENCE = "reference", _("kept for reference")
    NOT_ADOPTED = "not_adopted", _("not adopted, with reasons")

"""States and choices of promises and of what is transferred to units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yizheng.core.states import States


class CommitmentState(States):
    """Groups: reported, unmet (nothing was done yet), kept (has its evidence), settled (has its day), dropped (owed no more)."""

    OPEN = "open", "unmet", _("followed")
    REPORTED = "reported", "reported", _("reported done, to be confirmed")
    KEPT = "kept", "settled kept", _("kept")
    MISSED = "missed", "settled unmet", _("missed")
    REPLACED = "replaced", "dropped", _("replaced by a later promise")
    VOID = "void", "dropped", _("void with what it answered")


class TransferState(States):
    """Groups: held (the unit owes an answer), answered (has one), open (the unit, or the office, has not finished), taken, gone (the
    unit has it no more)."""

    SENT = "sent", "held open", _("to be accepted by the unit")
    HANDLING = "handling", "held open", _("being handled by the unit")
    ANSWERED = "answered", "answered open", _("answered, to be looked at")
    TAKEN = "taken", "answered taken", _("answer taken")
    HANDED_BACK = "handed_back", "gone", _("handed back by the unit")
    RECALLED = "recalled", "gone", _("recalled")


class TransferResult(models.TextChoices):
    ADOPTED = "adopted", _("adopted and done")
    PLANNED = "planned", _("adopted and planned")
    REFERENCE = "reference", _("kept for reference")
    NOT_ADOPTED = "not_adopted", _("not adopted, with reasons")

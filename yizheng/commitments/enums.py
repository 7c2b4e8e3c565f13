from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitmentState(models.TextChoices):
    OPEN = "open", _("followed")
    REPORTED = "reported", _("reported done, to be confirmed")
    KEPT = "kept", _("kept")
    MISSED = "missed", _("missed")
    REPLACED = "replaced", _("replaced by a later promise")


class TransferState(models.TextChoices):
    SENT = "sent", _("to be accepted by the unit")
    HANDLING = "handling", _("being handled by the unit")
    ANSWERED = "answered", _("answered, to be looked at")
    TAKEN = "taken", _("answer taken")
    HANDED_BACK = "handed_back", _("handed back by the unit")
    RECALLED = "recalled", _("recalled")


class TransferResult(models.TextChoices):
    ADOPTED = "adopted", _("adopted and done")
    PLANNED = "planned", _("adopted and planned")
    REFERENCE = "reference", _("kept for reference")
    NOT_ADOPTED = "not_adopted", _("not adopted, with reasons")

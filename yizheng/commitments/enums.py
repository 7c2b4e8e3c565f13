from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitmentState(models.TextChoices):
    OPEN = "open", _("followed")
    REPORTED = "reported", _("reported done, to be confirmed")
    KEPT = "kept", _("kept")
    MISSED = "missed", _("missed")
    REPLACED = "replaced", _("replaced by a later promise")

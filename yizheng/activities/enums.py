"""States and choices of activities."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    DISCUSSED = "discussed", _("discussed")
    APPROVED = "approved", _("in the plan")
    DROPPED = "dropped", _("not taken up")


class ActivityState(TextChoices):
    DRAFT = "draft", _("being prepared")
    APPROVING = "approving", _("waiting for approval")
    APPROVED = "approved", _("approved")
    INVITED = "invited", _("invitations are out")
    HELD = "held", pgettext_lazy("activity", "held")
    RECORDED = "recorded", _("minutes and results recorded")
    CLOSED = "closed", pgettext_lazy("activity", "closed")
    CANCELLED = "cancelled", _("cancelled")


TAKEN_PLACE = (ActivityState.HELD, ActivityState.RECORDED, ActivityState.CLOSED)
"""States of activities that count: what was struck from the record is cancelled and counts nowhere."""


class ParticipantRole(TextChoices):
    """In which capacity somebody takes part; the roll of a quorum counts members only."""

    MEMBER = "member", pgettext_lazy("capacity", "member")
    OBSERVER = "observer", _("observer")
    UNIT = "unit", _("of a unit")
    GUEST = "guest", _("guest")
    STAFF = "staff", _("staff")


class Answer(TextChoices):
    """What the invited person answered. Leave is another fact, attendance a third."""

    NONE = "none", _("no answer yet")
    COMES = "comes", _("comes")
    CANNOT = "cannot", _("cannot come")


class LeaveState(TextChoices):
    ASKED = "asked", _("asked for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", pgettext_lazy("leave", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("leave", "withdrawn")


class SignInMethod(TextChoices):
    CODE = "code", _("by the code on the desk's screen")
    OWN_CODE = "own_code", _("by their own code")
    DESK = "desk", _("at the desk")
    PAPER = "paper", _("from the printed list")
    IMPORT = "import", _("imported")


class ContributionState(TextChoices):
    OFFERED = "offered", _("offered")
    SHORTLISTED = "shortlisted", _("shortlisted")
    REVISING = "revising", _("being revised")
    ORAL = "oral", _("to be given orally")
    WRITTEN = "written", _("to be printed")
    NOT_USED = "not_used", _("not used")
    GIVEN = "given", pgettext_lazy("contribution", "given")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "withdrawn")


class Adoption(TextChoices):
    PENDING = "pending", _("not decided yet")
    ADOPTED = "adopted", _("adopted")
    PARTLY = "partly", _("adopted in part")
    NOT_ADOPTED = "not_adopted", _("not adopted")


class OutcomeState(TextChoices):
    DRAFT = "draft", _("being written")
    SIGNING = "signing", _("waiting for signature")
    SIGNED = "signed", pgettext_lazy("outcome", "signed")
    SENT = "sent", _("sent")
    ANSWERED = "answered", pgettext_lazy("outcome", "answered")
    CLOSED = "closed", _("effect followed")
    DROPPED = "dropped", _("given up")


class Recipient(TextChoices):
    PARTY_COMMITTEE = "party_committee", _("the party committee")
    GOVERNMENT = "government", _("the government")
    ABOVE = "above", _("the committee above")
    UNIT = "unit", _("a unit")

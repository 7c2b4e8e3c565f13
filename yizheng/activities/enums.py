"""States and choices of activities.

Groups of the states of a topic: `planned` it stands in the plan, `dropped`. Of an activity:
`coming`, `private` (still a draft), `inviting` (answers are waited for), `held` (it took place and
counts), `following` (held and not closed), `closed`, `cancelled` (called off, or struck from the
record). Of a contribution: `open` (neither given nor declined), `spoken` (on
the list of speakers), `given`, `unused`. Of a suggestion: `decided`, `adopted` (in part or whole),
`refused`, `explained` (not without saying why). Of an outcome: `private`, `sent`, `answered`.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class PlanState(States):
    PROPOSED = "proposed", "", _("proposed")
    DISCUSSED = "discussed", "", _("discussed")
    APPROVED = "approved", "planned", _("in the plan")
    DROPPED = "dropped", "dropped", _("not taken up")


class ActivityState(States):
    DRAFT = "draft", "coming private", _("being prepared")
    APPROVING = "approving", "coming", _("waiting for approval")
    APPROVED = "approved", "coming", _("approved")
    INVITED = "invited", "coming inviting", _("invitations are out")
    HELD = "held", "held following", pgettext_lazy("activity", "held")
    RECORDED = "recorded", "held following", _("minutes and results recorded")
    CLOSED = "closed", "held closed", pgettext_lazy("activity", "closed")
    CANCELLED = "cancelled", "cancelled", _("cancelled")


class ParticipantRole(TextChoices):
    """In which capacity somebody takes part; the roll of a quorum counts members only."""

    MEMBER = "member", pgettext_lazy("capacity", "member")
    OBSERVER = "observer", _("observer")
    UNIT = "unit", _("of a unit")
    GUEST = "guest", _("guest")
    STAFF = "staff", _("staff")


class Answer(TextChoices):
    """What the invited person answered; whether they came is another fact."""

    NONE = "none", _("no answer yet")
    COMES = "comes", _("comes")
    CANNOT = "cannot", _("cannot come")


class SignInMethod(TextChoices):
    CODE = "code", _("by the code on the desk's screen")
    OWN_CODE = "own_code", _("by their own code")
    DESK = "desk", _("at the desk")
    PAPER = "paper", _("from the printed list")
    IMPORT = "import", _("imported")


class ContributionState(States):
    OFFERED = "offered", "open", _("offered")
    SHORTLISTED = "shortlisted", "open", _("shortlisted")
    REVISING = "revising", "open", _("being revised")
    ORAL = "oral", "open spoken", _("to be given orally")
    WRITTEN = "written", "open", _("to be printed")
    NOT_USED = "not_used", "unused", _("not used")
    GIVEN = "given", "given spoken", pgettext_lazy("contribution", "given")
    WITHDRAWN = "withdrawn", "unused", pgettext_lazy("contribution", "withdrawn")


class SuggestionState(States):
    PENDING = "pending", "", _("not decided yet")
    ADOPTED = "adopted", "decided adopted", _("adopted")
    PARTLY = "partly", "decided adopted explained", _("adopted in part")
    NOT_ADOPTED = "not_adopted", "decided refused explained", _("not adopted")
    LAPSED = "lapsed", "", _("lapsed with the activity")


class OutcomeAdoption(TextChoices):
    """What came back on an outcome.

    A decision on a suggestion is its state, and goes by the same words.
    """

    PENDING = "pending", _("not decided yet")
    ADOPTED = "adopted", _("adopted")
    PARTLY = "partly", _("adopted in part")
    NOT_ADOPTED = "not_adopted", _("not adopted")


class OutcomeState(States):
    DRAFT = "draft", "private", _("being written")
    SIGNING = "signing", "", _("waiting for signature")
    SIGNED = "signed", "", pgettext_lazy("outcome", "signed")
    SENT = "sent", "sent", _("sent")
    ANSWERED = "answered", "sent answered", pgettext_lazy("outcome", "answered")
    CLOSED = "closed", "sent", _("effect followed")
    DROPPED = "dropped", "", _("given up")


class OutcomeRecipient(TextChoices):
    PARTY_COMMITTEE = "party_committee", _("the party committee")
    GOVERNMENT = "government", _("the government")
    ABOVE = "above", _("the committee above")
    UNIT = "unit", _("a unit")

"""States and choices of proposals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("proposal", "draft")
    CONFIRMING = "confirming", _("to be confirmed by the member")
    SUBMITTED = "submitted", _("awaiting first check")
    RETURNED = "returned", _("returned for revision")
    REVIEW = "review", _("under review")
    FILED = "filed", _("filed, to be assigned")
    HANDLING = "handling", _("being handled")
    EVALUATING = "evaluating", _("replied, being rated")
    CLOSED = "closed", pgettext_lazy("proposal", "closed")
    NOT_FILED = "not_filed", _("not filed")
    CONVERTED = "converted", _("converted to public-opinion information")
    MERGED = "merged", _("merged")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ProposerKind(models.TextChoices):
    INDIVIDUAL = "individual", _("member")
    JOINT = "joint", _("members jointly")
    PARTY = "party", _("party")
    BODY = "body", _("body")
    COMMITTEE = "committee", _("special committee")
    SECTOR = "sector", _("sector")
    GROUP = "group", _("members' group")


COLLECTIVE_KINDS = frozenset(
    {ProposerKind.PARTY, ProposerKind.BODY, ProposerKind.COMMITTEE, ProposerKind.SECTOR, ProposerKind.GROUP}
)
# Sectors and groups may propose only for a plenary (national text of 2011, Art. 14).
PLENARY_ONLY_KINDS = frozenset({ProposerKind.SECTOR, ProposerKind.GROUP})


class Occasion(models.TextChoices):
    PLENARY = "plenary", _("plenary")
    ORDINARY = "ordinary", _("between plenaries")


class BodyForm(models.TextChoices):
    TEXT = "text", _("one text")
    PARTS = "parts", _("situation, analysis, suggestions")


class CosignState(models.TextChoices):
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("co-signs")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", _("lapsed")


class Part(models.TextChoices):
    SOLE = "sole", _("alone")
    LEAD = "lead", _("lead")
    ASSISTING = "assisting", _("assisting")
    OWN = "own", _("its own part")


ANSWERING_PARTS = (Part.SOLE, Part.LEAD, Part.OWN)


class AssignmentState(models.TextChoices):
    SENT = "sent", _("to be accepted")
    HAND_BACK = "hand_back", _("hand-back asked")
    REASSIGNED = "reassigned", _("reassigned")
    HANDLING = "handling", _("being handled")
    COUNTERSIGNED = "countersigned", _("countersigned")
    SIGNING = "signing", _("awaiting sign-off")
    CHECKING = "checking", _("reply being checked")
    REPLIED = "replied", _("replied")
    LAPSED = "lapsed", _("gave no opinion in time")
    CANCELLED = "cancelled", _("cancelled")


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    PLANNED = "planned", _("planned")
    NOT_ADOPTED = "not_adopted", _("not adopted")


class ContactWay(models.TextChoices):
    VISIT = "visit", _("visit")
    MEETING = "meeting", _("meeting")
    PHONE = "phone", _("phone")
    ONLINE = "online", _("online")
    LETTER = "letter", _("letter")


FACE_TO_FACE = (ContactWay.VISIT, ContactWay.MEETING)


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("no longer needed")


class EvaluationState(models.TextChoices):
    PENDING = "pending", _("awaiting rating")
    ANSWERED = "answered", _("rated")
    LAPSED = "lapsed", _("not rated in time")


class Verdict(models.TextChoices):
    SATISFIED = "satisfied", _("satisfied")
    BASICALLY = "basically", _("basically satisfied")
    UNSATISFIED = "unsatisfied", _("not satisfied")


class SupervisionKind(models.TextChoices):
    ON_SITE = "on_site", _("on site at the unit")
    CHAIRPERSONS = "chairpersons", _("chairpersons' meeting")
    INSPECTION = "inspection", _("inspection")
    COMMITTEE = "committee", _("special committee")
    LOOK_BACK = "look_back", _("look back")

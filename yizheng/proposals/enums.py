"""States and choices of proposals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class ProposalState(States):
    """Where it is on its road, each in one of: writing (with its proposer), checking (with the office), unassigned (filed),
    underway (with units), rating (with its proposers), closed, ended (went no further).

    draft: its author may throw it away. private: nobody reads it but who is to propose it. editable: its text is open.
    cosigning: members may join. unnumbered, numbered: has no case number, has one. undecided: received, neither filed nor
    refused. handled: was given to units. replied: all replies are out. refused: the review decided against it; reasoned:
    with a reason of the regulation. merged, withdrawn. explained: its proposer reads why.
    """

    DRAFT = "draft", "writing draft private editable cosigning unnumbered", pgettext_lazy("proposal", "draft")
    CONFIRMING = "confirming", "writing private cosigning unnumbered", _("to be confirmed by the member")
    SUBMITTED = "submitted", "checking cosigning unnumbered undecided", _("awaiting first check")
    RETURNED = "returned", "writing editable cosigning unnumbered undecided explained", _("returned for revision")
    REVIEW = "review", "checking cosigning unnumbered undecided", _("under review")
    FILED = "filed", "unassigned numbered", _("filed, to be assigned")
    HANDLING = "handling", "underway numbered handled", _("being handled")
    EVALUATING = "evaluating", "rating numbered handled replied", _("replied, being rated")
    CLOSED = "closed", "closed numbered handled replied", pgettext_lazy("proposal", "closed")
    NOT_FILED = "not_filed", "ended unnumbered refused reasoned explained", _("not filed")
    CONVERTED = "converted", "ended unnumbered refused explained", _("converted to public-opinion information")
    MERGED = "merged", "ended numbered merged", _("merged")
    WITHDRAWN = "withdrawn", "ended withdrawn undecided explained", _("withdrawn")


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


class CosignState(States):
    """answered: the member said yes or no. signed: yes. concerned: it is theirs to read (asked, or signed)."""

    INVITED = "invited", "concerned", _("invited")
    ACCEPTED = "accepted", "concerned answered signed", _("co-signs")
    DECLINED = "declined", "answered", _("declined")
    LAPSED = "lapsed", _("lapsed")


class Part(models.TextChoices):
    SOLE = "sole", _("alone")
    LEAD = "lead", _("lead")
    ASSISTING = "assisting", _("assisting")
    OWN = "own", _("its own part")


ANSWERING_PARTS = (Part.SOLE, Part.LEAD, Part.OWN)


class AssignmentState(States):
    """returning: the unit asks that another take it. accepted: it is the unit's own work. sent: its reply is written and not
    out yet. countersigned, replied: it gave its opinion, its reply is out. reassigned: another unit has it; cancelled: the
    proposal was withdrawn; gone: either, so that it counts no more.
    """

    SENT = "sent", _("to be accepted")
    HAND_BACK = "hand_back", "returning", _("hand-back asked")
    REASSIGNED = "reassigned", "reassigned gone", _("reassigned")
    HANDLING = "handling", "accepted", _("being handled")
    COUNTERSIGNED = "countersigned", "countersigned", _("countersigned")
    SIGNING = "signing", "accepted sent", _("awaiting sign-off")
    CHECKING = "checking", "accepted sent", _("reply being checked")
    REPLIED = "replied", "replied", _("replied")
    LAPSED = "lapsed", _("gave no opinion in time")
    CANCELLED = "cancelled", "cancelled gone", _("cancelled")


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


class ExtensionState(States):
    """asked: not decided yet. granted."""

    ASKED = "asked", "asked", _("asked")
    GRANTED = "granted", "granted", _("granted")
    REFUSED = "refused", _("refused")
    LAPSED = "lapsed", _("no longer needed")


class EvaluationState(States):
    """answered: the proposer rated."""

    PENDING = "pending", _("awaiting rating")
    ANSWERED = "answered", "answered", _("rated")
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

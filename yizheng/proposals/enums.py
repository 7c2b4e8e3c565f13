"""States and choices of proposals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class ProposalState(States):
    """Where it is on its road, each in one of: writing (with its proposer), examined (by the
    office), unassigned (filed), underway (with units), rating (with its proposers), finished,
    stopped (went no further).

    begun: its author may throw it away. private: nobody reads it but who is to propose it.
    editable: its text is open. cosigning: members may join. unnumbered, numbered: has no case
    number, has one. undecided: received, neither filed nor rejected. handled: was given to units.
    responded: all replies are out. rejected: the review decided against it; reasoned: with a reason
    of the regulation. joined: under another one. retracted: by its proposer. explained: its
    proposer reads why.
    """

    DRAFT = (
        "draft",
        "writing begun private editable cosigning unnumbered",
        pgettext_lazy("proposal", "draft"),
    )
    CONFIRMING = (
        "confirming",
        "writing private cosigning unnumbered",
        _("to be confirmed by the member"),
    )
    SUBMITTED = "submitted", "examined cosigning unnumbered undecided", _("awaiting first check")
    RETURNED = (
        "returned",
        "writing editable cosigning unnumbered undecided explained",
        _("returned for revision"),
    )
    REVIEW = "review", "examined cosigning unnumbered undecided", _("under review")
    FILED = "filed", "unassigned numbered", _("filed, to be assigned")
    HANDLING = "handling", "underway numbered handled", _("being handled")
    EVALUATING = "evaluating", "rating numbered handled responded", _("replied, being rated")
    CLOSED = "closed", "finished numbered handled responded", pgettext_lazy("proposal", "closed")
    NOT_FILED = "not_filed", "stopped unnumbered rejected reasoned explained", _("not filed")
    CONVERTED = (
        "converted",
        "stopped unnumbered rejected explained",
        _("converted to public-opinion information"),
    )
    MERGED = "merged", "stopped numbered joined", _("merged")
    WITHDRAWN = "withdrawn", "stopped retracted undecided explained", _("withdrawn")


class ProposerKind(models.TextChoices):
    INDIVIDUAL = "individual", pgettext_lazy("proposer", "member")
    JOINT = "joint", _("members jointly")
    PARTY = "party", _("party")
    BODY = "body", _("body")
    COMMITTEE = "committee", _("special committee")
    SECTOR = "sector", _("sector")
    GROUP = "group", _("members' group")


COLLECTIVE_KINDS = frozenset(
    {
        ProposerKind.PARTY,
        ProposerKind.BODY,
        ProposerKind.COMMITTEE,
        ProposerKind.SECTOR,
        ProposerKind.GROUP,
    }
)
# Sectors and groups may propose only for a plenary (national text of 2011, Art. 14).
PLENARY_ONLY_KINDS = frozenset({ProposerKind.SECTOR, ProposerKind.GROUP})


class Occasion(models.TextChoices):
    PLENARY = "plenary", _("plenary")
    ORDINARY = "ordinary", _("between plenaries")


class ProposalBodyForm(models.TextChoices):
    TEXT = "text", _("one text")
    PARTS = "parts", _("situation, analysis, suggestions")


class CosignState(States):
    """decided: the member said yes or no; cosigned: yes. concerned: it is theirs to read."""

    INVITED = "invited", "concerned", pgettext_lazy("co-signature", "invited")
    ACCEPTED = "accepted", "concerned decided cosigned", _("co-signs")
    DECLINED = "declined", "decided", _("declined")
    LAPSED = "lapsed", _("lapsed")


class Part(models.TextChoices):
    SOLE = "sole", _("alone")
    LEAD = "lead", _("lead")
    ASSISTING = "assisting", _("assisting")
    OWN = "own", _("its own part")


ANSWERING_PARTS = (Part.SOLE, Part.LEAD, Part.OWN)


class AssignmentState(States):
    """returning: the unit asks that another take it. working: it has accepted. ready: its reply is
    written and not out yet. endorsed: it gave its opinion to the lead; responded: its reply is out.
    passed: another unit has it; struck: the proposal was withdrawn; gone: either, so that it counts
    no more. timed: its reply is due on a day.
    """

    SENT = "sent", "timed", _("to be accepted")
    HAND_BACK = "hand_back", "returning timed", _("hand-back asked")
    REASSIGNED = "reassigned", "passed gone", _("reassigned")
    HANDLING = "handling", "working timed", _("being handled")
    COUNTERSIGNED = "countersigned", "endorsed", _("countersigned")
    SIGNING = "signing", "working ready timed", _("awaiting sign-off")
    CHECKING = "checking", "working ready timed", _("reply being checked")
    REPLIED = "replied", "responded", _("replied")
    LAPSED = "lapsed", _("gave no opinion in time")
    UNTOLD = "untold", _("opinion not recorded")
    CANCELLED = "cancelled", "struck gone", _("cancelled")


class ProposalOutcome(models.TextChoices):
    DONE = "done", pgettext_lazy("matter", "done")
    PLANNED = "planned", _("planned")
    NOT_ADOPTED = "not_adopted", _("not adopted")

    @property
    def tone(self) -> str:
        return {"done": "bamboo", "planned": "ochre", "not_adopted": "cinnabar"}[self.value]


class ContactWay(models.TextChoices):
    VISIT = "visit", _("visit")
    MEETING = "meeting", _("meeting")
    PHONE = "phone", _("phone")
    ONLINE = "online", _("online")
    LETTER = "letter", _("letter")


FACE_TO_FACE = (ContactWay.VISIT, ContactWay.MEETING)


class ExtensionState(States):
    """undecided: the office has not said yet; allowed: it gave more time."""

    ASKED = "asked", "undecided", _("asked")
    GRANTED = "granted", "allowed", _("granted")
    REFUSED = "refused", pgettext_lazy("extension", "refused")
    LAPSED = "lapsed", _("no longer needed")


class EvaluationState(States):
    """rated: its proposer gave it."""

    PENDING = "pending", _("awaiting rating")
    ANSWERED = "answered", "rated", _("rated")
    LAPSED = "lapsed", _("not rated in time")


class Verdict(models.TextChoices):
    SATISFIED = "satisfied", _("satisfied")
    BASICALLY = "basically", _("basically satisfied")
    UNSATISFIED = "unsatisfied", _("not satisfied")

    @property
    def tone(self) -> str:
        return {"satisfied": "bamboo", "basically": "ochre", "unsatisfied": "cinnabar"}[self.value]


class SupervisionKind(models.TextChoices):
    ON_SITE = "on_site", _("on site at the unit")
    CHAIRPERSONS = "chairpersons", _("chairpersons' meeting")
    INSPECTION = "inspection", _("inspection")
    COMMITTEE = "committee", _("special committee")
    LOOK_BACK = "look_back", _("look back")

"""Tables of proposals and of what is done with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import FlowRow
from yizheng.core.tenancy import Tenant

from .enums import (
    AssignmentState,
    ContactWay,
    CosignState,
    EvaluationState,
    ExtensionState,
    Occasion,
    Part,
    ProposalBodyForm,
    ProposalOutcome,
    ProposalState,
    ProposerKind,
    SupervisionKind,
    Verdict,
)

Who = settings.AUTH_USER_MODEL


class Proposal(FlowRow):
    """提案"""

    session = models.ForeignKey("organisations.Session", models.PROTECT, related_name="proposals")
    year = models.PositiveSmallIntegerField(_("year"))
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    flow_number = models.CharField(_("receipt number"), max_length=20, blank=True)
    case_number = models.CharField(_("case number"), max_length=40, blank=True)
    title = models.CharField(pgettext_lazy("proposal", "subject"), max_length=100)
    kind = models.CharField(
        _("kind of proposer"), max_length=12, choices=ProposerKind, default=ProposerKind.INDIVIDUAL
    )
    proposer = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("first proposer"),
    )
    collective_name = models.CharField(_("collective"), max_length=60, blank=True)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("contact's phone"), max_length=20, blank=True)
    category = models.CharField(_("category"), max_length=60, blank=True)
    body_form = models.CharField(
        _("form of the text"),
        max_length=8,
        choices=ProposalBodyForm,
        default=ProposalBodyForm.PARTS,
    )
    body = models.TextField(_("text"), blank=True)
    situation = models.TextField(_("situation"), blank=True)
    analysis = models.TextField(_("analysis"), blank=True)
    suggested_units = models.ManyToManyField(
        "organisations.Unit", blank=True, related_name="+", verbose_name=_("proposed units")
    )
    may_publish = models.BooleanField(_("consents to publication"), default=True)
    no_publication_reason = models.CharField(
        _("reason against publication"), max_length=60, blank=True
    )
    secrecy_checked_at = models.DateTimeField(null=True, blank=True)
    secrecy_checked_by = models.ForeignKey(
        Who, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    filed_at = models.DateTimeField(_("filed"), null=True, blank=True)
    filed_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    reason_not_filed = models.CharField(_("reason for not filing"), max_length=40, blank=True)
    decision_note = models.TextField(_("note of the decision"), blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)
    assigned_how = models.CharField(max_length=10, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    closed_at = models.DateTimeField(pgettext_lazy("proposal", "closed"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    result_class = models.CharField(_("class of result"), max_length=8, blank=True)
    is_key = models.BooleanField(_("key proposal"), default=False)
    key_leader = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leading chairperson"),
    )
    is_imported = models.BooleanField(default=False)

    KEPT_QUIET = frozenset({"contact_phone"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "case_number"],
                condition=~Q(case_number=""),
                name="one_proposal_of_a_case_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ProposalState.of("numbered"))
                | (~Q(case_number="") & (Q(filed_at__isnull=False) | Q(is_imported=True))),
                name="filed_proposal_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ProposalState.of("unnumbered")) | Q(case_number=""),
                name="unfiled_proposal_has_no_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.of("joined"), merged_into__isnull=False)
                | (~Q(state__in=ProposalState.of("joined")) & Q(merged_into=None)),
                name="merged_means_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ProposalState.of("reasoned")) | ~Q(reason_not_filed=""),
                name="not_filed_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ProposalState.of("responded"))
                | Q(replied_at__isnull=False)
                | Q(is_imported=True),
                name="rated_proposal_was_replied_to",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None)
                | (Q(may_publish=True) & Q(secrecy_checked_at__isnull=False)),
                name="published_with_consent_and_secrecy_check",
            ),
            models.CheckConstraint(
                condition=Q(is_key=False) | Q(key_leader__isnull=False),
                name="key_proposal_has_its_leader",
            ),
            models.CheckConstraint(
                condition=Q(proposer__isnull=False) | ~Q(collective_name=""),
                name="proposal_has_a_proposer",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "session", "-id"], name="proposals_of_a_session"),
            models.Index(fields=["organisation", "state", "due_on"], name="proposals_by_state"),
            models.Index(fields=["organisation", "-id"], name="proposals_newest_first"),
            models.Index(fields=["proposer", "-id"], name="proposals_of_a_member"),
            models.Index(
                fields=["organisation", "-published_at"],
                condition=Q(published_at__isnull=False),
                name="proposals_published",
            ),
            models.Index(fields=["key_leader"], condition=Q(is_key=True), name="proposals_key"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="proposals_merged",
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.case_number} {self.title}".strip()


class Suggestion(Tenant):
    """One numbered suggestion; the reply answers each."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="suggestions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("suggestion"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "position"], name="one_suggestion_at_a_position"
            )
        ]
        ordering = ["proposal_id", "position"]

    def __str__(self) -> str:
        return f"{self.position}. {self.text[:40]}"


class Cosignature(FlowRow):
    """附议: an invitation to co-sign and its answer."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="cosignatures")
    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="cosignatures")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "membership"], name="one_invitation_a_member"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CosignState.of("decided")) | Q(answered_at__isnull=False),
                name="answered_cosignature_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["membership", "state"], name="cosignatures_of_a_member")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.membership)


class Assignment(FlowRow):
    """交办: a proposal given to a unit, and the unit's part in it until its reply is released.

    A part brought in from a list was done with elsewhere: of it only those days are kept that the
    list says.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="assignments")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    suggestions = models.ManyToManyField(Suggestion, blank=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    assigned_on = models.DateField(_("assigned on"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    reply_due_on = models.DateField(_("reply due on"), null=True, blank=True)
    reply_period_ends_on = models.DateField(_("period of the reply ends on"), null=True, blank=True)
    """The last day of the period, or the one a longer one was granted until: the reply is due on
    it, or on the next working day. None: `reply_due_on` itself (before it was kept).
    """
    first_reply_due_on = models.DateField(_("first reply was due on"), null=True, blank=True)
    """Kept when it is handled again and has another day from then on."""
    hand_back_until = models.DateField(_("hand-back until"), null=True, blank=True)
    hand_back_reason = models.TextField(_("reason for handing back"), blank=True)
    hand_back_unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    opinion = models.TextField(_("opinion of the assisting unit"), blank=True)
    countersigned_at = models.DateTimeField(_("countersigned"), null=True, blank=True)
    countersigned_by = models.ForeignKey(
        Who, models.PROTECT, null=True, blank=True, related_name="+"
    )
    send_back_note = models.TextField(_("why the reply was sent back"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "unit"],
                condition=~Q(state__in=AssignmentState.of("passed")),
                name="one_assignment_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AssignmentState.of("returning"))
                | (~Q(hand_back_reason="") & Q(hand_back_unit__isnull=False)),
                name="hand_back_names_reason_and_unit",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AssignmentState.of("endorsed"))
                | (Q(countersigned_at__isnull=False) & ~Q(opinion="")),
                name="countersigned_has_its_opinion",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AssignmentState.of("responded"))
                | Q(replied_at__isnull=False)
                | Q(accepted_at=None),
                name="replied_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AssignmentState.of("timed")) | Q(reply_due_on__isnull=False),
                name="part_under_way_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AssignmentState.of("working"))
                | Q(accepted_at__isnull=False),
                name="handled_assignment_was_accepted",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="assignments_of_a_unit"),
            models.Index(fields=["organisation", "state", "due_on"], name="assignments_by_state"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.unit.short_name}"

    @property
    def answers(self) -> bool:
        """Whether this unit writes a reply of its own (an assisting one gives an opinion to the
        lead).
        """
        return self.part != Part.ASSISTING


class Contact(Tenant):
    """与提案人沟通: when and how the unit spoke with a proposer."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="contacts")
    way = models.CharField(_("how"), max_length=10, choices=ContactWay)
    on = models.DateField(_("when"))
    with_whom = models.CharField(_("with whom"), max_length=80)
    note = models.TextField(_("what was said"), blank=True)
    recorded_by = models.ForeignKey(Who, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]


class Progress(Tenant):
    """A progress note of a unit."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="progress")
    at = models.DateTimeField()
    text = models.TextField(_("progress"))
    recorded_by = models.ForeignKey(Who, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at"]


class Urging(Tenant):
    """催办"""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="urgings")
    at = models.DateTimeField()
    text = models.TextField(_("words"), blank=True)
    by = models.ForeignKey(Who, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at"]


class Extension(FlowRow):
    """延期: asked by a unit, decided by the office."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"))
    decision_note = models.TextField(_("note of the decision"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state__in=ExtensionState.of("undecided")),
                name="one_extension_asked_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="extensions_by_state")]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.assignment)


class Reply(Tenant):
    """答复: what a unit answers in one round; released only after its leader signed it off."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField()
    opening = models.TextField(_("opening"), blank=True)
    closing = models.TextField(_("closing"), blank=True)
    result_class = models.CharField(_("class of result"), max_length=8, blank=True)
    class_argument = models.TextField(_("why another class"), blank=True)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    contact_phone = models.CharField(_("contact's phone"), max_length=20, blank=True)
    may_publish = models.BooleanField(_("the unit agrees to publication"), default=True)
    no_publication_reason = models.CharField(
        _("reason against publication"), max_length=100, blank=True
    )
    number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    missing_countersigns = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(_("signed off"), null=True, blank=True)
    signed_by = models.ForeignKey(Who, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    KEPT_QUIET = frozenset({"contact_phone"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "round"], name="one_reply_a_round"),
            models.CheckConstraint(
                condition=Q(released_at=None)
                | (Q(signed_at__isnull=False) & ~Q(result_class="") & ~Q(number="")),
                name="released_reply_was_signed",
            ),
        ]
        ordering = ["round"]

    def __str__(self) -> str:
        return self.number or str(self.assignment)


class ReplyItem(Tenant):
    """The answer to one numbered suggestion."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="items")
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="answers")
    outcome = models.CharField(_("outcome"), max_length=12, choices=ProposalOutcome, blank=True)
    text = models.TextField(_("answer"), blank=True)
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    section = models.CharField(_("responsible section"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "suggestion"], name="one_answer_a_suggestion")
        ]
        ordering = ["suggestion__proposal_id", "suggestion__position"]

    @property
    def outcome_tone(self) -> str:
        return ProposalOutcome(self.outcome).tone


class Evaluation(FlowRow):
    """评价: the rating of one round's replies by one proposer, sealed until the round is over."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="evaluations")
    round = models.PositiveSmallIntegerField()
    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="evaluations")
    answers = models.JSONField(default=dict)
    comment = models.TextField(_("comment"), blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    address_flag = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "round", "membership"], name="one_rating_a_round"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EvaluationState.of("rated"))
                | (~Q(verdict="") & Q(answered_at__isnull=False)),
                name="answered_rating_has_its_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "state"], name="ratings_of_a_member"),
            models.Index(fields=["organisation", "state", "due_on"], name="ratings_by_state"),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.proposal)

    @property
    def is_sealed(self) -> bool:
        return self.opened_at is None

    @property
    def verdict_tone(self) -> str:
        return Verdict(self.verdict).tone


class SupervisionAct(Tenant):
    """督办: one act of supervising the handling of a proposal, and what was found."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supervision_acts")
    kind = models.CharField(_("kind"), max_length=12, choices=SupervisionKind)
    held_on = models.DateField(_("held on"))
    leader = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(_("place"), max_length=60, blank=True)
    participants = models.CharField(_("participants"), max_length=200, blank=True)
    findings = models.TextField(_("findings"))
    recorded_by = models.ForeignKey(Who, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["held_on", "id"]

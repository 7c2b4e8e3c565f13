"""The life of a proposal: 提 submit, 立 file, 办 handle, 督 supervise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import Birth, Edit, Flow, State, Step, Tell
from yizheng.core.time_left import DayCount

from .. import rules
from ..enums import ProposalState as S
from ..models import Proposal
from . import effects, guards
from .due_dates import latest_reply_due, working_days
from .notices import (
    called,
    proposal_url,
    tell_assigners,
    tell_body,
    tell_checkers,
    tell_proposers,
    tell_raters,
    values_of,
)

ONLY_DRAFTS = _("Only a draft can be thrown away, by its author.")
SEALS = (
    ("提", pgettext_lazy("seal", "submission")),
    ("立", pgettext_lazy("seal", "filing")),
    ("办", pgettext_lazy("seal", "handling")),
    ("督", pgettext_lazy("seal", "supervision")),
)

STATES = {
    S.DRAFT: State(S.DRAFT.label, rules.author, _("writes the draft"), now=0),
    S.CONFIRMING: State(
        S.CONFIRMING.label, rules.proposer, _("confirms what the office entered"), now=0
    ),
    S.SUBMITTED: State(
        S.SUBMITTED.label,
        rules.check,
        _("first check"),
        done=1,
        now=1,
        due=working_days("first_check_days"),
    ),
    S.RETURNED: State(
        S.RETURNED.label, rules.reviser, _("revises"), now=0, due=working_days("revision_days")
    ),
    S.REVIEW: State(
        S.REVIEW.label, rules.review, _("reviews"), done=1, now=1, due=working_days("review_days")
    ),
    S.FILED: State(
        S.FILED.label, rules.assign, _("assigns"), done=2, now=2, due=working_days("assign_days")
    ),
    S.HANDLING: State(
        S.HANDLING.label,
        None,
        _("handle it"),
        done=2,
        now=2,
        due=latest_reply_due,
        counted=DayCount.CALENDAR,
    ),
    S.EVALUATING: State(
        S.EVALUATING.label,
        None,
        _("rate the reply"),
        done=3,
        now=3,
        due=working_days("evaluation_days"),
    ),
    S.CLOSED: State(S.CLOSED.label, done=4, ends=True),
    S.NOT_FILED: State(S.NOT_FILED.label, done=1, ends=True),
    S.CONVERTED: State(S.CONVERTED.label, done=1, ends=True),
    S.MERGED: State(S.MERGED.label, done=2, ends=True),
    S.WITHDRAWN: State(S.WITHDRAWN.label, done=0, ends=True),
}

BIRTHS = [
    Birth[Proposal](
        "drafted",
        _("began the draft"),
        S.DRAFT,
        rules.drafter,
        _("Members write their own proposals; only the office enters them for others."),
    ),
    Birth[Proposal]("imported", _("imported"), S.SUBMITTED, rules.import_proposals),
    Birth[Proposal]("imported_filed", _("imported as filed"), S.FILED, rules.import_proposals),
    Birth[Proposal](
        "imported_closed", _("imported as replied to"), S.CLOSED, rules.import_proposals
    ),
    Birth[Proposal](
        "imported_not_filed", _("imported as not filed"), S.NOT_FILED, rules.import_proposals
    ),
    Birth[Proposal](
        "imported_withdrawn", _("imported as withdrawn"), S.WITHDRAWN, rules.import_proposals
    ),
]

STEPS = [
    Step[Proposal](
        "submit",
        _("Submit"),
        _("submitted"),
        frozenset({S.DRAFT, S.RETURNED}),
        rules.author | rules.reviser,
        target=effects.submitted_state,
        guards=(guards.is_complete, guards.kind_in_season),
        effect=effects.submit,
        tell=(
            Tell(tell_proposers, msgid("“%(title)s” was submitted")),
            Tell(
                effects.tell_confirming,
                msgid("The office entered “%(title)s” for you: please confirm it"),
            ),
        ),
        primary=True,
        confirm=_("Submit this proposal? The office checks it next; you can still withdraw it."),
    ),
    Step[Proposal](
        "confirm",
        _("Confirm"),
        _("confirmed by the member"),
        frozenset({S.CONFIRMING}),
        rules.proposer,
        target=S.SUBMITTED,
        effect=effects.submit,
        primary=True,
        confirm=_("Confirm that this is your proposal as you want it?"),
    ),
    Step[Proposal](
        "disown",
        _("Not mine"),
        _("not confirmed by the member"),
        frozenset({S.CONFIRMING}),
        rules.proposer,
        target=S.WITHDRAWN,
        form="yizheng.proposals.forms.steps.ProposalNoteForm",
        effect=effects.keep_decision,
        tell=(Tell(effects.tell_enterer, msgid("The member did not confirm “%(title)s”")),),
    ),
    Step[Proposal](
        "pass_check",
        _("Pass to review"),
        _("passed the first check"),
        frozenset({S.SUBMITTED}),
        rules.check,
        target=S.REVIEW,
        form="yizheng.proposals.forms.steps.FirstCheckForm",
        effect=effects.pass_check,
        primary=True,
        bulk=True,
    ),
    Step[Proposal](
        "return",
        _("Return for revision"),
        _("returned for revision"),
        frozenset({S.SUBMITTED, S.REVIEW}),
        rules.check | rules.review,
        target=S.RETURNED,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=effects.keep_decision,
        tell=(Tell(tell_proposers, msgid("“%(title)s” came back for revision")),),
    ),
    Step[Proposal](
        "file",
        pgettext_lazy("proposal", "File"),
        _("filed"),
        frozenset({S.REVIEW}),
        rules.review,
        target=S.FILED,
        form="yizheng.proposals.forms.steps.FileForm",
        effect=effects.file,
        primary=True,
        bulk=True,
        tell=(
            Tell(tell_proposers, msgid("“%(title)s” was filed as %(number)s"), may_mute=True),
            Tell(tell_assigners, msgid("%(number)s “%(title)s” is to be assigned")),
        ),
    ),
    Step[Proposal](
        "not_file",
        _("Do not file"),
        _("not filed"),
        frozenset({S.REVIEW}),
        rules.review,
        target=S.NOT_FILED,
        form="yizheng.proposals.forms.steps.NotFileForm",
        effect=effects.not_file,
        tell=(Tell(tell_proposers, msgid("“%(title)s” was not filed; the reason stands with it")),),
    ),
    Step[Proposal](
        "merge",
        _("Merge"),
        _("merged with others"),
        frozenset({S.REVIEW}),
        rules.review,
        target=S.FILED,
        form="yizheng.proposals.forms.steps.ProposalMergeForm",
        effect=effects.merge,
        tell=(
            Tell(
                tell_proposers,
                msgid("“%(title)s” was filed as %(number)s together with others"),
                may_mute=True,
            ),
        ),
    ),
    Step[Proposal](
        "be_merged",
        _("Merge into another"),
        _("merged into another"),
        frozenset({S.REVIEW}),
        rules.review,
        target=S.MERGED,
        effect=effects.be_merged,
        automatic=True,
        tell=(
            Tell(tell_proposers, msgid("“%(title)s” is handled together with another proposal")),
        ),
    ),
    Step[Proposal](
        "convert",
        _("Convert to public-opinion information"),
        _("converted to public-opinion information"),
        frozenset({S.REVIEW}),
        rules.review,
        target=S.CONVERTED,
        form="yizheng.proposals.forms.steps.ConvertForm",
        effect=effects.convert,
        then=effects.pass_on,
        tell=(Tell(tell_proposers, msgid("“%(title)s” goes on as public-opinion information")),),
    ),
    Step[Proposal](
        "pass_on",
        _("Pass on as public-opinion information"),
        _("passed on as public-opinion information"),
        frozenset({S.NOT_FILED}),
        rules.review,
        guards=(guards.has_not_gone_on,),
        form="yizheng.proposals.forms.steps.ConvertForm",
        effect=effects.pass_on,
        touches=False,
        tell=(Tell(tell_proposers, msgid("“%(title)s” goes on as public-opinion information")),),
    ),
    Step[Proposal](
        "withdraw",
        _("Withdraw"),
        _("withdrawn"),
        frozenset({S.CONFIRMING, S.SUBMITTED, S.RETURNED, S.REVIEW, S.FILED, S.HANDLING}),
        rules.author | rules.reviser,
        target=S.WITHDRAWN,
        guards=(guards.nothing_released,),
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=effects.keep_decision,
        tell=(Tell(tell_checkers, msgid("“%(title)s” was withdrawn")),),
        confirm=_("Withdraw this proposal? It will not be handled any further."),
    ),
    Step[Proposal](
        "assign",
        _("Assign"),
        _("assigned"),
        frozenset({S.FILED}),
        rules.assign,
        target=S.HANDLING,
        form="yizheng.proposals.forms.steps.AssignForm",
        effect=effects.assign,
        primary=True,
        tell=(
            Tell(tell_proposers, msgid("%(number)s “%(title)s” was given to its handling units")),
        ),
    ),
    Step[Proposal](
        "answer",
        _("All replies are out"),
        _("answered"),
        frozenset({S.HANDLING}),
        rules.assign,
        target=S.EVALUATING,
        effect=effects.open_rating,
        automatic=True,
        tell=(
            Tell(tell_raters, msgid("%(number)s “%(title)s” was replied to: please rate it")),
            Tell(tell_body, msgid("%(number)s “%(title)s” was replied to")),
        ),
    ),
    Step[Proposal](
        "conclude",
        _("Conclude the rating"),
        _("rating concluded"),
        frozenset({S.EVALUATING}),
        rules.evaluate_round,
        target=effects.concluded_state,
        guards=(guards.round_is_over, guards.key_was_supervised),
        effect=effects.conclude,
        primary=True,
        bulk=True,
        confirm=_("Conclude the rating? All ratings are opened, and nobody can rate any more."),
        confirm_many=_(
            "Conclude the rating of these %(n)s proposals? All their ratings are opened, and "
            "nobody can rate any more."
        ),
        tell=(
            Tell(
                tell_proposers,
                msgid("The rating of %(number)s “%(title)s” is concluded"),
                may_mute=True,
            ),
        ),
    ),
    Step[Proposal](
        "reopen",
        _("Reopen"),
        _("reopened"),
        frozenset({S.CLOSED}),
        rules.reopen,
        target=S.HANDLING,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=effects.reopen,
        confirm=_("Have this proposal handled again? Its units get a new clock."),
    ),
    Step[Proposal](
        "make_key",
        _("Make it a key proposal"),
        _("made a key proposal"),
        frozenset({S.FILED, S.HANDLING, S.EVALUATING}),
        rules.choose_key,
        applies=lambda p: not p.is_key,
        guards=(guards.key_share,),
        form="yizheng.proposals.forms.steps.KeyForm",
        effect=effects.make_key,
        touches=False,
    ),
    Step[Proposal](
        "unmake_key",
        _("No longer a key proposal"),
        _("no longer a key proposal"),
        frozenset({S.FILED, S.HANDLING, S.EVALUATING}),
        rules.choose_key,
        applies=lambda p: p.is_key,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=effects.unmake_key,
        touches=False,
    ),
    Step[Proposal](
        "supervise",
        _("Record supervision"),
        _("supervised"),
        frozenset({S.HANDLING, S.EVALUATING, S.CLOSED}),
        rules.supervisor,
        touches=False,
        records=True,
        form="yizheng.proposals.forms.steps.SupervisionForm",
        effect=effects.supervise,
    ),
    Step[Proposal](
        "publish",
        _("Publish"),
        _("published"),
        frozenset({S.EVALUATING, S.CLOSED}),
        rules.publish,
        applies=lambda p: p.published_at is None,
        guards=(guards.may_be_published,),
        form="yizheng.proposals.forms.steps.ProposalPublishForm",
        effect=effects.publish,
    ),
    Step[Proposal](
        "unpublish",
        _("Take down"),
        _("taken down"),
        frozenset({S.HANDLING, S.EVALUATING, S.CLOSED}),
        rules.publish,
        applies=lambda p: p.published_at is not None,
        form="yizheng.proposals.forms.steps.ProposalRequiredNoteForm",
        effect=effects.unpublish,
        touches=False,
    ),
]


def _others_read_it(proposal: Proposal) -> bool:
    """Whoever was invited to co-sign reads the draft, too."""
    return proposal.state not in S.of("private") or proposal.cosignatures.exists()


EDITS = [
    Edit[Proposal](
        "save",
        _("changed the text"),
        frozenset(S.of("editable")),
        rules.author | rules.reviser,
        _("It is submitted; its text can be changed only when it is returned for revision."),
        _("Only its author may change this draft."),
        traced=_others_read_it,
    ),
    Edit[Proposal](
        "enclose",
        _("changed its papers"),
        frozenset(S.of("editable")),
        rules.author | rules.reviser,
        _("It is submitted; its papers can be changed only when it is returned for revision."),
        _("Only its author may change this draft."),
        traced=_others_read_it,
    ),
    Edit[Proposal](
        "discard",
        _("threw the draft away"),
        frozenset({S.DRAFT}),
        rules.author,
        ONLY_DRAFTS,
        ONLY_DRAFTS,
        traced=_others_read_it,
        deletes=True,
    ),
    # Each invitation has an entry of its own.
    Edit[Proposal](
        "invite",
        _("invited to co-sign"),
        frozenset(S.of("cosigning")),
        rules.author,
        guards.NO_MORE_SIGNING,
        guards.ONLY_THE_FIRST_INVITES,
        guards=(guards.is_of_members,),
        traced=False,
    ),
    # The part whose date was moved has its entry.
    Edit[Proposal](
        "reckon",
        _("its date follows its parts"),
        frozenset({S.HANDLING}),
        rules.assign,
        _("It is not being handled."),
        traced=False,
        touches=False,
        reckons=True,
    ),
]

PROPOSAL = Flow(
    "proposal",
    _("Proposal"),
    Proposal,
    states=STATES,
    births=BIRTHS,
    steps=STEPS,
    edits=EDITS,
    seals=SEALS,
    due_with=("assignments",),
    url=proposal_url,
    visible=rules.visible_proposals,
    values=values_of,
    title=called,
)

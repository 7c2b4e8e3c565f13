"""The life of a contribution (a speech, an essay, a talk): offered, selected in stages, given.

The writer is told each stage in one line.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.flow import Act, Birth, Ends, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note_in
from yizheng.core.time_left import DayCount
from yizheng.people.queries import accounts_of

from .. import rules
from ..enums import ActivityState
from ..enums import ContributionState as S
from ..models import Contribution
from . import guards
from .activity import STRANGER
from .due_dates import begins_on, rules_for
from .notices import tell_organiser


def _selected(contribution: Contribution) -> bool:
    kind = rules_for(begins_on(contribution.activity)).contribution(contribution.kind)
    return kind is not None and kind.is_selected


def _revise(act: Act[Contribution]) -> None:
    act.obj.title, act.obj.text = act.data["title"], act.data["text"]


def _place(act: Act[Contribution]) -> None:
    act.obj.position, act.obj.minutes = act.data["position"], act.data["minutes"]
    act.detail.update(position=act.obj.position, minutes=act.obj.minutes)


def _give(act: Act[Contribution]) -> None:
    act.obj.given_on = begins_on(act.obj.activity)
    act.detail["given_on"] = act.obj.given_on


def _unplace(act: Act[Contribution]) -> None:
    act.obj.position, act.obj.decision_note = None, ""


def activity_has_begun(contribution: Contribution) -> Words | None:
    if clock.now() < contribution.activity.starts_at:
        return _("The activity has not begun yet.")
    return None


def tell_writer(contribution: Contribution) -> Iterable[int]:
    return accounts_of([contribution.membership_id]) if contribution.membership_id else []


def _tell_office(contribution: Contribution) -> Iterable[int]:
    return tell_organiser(contribution.activity)


SEALS = (
    ("报", pgettext_lazy("seal", "offer")),
    ("选", pgettext_lazy("seal", "selection")),
    ("定", pgettext_lazy("seal", "how it is given")),
    ("讲", pgettext_lazy("seal", "speaking")),
)
FORMS = "yizheng.activities.forms.steps."

STATES = {
    S.OFFERED: State(S.OFFERED.label, rules.organise_around, _("selects"), done=1, now=1),
    S.SHORTLISTED: State(
        S.SHORTLISTED.label, rules.organise_around, _("decides how it is given"), done=1, now=1
    ),
    S.REVISING: State(S.REVISING.label, rules.contributor, _("revises the text"), done=1, now=1),
    S.ORAL: State(
        S.ORAL.label,
        rules.organise_around,
        _("records when it was given"),
        done=2,
        now=2,
        due=lambda c: begins_on(c.activity),
        counted=DayCount.CALENDAR,
    ),
    S.WRITTEN: State(
        S.WRITTEN.label,
        rules.organise_around,
        _("prints it"),
        done=2,
        now=2,
        due=lambda c: begins_on(c.activity),
        counted=DayCount.CALENDAR,
    ),
    S.GIVEN: State(S.GIVEN.label, done=4, ends=True),
    S.NOT_USED: State(S.NOT_USED.label, done=1, ends=True),
    S.WITHDRAWN: State(S.WITHDRAWN.label, done=0, ends=True),
}

RECORDED = _("recorded by the office")
BIRTHS = [
    Birth[Contribution](
        "offered",
        _("offered"),
        S.OFFERED,
        rule=rules.contributor,
        stranger=_("Only members offer contributions."),
        guards=(guards.is_called_for,),
        tell=(Tell(_tell_office, msgid("A contribution was offered: “%(title)s”")),),
    ),
    Birth[Contribution](
        "recorded",
        RECORDED,
        S.ORAL,
        rule=rules.organise_around,
        stranger=STRANGER,
        guards=(guards.has_speakers,),
    ),
    Birth[Contribution](
        "recorded_given",
        RECORDED,
        S.GIVEN,
        rule=rules.organise_around,
        stranger=STRANGER,
        guards=(guards.has_speakers,),
    ),
]

STEPS = [
    Step[Contribution](
        "shortlist",
        _("Shortlist"),
        _("shortlisted"),
        frozenset({S.OFFERED}),
        rules.organise_around,
        target=S.SHORTLISTED,
        applies=_selected,
        primary=True,
        tell=(
            Tell(
                tell_writer, msgid("Your contribution “%(title)s” was shortlisted"), may_mute=True
            ),
        ),
    ),
    Step[Contribution](
        "ask_revision",
        _("Ask for a revision"),
        _("revision asked for"),
        frozenset({S.OFFERED, S.SHORTLISTED}),
        rules.organise_around,
        target=S.REVISING,
        form=f"{FORMS}ActivityShortNoteForm",
        effect=keep_note_in("decision_note"),
        tell=(Tell(tell_writer, msgid("Please revise your contribution “%(title)s”: %(note)s")),),
    ),
    Step[Contribution](
        "revise",
        _("Hand in the revised text"),
        _("revised"),
        frozenset({S.REVISING}),
        rules.contributor | rules.organise_around,
        target=S.SHORTLISTED,
        form=f"{FORMS}ReviseForm",
        effect=_revise,
        primary=True,
        tell=(Tell(_tell_office, msgid("“%(title)s” was revised")),),
    ),
    Step[Contribution](
        "take_oral",
        _("To be given orally"),
        _("chosen to be given orally"),
        frozenset({S.OFFERED, S.SHORTLISTED, S.WRITTEN}),
        rules.organise_around,
        target=S.ORAL,
        form=f"{FORMS}PlaceForm",
        effect=_place,
        primary=True,
        tell=(Tell(tell_writer, msgid("Your contribution “%(title)s” is to be given orally")),),
    ),
    Step[Contribution](
        "take_written",
        _("To be printed"),
        _("chosen to be printed"),
        frozenset({S.OFFERED, S.SHORTLISTED, S.ORAL}),
        rules.organise_around,
        target=S.WRITTEN,
        effect=_unplace,
        tell=(
            Tell(
                tell_writer, msgid("Your contribution “%(title)s” is to be printed"), may_mute=True
            ),
        ),
    ),
    Step[Contribution](
        "place",
        _("Place and time in the list"),
        _("placed in the list"),
        frozenset({S.ORAL}),
        rules.organise_around,
        form=f"{FORMS}PlaceForm",
        effect=_place,
    ),
    Step[Contribution](
        "not_use",
        _("Do not use"),
        _("not used"),
        frozenset({S.OFFERED, S.SHORTLISTED, S.REVISING, S.ORAL, S.WRITTEN}),
        rules.organise_around,
        target=S.NOT_USED,
        form=f"{FORMS}ActivityShortNoteForm",
        effect=keep_note_in("decision_note"),
        tell=(
            Tell(
                tell_writer, msgid("Your contribution “%(title)s” is not used, because: %(note)s")
            ),
        ),
    ),
    Step[Contribution](
        "give",
        _("Record that it was given"),
        pgettext_lazy("contribution", "given"),
        frozenset({S.ORAL, S.WRITTEN}),
        rules.organise_around,
        target=S.GIVEN,
        guards=(activity_has_begun,),
        effect=_give,
        primary=True,
        tell=(
            Tell(
                tell_writer,
                msgid("Your contribution “%(title)s” is recorded as given"),
                may_mute=True,
            ),
        ),
    ),
    Step[Contribution](
        "reconsider",
        _("Consider again"),
        _("considered again"),
        frozenset({S.NOT_USED}),
        rules.organise_around,
        target=S.OFFERED,
        guards=(guards.is_not_over,),
        tell=(
            Tell(
                tell_writer,
                msgid("Your contribution “%(title)s” is considered again"),
                may_mute=True,
            ),
        ),
    ),
    Step[Contribution](
        "withdraw",
        pgettext_lazy("contribution", "Withdraw"),
        pgettext_lazy("contribution", "withdrawn"),
        frozenset({S.OFFERED, S.SHORTLISTED, S.REVISING}),
        rules.contributor,
        target=S.WITHDRAWN,
        confirm=_("Withdraw your contribution?"),
        tell=(Tell(_tell_office, msgid("“%(title)s” was withdrawn by its writer")),),
    ),
    Step[Contribution](
        "lapse",
        _("Lapse"),
        _("lapsed with the activity"),
        frozenset({S.OFFERED, S.SHORTLISTED, S.REVISING, S.ORAL, S.WRITTEN}),
        rules.organise_around,
        target=S.NOT_USED,
        effect=keep_note_in("decision_note"),
        automatic=True,
        tell=(
            Tell(
                tell_writer, msgid("Your contribution “%(title)s” is not used, because: %(note)s")
            ),
        ),
    ),
]

CONTRIBUTION = Flow(
    "contribution",
    _("Contribution"),
    Contribution,
    states=STATES,
    births=BIRTHS,
    steps=STEPS,
    ends=[
        Ends(
            "activity",
            frozenset(ActivityState.of("cancelled")),
            "lapse",
            lambda activity: activity.contributions.all(),
        )
    ],
    under=lambda c: c.activity,
    due_with=("activity",),
    seals=SEALS,
    url=lambda c: reverse("activities:contribution", args=[c.pk]),
    visible=rules.visible_contributions,
    values=lambda c: {"title": c.title, "note": c.decision_note},
)

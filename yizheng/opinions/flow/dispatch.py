"""The life of a dispatch: what became of an opinion where it was sent, recorded by hand or reported
back by the committee above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid

from yizheng.core.files import attach
from yizheng.core.flow import FLOWS, Act, Birth, Edit, Flow, State, Step, Tell
from yizheng.core.flow_table import keep_note_in
from yizheng.core.punctuation import shortened

from .. import rules, upward_dispatch
from ..enums import Adoption
from ..enums import DispatchState as S
from ..models import Dispatch
from . import guards
from .due_dates import counted
from .effects import tell_further
from .notices import opinion_url, pieces, tell_editors, tell_signers, tell_writers, values_of

OUTSIDE = frozenset({S.SENT, S.NOT_ADOPTED})


def _outside(dispatch: Dispatch) -> bool:
    """Whoever works on this platform answers for themselves."""
    return dispatch.to_organisation_id is None


def _adopt(act: Act[Dispatch]) -> None:
    for name in ("adoption", "adopted_on", "adopted_in"):
        setattr(act.obj, name, act.data[name])
    act.obj.reported_by = act.data.get("reported_by", "")
    act.detail["note"] = (
        f"{act.obj.recipient}：{Adoption(act.obj.adoption).label} {act.obj.adopted_in}".strip()
    )


def _adopted(act: Act[Dispatch]) -> None:
    """The opinion learns it, and so does the committee below from which it came."""
    dispatch, opinion = act.obj, act.obj.opinion
    tell_further(
        act,
        "be_adopted",
        opinion,
        gettext("%(where)s, %(how)s")
        % {"where": dispatch.recipient, "how": Adoption(dispatch.adoption).label},
    )
    for piece in pieces(opinion):
        upward_dispatch.report_adoption(
            piece,
            by=act.by,
            level=dispatch.level,
            adoption=dispatch.adoption,
            where=dispatch.adopted_in or dispatch.recipient,
            on=dispatch.adopted_on or act.today,
        )


_keep_note = keep_note_in("note")


def _complete(act: Act[Dispatch]) -> None:
    """Signed and published it stays as it is; what goes up again is kept beside it."""
    act.obj.completed_title, act.obj.completed_text = act.data["title"], act.data["text"]
    if file := act.data["file"]:
        with FLOWS["opinion"].editing("add_paper", act.obj.opinion, by=act.by) as edit:
            attach(file, file.name, to=edit.row, by=act.by)
            edit.note(paper=file.name)
    _keep_note(act)


def _hand_up_again(act: Act[Dispatch]) -> None:
    upward_dispatch.hand_up_again(act.obj, by=act.by)


def _days(field: str) -> Callable[[Dispatch], dt.date]:
    return lambda dispatch: counted(field, dispatch.opinion, dispatch)


def _take_back(act: Act[Dispatch]) -> None:
    _keep_note(act)
    upward_dispatch.take_back(act.obj, by=act.by)


NOTE = "yizheng.opinions.forms.steps.OpinionNoteForm"

DISPATCH = Flow(
    "dispatch",
    _("Sent opinion"),
    Dispatch,
    states={
        S.SENT: State(S.SENT.label, done=1, now=1),
        S.TAKEN_UP: State(S.TAKEN_UP.label, done=2, now=2, tone="indigo"),
        S.RETURNED: State(
            S.RETURNED.label,
            rules.dispatcher,
            _("completes it"),
            done=1,
            now=1,
            due=_days("complete_days"),
            tone="ochre",
        ),
        S.COMPLETED: State(
            S.COMPLETED.label,
            rules.dispatch_signer,
            _("signs"),
            done=1,
            now=1,
            due=_days("sign_days"),
            tone="ochre",
        ),
        S.ADOPTED: State(S.ADOPTED.label, done=3, ends=True, tone="bamboo"),
        S.NOT_ADOPTED: State(S.NOT_ADOPTED.label, done=1, ends=True, tone="cinnabar"),
        S.WITHDRAWN: State(S.WITHDRAWN.label, done=0, ends=True),
    },
    births=[
        Birth[Dispatch]("dispatched", _("sent"), S.SENT),
        Birth[Dispatch]("sent_up", _("sent up"), S.SENT, guards=(guards.is_sent_there_first,)),
        Birth[Dispatch]("sent_further", _("reported by the committee above"), S.TAKEN_UP),
        Birth[Dispatch]("imported", _("imported"), S.ADOPTED, rule=rules.import_opinions),
    ],
    edits=[
        Edit[Dispatch](
            "be_received",
            _("taken into the inbox above"),
            frozenset({S.SENT}),
            rules.dispatcher,
            _("The committee above has it already."),
            traced=False,
            touches=False,
        )
    ],
    steps=[
        Step[Dispatch](
            "adopt",
            _("Record adoption"),
            _("adoption recorded"),
            OUTSIDE,
            rules.dispatcher,
            target=S.ADOPTED,
            applies=_outside,
            form="yizheng.opinions.forms.steps.AdoptionForm",
            effect=_adopt,
            then=_adopted,
            primary=True,
        ),
        Step[Dispatch](
            "refuse",
            _("Record that it was not adopted"),
            pgettext_lazy("opinion", "not adopted"),
            frozenset({S.SENT}),
            rules.dispatcher,
            target=S.NOT_ADOPTED,
            applies=_outside,
            form=NOTE,
            effect=_keep_note,
        ),
        Step[Dispatch](
            "take_back",
            pgettext_lazy("opinion", "Take back"),
            _("taken back"),
            frozenset({S.SENT, S.RETURNED, S.COMPLETED}),
            rules.dispatcher,
            target=S.WITHDRAWN,
            form=NOTE,
            effect=_take_back,
        ),
        Step[Dispatch](
            "be_returned",
            _("Be returned from above"),
            _("returned by the committee above to be completed"),
            frozenset({S.SENT, S.TAKEN_UP}),
            rules.dispatcher,
            target=S.RETURNED,
            effect=_keep_note,
            automatic=True,
            tell=(
                Tell(
                    lambda d: [*tell_writers(d.opinion), *tell_editors(d.opinion)],
                    msgid("%(who)s wants “%(title)s” completed: %(note)s"),
                ),
            ),
        ),
        Step[Dispatch](
            "complete",
            _("Complete it"),
            _("completed"),
            frozenset({S.RETURNED}),
            rules.dispatcher,
            target=S.COMPLETED,
            guards=(lambda d: guards.somebody_may_sign(d.opinion),),
            form="yizheng.opinions.forms.steps.CompletionForm",
            effect=_complete,
            primary=True,
            tell=(
                Tell(
                    lambda d: tell_signers(d.opinion),
                    msgid("“%(title)s” was completed for %(who)s and is to be signed"),
                ),
            ),
        ),
        Step[Dispatch](
            "send_back",
            _("Back to the editor"),
            _("sent back to the editor"),
            frozenset({S.COMPLETED}),
            rules.dispatch_signer,
            target=S.RETURNED,
            form="yizheng.opinions.forms.steps.OpinionRequiredNoteForm",
            effect=_keep_note,
            tell=(
                Tell(
                    lambda d: tell_editors(d.opinion),
                    msgid("The completed text of “%(title)s” came back: %(note)s"),
                ),
            ),
        ),
        Step[Dispatch](
            "send_again",
            _("Sign and send again"),
            _("completed and sent up again"),
            frozenset({S.COMPLETED}),
            rules.dispatch_signer,
            target=S.SENT,
            form="yizheng.opinions.forms.steps.SendAgainForm",
            then=_hand_up_again,
            primary=True,
            tell=(
                Tell(
                    lambda d: [*tell_writers(d.opinion), *tell_editors(d.opinion)],
                    msgid("“%(title)s” was completed and sent to %(who)s again"),
                    may_mute=True,
                ),
            ),
        ),
        Step[Dispatch](
            "be_taken_up",
            _("Be taken up above"),
            _("taken up by the committee above"),
            frozenset({S.SENT}),
            rules.dispatcher,
            target=S.TAKEN_UP,
            automatic=True,
            tell=(
                Tell(
                    lambda d: tell_writers(d.opinion),
                    msgid("%(who)s has taken “%(title)s” up"),
                    may_mute=True,
                ),
            ),
        ),
        Step[Dispatch](
            "be_adopted",
            _("Be adopted above"),
            _("adopted by the committee above"),
            frozenset({S.SENT, S.TAKEN_UP}),
            rules.dispatcher,
            target=S.ADOPTED,
            effect=_adopt,
            then=_adopted,
            automatic=True,
            tell=(
                Tell(
                    lambda d: tell_editors(d.opinion),
                    msgid("“%(title)s” was adopted: %(who)s"),
                    may_mute=True,
                ),
            ),
        ),
        Step[Dispatch](
            "be_refused",
            _("Be refused above"),
            _("not adopted by the committee above"),
            frozenset({S.SENT, S.TAKEN_UP}),
            rules.dispatcher,
            target=S.NOT_ADOPTED,
            effect=_keep_note,
            automatic=True,
            tell=(
                Tell(
                    lambda d: [*tell_writers(d.opinion), *tell_editors(d.opinion)],
                    msgid("%(who)s did not adopt “%(title)s”: %(note)s"),
                ),
            ),
        ),
    ],
    seals=(
        ("送", pgettext_lazy("seal", "sending")),
        ("收", pgettext_lazy("seal", "taking up")),
        ("采", pgettext_lazy("seal", "adoption")),
    ),
    url=lambda d: opinion_url(d.opinion),
    visible=rules.visible_dispatches,
    values=lambda d: {**values_of(d.opinion), "who": d.recipient, "note": shortened(d.note, 120)},
    title=lambda d: str(d),
    under=lambda d: upward_dispatch.case_above(d) or d.opinion,
    due_with=("opinion",),
)

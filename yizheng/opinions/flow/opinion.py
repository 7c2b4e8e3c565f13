"""The life of an opinion: 写 written, 编 edited, 发 sent out, 用 used."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import Act, Birth, Edit, Ends, Flow, State, Step, Tell

from .. import rules
from ..enums import OpinionState as S
from ..models import Opinion
from . import effects, guards
from .due_dates import days
from .notices import echo, opinion_url, tell_editors, tell_signers, tell_writers, values_of

SEALS = (
    ("写", pgettext_lazy("seal", "writing")),
    ("编", pgettext_lazy("seal", "editing")),
    ("发", pgettext_lazy("seal", "sending")),
    ("用", pgettext_lazy("seal", "adoption")),
)
NOTE = "yizheng.opinions.forms.OpinionNoteForm"
REQUIRED_NOTE = "yizheng.opinions.forms.OpinionRequiredNoteForm"

STATES = {
    S.DRAFT: State(S.DRAFT.label, rules.author, _("writes the draft"), now=0),
    S.SUBMITTED: State(
        S.SUBMITTED.label, rules.editor, _("takes it up"), done=1, now=1, due=days("take_up_days")
    ),
    S.RETURNED: State(
        S.RETURNED.label, rules.author, _("completes it"), now=0, due=days("complete_days")
    ),
    S.EDITING: State(
        S.EDITING.label, rules.editor, _("edits it"), done=1, now=1, due=days("edit_days")
    ),
    S.CHECKING: State(
        S.CHECKING.label,
        rules.editor,
        _("checks the edition"),
        done=1,
        now=1,
        due=days("check_days"),
    ),
    S.SIGNING: State(
        S.SIGNING.label, rules.signer, _("signs"), done=1, now=1, due=days("sign_days")
    ),
    S.SIGNED: State(
        S.SIGNED.label,
        rules.editor,
        _("publishes or sends it"),
        done=2,
        now=2,
        due=days("send_days"),
    ),
    S.PUBLISHED: State(
        S.PUBLISHED.label, rules.editor, _("sends it"), done=2, now=2, due=days("send_days")
    ),
    S.SENT: State(S.SENT.label, None, _("may adopt it"), done=3, now=3),
    S.USED: State(S.USED.label, rules.editor, _("transfers or closes it"), done=4),
    S.TRANSFERRED: State(S.TRANSFERRED.label, None, _("handle it"), done=3, now=3),
    S.ANSWERED: State(S.ANSWERED.label, rules.editor, _("tells the writer and closes it"), done=4),
    S.CLOSED: State(S.CLOSED.label, done=4, ends=True),
    S.NOT_USED: State(S.NOT_USED.label, done=1, ends=True),
    S.MERGED: State(S.MERGED.label, done=2, ends=True),
    S.WITHDRAWN: State(S.WITHDRAWN.label, done=0, ends=True),
}


AFTER_SIGNATURE = frozenset(S.of("live"))
USED = frozenset(S.of("valued"))


def _writers(words: str, *, may_mute: bool = False) -> Tell:
    return Tell(tell_writers, words, may_mute)


# Steps that the writers of the parts of a combined piece learn too.
NOT_USED = _writers(msgid("“%(title)s” was not used, because: %(note)s"))
SIGNED = _writers(msgid("“%(title)s” was signed"), may_mute=True)
PUBLISHED = _writers(msgid("“%(title)s” was published in an issue"), may_mute=True)
SENT = _writers(msgid("“%(title)s” was sent to leaders or departments"), may_mute=True)
SENT_UP = _writers(msgid("“%(title)s” was sent up to the committee above"), may_mute=True)
ADOPTED = _writers(msgid("“%(title)s” was adopted"), may_mute=True)
INSTRUCTED = _writers(msgid("A leader wrote an instruction on “%(title)s”"), may_mute=True)
TRANSFERRED = _writers(msgid("“%(title)s” was transferred to a unit to be handled"), may_mute=True)
ANSWERED = _writers(msgid("The units have answered on “%(title)s”"), may_mute=True)
CLOSED = _writers(msgid("“%(title)s” is closed; what came of it stands with it"))


def _then_not_used(act: Act[Opinion]) -> None:
    effects.report_not_used(act)
    echo("not_use", NOT_USED)(act)


def _then_published(act: Act[Opinion]) -> None:
    effects.report_published(act)
    echo("publish", PUBLISHED)(act)


def _then_sent_up(act: Act[Opinion]) -> None:
    effects.hand_up(act)
    echo("send_up", SENT_UP)(act)


STEPS = [
    Step[Opinion](
        "submit",
        pgettext_lazy("opinion", "Hand in"),
        _("handed in"),
        frozenset({S.DRAFT, S.RETURNED}),
        rules.author,
        target=S.SUBMITTED,
        guards=(guards.is_complete,),
        effect=effects.submit,
        primary=True,
        tell=(Tell(tell_editors, msgid("“%(title)s” was handed in")),),
        confirm=_("Hand this in? It holds no state secret, and the office reads it next."),
    ),
    Step[Opinion](
        "withdraw",
        pgettext_lazy("opinion", "Withdraw"),
        pgettext_lazy("opinion", "withdrawn"),
        frozenset({S.SUBMITTED, S.RETURNED, S.EDITING, S.CHECKING, S.SIGNING}),
        rules.author,
        target=S.WITHDRAWN,
        form=REQUIRED_NOTE,
        effect=effects.keep_decision,
        applies=lambda o: not o.origin_dispatch,
        tell=(Tell(tell_editors, msgid("“%(title)s” was withdrawn by its writer")),),
    ),
    Step[Opinion](
        "take_up",
        _("Take up and edit"),
        _("taken up by the editor"),
        frozenset({S.SUBMITTED}),
        rules.editor,
        target=S.EDITING,
        effect=effects.take_up,
        then=effects.report_taken_up,
        primary=True,
        bulk=True,
        tell=(_writers(msgid("“%(title)s” is being edited"), may_mute=True),),
    ),
    Step[Opinion](
        "return",
        _("Return to be completed"),
        _("returned to be completed"),
        frozenset({S.SUBMITTED, S.EDITING}),
        rules.editor,
        target=S.RETURNED,
        form=REQUIRED_NOTE,
        effect=effects.keep_decision,
        then=effects.report_returned,
        tell=(_writers(msgid("“%(title)s” came back to be completed: %(note)s")),),
    ),
    Step[Opinion](
        "not_use",
        pgettext_lazy("opinion", "Do not use"),
        pgettext_lazy("opinion", "not used"),
        frozenset({S.SUBMITTED, S.EDITING, S.CHECKING, S.SIGNING}),
        rules.editor | rules.signer,
        target=S.NOT_USED,
        form="yizheng.opinions.forms.NotUseForm",
        effect=effects.not_use,
        then=_then_not_used,
        bulk=True,
        tell=(NOT_USED,),
    ),
    Step[Opinion](
        "merge",
        _("Combine with others"),
        _("combined with others"),
        frozenset({S.EDITING}),
        rules.editor,
        form="yizheng.opinions.forms.OpinionMergeForm",
        effect=effects.merge,
    ),
    Step[Opinion](
        "be_merged",
        _("Become part of a combined piece"),
        _("became part of a combined piece"),
        frozenset({S.SUBMITTED, S.EDITING}),
        rules.editor,
        target=S.MERGED,
        effect=effects.be_merged,
        then=effects.report_taken_up,
        automatic=True,
        tell=(_writers(msgid("“%(title)s” goes on as part of a combined piece"), may_mute=True),),
    ),
    Step[Opinion](
        "finish",
        _("Hand over to be checked"),
        _("edition finished"),
        frozenset({S.EDITING}),
        rules.editor,
        target=S.CHECKING,
        guards=(guards.edition_fits,),
        effect=effects.clear_note,
        primary=True,
    ),
    Step[Opinion](
        "send_back",
        _("Back to the editor"),
        _("sent back to the editor"),
        frozenset({S.CHECKING, S.SIGNING}),
        rules.editor | rules.signer,
        target=S.EDITING,
        form=REQUIRED_NOTE,
        effect=effects.keep_decision,
        tell=(Tell(tell_editors, msgid("The edition of “%(title)s” came back: %(note)s")),),
    ),
    Step[Opinion](
        "pass_check",
        _("Checked, to be signed"),
        _("edition checked"),
        frozenset({S.CHECKING}),
        rules.editor,
        target=S.SIGNING,
        guards=(guards.edition_fits, guards.somebody_may_sign),
        effect=effects.pass_check,
        primary=True,
        tell=(Tell(tell_signers, msgid("“%(title)s” is to be signed")),),
    ),
    Step[Opinion](
        "sign",
        _("Sign"),
        pgettext_lazy("opinion", "signed"),
        frozenset({S.SIGNING}),
        rules.signer,
        target=S.SIGNED,
        effect=effects.sign,
        then=echo("sign", SIGNED),
        primary=True,
        bulk=True,
        tell=(SIGNED, Tell(tell_editors, msgid("“%(title)s” is signed and can go out"))),
    ),
    Step[Opinion](
        "publish",
        _("Publish in an issue"),
        _("published in an issue"),
        AFTER_SIGNATURE,
        rules.editor,
        target=effects.published_state,
        effect=effects.publish,
        then=_then_published,
        automatic=True,
        tell=(PUBLISHED,),
    ),
    Step[Opinion](
        "send",
        _("Send to leaders and departments"),
        _("sent to leaders and departments"),
        AFTER_SIGNATURE,
        rules.editor,
        target=effects.sent_state,
        form="yizheng.opinions.forms.OpinionSendForm",
        effect=effects.send,
        then=echo("send", SENT),
        tell=(SENT,),
    ),
    Step[Opinion](
        "send_up",
        _("Send up to a committee above"),
        _("sent up"),
        AFTER_SIGNATURE,
        rules.editor,
        target=effects.sent_state,
        form="yizheng.opinions.forms.SendUpForm",
        effect=effects.send_up,
        then=_then_sent_up,
        tell=(SENT_UP,),
    ),
    Step[Opinion](
        "be_adopted",
        _("Be adopted"),
        pgettext_lazy("opinion", "adopted"),
        USED,
        rules.editor,
        target=effects.used_state,
        effect=effects.be_used,
        then=echo("be_adopted", ADOPTED),
        automatic=True,
        tell=(ADOPTED,),
    ),
    Step[Opinion](
        "be_instructed",
        _("Be instructed on"),
        _("a leader wrote an instruction"),
        USED,
        rules.editor,
        target=effects.used_state,
        effect=effects.be_used,
        automatic=True,
        then=echo("be_instructed", INSTRUCTED),
        tell=(INSTRUCTED,),
    ),
    Step[Opinion](
        "be_transferred",
        _("Be transferred to units"),
        _("transferred to units"),
        AFTER_SIGNATURE,
        rules.editor,
        target=S.TRANSFERRED,
        effect=effects.be_used,
        then=echo("be_transferred", TRANSFERRED),
        automatic=True,
        tell=(TRANSFERRED,),
    ),
    Step[Opinion](
        "come_back",
        _("Come back from the units"),
        _("no unit handles it any more"),
        frozenset({S.TRANSFERRED}),
        rules.editor,
        target=S.USED,
        automatic=True,
        tell=(Tell(tell_editors, msgid("No unit handles “%(title)s” any more")),),
    ),
    Step[Opinion](
        "be_answered",
        _("All units are done"),
        _("answered by the units"),
        frozenset({S.TRANSFERRED}),
        rules.editor,
        target=S.ANSWERED,
        then=echo("be_answered", ANSWERED),
        automatic=True,
        tell=(ANSWERED,),
    ),
    Step[Opinion](
        "close",
        _("Tell the writer and close"),
        _("told to the writer and closed"),
        AFTER_SIGNATURE - {S.SIGNED},
        rules.editor,
        target=S.CLOSED,
        guards=(guards.units_are_done, guards.nothing_awaits_it_above),
        form="yizheng.opinions.forms.OpinionCloseForm",
        effect=effects.close,
        then=echo("close", CLOSED),
        primary=True,
        bulk=True,
        tell=(CLOSED,),
    ),
    Step[Opinion](
        "reopen",
        _("Take up again"),
        pgettext_lazy("opinion", "taken up again"),
        frozenset({S.CLOSED, S.NOT_USED}),
        rules.editor,
        target=effects.reopened_state,
        applies=lambda o: bool(o.signed_at) or (o.state == S.NOT_USED and not o.origin_dispatch),
        form=REQUIRED_NOTE,
        effect=effects.reopen,
        tell=(_writers(msgid("“%(title)s” was taken up again"), may_mute=True),),
    ),
    Step[Opinion](
        "mark_excellent",
        _("Mark as excellent"),
        _("marked as excellent"),
        USED,
        rules.editor,
        applies=lambda o: not o.is_excellent,
        effect=effects.mark_excellent,
        touches=False,
        tell=(_writers(msgid("“%(title)s” was marked as excellent"), may_mute=True),),
    ),
    Step[Opinion](
        "unmark_excellent",
        _("No longer excellent"),
        _("no longer excellent"),
        USED,
        rules.editor,
        applies=lambda o: o.is_excellent,
        effect=effects.mark_excellent,
        touches=False,
    ),
    Step[Opinion](
        "mark_secrecy",
        _("Change who may read it"),
        _("marked for its readers"),
        frozenset(set(S) - {S.DRAFT, S.RETURNED, S.MERGED}),
        rules.editor,
        form="yizheng.opinions.forms.SecrecyForm",
        effect=effects.mark_secrecy,
    ),
    Step[Opinion](
        "be_completed",
        _("Be completed"),
        _("completed and sent again by the committee below"),
        frozenset({S.RETURNED}),
        rules.editor,
        target=S.SUBMITTED,
        effect=effects.be_completed,
        automatic=True,
        tell=(
            Tell(
                tell_editors,
                msgid("“%(title)s” was completed by the committee below and sent again"),
            ),
        ),
    ),
    Step[Opinion](
        "come_out",
        _("Come out of the combined piece"),
        _("no longer part of a combined piece"),
        frozenset({S.MERGED}),
        rules.editor,
        target=S.SUBMITTED,
        effect=effects.come_out,
        automatic=True,
        tell=(
            Tell(
                lambda o: [*tell_writers(o), *tell_editors(o)],
                msgid(
                    "“%(title)s” is no part of a combined piece any more: it is taken up by itself"
                ),
            ),
        ),
    ),
    Step[Opinion](
        "be_taken_back",
        _("Be taken back"),
        _("taken back by the committee below"),
        frozenset({S.SUBMITTED, S.RETURNED}),
        rules.editor,
        target=S.WITHDRAWN,
        automatic=True,
        tell=(Tell(tell_editors, msgid("“%(title)s” was taken back by the committee below")),),
    ),
]

WRITERS = _(
    "Members, liaison officers, invited reporters and the office write public-opinion information."
)
IMPORT = _("Importing is not among your tasks.")
BIRTHS = [
    Birth[Opinion]("drafted", _("began the draft"), S.DRAFT, rule=rules.writer, stranger=WRITERS),
    Birth[Opinion](
        "entered",
        _("entered by the office"),
        S.DRAFT,
        rule=rules.enterer,
        stranger=_(
            "Only the office enters information for other members and for parties and bodies."
        ),
    ),
    Birth[Opinion]("taken_over", _("begun from elsewhere"), S.SUBMITTED),
    Birth[Opinion](
        "taken_over_as_draft",
        _("begun from elsewhere"),
        S.DRAFT,
        rule=rules.writer,
        stranger=WRITERS,
    ),
    Birth[Opinion](
        "received",
        _("received from the committee below"),
        S.SUBMITTED,
        tell=(Tell(tell_editors, msgid("%(who)s sent “%(title)s” up")),),
    ),
    Birth[Opinion](
        "imported", _("imported"), S.CLOSED, rule=rules.import_opinions, stranger=IMPORT
    ),
    Birth[Opinion](
        "imported_not_used",
        _("imported as not used"),
        S.NOT_USED,
        rule=rules.import_opinions,
        stranger=IMPORT,
    ),
]

WRITING = frozenset(S.of("writing"))
HANDED_IN = _("It is handed in; its text can be changed only when it comes back to be completed.")
WRITER_ONLY = _("Only its writer may change this.")
DRAFT_ONLY = _("Only a draft can be thrown away, by its writer.")
EDITED = frozenset(S.of("editable"))
NOT_EDITED = _("The edition can be changed only while it is being edited or checked.")
EDITORS_ONLY = _("Only editors write the edition.")


def _was_seen(opinion: Opinion) -> bool:
    return opinion.state not in S.of("private")


EDITS = [
    Edit[Opinion](
        "save", _("text changed"), WRITING, rules.author, HANDED_IN, WRITER_ONLY, traced=_was_seen
    ),
    Edit[Opinion](
        "enclose", _("papers changed"), WRITING, rules.author, HANDED_IN, WRITER_ONLY, traced=False
    ),
    Edit[Opinion](
        "discard",
        _("thrown away"),
        frozenset({S.DRAFT}),
        rules.author,
        DRAFT_ONLY,
        DRAFT_ONLY,
        deletes=True,
    ),
    Edit[Opinion](
        "save_edition", _("edition changed"), EDITED, rules.editor, NOT_EDITED, EDITORS_ONLY
    ),
    Edit[Opinion](
        "start_over",
        _("edition begun from the writer's text again"),
        EDITED,
        rules.editor,
        NOT_EDITED,
        EDITORS_ONLY,
    ),
    Edit[Opinion](
        "add_paper",
        _("paper added"),
        USED,
        rules.editor,
        _("A paper is added here only after the signature."),
        traced=False,
        touches=False,
    ),
    Edit[Opinion](
        "be_told",
        _("told what came of the combined piece"),
        frozenset(S.of("joined")),
        rules.editor,
        _("It is no part of a combined piece."),
        touches=False,
    ),
]

OPINION = Flow(
    "opinion",
    _("Public-opinion information"),
    Opinion,
    states=STATES,
    births=BIRTHS,
    steps=STEPS,
    edits=EDITS,
    seals=SEALS,
    url=opinion_url,
    visible=rules.visible_opinions,
    values=values_of,
    ends=[
        Ends(
            "opinion",
            frozenset({S.WITHDRAWN}),
            "come_out",
            children=lambda main: Opinion.objects.filter(merged_into=main),
        )
    ],
)

"""The steps of an opinion: who takes it from which state to which, and who learns of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import Act, Step, Tell

from .. import rules
from ..enums import OpinionState as S
from ..models import Opinion
from . import effects, guards
from .notices import echo, tell_editors, tell_signers, tell_writers

NOTE = "yizheng.opinions.forms.steps.OpinionNoteForm"
REQUIRED_NOTE = "yizheng.opinions.forms.steps.OpinionRequiredNoteForm"
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
        form="yizheng.opinions.forms.steps.NotUseForm",
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
        form="yizheng.opinions.forms.steps.OpinionMergeForm",
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
        rules.checker,
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
        confirm=_("Sign the edition? Its text cannot be changed afterwards."),
        confirm_many=_("Sign these %(n)s editions? Their texts cannot be changed afterwards."),
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
        form="yizheng.opinions.forms.steps.OpinionSendForm",
        effect=effects.send,
        then=echo("send", SENT),
        primary=frozenset({S.PUBLISHED}),
        tell=(SENT,),
    ),
    Step[Opinion](
        "send_up",
        _("Send up to a committee above"),
        _("sent up"),
        AFTER_SIGNATURE,
        rules.editor,
        target=effects.sent_state,
        form="yizheng.opinions.forms.steps.SendUpForm",
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
        form="yizheng.opinions.forms.steps.OpinionCloseForm",
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
        form="yizheng.opinions.forms.steps.SecrecyForm",
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

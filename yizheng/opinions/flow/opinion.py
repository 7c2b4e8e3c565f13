"""The life of an opinion: 写 written, 编 edited, 发 sent out, 用 used."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as msgid
from django.utils.translation import pgettext_lazy

from yizheng.core.flow import Birth, Edit, Ends, Flow, State, Tell

from .. import rules
from ..enums import OpinionState as S
from ..models import Opinion
from .due_dates import days
from .notices import opinion_url, tell_editors, values_of
from .opinion_steps import STEPS, USED

SEALS = (
    ("写", pgettext_lazy("seal", "writing")),
    ("编", pgettext_lazy("seal", "editing")),
    ("发", pgettext_lazy("seal", "sending")),
    ("用", pgettext_lazy("seal", "adoption")),
)

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
        rules.checker,
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

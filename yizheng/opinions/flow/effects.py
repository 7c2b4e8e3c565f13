"""Effects of the steps on an opinion: what they do besides moving it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from yizheng.core import doors, numbering
from yizheng.core.access import system
from yizheng.core.flow import FLOWS, Act
from yizheng.core.flow_table import keep_note, keep_note_in
from yizheng.core.punctuation import shortened
from yizheng.organisations.models import Organisation

from .. import upward_dispatch
from ..enums import Adoption, DispatchState, OpinionState, Secrecy
from ..models import Circulation, Dispatch, Opinion
from ..opinion_text import original_text
from .due_dates import rules_of
from .notices import pieces

S = OpinionState
STRICTNESS = (Secrecy.OPEN, Secrecy.INTERNAL, Secrecy.LISTED)


keep_decision = keep_note_in("decision_note")


def clear_note(act: Act[Opinion]) -> None:
    """What somebody asked for was done."""
    act.obj.decision_note = ""


def submit(act: Act[Opinion]) -> None:
    opinion = act.obj
    opinion.submitted_at = opinion.submitted_at or act.at
    if not opinion.number:
        opinion.year = act.today.year
        opinion.number = receipt_number(opinion.year)


def receipt_number(year: int) -> str:
    return numbering.next_number(
        f"opinion-{year}",
        rules_of().receipt,
        lambda number: Opinion.objects.filter(number=number).exists(),
        year=year,
    )


# Editing ------------------------------------------------------------------------------------------


def take_up(act: Act[Opinion]) -> None:
    """The edition begins as a copy of what the writer wrote; an earlier edition is kept when it
    comes a second time.
    """
    opinion = act.obj
    if not opinion.number:
        opinion.number = receipt_number(opinion.year)
    if not opinion.edited_text:
        opinion.edited_title, opinion.edited_text = opinion.title, original_text(opinion)
    opinion.edited_by_id, opinion.edited_at = act.by.account_id, act.at


def report_taken_up(act: Act[Opinion]) -> None:
    upward_dispatch.report(act.obj, "be_taken_up", by=act.by)


def not_use(act: Act[Opinion]) -> None:
    reason = rules_of(act.today).reason(act.data["reason"])
    act.obj.reason_not_used = act.data["reason"]
    act.obj.decision_note = act.data["note"] or (reason.sentence if reason else "")
    act.detail.update(reason=act.obj.reason_not_used, note=act.obj.decision_note)


def report_returned(act: Act[Opinion]) -> None:
    upward_dispatch.report(act.obj, "be_returned", by=act.by, note=act.obj.decision_note)


def be_completed(act: Act[Opinion]) -> None:
    """What the committee below sent again stands in the place of what it sent first; an edition
    begun here stays.
    """
    act.obj.title, act.obj.body, act.obj.decision_note = act.data["title"], act.data["text"], ""
    keep_note(act)


def report_not_used(act: Act[Opinion]) -> None:
    for piece in pieces(act.obj):
        upward_dispatch.report(piece, "be_refused", by=act.by, note=act.obj.decision_note)


def merge(act: Act[Opinion]) -> None:
    """Put others under this one as one combined piece: it becomes as closed as the most closed of
    them.
    """
    opinion = act.obj
    for other in act.data["others"]:
        FLOWS["opinion"].perform("be_merged", other, by=act.by, data={"into": opinion})
        opinion.secrecy = max(opinion.secrecy, other.secrecy, key=STRICTNESS.index)
        opinion.edited_text += (
            f"\n{other.edited_title or other.title}\n{other.edited_text or original_text(other)}"
        )
        _list_accounts(opinion, set(other.circulation.values_list("account", flat=True)))
    act.detail["merged"] = [other.pk for other in act.data["others"]]


def be_merged(act: Act[Opinion]) -> None:
    act.obj.merged_into = act.data["into"]
    act.detail["into"] = act.data["into"].pk


def come_out(act: Act[Opinion]) -> None:
    act.obj.merged_into = None


def pass_check(act: Act[Opinion]) -> None:
    act.obj.checked_by_id = act.by.account_id
    clear_note(act)


def sign(act: Act[Opinion]) -> None:
    act.obj.signed_by_name, act.obj.signed_at = act.by.name or "—", act.at


# Going out ----------------------------------------------------------------------------------------


def sent_state(opinion: Opinion, _data: Mapping[str, Any]) -> str:
    return S.SENT if opinion.state in (S.SIGNED, S.PUBLISHED) else ""


def published_state(opinion: Opinion, data: Mapping[str, Any]) -> str:
    if opinion.state not in (S.SIGNED, S.PUBLISHED):
        return ""
    return S.SENT if data["recipients"] else S.PUBLISHED


def used_state(opinion: Opinion, _data: Mapping[str, Any]) -> str:
    return S.USED if opinion.state in (S.SIGNED, S.PUBLISHED, S.SENT) else ""


def send(act: Act[Opinion]) -> None:
    for code in act.data["recipients"]:
        dispatch_to(act.obj, code, act, on=act.data["sent_on"])
    act.detail["note"] = "、".join(recipient_words(act.data["recipients"]))


def recipient_words(codes: list[str]) -> list[str]:
    return [found.label if (found := rules_of().recipient(code)) else code for code in codes]


def dispatch_to(
    opinion: Opinion, code: str, act: Act[Any], *, on: dt.date, issue: Any = None
) -> Dispatch:
    found = rules_of().recipient(code)
    made = Dispatch(
        opinion=opinion,
        issue=issue,
        level=found.level if found else "county",
        recipient=found.label if found else code,
        sent_on=on,
    )
    begun: Dispatch = FLOWS["dispatch"].begin(
        made, "dispatched", by=act.by, detail={"note": made.recipient}
    )
    return begun


def send_up(act: Act[Opinion]) -> None:
    to = act.data["to"]
    made = Dispatch(
        opinion=act.obj,
        level=to.level,
        recipient=to.short_name,
        to_organisation=to,
        sent_on=act.today,
    )
    FLOWS["dispatch"].begin(made, "sent_up", by=act.by, detail={"note": to.short_name})
    act.detail["note"] = to.short_name


def hand_up(act: Act[Opinion]) -> None:
    """The case above, once the row here stands."""
    made = Dispatch.objects.get(
        opinion=act.obj, to_organisation=act.data["to"], received=None, state=DispatchState.SENT
    )
    received = upward_dispatch.hand_up(made, by=act.by)
    with FLOWS["dispatch"].editing("be_received", made, by=act.by) as edit:
        edit.row.received = received


def publish(act: Act[Opinion]) -> None:
    issue = act.data["issue"]
    for code in act.data["recipients"]:
        dispatch_to(act.obj, code, act, on=act.today, issue=issue)
    act.detail["note"] = str(issue)


def report_published(act: Act[Opinion]) -> None:
    """For what came from below, being published here is being adopted."""
    issue, here = act.data["issue"], Organisation.objects.get(pk=act.by.organisation_id)
    together = len(pieces(act.obj)) > 1
    for piece in pieces(act.obj):
        upward_dispatch.report_adoption(
            piece,
            by=act.by,
            level=here.level,
            adoption=Adoption.COMBINED if together else Adoption.SINGLE,
            where=str(issue),
            on=act.today,
        )


def be_used(act: Act[Opinion]) -> None:
    act.detail["note"] = act.data["words"]


# Handling and closing -----------------------------------------------------------------------------


def close(act: Act[Opinion]) -> None:
    act.obj.feedback, act.obj.closed_at = act.data["feedback"], act.at
    act.obj.decision_note = ""
    act.detail["note"] = shortened(act.obj.feedback)
    for part in act.obj.merged.all():
        with FLOWS["opinion"].editing("be_told", part, by=system(act.by.organisation_id)) as edit:
            edit.row.feedback = act.obj.feedback


def reopened_state(opinion: Opinion, _data: Mapping[str, Any]) -> str:
    return S.EDITING if opinion.state == S.NOT_USED else S.SENT


def reopen(act: Act[Opinion]) -> None:
    act.obj.closed_at, act.obj.reason_not_used = None, ""
    keep_decision(act)


def mark_excellent(act: Act[Opinion]) -> None:
    act.obj.is_excellent = not act.obj.is_excellent


def mark_secrecy(act: Act[Opinion]) -> None:
    act.obj.secrecy = act.data["secrecy"]
    chosen = (
        {account.pk for account in act.data["accounts"]}
        if act.obj.secrecy == Secrecy.LISTED
        else set()
    )
    Circulation.objects.filter(opinion=act.obj).exclude(account__in=chosen).delete()
    _list_accounts(act.obj, chosen)
    act.detail.update(secrecy=act.obj.secrecy, listed=sorted(chosen))


def _list_accounts(opinion: Opinion, accounts: set[int]) -> None:
    known = set(opinion.circulation.values_list("account", flat=True))
    for account in accounts - known:
        Circulation(opinion=opinion, account_id=account).save()


def tell_further(act: Act[Any], step: str, opinion: Opinion, words: str) -> None:
    """An opinion learns that it was adopted or instructed on."""
    opinion = doors.locked(opinion)
    if FLOWS["opinion"].steps[step].is_for(opinion):
        FLOWS["opinion"].perform(
            step, opinion, by=system(act.by.organisation_id), data={"words": words}
        )

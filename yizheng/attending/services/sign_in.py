"""Writes of signing in (签到): every way leaves a receipt, and attendance is what follows from the
receipts that count.

The earliest receipt says when somebody came; the others are kept beside it. So two desks, a phone
and the printed list may sign in the same person, in any order and hours later, and the result is
one and the same.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yizheng.activities.enums import ActivityState, SignInMethod
from yizheng.activities.flow import ACTIVITY
from yizheng.activities.flow.activity import NOBODY_SIGNS_IN
from yizheng.activities.flow.due_dates import rules_for
from yizheng.activities.models import Activity, Attendance, Participant, Sitting
from yizheng.activities.parameters import SignInRules as Times
from yizheng.activities.rules import is_invited
from yizheng.core import audit, clock, doors
from yizheng.core.access import Actor
from yizheng.core.punctuation import join_cn
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState

from .. import sign_in_codes
from ..models import Absence, SignIn
from . import absences, quorum_decisions

HALL = 4
"""From so many persons on, one network and browser is the hall's, and says nothing of anybody."""
OFFSET_WORTH_NOTING = 5
OFFSET_DOUBTFUL = 300
"""Seconds by which a desk's clock is wrong, from which on somebody should look at the times it
told.
"""
SAME_CLOCK = 120
LARGEST_OFFSET = 2**31 - 1
SAY_WHY = gettext_lazy("The attendance is confirmed. Say why it is changed.")
FOLLOWS = ("signed_at", "method", "by", "device", "receipt", "is_late", "left_at", "doubt")
"""What attendance takes from the receipts."""


def times_of(sitting: Sitting) -> Times:
    return rules_for(timezone.localdate(sitting.starts_at)).sign_in


def opens_at(sitting: Sitting) -> dt.datetime:
    return sitting.starts_at - dt.timedelta(minutes=times_of(sitting).opens_minutes)


def late_from(sitting: Sitting) -> dt.datetime:
    return sitting.starts_at + dt.timedelta(minutes=times_of(sitting).late_minutes)


@dataclass(frozen=True)
class SignInReport:
    """What a desk or a phone says: this person was there at this time."""

    participant: int
    signed_at: dt.datetime
    method: str
    receipt: uuid.UUID = field(default_factory=uuid.uuid4)
    desk: str = ""
    device: str = ""
    network: str = ""
    offset: int = 0


@dataclass
class SignInBatchResult:
    """What became of a batch: how many are new, known already, of nobody on the list, waiting for
    the organiser.
    """

    new: int = 0
    known: int = 0
    strange: int = 0
    waiting: int = 0


def take(sitting: Sitting, told: Sequence[SignInReport], *, by: Actor) -> SignInBatchResult:
    """Keep the receipts and bring attendance up to date. The same receipt twice is taken once."""
    with kept(sitting, by):
        return taken_in(sitting, told, by)


def taken_in(sitting: Sitting, told: Sequence[SignInReport], by: Actor) -> SignInBatchResult:
    merged = SignInBatchResult()
    known = set(
        SignIn.objects.filter(receipt__in=[t.receipt for t in told]).values_list(
            "receipt", flat=True
        )
    )
    listed = set(sitting.activity.participants.values_list("pk", flat=True))
    fresh: list[SignIn] = []
    for one in told:
        if one.receipt in known:
            merged.known += 1
        elif one.participant not in listed:
            merged.strange += 1
        else:
            known.add(one.receipt)
            fresh.append(_receipt(sitting, one, by))
    SignIn.objects.bulk_create(fresh)
    counted = [row for row in fresh if not row.waits]
    merged.new, merged.waiting = len(counted), len(fresh) - len(counted)
    settle(sitting, {row.participant_id for row in counted})
    if fresh:
        record("marked", sitting, by, fresh)
    return merged


@contextmanager
def kept(sitting: Sitting, by: Actor, how: str = "keep_attendance") -> Iterator[None]:
    """Two desks that merge at once wait for each other here; the activity is read
    afresh with it.
    """
    with ACTIVITY.editing(how, sitting.activity, by=by) as edit:
        try:
            # the hours may have been moved, or the sitting taken out of the agenda
            sitting.refresh_from_db()
        except Sitting.DoesNotExist as error:
            raise doors.gone(sitting) from error
        sitting.activity = edit.row
        yield


def _receipt(sitting: Sitting, one: SignInReport, by: Actor) -> SignIn:
    """After the attendance was confirmed a receipt that comes late is kept, and waits for the
    organiser.
    """
    return SignIn(
        organisation_id=by.organisation_id,
        sitting=sitting,
        participant_id=one.participant,
        receipt=one.receipt,
        signed_at=min(one.signed_at, clock.now()),
        offset_seconds=one.offset,
        received_at=clock.now(),
        method=one.method,
        by_id=by.account_id,
        desk=one.desk[:40],
        device=one.device,
        network=one.network,
        waits=sitting.activity.attendance_is_settled and one.method != SignInMethod.PAPER,
    )


def record(
    action: str, sitting: Sitting, by: Actor, rows: Sequence[SignIn], reason: str = ""
) -> None:
    detail: dict[str, object] = {
        "sitting": sitting.number,
        "participants": sorted({row.participant_id for row in rows}),
        "desk": rows[0].desk,
        "method": rows[0].method,
    }
    offset = max((row.offset_seconds for row in rows), key=abs)
    if abs(offset) >= OFFSET_WORTH_NOTING:
        detail["clock_off_by_seconds"] = offset
    if reason:
        detail["reason"] = reason
    audit.record(f"attendance.{action}", by=by, of=sitting.activity, detail=detail)


# What follows from the receipts -------------------------------------------------------------------


def settle(sitting: Sitting, participants: Iterable[int]) -> None:
    """Write the attendance of these participants anew from their receipts, and that of whom they
    throw doubt on.
    """
    rows = list(
        SignIn.objects.filter(sitting__activity=sitting.activity, waits=False, struck_because="")
    )
    traces, asked = Traces(rows), set(participants)
    wanted = asked | traces.alike([row for row in rows if row.participant_id in asked])
    came: dict[int, list[SignIn]] = {}
    for row in sorted(rows, key=lambda row: (row.signed_at, row.receipt)):
        if row.sitting_id == sitting.pk and row.participant_id in wanted:
            came.setdefault(row.participant_id, []).append(row)
    _write(sitting, came, traces, _names(rows))
    held = Attendance.objects.filter(sitting=sitting, participant__in=wanted)
    gone = held.exclude(participant__in=came)
    absences.forget(sitting, list(gone.values_list("participant", flat=True)))
    gone.delete()


def _write(
    sitting: Sitting, came: Mapping[int, Sequence[SignIn]], traces: Traces, names: dict[int, str]
) -> None:
    """All at once: a desk may hand in hundreds."""
    known = {row.participant_id: row for row in Attendance.objects.filter(sitting=sitting)}
    late, fresh = late_from(sitting), []
    for participant, own in came.items():
        if participant not in known:
            known[participant] = Attendance(sitting=sitting, participant_id=participant)
            fresh.append(known[participant])
        _fill(known[participant], own[0], late)
        known[participant].doubt = _doubt(sitting, own, traces, names)
    again = absences.signed_in_again((known[participant] for participant in came), came)
    Absence.objects.bulk_create(again)
    Attendance.objects.bulk_update(
        [known[participant] for participant in came if known[participant].pk], FOLLOWS
    )
    Attendance.objects.bulk_create(fresh)


def _fill(attendance: Attendance, first: SignIn, late: dt.datetime) -> None:
    """The earliest receipt says when and how."""
    attendance.organisation_id = first.organisation_id
    attendance.signed_at = first.signed_at
    attendance.method = first.method
    attendance.by_id = first.by_id
    attendance.device, attendance.receipt = first.desk, first.receipt
    attendance.is_late = first.signed_at > late
    if attendance.left_at and attendance.left_at < first.signed_at:
        attendance.left_at = None


class Traces:
    """Who signed in from one telephone (`device`), or by one network and browser (`network`)."""

    def __init__(self, rows: Iterable[SignIn]) -> None:
        self._who: dict[tuple[str, str], set[int]] = {}
        for row in rows:
            for what in ("device", "network"):
                self._who.setdefault((what, getattr(row, what)), set()).add(row.participant_id)

    def of(self, own: Iterable[SignIn], what: str) -> set[int]:
        """Everybody who left one of these traces."""
        traces = {getattr(row, what) for row in own} - {""}
        return set().union(*(self._who[what, trace] for trace in traces))

    def alike(self, own: Sequence[SignIn]) -> set[int]:
        return self.of(own, "device") | self.of(own, "network")


def _names(rows: Iterable[SignIn]) -> dict[int, str]:
    suspects = {row.participant_id for row in rows if row.device or row.network}
    people = Participant.objects.filter(pk__in=suspects).select_related(
        "membership__person", "person", "unit"
    )
    return {person.pk: str(person) for person in people}


def _doubt(sitting: Sitting, own: Sequence[SignIn], traces: Traces, names: dict[int, str]) -> str:
    """Why somebody should look at it; in the language of the house, since it is kept."""
    themselves = {own[0].participant_id}
    with override("zh-hans"):
        if others := traces.of(own, "device") - themselves:
            return _("One telephone signed in several: %(names)s.")[:200] % {
                "names": _join(others, names)
            }
        others = traces.of(own, "network") - themselves
        if 0 < len(others) < HALL - 1:
            return _("One address and browser signed in several: %(names)s.") % {
                "names": _join(others, names)
            }
        if (
            not opens_at(sitting) <= own[0].signed_at <= sitting.ends_at
            and own[0].method != SignInMethod.PAPER
        ):
            return _("Signed in outside the hours of the sitting: %(time)s.") % {
                "time": timezone.localtime(own[0].signed_at).strftime("%H:%M")
            }
        if abs(own[0].offset_seconds) >= OFFSET_DOUBTFUL:
            return _(
                "The clock of desk %(desk)s was wrong or was set meanwhile. The time of "
                "arrival is by the server's; see whether it is right."
            ) % {"desk": own[0].desk}
    return ""


def _join(participants: Iterable[int], names: dict[int, str]) -> str:
    return join_cn(names[pk] for pk in sorted(participants))[:120]


# By the code on the screen ------------------------------------------------------------------------


def check_scan(sitting: Sitting, window: int, code: str) -> None:
    """Raises a refusal when the code is not one that the desk's screen shows now or showed just
    before.
    """
    key = sign_in_codes.screen_key(sitting.activity.sign_in_key, sitting.pk)
    if not sign_in_codes.is_screen_code(
        key, window, code, clock.now(), times_of(sitting).code_seconds
    ):
        raise BadInput(
            _(
                "This code has run out. Scan the one that stands on the desk's screen now; "
                "a photograph of it does not do."
            )
        )
    check_open(sitting)


def check_open(sitting: Sitting) -> None:
    if sitting.activity.state in ActivityState.of("cancelled"):
        raise NotNow(NOBODY_SIGNS_IN)
    if clock.now() < opens_at(sitting):
        raise NotNow(
            _("Sign-in opens at %(time)s.")
            % {"time": timezone.localtime(opens_at(sitting)).strftime("%H:%M")}
        )
    if clock.now() > sitting.ends_at:
        raise NotNow(
            _(
                "This sitting is over. If you were there, tell the organising office; it "
                "enters you from the list."
            )
        )


def participant_of(activity: Activity, actor: Actor) -> Participant | None:
    return (
        activity.participants.filter(is_invited.scope(actor))
        .select_related("membership__person", "person")
        .first()
    )


def sign_in_by_scan(sitting: Sitting, *, by: Actor, device: str, network: str) -> Attendance:
    """The member's own act, once the code was checked. Signed in already, it changes nothing."""
    with kept(sitting, by, "sign_in"):
        participant = participant_of(sitting.activity, by)
        if participant is None:
            raise NotAllowed(ACTIVITY.edits["sign_in"].stranger)
        held = Attendance.objects.filter(sitting=sitting, participant=participant).first()
        if held is not None and held.left_at is None:
            return held
        key = sitting.activity.sign_in_key
        told = SignInReport(
            participant.pk,
            clock.now(),
            SignInMethod.CODE,
            device=sign_in_codes.fingerprint(key, "device", device),
            network=sign_in_codes.fingerprint(key, "network", network),
        )
        waits = taken_in(sitting, [told], by).waiting
    if waits:
        raise NotNow(
            _(
                "The attendance list is closed already; your sign-in waits for the "
                "organising office."
            )
        )
    return Attendance.objects.get(sitting=sitting, participant=participant)


# At the desk --------------------------------------------------------------------------------------


def keys_of(activity: Activity) -> dict[int, str]:
    return {
        pk: sign_in_codes.own_key(activity.sign_in_key, pk)
        for pk in activity.participants.values_list("pk", flat=True)
    }


def sign_in_by_own_code(sitting: Sitting, shown: str, *, by: Actor, desk: str = "") -> Participant:
    """Whose code the desk read or typed.

    Raises BadInput when it is nobody's, or two people's, just now.
    """
    found = sign_in_codes.whose(
        shown, keys_of(sitting.activity), clock.now(), times_of(sitting).code_seconds
    )
    if not found:
        raise BadInput(
            _(
                "This is nobody's code just now. Ask for the one their telephone shows at "
                "this moment, or tick the name."
            ),
            field="code",
        )
    if len(found) > 1:
        raise BadInput(
            _("Two people have these digits just now. Wait for the next code, or tick the name."),
            field="code",
        )
    take(sitting, [SignInReport(found[0], clock.now(), SignInMethod.OWN_CODE, desk=desk)], by=by)
    return Participant.objects.get(pk=found[0])


def corrected(
    sitting: Sitting, at: dt.datetime, now: int, then: int | None
) -> tuple[dt.datetime, int]:
    """A desk's time as the server's clock would have shown it, and by how many seconds the desk's
    was off.

    `now` is what it is off by as it hands in, `then` what it was when it signed, as far as it knew.
    When somebody set the clock in between there are two readings: what falls into the hours of the
    sitting is taken, the larger difference goes on record.
    """
    readings = [at + dt.timedelta(seconds=now)]
    if then is not None and abs(now - then) > SAME_CLOCK:
        readings.append(at + dt.timedelta(seconds=then))
    last = min(clock.now(), sitting.ends_at)
    moment = next((r for r in readings if opens_at(sitting) <= r <= last), readings[0])
    off = max(now, then or 0, key=abs)
    return moment, max(-LARGEST_OFFSET, min(LARGEST_OFFSET, off))


# What the organiser settles afterwards ------------------------------------------------------------


def waiting(activity: Activity) -> list[SignIn]:
    """Receipts that came in after the attendance was confirmed."""
    rows = SignIn.objects.filter(sitting__activity=activity, waits=True, struck_because="")
    return list(
        rows.select_related(
            "sitting", "participant__membership__person", "participant__person", "participant__unit"
        )
    )


def decide_waiting(row: SignIn, *, takes: bool, reason: str, by: Actor) -> None:
    with kept(row.sitting, by):
        if not reason.strip():
            raise BadInput(SAY_WHY, field="reason")
        if not SignIn.objects.filter(pk=row.pk, waits=True, struck_because="").exists():
            raise StaleState(
                _(
                    "Somebody decided on this sign-in since you opened this page; look at "
                    "the list as it stands now."
                )
            )
        SignIn.objects.filter(pk=row.pk).update(
            waits=not takes,
            struck_because="" if takes else reason[:200],
            struck_by=None if takes else by.account_id,
        )
        settle(row.sitting, [row.participant_id])
        record("taken_late" if takes else "struck", row.sitting, by, [row], reason=reason)


def settle_doubt(attendance: Attendance, *, by: Actor, alike: bool = False) -> None:
    """Somebody looked at it and it is as it should be; `alike`: at all of this sitting for which
    the same was said. Another doubt that has come since stays.
    """
    words, sitting = attendance.doubt, attendance.sitting
    with kept(sitting, by):
        same = Attendance.objects.filter(sitting=sitting, doubt=words).exclude(doubt="")
        rows = same if alike else same.filter(pk=attendance.pk)
        if participants := sorted(rows.values_list("participant", flat=True)):
            rows.update(doubt="")
            audit.record(
                "attendance.looked_at",
                by=by,
                of=sitting.activity,
                detail={"participants": participants, "doubt": words},
            )


def confirm(activity: Activity, *, by: Actor) -> None:
    """确认出席: from then on changes need a reason.

    Raises NotNow before the last sitting began or while doubts stand.
    """
    with ACTIVITY.editing("confirm_attendance", activity, by=by) as edit:
        if edit.row.attendance_confirmed_at is None:
            edit.row.attendance_confirmed_at = clock.now()
            edit.row.attendance_confirmed_by_id = by.account_id
            edit.row.no_attendance_because = ""
            edit.note(present=_present(edit.row), quorum=quorum_decisions.keep(edit.row))
    activity.refresh_from_db(fields=["attendance_confirmed_at", "attendance_confirmed_by"])


def _present(activity: Activity) -> int:
    return (
        Attendance.objects.filter(sitting__activity=activity)
        .values("participant")
        .distinct()
        .count()
    )

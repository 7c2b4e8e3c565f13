"""Writes on who left a sitting and came back: said on the list, or because somebody signed in again
after having left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from yizheng.activities.models import Attendance, Sitting

from ..models import Absence, SignIn


def come_back(row: Attendance, left: dt.datetime, at: dt.datetime) -> Absence:
    """They are there again; that they were away in between is kept."""
    absence = Absence(
        organisation_id=row.organisation_id,
        sitting_id=row.sitting_id,
        participant_id=row.participant_id,
        left_at=left,
        back_at=at,
    )
    row.left_at = None
    return absence


def signed_in_again(
    rows: Iterable[Attendance], receipts: Mapping[int, Sequence[SignIn]]
) -> list[Absence]:
    """Whoever signed in after having left has come back; not saved yet."""
    found = []
    for row in rows:
        left = row.left_at
        if left is None:
            continue
        again = [each.signed_at for each in receipts[row.participant_id] if each.signed_at > left]
        if again:
            found.append(come_back(row, left, min(again)))
    return found


def forget(sitting: Sitting, participants: Iterable[int]) -> None:
    """Whoever was taken off the list was not away either."""
    Absence.objects.filter(sitting=sitting, participant__in=participants).delete()

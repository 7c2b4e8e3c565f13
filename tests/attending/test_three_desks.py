"""Desks that really merge at once, each with a connection of its own: nobody is lost, nobody
doubled, each receipt is kept.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from tests.activities.making import activity_at
from tests.together import at_once
from tests.world import World
from yizheng.activities.models import Activity, Attendance, Sitting
from yizheng.attending.models import SignIn
from yizheng.attending.services import sign_in
from yizheng.attending.services.sign_in import SignInReport
from yizheng.core import audit, clock

WHO = ("member", "cosigner", "third")


@pytest.fixture
def forum(open_county: World) -> Activity:
    return activity_at(open_county, "invited", members=WHO)


def _desk(
    world: World, activity: Activity, *batches: list[SignInReport]
) -> Callable[[], list[sign_in.SignInBatchResult]]:
    """A desk that hands in its batches one after the other, an hour after the sitting began."""

    def hand_in() -> list[sign_in.SignInBatchResult]:
        sitting = Sitting.objects.select_related("activity").get(activity=activity)
        with clock.at(activity.starts_at + dt.timedelta(hours=1)):
            return [sign_in.take(sitting, batch, by=world.actor("organiser")) for batch in batches]

    return hand_in


def _told(pk: int, activity: Activity, minutes: float, desk: str) -> SignInReport:
    return SignInReport(pk, activity.starts_at + dt.timedelta(minutes=minutes), "desk", desk=desk)


def _new(results: list[Any]) -> int:
    assert all(isinstance(result, list) for result in results), results
    return sum(merged.new for result in results for merged in result)


def test_one_person_at_two_desks_in_the_same_moment_comes_once_and_both_receipts_stay(
    open_county: World, forum: Activity
) -> None:
    one = forum.participants.get(membership=open_county.members["member"]).pk
    desks = [[_told(one, forum, -5, "一号台")], [_told(one, forum, -4, "二号台")]]
    assert _new(at_once(open_county, *(_desk(open_county, forum, batch) for batch in desks))) == 2
    held = Attendance.objects.get()
    assert (held.participant_id, held.signed_at, held.device) == (
        one,
        forum.starts_at - dt.timedelta(minutes=5),
        "一号台",
    )
    assert sorted(SignIn.objects.values_list("desk", flat=True)) == ["一号台", "二号台"]


@pytest.mark.parametrize("seed", range(4))
def test_three_desks_merge_at_once_in_any_order(
    open_county: World, forum: Activity, seed: int
) -> None:
    """Each desk saw all three persons: the earliest minutes are −9, −6 and −3.

    One batch comes a second time.
    """
    people = list(forum.participants.order_by("pk").values_list("pk", flat=True))
    minutes = {"一号台": (-9, 0, 3), "二号台": (-8, -6, 20), "三号台": (2, 5, -3)}
    batches = [
        [_told(pk, forum, at, desk)]
        for desk, times in minutes.items()
        for pk, at in zip(people, times, strict=True)
    ]
    batches.append(batches[0])
    random.Random(seed).shuffle(batches)
    shares = [batches[n::3] for n in range(3)]
    assert _new(at_once(open_county, *(_desk(open_county, forum, *share) for share in shares))) == 9
    earliest = [forum.starts_at + dt.timedelta(minutes=n) for n in (-9, -6, -3)]
    assert list(
        Attendance.objects.order_by("participant").values_list("participant", "signed_at")
    ) == list(zip(people, earliest, strict=True))
    assert SignIn.objects.count() == 9
    assert list(audit.verify(open_county.organisation.pk)) == []


def test_a_batch_that_is_tried_again_while_it_is_being_taken_counts_once(
    open_county: World, forum: Activity
) -> None:
    """The network was slow, the desk gave up waiting and sent the same again: both requests run at
    once.
    """
    one = forum.participants.first()
    assert one is not None
    batch = [SignInReport(one.pk, forum.starts_at, "desk", uuid.UUID(int=7), "一号台")]
    results = at_once(
        open_county, _desk(open_county, forum, batch), _desk(open_county, forum, batch)
    )
    assert _new(results) == 1
    assert sum(merged.known for result in results for merged in result) == 1
    assert (Attendance.objects.count(), SignIn.objects.count()) == (1, 1)


def test_the_database_itself_refuses_a_second_attendance(
    open_county: World, forum: Activity
) -> None:
    sitting, one = forum.sittings.get(), forum.participants.first()
    kept = {"sitting": sitting, "participant": one, "signed_at": forum.starts_at, "method": "desk"}
    Attendance(**kept).save()
    with pytest.raises(IntegrityError):
        Attendance(**kept).save()


def test_confirmed_while_a_desk_hands_in_a_receipt_is_counted_or_waits(
    open_county: World, forum: Activity
) -> None:
    one, organiser = forum.participants.first(), open_county.actor("organiser")
    assert one is not None

    def confirm() -> None:
        with clock.at(forum.starts_at + dt.timedelta(hours=1)):
            sign_in.confirm(Activity.objects.get(pk=forum.pk), by=organiser)

    handed, confirmed = at_once(
        open_county, _desk(open_county, forum, [_told(one.pk, forum, 0, "一号台")]), confirm
    )
    assert confirmed is None
    (merged,) = handed
    assert (merged.new, merged.waiting) in ((1, 0), (0, 1))
    assert Attendance.objects.count() == merged.new
    assert SignIn.objects.filter(waits=True).count() == merged.waiting

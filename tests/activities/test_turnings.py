"""What turns out otherwise: struck from the record after people were counted, called off with leave
still asked, leave after the fact.
"""

from __future__ import annotations

import pytest

from tests.activities.making import activity_at, outcome
from tests.days import today, yesterday
from tests.grounds import standing
from tests.signing_in import SignedIn
from tests.world import World, step
from yizheng.activities.figures import record_sets
from yizheng.activities.models import Activity, Attendance
from yizheng.attending.services import invitations, sign_in
from yizheng.core import clock
from yizheng.core.figures import Period
from yizheng.core.refusals import NotNow


@standing
def counted(world: World) -> Activity:
    """Held yesterday; two members came, the attendance is confirmed, a report went to the
    government.
    """
    held = activity_at(world, "recorded", days=-1)
    sitting = held.sittings.get()
    came = [
        sign_in.SignInReport(pk, sitting.starts_at, "desk")
        for pk in held.participants.values_list("pk", flat=True)
    ]
    sign_in.take(sitting, came, by=world.actor("organiser"))
    sign_in.confirm(held, by=world.actor("organiser"))
    report = outcome(world, held)
    for name, who in (
        ("request_signature", "organiser"),
        ("sign", "secretary"),
        ("send", "organiser"),
    ):
        report = step(world, report, name, who, sent_on=clock.today())
    return held


def _figures() -> tuple[int, int, int]:
    """Of this year; on New Year's Day of the one before too."""
    period = Period(yesterday().year, today().year)
    return (
        record_sets.activities(period).count(),
        record_sets.of_members(period).count(),
        record_sets.outcomes(period).count(),
    )


def test_struck_after_people_were_counted_nothing_counts_and_everything_stays(
    world: World, counted: Activity
) -> None:
    assert _figures() == (1, 2, 1)
    step(world, counted, "annul", "secretary", note="与上周的座谈会重复登记")
    assert _figures() == (0, 0, 0)
    assert Attendance.objects.count() == 2


def test_a_struck_activity_says_clearly_that_nothing_more_is_entered(
    world: World, counted: Activity
) -> None:
    struck = step(world, counted, "annul", "secretary", note="重复登记")
    sitting = struck.sittings.get()
    mine = struck.participants.get(membership=world.members["member"])
    refusals = []
    for refused in (
        lambda: sign_in.take(
            sitting,
            [sign_in.SignInReport(mine.pk, sitting.starts_at, "desk")],
            by=world.actor("organiser"),
        ),
        lambda: sign_in.confirm(struck, by=world.actor("organiser")),
        lambda: invitations.ask_leave(
            mine, reason="illness", words="补假", by=world.actor("member")
        ),
        lambda: invitations.answer(mine, True, by=world.actor("member")),
        lambda: invitations.add_members(
            struck, [world.members["third"]], role="member", by=world.actor("organiser")
        ),
    ):
        with pytest.raises(NotNow) as said:
            refused()
        refusals.append(str(said.value))
    assert all("取消" in words for words in refusals)


def test_its_page_shows_why_and_still_who_came(
    world: World, counted: Activity, signed_in: SignedIn
) -> None:
    step(world, counted, "annul", "secretary", note="与上周的座谈会重复登记")
    page = signed_in("organiser").get(f"/activities/{counted.pk}/").content.decode()
    assert "与上周的座谈会重复登记" in page and "2 人到会" in page
    assert "/attendance/confirm/" not in page

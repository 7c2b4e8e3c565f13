"""What attending adds to the activity: the button that confirms who came, and who had leave in the
minutes.
"""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from docx import Document

from tests.activities.making import activity_at
from tests.signing_in import SignedIn, browser_of
from tests.world import World, later, step
from yizheng.activities.documents import minutes
from yizheng.activities.models import Activity
from yizheng.attending.services import invitations
from yizheng.core import clock


def test_the_office_confirms_who_came_on_the_page_of_the_activity(
    world: World, signed_in: SignedIn
) -> None:
    """From its last sitting on, and once; whoever does not keep the list has no such button."""
    soon = activity_at(world, "invited")
    page = reverse("activities:detail", args=[soon.pk])
    confirm = reverse("attending:confirm-attendance", args=[soon.pk])
    office, member = signed_in("organiser"), signed_in("member")
    assert f'action="{confirm}"' not in office.get(page).content.decode()
    with later(41):
        office, member = signed_in("organiser"), signed_in("member")
        shown = office.get(page).content.decode()
        assert f'action="{confirm}"' in shown and f'name="next" value="{page}"' in shown
        assert f'action="{confirm}"' not in member.get(page).content.decode()
        answer = office.post(confirm, {"next": page})
        assert (answer.status_code, answer.headers["Location"]) == (302, page)
        assert f'action="{confirm}"' not in office.get(page).content.decode()
    assert Activity.objects.get().attendance_confirmed_at


def test_the_minutes_name_who_had_leave_and_nobody_whose_leave_was_refused(world: World) -> None:
    """沈禾 asked and was granted leave, 许茉 was refused it; neither was there."""
    soon = activity_at(world, "invited")
    for who, name in (("member", "grant"), ("cosigner", "refuse")):
        mine = soon.participants.get(membership=world.members[who])
        leave = invitations.ask_leave(mine, reason="duty", words="下乡", by=world.actor(who))
        step(world, leave, name, "organiser", note="说明")
    paper = Document(io.BytesIO(minutes(soon)))
    said = [each.text.partition("、")[2] for each in paper.paragraphs]
    assert [line for line in said if line.startswith(("出席", "列席", "请假"))] == ["请假：沈禾"]


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "x", "", "²026-01"])
def test_a_month_that_cannot_be_shown_is_this_one(world: World, month: str) -> None:
    answer = browser_of(world, "member").get("/activities/calendar/", {"month": month})
    assert answer.status_code == 200
    assert str(clock.today().year) in answer.content.decode()

"""Who was what when it was done: a change of a seat leaves what was before as it was."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.activities.making import activity_at, sitting_of
from tests.days import ago, ahead
from tests.documents.word_files import texts
from tests.signing_in import browser_of
from tests.world import World, later, platform, proposal_at, step
from yizheng.activities.models import Attendance
from yizheng.core.figures import INDICATORS, Period
from yizheng.core.refusals import BadInput
from yizheng.people.models import Membership, SeatPeriod, Sector
from yizheng.people.seats import standing_on
from yizheng.people.services import roster, seats
from yizheng.proposals import documents

pytestmark = pytest.mark.usefixtures("english")


def change(world: World, who: str, on: dt.date | None, **values: Any) -> Membership:
    member = Membership.objects.get(pk=world.members[who].pk)
    decided = {"on": on, "decided_by": "九届常委会第12次会议"} if on else {}
    roster.change_member(member, values, by=world.actor("clerk"), **decided)
    return Membership.objects.get(pk=member.pk)


def sector(name: str) -> Sector:
    return Sector.objects.get_or_create(name=name, defaults={"name": name})[0]


def standing(day: dt.date) -> set[str]:
    return {member.person.name for member in standing_on(day).select_related("person")}


def test_who_becomes_a_standing_member_today_was_none_last_month(world: World) -> None:
    assert standing(ago(30)) == standing(ahead(0))
    before = standing(ago(30))
    member = change(world, "third", ahead(0), is_standing=True)
    assert member.is_standing
    assert standing(ago(1)) == before and standing(ahead(0)) == before | {"唐蘅"}


def test_what_is_put_right_was_never_otherwise(world: World) -> None:
    before = standing(ago(30))
    change(world, "third", None, is_standing=True)
    assert standing(ago(30)) == before | {"唐蘅"}
    assert not SeatPeriod.objects.exists()


def test_each_time_keeps_its_own_and_only_the_present_one_is_put_right(world: World) -> None:
    change(world, "member", ago(20), party="民建")
    change(world, "member", ago(10), party="无党派")
    member = change(world, "member", None, party="民进")
    found = [(row.party, row.since, row.until) for row in member.periods.all()]
    assert found == [
        ("民进", ago(10), None),
        ("民建", ago(20), ago(11)),
        (world.members["member"].party, None, ago(21)),
    ]
    assert member.party == "民进"


def test_a_change_of_a_day_to_come_takes_effect_on_it(world: World) -> None:
    old = world.members["member"].sector
    member = change(world, "member", ahead(5), sector=sector("教育"))
    assert member.sector == old
    with later(4):
        assert seats.take_effect(platform(world)) == 0
    with later(5):
        assert seats.take_effect(platform(world)) == 1
        member.refresh_from_db()
        assert member.sector.name == "教育"
        assert seats.take_effect(platform(world)) == 0, "once"


@pytest.mark.parametrize(("days", "passes"), [(-1, False), (0, False), (1, True)])
def test_a_change_comes_after_the_seat_began(world: World, days: int, passes: bool) -> None:
    on = world.members["member"].since + dt.timedelta(days=days)
    if passes:
        change(world, "member", on, party="民建")
        assert SeatPeriod.objects.count() == 2
    else:
        with pytest.raises(BadInput, match="seat began"):
            change(world, "member", on, party="民建")


def test_changes_follow_one_another_and_stay_within_the_seat(world: World) -> None:
    change(world, "member", ago(10), party="民建")
    with pytest.raises(BadInput, match="last change holds"):
        change(world, "member", ago(11), party="无党派")
    member = change(world, "member", ago(10), party="无党派")
    assert [row.party for row in member.periods.all()][
        0
    ] == "无党派" and member.periods.count() == 2
    roster.end_membership(member, reason="deceased", on=ago(5), record="", by=world.actor("clerk"))
    with pytest.raises(BadInput, match="seat ended"):
        change(world, "member", ago(4), party="民建")


def test_papers_and_exports_of_a_proposal_keep_the_sector_of_its_day(world: World) -> None:
    old = world.members["member"].sector.name
    proposal = proposal_at(world, "closed")
    step(world, proposal, "publish", "clerk", secrecy=True)
    with later(3):
        change(world, "member", ahead(3), sector=sector("教育"))
        assert old in "\n".join(texts(documents.registration(proposal)))
        client = browser_of(world, "clerk")
        for page in ("/public/yunxi/", f"/public/yunxi/{proposal.pk}/"):
            shown = client.get(page).content.decode()
            assert f"沈禾（{old}）" in shown and "沈禾（教育）" not in shown
        sheet = load_workbook(io.BytesIO(client.get(reverse("proposals:export")).content)).active
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
        assert old in cells and "教育" not in cells


def test_figures_ask_what_somebody_was_when_it_was_done(world: World) -> None:
    """A proposal filed by a member of no party; the week after they join the Communist Party."""
    change(world, "member", None, party="无党派")
    proposal = proposal_at(world, "closed")
    figure = INDICATORS["proposals.nonparty_share"]
    year = Period.of_year(proposal.submitted_at.year)
    assert figure.records(year).count() == 1
    with later(7):
        change(world, "member", ahead(7), party="中共")
        assert figure.records(year).count() == 1
        change(world, "member", None, party="中共")
        Membership.objects.get(pk=world.members["member"].pk).periods.all().delete()
        assert figure.records(year).count() == 0, "put right for all its time"


def test_who_came_is_counted_by_the_party_of_that_day(world: World) -> None:
    change(world, "member", None, party="无党派")
    change(world, "cosigner", None, party="中共")
    held = activity_at(world, "recorded", days=-1)
    sitting = sitting_of(held)
    for row in held.participants.all():
        Attendance(
            participant=row, sitting=sitting, signed_at=sitting.starts_at, method="organiser"
        ).save()
    with later(3):
        change(world, "member", ahead(3), party="中共")
        change(world, "cosigner", ahead(3), party="民建")
    figure = INDICATORS["activities.nonparty_attendances"]
    names = [p.membership.person.name for p in figure.records(Period.of_year(held.year))]
    assert names == ["沈禾"]
    everybody = INDICATORS["activities.attendances"]
    (by,) = [each for each in everybody.breakdowns if each.code == "affiliation"]
    came = by.keyed(everybody.records(Period.of_year(held.year)))
    keys = {one.membership.person.name: one.breakdown_key for one in came}
    assert keys == {"沈禾": "nonparty", "许茉": "party"}


def test_the_page_takes_a_day_and_tells_what_was_when(world: World) -> None:
    clerk, member = browser_of(world, "clerk"), world.members["member"]
    address = reverse("people:edit_member", args=[member.pk])
    form = {
        "name": "沈禾",
        "sector": sector("教育").pk,
        "party": member.party,
        "on": ago(3).isoformat(),
        "decided_by": "九届常委会第12次会议",
    }
    shown = clerk.post(address, form, follow=True).content.decode()
    assert "历次变动" in shown and "九届常委会第12次会议" in shown and "教育" in shown
    wrong = clerk.post(address, {**form, "party": "民建", "on": ago(9).isoformat()})
    assert wrong.status_code == 422 and "最近一次变动" in wrong.content.decode()


def test_what_is_put_right_today_leaves_a_planned_change_alone(world: World) -> None:
    """A sector from next week on; meanwhile the form, which shows the seat of today, is saved with
    another telephone and then with another party.
    """
    planned = change(world, "member", ahead(7), sector=sector("教育"))
    today = planned.sector
    change(world, "member", None, sector=today, party=planned.party, phone="19900001111")
    change(world, "member", None, sector=today, party="民建")
    rows = [(row.sector.name, row.party, row.since) for row in planned.periods.all()]
    assert rows == [("教育", planned.party, ahead(7)), (today.name, "民建", None)]


def test_a_later_change_keeps_what_was_planned_before_it(world: World) -> None:
    planned = change(world, "member", ahead(7), sector=sector("教育"))
    change(world, "member", ahead(9), sector=planned.sector, party="民建")
    found = [(row.sector.name, row.party) for row in planned.periods.all()][:2]
    assert found == [("教育", "民建"), ("教育", planned.party)]


def test_a_planned_change_is_taken_back_by_saying_the_day_anew(world: World) -> None:
    planned = change(world, "member", ahead(7), sector=sector("教育"))
    change(world, "member", ahead(7), sector=planned.sector)
    with later(8):
        seats.take_effect(platform(world))
    planned.refresh_from_db()
    assert planned.sector.name == world.members["member"].sector.name


def test_a_missed_night_loses_no_change(world: World) -> None:
    member = change(world, "member", ahead(5), sector=sector("教育"))
    with later(9):
        assert seats.take_effect(platform(world)) == 1
        assert seats.take_effect(platform(world)) == 0
        member.refresh_from_db()
        assert member.sector.name == "教育"


def test_of_a_proposal_whose_day_no_list_says_the_session_tells(world: World) -> None:
    """Brought in without its day; since then its proposer joined the Communist Party."""
    proposal = proposal_at(world, "closed")
    type(proposal).objects.filter(pk=proposal.pk).update(submitted_at=None, is_imported=True)
    after = proposal.session.closes_on + dt.timedelta(days=1)
    change(world, "member", after, party="中共", sector=sector("教育"))
    proposal.refresh_from_db()
    year = Period.of_year(proposal.session.year)
    assert INDICATORS["proposals.nonparty_share"].records(year).count() == 1
    assert "教育" not in "\n".join(texts(documents.registration(proposal)))

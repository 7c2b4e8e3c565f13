"""A corrected calendar moves what is open and counted over the day; its trail says why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import full_county
from tests.activities.making import activity, on
from tests.opinions import roads
from tests.promises.test_promises import promised
from tests.signing_in import browser_of
from tests.world import World, assignment_of, proposal_at, rate, step, unit_step
from yizheng.core import audit, clock, due_days
from yizheng.core.audit import AuditEntry
from yizheng.core.case_display import timeline
from yizheng.core.flow import FLOWS, FlowRow
from yizheng.core.refusals import BadInput
from yizheng.organisations.models import CalendarDay, CalendarYear
from yizheng.organisations.queries import calendar
from yizheng.organisations.services import settings
from yizheng.proposals.models import Assignment, Extension
from yizheng.transfers import services as transfers


@pytest.fixture
def clerk(world: World) -> Client:
    return browser_of(world, "clerk")


def days(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str, hour: int = 9) -> Any:
    return clock.at(on(days(text), hour))


def rests(world: World, text: str, note: str = "县庆") -> CalendarDay:
    return settings.set_day(days(text), by=world.actor("clerk"), is_working_day=False, note=note)


def works(world: World, text: str) -> CalendarDay:
    return settings.set_day(days(text), by=world.actor("clerk"), is_working_day=True, note="调休")


def due(obj: FlowRow) -> str:
    obj.refresh_from_db()
    return str(obj.due_on)


def why(obj: FlowRow) -> list[str]:
    """What the trail says of moved days, the first first."""
    told = timeline(list(audit.history(obj)))[::-1]
    return [entry.note for entry in told if str(entry.title) == "期限随工作日历调整"]


def test_a_proposal_due_on_a_day_registered_as_rest(world: World) -> None:
    """Given on Monday 30 November: three months end on Sunday 28 February, so it is due on Monday
    1 March 2027; that day being one of rest, on Tuesday. Taken back, on Monday again.
    """
    with at("2026-11-30"):
        proposal = proposal_at(world, "accepted")
        assignment = assignment_of(proposal)
        assert due(proposal) == due(assignment) == "2027-03-01"
        row = rests(world, "2027-03-01")
        assert due(proposal) == due(assignment) == str(assignment.reply_due_on) == "2027-03-02"
        moved = "由 2027 年 3 月 1 日改为 2027 年 3 月 2 日"
        because = "因 2027 年 3 月 1 日休息"
        (of_proposal,), (of_assignment,) = why(proposal), why(assignment)
        assert moved in of_proposal and because in of_proposal
        assert of_assignment.startswith("答复期限") and moved in of_assignment
        settings.remove_day(row, by=world.actor("clerk"))
        assert due(proposal) == due(assignment) == "2027-03-01"
        assert "因 2027 年 3 月 1 日不再休息" in why(proposal)[-1]


def test_several_days_of_rest_push_it_on(world: World) -> None:
    """Monday to Wednesday off, and the Saturday before worked on: a period ends where it ends, and
    goes on to Thursday.
    """
    with at("2026-11-30"):
        proposal = proposal_at(world, "accepted")
        for text in ("2027-03-01", "2027-03-02", "2027-03-03"):
            rests(world, text)
        works(world, "2027-02-27")
        assert due(proposal) == "2027-03-04"
        works(world, "2027-02-28")  # the Sunday on which the period ends
        assert due(proposal) == "2027-02-28"


def test_working_days_are_counted_over_the_day(world: World) -> None:
    """Handed in on Monday; five working days: 1, 2, 3, 4, 7 December."""
    with at("2026-11-30"):
        proposal = proposal_at(world, "submitted")
        assert due(proposal) == "2026-12-07"
    with at("2026-12-03"):
        rests(world, "2026-12-02")
        assert due(proposal) == "2026-12-08"
        works(world, "2026-12-05")
        assert due(proposal) == "2026-12-07"
        rests(world, "2026-12-08")
        assert due(proposal) == "2026-12-07"
    assert len(why(proposal)) == 2


def test_the_last_day_to_hand_back_moves_too(world: World) -> None:
    """Five working days from Monday: Monday 7 December; acceptance within three: Thursday 3rd."""
    with at("2026-11-30"):
        assignment = assignment_of(proposal_at(world, "assigned"))
        assert (due(assignment), str(assignment.hand_back_until)) == ("2026-12-03", "2026-12-07")
        rests(world, "2026-12-04")
        assert (due(assignment), str(assignment.hand_back_until)) == ("2026-12-03", "2026-12-08")
        rests(world, "2026-12-02")
        assert (due(assignment), str(assignment.hand_back_until)) == ("2026-12-07", "2026-12-09")


def test_an_extension_moves_only_when_its_own_day_is_one_of_rest(world: World) -> None:
    with at("2026-11-30"):
        proposal = proposal_at(world, "accepted")
        until = days("2027-04-06")  # a Tuesday
        unit_step(world, proposal, "ask_extension", "officer", until=until, reason="需要勘测")
        step(world, Extension.objects.get(), "grant", "assigner")
        for text in ("2027-03-01", "2027-04-05"):
            rests(world, text)
        assert due(proposal) == "2027-04-06"
        rests(world, "2027-04-06")
        assert due(proposal) == "2027-04-07"
        assert Extension.objects.get().until == until


def test_what_was_granted_until_a_day_off_is_due_on_the_next_working_day(world: World) -> None:
    with at("2026-11-30"):
        proposal = proposal_at(world, "accepted")
        saturday = days("2027-03-20")
        unit_step(world, proposal, "ask_extension", "officer", until=saturday, reason="需要勘测")
        step(world, Extension.objects.get(), "grant", "assigner")
        assert due(proposal) == "2027-03-22"
        works(world, "2027-03-20")
        assert due(proposal) == "2027-03-20"


def test_a_day_kept_before_its_period_was_moves_as_well(world: World) -> None:
    """Assignments of before know only their day."""
    with at("2026-11-30"):
        proposal = proposal_at(world, "accepted")
        Assignment.objects.update(reply_period_ends_on=None)
        row = rests(world, "2027-03-01")
        assert due(proposal) == "2027-03-02"
        settings.remove_day(row, by=world.actor("clerk"))
        assert due(proposal) == "2027-03-01"


def test_a_promised_day_stays(world: World) -> None:
    """It is what the unit said, and no period of a regulation."""
    with at("2026-11-30"):
        promise = promised(world, "承诺1号", "水务局", 92)
        promise.refresh_from_db()
        assert due(promise) == str(promise.promised_for)
        rests(world, str(promise.promised_for))
        assert due(promise) == str(promise.promised_for)


def test_what_is_done_stays(world: World) -> None:
    with at("2026-11-30"):
        answered = assignment_of(proposal_at(world, "replied"))
        rests(world, "2027-03-01")
        answered.refresh_from_db()
    assert (str(answered.reply_due_on), answered.due_on) == ("2027-03-01", None)
    assert not why(answered)


def test_the_days_of_a_rating_are_counted_anew(world: World) -> None:
    """Fifteen working days from Monday 30 November: Monday 21 December."""
    with at("2026-11-30"):
        proposal = proposal_at(world, "replied")
        rating = proposal.evaluations.get()
        assert due(proposal) == due(rating) == "2026-12-21"
        rests(world, "2026-12-10")
        assert due(proposal) == due(rating) == "2026-12-22"
        rate(world, proposal, "member")
        rests(world, "2026-12-11")
        assert due(rating) == "None"


def test_an_opinion_is_counted_from_when_it_was_handed_in(world: World) -> None:
    """Three working days from Monday: Thursday; looked at on Wednesday they are no more."""
    with at("2026-11-30"):
        opinion = roads.at(world, "submitted")
        assert due(opinion) == "2026-12-03"
    with at("2026-12-02"):
        rests(world, "2026-12-01")
        assert due(opinion) == "2026-12-04"
        rests(world, "2026-12-25")
        assert due(opinion) == "2026-12-04"


def test_days_before_an_activity_are_counted_back(world: World) -> None:
    """Fifteen working days with Wednesday 30 December: the last day is Wednesday 9 December; one of
    them off, Tuesday 8th.
    """
    with at("2026-11-30"):
        values = {"starts_at": on(days("2026-12-30"), 9), "ends_at": on(days("2026-12-30"), 12)}
        plenary = activity(world, form="plenary_meeting", **values)
        assert due(plenary) == "2026-12-09"
        rests(world, "2026-12-16")
        assert due(plenary) == "2026-12-08"
        rests(world, "2026-12-31")
        assert due(plenary) == "2026-12-08"


def test_an_answer_to_a_transfer(world: World) -> None:
    """The day the regulation gives, registered as rest."""
    with at("2026-11-30"):
        transfer = roads.transfer(world, roads.at(world, "sent"))
        last = days(due(transfer))
        rests(world, str(last))
        assert due(transfer) == str(transfer.answer_due_on) == str(calendar().on_or_after(last))
        assert transfer.answer_due_on > last


def test_the_day_the_office_named_for_an_answer(world: World) -> None:
    """Saturday 9 January 2027: due on Monday; that day off, on Tuesday. One before moves nothing."""
    with at("2026-11-30"):
        (transfer,) = transfers.transfer(
            roads.at(world, "sent"),
            [world.units["水务局"]],
            by=world.actor("editor"),
            until=days("2027-01-09"),
        )
        rests(world, "2027-01-06")
        assert due(transfer) == "2027-01-11"
        rests(world, "2027-01-11")
        assert due(transfer) == str(transfer.answer_due_on) == "2027-01-12"


def test_whatever_waits_is_counted_the_same_whenever_it_is_counted(world: World) -> None:
    """A due day rests on what is kept, not on the day it is asked for: in no state of any flow."""
    full_county.fill(world)
    with clock.at(clock.now() + dt.timedelta(days=9)):
        other = [
            (flow.code, obj.state, obj.due_on, now)
            for flow in FLOWS.values()
            for obj in due_days.running(flow)
            if (now := flow.days_of(obj)["due_on"]) != obj.due_on
        ]
    assert other == []


def test_three_matters_ask_no_more_than_one(world: World) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as made:
            rests(world, text)
        return len(made)

    with at("2026-11-30"):
        proposal_at(world, "accepted")
        asked("2027-06-01")
        one = asked("2027-03-01")
        for _n in range(2):
            proposal_at(world, "accepted")
        three = asked("2027-03-02")
    assert three == one


# The page -----------------------------------------------------------------------------------------

PAGE = "/organisation/calendar/"


def test_the_page_says_what_moves_before_it_moves(world: World) -> None:
    with at("2026-11-30"):
        proposal = proposal_at(world, "accepted")
        clerk = browser_of(world, "clerk")
        day = {"day": "2027-03-01", "is_working_day": "no", "note": "县庆"}
        first = clerk.post(PAGE, day).content.decode()
        assert "2 件未办结事项的期限改变" in first and "提案 1" in first
        assert "由 2027 年 3 月 1 日改为 2027 年 3 月 2 日" in first
        assert not CalendarDay.objects.exists() and due(proposal) == "2027-03-01"
        assert not AuditEntry.objects.filter(action__endswith="due_moved").exists()
        one_too_few = clerk.post(PAGE, {**day, "moves": "1"}).content.decode()
        assert "2 件未办结事项的期限改变" in one_too_few and not CalendarDay.objects.exists()
        assert clerk.post(PAGE, {**day, "moves": "2"}).status_code == 302
        assert due(proposal) == "2027-03-02"
        remove = reverse("organisations:remove_day", args=[CalendarDay.objects.get().pk])
        assert "2 件未办结事项的期限改变" in clerk.post(remove).content.decode()
        assert due(proposal) == "2027-03-02"
        clerk.post(remove, {"moves": "2"})
        assert due(proposal) == "2027-03-01" and not CalendarDay.objects.exists()


def test_matters_its_keeper_may_not_read_are_counted_and_not_named(world: World) -> None:
    """The clerk of proposals keeps the calendar and reads no public-opinion information."""
    with at("2026-11-30"):
        opinion = roads.at(world, "submitted", title="不便让人知道的事")
        sent = {"day": due(opinion), "is_working_day": "no", "note": "县庆"}
        shown = browser_of(world, "clerk").post(PAGE, sent).content.decode()
        assert "1 件未办结事项的期限改变" in shown and "不便让人知道的事" not in shown


def test_a_day_that_moves_nothing_is_noted_at_once(world: World) -> None:
    clerk = browser_of(world, "clerk")
    day = {"day": "2031-03-04", "is_working_day": "no"}
    assert clerk.post(PAGE, day).status_code == 302


# Years beyond the statutory calendar --------------------------------------------------------------

HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""元旦、劳动节两天、国庆节三天: on the same days every year."""


def _enter_holidays(world: World, year: int) -> None:
    for month, day in HOLIDAYS:
        holiday = dt.date(year, month, day)
        if calendar().is_working_day(holiday):
            rests(world, str(holiday))


def unknown_year() -> int:
    return max(clock.KNOWN_UNTIL, clock.today().year) + 1


def test_one_day_of_next_january_makes_no_year_known(world: World, clerk: Client) -> None:
    year = unknown_year()
    with clock.at(on(dt.date(year - 1, 12, 1), 9)):
        rests(world, f"{year}-01-04" if dt.date(year, 1, 4).weekday() < 5 else f"{year}-01-06")
        assert not calendar().is_known(dt.date(year, 3, 1))
        assert f"{year} 年放假安排尚未公布" in clerk.get(PAGE).content.decode()


def test_a_year_is_known_once_the_office_says_its_list_is_complete(
    world: World, clerk: Client
) -> None:
    year = unknown_year()
    with clock.at(on(dt.date(year - 1, 12, 1), 9)):
        page = reverse("organisations:complete_year", args=[year])
        early = clerk.post(page, {"source": "国办发明电〔2026〕9号"})
        assert (
            early.status_code == 422
            and "下列法定节假日在日历中仍是工作日" in early.content.decode()
        )
        assert not calendar().is_known(dt.date(year, 3, 1))
        _enter_holidays(world, year)
        assert not calendar().is_known(dt.date(year, 3, 1))
        assert clerk.post(page, {"source": "国办发明电〔2026〕9号"}).status_code == 302
        shown = clerk.get(PAGE).content.decode()
        assert f"{year} 年放假安排已登记齐全（国办发明电〔2026〕9号）" in shown
        assert f"{year} 年放假安排尚未公布" not in shown
        row = CalendarYear.objects.get()
        clerk.post(reverse("organisations:reopen_year", args=[row.pk]))
        assert f"{year} 年放假安排尚未公布" in clerk.get(PAGE).content.decode()


def test_a_year_of_the_statutory_calendar_needs_no_word(world: World) -> None:
    with pytest.raises(BadInput):
        settings.complete_year(clock.KNOWN_UNTIL, "国办", by=world.actor("clerk"))


def test_a_list_without_its_source_is_refused(world: World) -> None:
    year = unknown_year()
    _enter_holidays(world, year)
    with pytest.raises(BadInput):
        settings.complete_year(year, "  ", by=world.actor("clerk"))
    settings.complete_year(year, "国办发明电〔2026〕9号", by=world.actor("clerk"))
    with pytest.raises(BadInput):
        settings.complete_year(year, "再说一次", by=world.actor("clerk"))

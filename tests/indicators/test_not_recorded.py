"""What nobody recorded is no nought: in figures, on pages, in the report, for the checker."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tests.days import ago
from tests.grounds import standing
from tests.indicators.rows import handled
from tests.indicators.test_year_in_pages import drawn
from tests.indicators.years_work import came, held, measured
from tests.signing_in import browser_of
from tests.world import World, proposal_at, speak
from yizheng.activities.models import Attendance, Participant, Sitting
from yizheng.attending.documents import attendance_sheet
from yizheng.core.figures import INDICATORS, Period, Standing
from yizheng.documents.import_preview import read_sheet
from yizheng.indicators import queries, services, text_checks
from yizheng.indicators.flow import REPORT
from yizheng.indicators.models import Report
from yizheng.indicators.queries import Figure
from yizheng.organisations.models import Session
from yizheng.proposals import imports
from yizheng.proposals.models import Assignment, Proposal, Reply

COUNTED, NOT_RECORDED, NOT_APPLICABLE = Standing
HEAD = ("案号", "案由", "提案人", "办理状态", "主办单位", "答复日期", "答复期限", "交办日期")


def session_before(world: World, years: int) -> Session:
    """The session of so many years ago, of which nothing is kept yet."""
    day = ago(365 * years)
    past = Session(
        term=world.session.term,
        ordinal=20 - years,
        year=world.session.year - years,
        opens_on=day,
        closes_on=day,
        proposals_until=day,
    )
    past.save()
    return past


def brought_in(world: World, session: Session, *rows: Sequence[Any]) -> list[Proposal]:
    """Out of the list an office kept of that session."""
    book, buffer = Workbook(), io.BytesIO()
    for row in (HEAD, *rows):
        book.active.append(list(row))
    book.save(buffer)
    table = read_sheet(imports.spec(), "提案.xlsx", buffer.getvalue())
    return imports.import_proposals(table, session=session, by=world.actor("clerk"))


def replied(number: int, *days: str) -> tuple[str, ...]:
    return (f"〔往年〕{number}", f"关于第{number}件旧事的建议", "沈禾", "已办结", "水务局", *days)


def facts(figure: Figure, *names: str) -> list[Any]:
    return [getattr(figure, name) for name in names]


def of_year(world: World, code: str, years_ago: int = 0) -> Figure:
    return queries.figure(code, Period.of_year(world.session.year - years_ago))


# Which years are kept -----------------------------------------------------------------------------


def test_a_year_of_which_nothing_is_kept_is_not_recorded(world: World) -> None:
    session_before(world, 1)
    handled(world, 2)
    now, before = of_year(world, "proposals.filed"), of_year(world, "proposals.filed", 1)
    assert facts(now, "standing", "value") == [COUNTED, 2]
    assert facts(before, "standing", "value") == [NOT_RECORDED, None]


def test_from_the_first_work_done_here_nought_is_nought(world: World) -> None:
    handled(world, 1)
    after = queries.figure("proposals.filed", Period.of_year(world.session.year + 1))
    assert facts(after, "standing", "value") == [COUNTED, 0]


def test_a_gap_between_two_lists_brought_in_stays_a_gap(world: World) -> None:
    brought_in(world, session_before(world, 3), replied(1))
    session_before(world, 2)
    brought_in(world, session_before(world, 1), replied(2), replied(3))
    found = [of_year(world, "proposals.filed", years) for years in (3, 2, 1, 0)]
    assert [each.standing for each in found] == [COUNTED, NOT_RECORDED, COUNTED, NOT_RECORDED]
    assert [each.value for each in found] == [1, None, 2, None]


def test_one_kind_may_be_kept_in_a_year_and_another_not(world: World) -> None:
    brought_in(world, session_before(world, 1), replied(1))
    proposals = of_year(world, "proposals.not_filed", 1)
    assert facts(proposals, "standing", "value") == [COUNTED, 0]  # the list would say so
    for code in ("activities.held", "opinions.received", "proposals.key", "proposals.merged"):
        assert of_year(world, code, 1).standing == NOT_RECORDED, code


def test_a_sum_of_years_of_which_one_is_not_kept_is_at_least_so_much(world: World) -> None:
    session_before(world, 1)
    brought_in(world, session_before(world, 2), replied(1))
    handled(world, 3)
    year = world.session.year
    both = queries.figure("proposals.filed", Period(year - 2, year))
    assert facts(both, "value", "at_least", "years_missing") == [4, True, (year - 1,)]
    known = queries.figure("proposals.filed", Period(year, year))
    assert facts(known, "value", "at_least") == [3, False]
    page = browser_of(world, "clerk").get(f"/figures/?from={year - 2}&to={year}").content.decode()
    assert f"{year - 1} 年没有记录" in page and "<b>4+</b>" in page


def test_every_figure_tells_by_what_one_knows_that_it_is_kept(world: World) -> None:
    """In an office that recorded nothing but itself, nothing is nought but what it has."""
    session_before(world, 1)
    period = Period.of_year(world.session.year - 1)
    asked = [queries.wanted(code, period) for code, each in INDICATORS.items() if each.whole]
    counted = {f.indicator.code for f in queries.figures(asked) if f.standing == COUNTED}
    # Units and members are of a day: the world's were there a year ago.
    assert counted <= {"people.members", "people.accounts_rate", "people.groups"}


# What an import does not say ----------------------------------------------------------------------


def test_days_a_list_does_not_say_are_not_made_up(world: World) -> None:
    [proposal] = brought_in(world, session_before(world, 1), replied(1))
    assert facts(proposal, "state", "submitted_at", "filed_at") == ["closed", None, None]
    assert facts(proposal, "assigned_at", "replied_at", "closed_at") == [None, None, None]
    part = proposal.assignments.get()
    assert facts(part, "assigned_on", "reply_due_on", "hand_back_until") == [None, None, None]
    assert facts(part, "accepted_at", "replied_at") == [None, None]


def test_days_a_list_says_are_kept(world: World) -> None:
    year = world.session.year - 1
    days = (f"{year}-06-20", f"{year}-06-30", f"{year}-03-01")
    [proposal] = brought_in(world, session_before(world, 1), replied(1, *days))
    part = proposal.assignments.get()
    assert part.reply_due_on == dt.date(year, 6, 30)
    assert part.assigned_on == dt.date(year, 3, 1)
    assert timezone.localdate(part.replied_at) == dt.date(year, 6, 20)


@standing
def past_year(world: World) -> World:
    """Last year, out of a list: one reply in time, one late, one whose day is not said, one whose
    day due is not said; nobody wrote down who met whom, nor what proposers said.
    """
    year = world.session.year - 1
    brought_in(
        world,
        session_before(world, 1),
        replied(1, f"{year}-06-20", f"{year}-06-30"),
        replied(2, f"{year}-07-01", f"{year}-06-30"),
        replied(3, "", f"{year}-06-30"),
        replied(4, f"{year}-06-20"),
    )
    return world


def test_a_rate_leaves_out_what_is_not_known_and_says_on_how_many_it_rests(
    past_year: World,
) -> None:
    punctual = of_year(past_year, "proposals.in_time_rate", 1)
    assert facts(punctual, "numerator", "denominator", "unknown") == [1, 2, 2]
    assert of_year(past_year, "proposals.reply_rate", 1).value == 1  # that they were is said
    met = of_year(past_year, "proposals.met_rate", 1)
    assert facts(met, "standing", "value", "unknown") == [NOT_RECORDED, None, 4]
    rated = of_year(past_year, "proposals.satisfaction", 1)
    assert facts(rated, "standing", "unknown") == [NOT_RECORDED, 4]


def test_the_report_says_so_and_the_page_of_the_figure_lists_what_is_left_out(
    past_year: World,
) -> None:
    year = past_year.session.year - 1
    report = Report(
        organisation=past_year.organisation,
        year=year,
        state="draft",
        title="年度工作情况",
        outline="面商率{proposals.met_rate}，按期答复率{proposals.in_time_rate}。[满意率{proposals.satisfaction}。]",
    )
    lines, book, _fields = services.fill(report)
    assert [line.text for line in lines] == [
        "面商率没有记录，按期答复率50%（以有记录的2条计，另有2条没有记录）。"
    ]
    assert {each.code for each in book.not_recorded()} == {
        "proposals.met_rate",
        "proposals.satisfaction",
        "proposals.response_rate",
    }
    client = browser_of(past_year, "clerk")
    page = client.get(f"/figures/proposals.in_time_rate/?year={year}&of=unknown").content.decode()
    assert "关于第3件旧事的建议" in page and "关于第4件旧事的建议" in page
    assert "关于第1件旧事的建议" not in page
    assert "没有记录" in page


def test_an_imported_reply_handled_again_is_late_or_not_by_what_is_known_of_the_first(
    past_year: World,
) -> None:
    part = Assignment.objects.filter(proposal__case_number="〔往年〕1").get()
    Assignment.objects.filter(pk=part.pk).update(round=2, replied_at=None)
    punctual = of_year(past_year, "proposals.in_time_rate", 1)
    assert facts(punctual, "numerator", "denominator", "unknown") == [0, 1, 3]


def test_what_was_brought_in_can_be_handled_again_from_today(past_year: World) -> None:
    from yizheng.proposals.flow import PROPOSAL

    proposal = Proposal.objects.get(case_number="〔往年〕3")
    PROPOSAL.perform(
        "reopen", proposal, by=past_year.actor("chairperson"), data={"note": "承诺事项没有落实"}
    )
    part = proposal.assignments.get()
    assert part.state == "handling" and part.reply_due_on > timezone.localdate()
    assert part.assigned_on is None  # when it was first given to the unit, the list does not say


def test_pages_lists_and_files_say_that_a_day_is_not_recorded(past_year: World) -> None:
    client = browser_of(past_year, "clerk")
    proposal = Proposal.objects.get(case_number="〔往年〕3")
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "答复日期没有记录" in page
    assert "交办通知" not in page  # there was no notice of ours to print
    assert client.get(f"/proposals/{proposal.pk}/paper/notice/").status_code == 404
    listed = client.get("/proposals/assignments/?state=").content.decode()
    assert "答复期限没有记录" in listed
    [sheet] = load_workbook(
        io.BytesIO(client.get("/proposals/assignments/export/?state=").content)
    ).worksheets
    rows = {row[0]: row[5:8] for row in sheet.iter_rows(values_only=True)}
    assert rows["〔往年〕3"][0] == rows["〔往年〕3"][2] == "没有记录"
    assert rows["〔往年〕4"][1] == "没有记录"


# Meetings with proposers, attendance ---------------------------------------------------------------


def test_meetings_with_proposers_that_no_unit_recorded_are_no_rate_of_nought(world: World) -> None:
    proposal = proposal_at(world, "accepted")
    assert of_year(world, "proposals.met_rate").standing == NOT_RECORDED
    speak(world, proposal, "phone")  # from now on the units record whom they speak with
    met = of_year(world, "proposals.met_rate")
    assert facts(met, "standing", "value", "denominator") == [COUNTED, 0, 1]


def test_nothing_was_due_is_another_thing_than_nothing_is_recorded(world: World) -> None:
    kept = of_year(world, "proposals.promises_kept_rate")
    assert kept.standing == NOT_RECORDED
    handled(world, 1)  # rated by its proposer
    # Ratings are kept here; of next year's none is asked for yet.
    after = queries.figure("proposals.response_rate", Period.of_year(world.session.year + 1))
    assert facts(after, "standing", "value") == [NOT_APPLICABLE, None]


def test_where_no_attendance_is_kept_nobody_is_absent(world: World) -> None:
    [first, _second] = held(world, "survey", "special_survey", 2)
    assert of_year(world, "activities.member_attendances").standing == NOT_RECORDED
    came(first, list(world.members.values())[:2])
    counted = of_year(world, "activities.member_attendances")
    assert facts(counted, "value", "at_least", "gaps") == [2, True, 1]
    assert drawn(world, "委员参加{activities.member_attendances}。") == ["委员参加2人次以上。"]


def test_nobody_came_is_known_where_the_attendance_was_confirmed(world: World) -> None:
    [first, second] = held(world, "survey", "special_survey", 2)
    came(first, list(world.members.values())[:2])
    type(second).objects.filter(pk=second.pk).update(
        attendance_confirmed_at=timezone.now(), attendance_confirmed_by=world.accounts["organiser"]
    )
    counted = of_year(world, "activities.member_attendances")
    assert facts(counted, "value", "at_least") == [2, False]


# Comparisons --------------------------------------------------------------------------------------


def test_no_comparison_with_a_year_of_which_nothing_is_kept(world: World) -> None:
    session_before(world, 1)
    handled(world, 2)
    assert drawn(world, "立案{proposals.filed}，{proposals.filed|change}。") == [
        "立案2件，上年没有记录。"
    ]
    page = browser_of(world, "clerk").get("/figures/").content.decode()
    assert "上年没有记录" in page and "上年 0" not in page
    every = browser_of(world, "clerk").get("/figures/all/").content.decode()
    assert "没有记录" in every


def test_what_is_at_least_so_much_is_compared_about(world: World) -> None:
    session_before(world, 1)
    [now] = held(world, "service", "service", 1)
    measured(now, "patients", 120, at_least=True)
    year = world.session.year - 1
    begins = timezone.make_aware(dt.datetime.combine(dt.date(year, 3, 1), dt.time(9)))
    [before] = held(
        world,
        "service",
        "service",
        1,
        year=year,
        starts_at=begins,
        ends_at=begins + dt.timedelta(hours=2),
    )
    measured(before, "patients", 100)
    assert drawn(world, "接诊{activities.patients}，{activities.patients|change}。") == [
        "接诊120人次以上，比上年增加约20人次。"
    ]


# Frozen, and read in texts ------------------------------------------------------------------------


def test_a_frozen_report_goes_on_saying_that_nothing_was_recorded(world: World) -> None:
    session_before(world, 1)
    handled(world, 1)
    text = "立案{proposals.filed}，{proposals.filed|change}。面商率{proposals.met_rate}。"
    draft = services.begin_report(world.organisation, world.session.year, by=world.actor("clerk"))
    draft = services.save_outline(
        draft, by=world.actor("clerk"), title="工作情况", text=text, seen=draft.version
    )
    frozen = REPORT.perform("freeze", draft, by=world.actor("clerk"))
    before = [line.text for line in services.fill(frozen)[0]]
    assert before == ["立案1件，上年没有记录。面商率100%。"]
    brought_in(world, Session.objects.get(year=world.session.year - 1), replied(1))
    assert [line.text for line in services.fill(frozen)[0]] == before
    page = browser_of(world, "clerk").get(f"/figures/reports/{frozen.pk}/").content.decode()
    assert "没有记录" in page and "1件" in page


def test_the_writer_of_a_report_sees_what_is_not_recorded(world: World) -> None:
    handled(world, 1)
    client = browser_of(world, "clerk")
    draft = services.begin_report(world.organisation, world.session.year, by=world.actor("clerk"))
    page = client.get(f"/figures/reports/{draft.pk}/edit/").content.decode()
    assert "以下指标没有记录" in page and "收到社情民意信息" in page


@pytest.mark.parametrize(
    "text",
    [
        "{year}年，面商率100%。",
        "{year}年，面商率0%。",
        "{year}年，满意率98%。",
        "{year}年收到社情民意信息0篇。",
    ],
)
def test_a_text_is_neither_right_nor_wrong_about_what_is_not_recorded(
    past_year: World, text: str
) -> None:
    year = past_year.session.year - 1
    [found] = text_checks.check(text.format(year=year), year, past_year.actor("clerk")).judged
    assert found.verdict == "unknown" and found.ours is None


def test_a_reply_of_this_house_is_still_judged_by_its_day(world: World) -> None:
    handled(world, 2)
    late = Reply.objects.order_by("pk").first()
    assert late is not None
    Assignment.objects.filter(pk=late.assignment_id).update(reply_due_on=ago(3))
    punctual = of_year(world, "proposals.in_time_rate")
    assert facts(punctual, "numerator", "denominator", "unknown") == [1, 2, 0]


def test_the_attendance_sheet_calls_nobody_absent_where_none_is_kept(world: World) -> None:
    [survey] = held(world, "survey", "special_survey", 1)
    begins = timezone.now() - dt.timedelta(days=2)
    for number in (1, 2):
        Sitting(
            activity=survey,
            number=number,
            starts_at=begins,
            ends_at=begins + dt.timedelta(hours=number),
        ).save()
    type(survey).objects.filter(pk=survey.pk).update(
        starts_at=begins, ends_at=begins + dt.timedelta(hours=2)
    )
    for member in world.members.values():
        Participant(activity=survey, membership=member).save()
    survey.refresh_from_db()
    assert "缺席" not in words_of(attendance_sheet(survey, blank=False))
    assert "出席情况没有记录" in words_of(attendance_sheet(survey, blank=False))
    Attendance(
        sitting=survey.sittings.first(),
        participant=survey.participants.first(),
        signed_at=begins,
        method="import",
    ).save()
    sheet = words_of(attendance_sheet(survey, blank=False))
    assert "缺席" in sheet and "出席" in sheet and "没有记录" not in sheet


def words_of(paper: bytes) -> str:
    document = docx.Document(io.BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_usual_report_of_a_year_brought_in_is_read_as_it_was_meant(past_year: World) -> None:
    year = past_year.session.year - 1
    paper = docx.Document(io.BytesIO(services.report(past_year.organisation, year)))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "年度共收到提案4件，经审查立案4件，立案率100%，立案数上年没有记录" in text
    assert "面商率没有记录，办复率100%，按期答复率50%" in text
    assert "评价回收率没有记录，满意率没有记录" in text
    assert "社情民意" not in text.split("八、")[0].replace("四、社情民意信息", "")
    found = text_checks.check(text, year).judged
    assert [each.mention for each in found if each.verdict == "differs"] == []

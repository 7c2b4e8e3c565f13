"""The year's work in the report and on the dashboard: what is there is said, what is not is left
out.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
from django.utils import timezone

from tests.indicators.years_work import came, held, measured, year_as_reported
from tests.signing_in import browser_of
from tests.world import World
from yizheng.activities.models import MeasuredResult
from yizheng.core.figures import Period
from yizheng.indicators import queries, services, text_checks
from yizheng.indicators.flow import REPORT
from yizheng.indicators.models import Report
from yizheng.regulations.models import RegulationVersion


def drawn(world: World, text: str) -> list[str]:
    report = Report(
        organisation=world.organisation,
        year=world.session.year,
        state="draft",
        outline=text,
        title="年度工作情况",
    )
    lines, _book, _fields = services.fill(report)
    return [getattr(line, "text", "[图表]") for line in lines]


MEETINGS = """一、提案
立案{proposals.filed}。
二、会议
[召开会议{activities.meetings}，其中{activities.meetings|by form}。]
三、调研视察
（一）调研
[全年开展[调研{activities.surveys}、][视察{activities.inspections}、][民主监督{activities.supervision}]。]
[{activities.held|chart by month}]
四、说明
统计截至今日。"""


def test_what_has_nothing_to_count_is_left_out_and_chapters_are_counted_anew(world: World) -> None:
    assert drawn(world, MEETINGS) == ["一、提案", "立案没有记录。", "二、说明", "统计截至今日。"]
    held(world, "inspection", "inspection_tour", 2)
    assert drawn(world, MEETINGS) == [
        "一、提案",
        "立案没有记录。",
        "二、调研视察",
        "（一）调研",
        "全年开展视察2次。",
        "[图表]",
        "三、说明",
        "统计截至今日。",
    ]


def test_punctuation_goes_with_what_is_left_out(world: World) -> None:
    held(world, "survey", "special_survey", 3)
    held(world, "supervision", "supervision_visit")
    line = drawn(world, MEETINGS)[4]
    assert line == "全年开展调研3次、民主监督1次。"


def test_at_least_is_said_in_the_text_and_on_the_page(world: World) -> None:
    [clinic, other] = held(world, "service", "service", 2)
    measured(clinic, "patients", 120)
    measured(other, "patients", 85, at_least=True)
    measured(other, "goods", 30)
    assert drawn(
        world,
        "接诊{activities.patients}，发放物品{activities.goods}。{activities.measured|by measure}",
    ) == ["接诊205人次以上，发放物品30件。接诊205人次以上、发放物品30件"]
    page = (
        browser_of(world, "clerk")
        .get("/figures/activities.patients/", {"year": world.session.year})
        .content.decode()
    )
    assert "205+" in page


def test_a_frozen_report_keeps_that_it_is_at_least(world: World) -> None:
    [clinic] = held(world, "service", "service")
    measured(clinic, "patients", 85, at_least=True)
    clerk = world.actor("clerk")
    draft = services.begin_report(world.organisation, world.session.year, by=clerk)
    text = "接诊{activities.patients}；{activities.measured|by measure}。"
    draft = services.save_outline(
        draft, by=clerk, title="年度工作情况", text=text, seen=draft.version
    )
    frozen = REPORT.perform("freeze", draft, by=clerk)
    MeasuredResult.objects.update(is_at_least=False)
    lines, _book, _fields = services.fill(frozen)
    assert [getattr(line, "text", "") for line in lines] == ["接诊85人次以上；接诊85人次以上。"]


def _adopt_own_words(world: World) -> None:
    """The county adds a kind, a form and a measure of its own to its regulation."""
    [version] = RegulationVersion.objects.filter(regulation__subject="activities")
    parameters = dict(version.parameters)
    parameters["kinds"] = [*parameters["kinds"], {"code": "tree_day", "label": "植树活动"}]
    parameters["forms"] = [
        *parameters["forms"],
        {"code": "tree_day", "label": "植树活动", "kind": "tree_day"},
    ]
    parameters["measures"] = [
        *parameters["measures"],
        {"code": "trees", "label": "种植树苗", "unit": "棵"},
    ]
    RegulationVersion.objects.filter(pk=version.pk).update(parameters=parameters)


def test_what_a_county_adds_itself_has_a_figure_and_its_own_name_is_a_word(world: World) -> None:
    from yizheng.core import tenancy

    _adopt_own_words(world)
    with tenancy.scope(world.organisation):
        for each in held(world, "tree_day", "tree_day", 3):
            measured(each, "trees", 100)
        period = Period.of_year(world.session.year)
        assert queries.figure("activities.held", period, "kind", "tree_day").numerator == 3
        assert drawn(world, "{activities.measured|by measure}") == ["种植树苗300棵"]
        text = f"{world.session.year}年，开展植树活动3次，种植树苗300棵。"
        assert [each.verdict for each in text_checks.check(text, None).judged] == [
            "agrees",
            "agrees",
        ]
        text = text.replace("3次", "4次").replace("300棵", "320棵")
        assert [each.verdict for each in text_checks.check(text, None).judged] == [
            "differs",
            "differs",
        ]


def test_the_report_of_a_whole_year_is_read_by_the_checker_as_it_was_meant(world: World) -> None:
    year_as_reported(world)
    report = services.report(world.organisation, world.session.year)
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(report)).paragraphs)
    assert (
        "全年召开各类会议20次，其中全体会议1次、常委会会议4次、主席会议9次、党组会议6次。" in text
    )
    assert (
        "收到社情民意信息65篇，上年没有记录；编发社情民意信息20篇；报送社情民意信息30篇，"
        "其中报送上级12篇。" in text
    )
    assert "现有委员3名，委员小组1个。" in text
    assert "捐款" not in text and "委员账号激活率" not in text
    checked = text_checks.check(text, world.session.year)
    assert [each.mention for each in checked.judged if each.verdict == "differs"] == []
    agreeing = {each.mention.indicator for each in checked.judged if each.verdict == "agrees"}
    assert len({code for code in agreeing if code and not code.startswith("proposals.")}) >= 35


# The dashboard ------------------------------------------------------------------------------------


@pytest.fixture
def two_months(world: World) -> World:
    """January: two surveys, one meeting; March: one survey to which two members came."""
    held(world, "survey", "special_survey", 2)
    held(world, "meeting", "standing_meeting")
    begins = timezone.make_aware(
        dt.datetime.combine(dt.date(world.session.year, 3, 31), dt.time(23, 30))
    )  # by the county's clock, not by Greenwich's
    [march] = held(
        world,
        "survey",
        "special_survey",
        starts_at=begins,
        ends_at=begins + dt.timedelta(minutes=20),
    )
    came(march, list(world.members.values())[:2])
    return world


def test_cards_of_the_year_open_their_records(two_months: World) -> None:
    year = two_months.session.year
    page = browser_of(two_months, "clerk").get("/figures/").content.decode()
    assert f'href="/figures/activities.held/?year={year}"><b>4</b>' in page
    # who came to the other three nobody wrote down
    assert f'href="/figures/activities.member_attendances/?year={year}"><b>2+</b>' in page
    assert f'href="/figures/activities.held/?year={year}&amp;breakdown=month&amp;key=3"' in page


def test_activities_month_by_month(two_months: World) -> None:
    spec: dict[str, Any] = browser_of(two_months, "clerk").get("/figures/months/chart/").json()
    values = {series["name"]: series["values"] for series in spec["series"]}
    nothing = [None] * 9
    assert spec["stacked"] and len(spec["categories"]) == 12
    assert values == {"会议": [1, None, None, *nothing], "调研": [2, None, 1, *nothing]}
    listed = browser_of(two_months, "clerk").get(
        "/figures/activities.held/",
        {"year": two_months.session.year, "breakdown": "month", "key": "3"},
    )
    assert "<b>1</b>" in listed.content.decode()


def test_all_figures_stand_on_a_page_of_their_own(two_months: World) -> None:
    page = browser_of(two_months, "clerk").get("/figures/all/").content.decode()
    for indicator in queries.INDICATORS.values():
        assert (str(indicator.title) in page) == indicator.whole

"""What a figure counts and for when."""

import pytest

from yizheng.indicators.reading import Mention, TextPeriod, read


def indicators(text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.indicator) for mention in read(text).mentions]


def first(text: str, default_year: int | None = None) -> Mention:
    return read(text, default_year=default_year).mentions[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("共收到提案120件", "received"),
        ("共收到委员提案184件", "received"),
        ("会议提出的81件提案建议全部办理", "received"),
        ("征集提案113件", "received"),
        ("经审查，提案立案216件", "filed"),
        ("立案的129件提案已全部办理完毕", "filed"),
        ("提案立案率为79.7%", "filing_rate"),
        ("提案不予立案15件", "not_filed"),
        ("提案中作为意见处理的5件", "not_filed"),
        ("收到提案中，转社情民意8件", "not_filed"),
        ("提案合并处理11件", "merged"),
        ("确定重点提案12件", "key"),
        ("全年48件提案办理", "handled"),
        ("承办提案163件", "handled"),
        ("提案承办单位78家", "units"),
        ("提案主办单位31个", "lead_units"),
        ("提案面商率98%", "met_rate"),
        ("提案办复率98%", "reply_rate"),
        ("提案按时办复率98%", "in_time_rate"),
        ("提案满意和基本满意率98%", "satisfaction"),
        ("对提案办理，委员满意或基本满意达99%以上", "satisfaction"),
        ("提案办理反馈率95%", "response_rate"),
        ("提案采纳率76%", "done_rate"),
        ("提案未采纳率6%", "not_adopted_rate"),
        ("提案列入计划率12%", "planned_rate"),
        ("提案承诺事项兑现率87%", "promises_kept_rate"),
        ("党外委员提交的提案占立案提案的62%", "nonparty_share"),
        ("提案网上办理率100%", "online_rate"),
        ("立案提案60%由党外委员提出", "nonparty_share"),
        ("提案交由46家承办单位办理", "units"),
        ("提案附议委员356人次", "cosigned"),
    ],
)
def test_figures_of_proposals_have_their_indicator(text: str, code: str) -> None:
    assert first(text).indicator == f"proposals.{code}"


@pytest.mark.parametrize(
    ("text", "code", "breakdown"),
    [
        ("提案中，党派、团体提案94件", "by_kind", ("kind", "collective")),
        ("提案中，联名提案33件", "by_kind", ("kind", "joint")),
        ("提案中，委员个人提案33件", "by_kind", ("kind", "individual")),
        ("涉及经济建设方面的提案46件", "by_category", ("category", "经济建设")),
        ("有关G9走廊建设的提案25件", "by_category", ("category", "G9走廊建设")),
        ("提案内容涉及科技、文化等方面的有68件", "by_category", ("category", "科技、文化")),
        ("“经济建设”提案占比超40%", "by_category", ("category", "经济建设")),
        ("其它提案9件", "by_category", ("category", "其它")),
        ("A类提案22件", "by_class", ("class", "A")),
        ("提案所提问题已经解决或采纳的89件", "by_class", ("class", "A")),
        ("提案列入计划拟解决的30件", "by_class", ("class", "B")),
        ("提案因条件限制不能解决的8件", "by_class", ("class", "C")),
    ],
)
def test_parts_have_their_breakdown(text: str, code: str, breakdown: tuple[str, str]) -> None:
    mention = first(text)
    assert (mention.indicator, mention.breakdown) == (f"proposals.{code}", breakdown)


@pytest.mark.parametrize(
    "text",
    [
        "收到人大代表建议65条，满意率98%",
        "承办建议提案517件",
        "办理民生实事10件",
        "向提案人提出建议12件",
        "超过60件提案正在办理",
        "提交专题协商意见4份",
        "有关部门为群众办实事10件",
        "比去年增加提案12件，人均提案0.8件",
        "提案不予立案情况说明，社情民意信息8件",
    ],
)
def test_what_we_do_not_count_has_no_indicator(text: str) -> None:
    assert {indicator for _, indicator in indicators(text)} == {None}


def test_of_a_change_the_later_number_is_the_figure() -> None:
    assert indicators("提案立案率由79%提高到82%") == [
        ("79%", None),
        ("82%", "proposals.filing_rate"),
    ]


def test_lists_said_respectively() -> None:
    mentions = read("A类、B类、C类提案分别为22件、68件和2件。").mentions
    assert [mention.breakdown for mention in mentions] == [
        ("class", "A"),
        ("class", "B"),
        ("class", "C"),
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("全年48件提案办理实现见面率100%", "提案办理"),
        ("安排9名委员作交流发言", "安排委员"),
        ("有30篇稿件在报网采用", "稿件"),
        ("反映10条有价值的社情民意", "反映有价值的社情民意"),
        ("开展“三走进”（走进企业、社区）活动16次", "开展“三走进”活动"),
    ],
)
def test_the_subject_is_in_the_words_of_the_text(text: str, subject: str) -> None:
    assert first(text).subject == subject


def test_a_second_number_of_the_same_thing_has_the_same_subject() -> None:
    mentions = read("组织履职培训3批次120人").mentions
    assert [mention.subject for mention in mentions] == ["组织履职培训"] * 2


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年，收到提案5件", TextPeriod.of_year(2023)),
        ("2021—2024年收到提案5件", TextPeriod.of_years(2021, 2024)),
        ("云溪县政协2023年工作亮点\n2024-03-01 10:57\n全年收到提案5件", TextPeriod.of_year(2023)),
        ("云溪县政协工作综述\n2024-11-24\n今年收到提案5件", TextPeriod.of_year(2024)),
        ("云溪县政协工作综述\n2024-11-24\n去年收到提案5件", TextPeriod.of_year(2023)),
        ("云溪县政协工作综述\n2024-02-24\n全年收到提案5件", TextPeriod.of_year(2023)),
        ("九届四次会议以来，收到提案5件", TextPeriod("session", "九届四次", term=9, session=4)),
        (
            "县政协十四届六次会议期间，委员踊跃建言。\n大会共收到提案5件",
            TextPeriod("session", "十四届六次", term=14, session=6),
        ),
        ("截至2026年1月20日，收到提案5件", None),
        ("收到提案5件", None),
    ],
)
def test_the_period_is_the_one_the_text_names(text: str, period: TextPeriod | None) -> None:
    assert first(text).period == period


def test_years_are_counted_back_from_the_default() -> None:
    assert first("四年来，收到提案5件", default_year=2023).period == TextPeriod.of_years(2020, 2023)
    assert first("全年收到提案5件", default_year=2023).period == TextPeriod.of_year(2023)


def test_a_comparison_names_no_period() -> None:
    assert first("提案满意率比去年提高，达98%", default_year=2023).period == TextPeriod.of_year(
        2023
    )

"""Which figures a text states. The sentences are invented, in the shapes real reports use."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizheng.indicators.reading import Mention, read

Told = tuple[str, str, str]


def told(text: str) -> list[Told]:
    """Value, unit and approximation of each figure, as a person would note them down."""
    return [(f"{mention.value}", mention.unit, mention.approx) for mention in read(text).mentions]


def only(text: str) -> Mention:
    (mention,) = read(text).mentions
    return mention


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("立案169件，立案率79.7%。", [("169", "件", ""), ("79.7", "%", "")]),
        ("收到提案1,500件", [("1500", "件", "")]),
        ("收到提案 120 件", [("120", "件", "")]),
        ("受益群众2.5万余人次", [("25000", "人次", "余")]),
        ("落实资金260万元", [("260", "万元", "")]),
        ("走访群众220余人，发放资料1500余份", [("220", "人", "余"), ("1500", "份", "余")]),
        ("培训100多人次", [("100", "人次", "多")]),
        ("满意率99%以上", [("99", "%", "以上")]),
        ("比例均超60%", [("60", "%", "超")]),
        (
            "近200件、超过60件、约20件、不足10件",
            [("200", "件", "近"), ("60", "件", "超"), ("20", "件", "约"), ("10", "件", "不足")],
        ),
        ("审查立案四十八件", [("48", "件", "")]),
        ("接待一百二十五人次", [("125", "人次", "")]),
        ("百余件提案得到办理", [("100", "件", "余")]),
        ("召开两次会议", [("2", "次", "")]),
        ("办复率达到百分之九十五", [("95", "%", "")]),
        ("办结率百分之九十九点六", [("99.6", "%", "")]),
        ("满意率百分百", [("100", "%", "")]),
        ("覆盖率达九成以上", [("90", "%", "以上")]),
        ("超过一半的提案", [("50", "%", "超")]),
        ("领导批示35件 ( 次)", [("35", "件(次)", "")]),
        ("连续四年受到表彰", [("4", "年", "")]),
        ("全年协商４次，满意率１００％", [("4", "次", ""), ("100", "%", "")]),
        (
            "开展2次专题协商,4次对口协商,1次提案办理协商",
            [("2", "次", ""), ("4", "次", ""), ("1", "次", "")],
        ),
    ],
)
def test_a_figure_is_found_with_its_unit_and_approximation(text: str, figures: list[Told]) -> None:
    assert told(text) == figures


def test_a_range_keeps_both_ends() -> None:
    mention = only("每场10-15人参加")
    assert (mention.value, mention.upper, mention.text) == (Decimal(10), Decimal(15), "10-15人")


def test_the_number_of_an_item_is_no_part_of_its_figure() -> None:
    mention = only("1.5件提案被评为典型。")
    assert (mention.text, mention.value) == ("5件", Decimal(5))


@pytest.mark.parametrize(
    "text",
    [
        "第三次会议、第3次会议、第48号提案、第二十一条",
        "八届二次会议以来，县委十五届六次全会，二届一次会议，四次会议以来",
        "2024年3月5日下午3时，9月份，截至11月底，10:57:10，2024-03-01",
        "云政办〔2023〕5号、〔2022〕第18号、[2021]3号、(2020)12号",
        "电话:0912-6390387，手机13800000000，服务热线12345",
        "版权所有 Copyright(C) 2006-2020 example.cn 备案号:云ICP备13008241号-1",
        "三个代表、两个确立、两学一做、十四五、三走进一联系、两支队伍",
        "“六治六提”“五个一”“六项战略”“三个年”活动",
        "提一件高质量的提案，反映一条有价值的社情民意，参加一次调研，撰写一篇报告",
        "收到提案***件，立案**件，占总数的**.*%；XX件，××人次",
        "一、二、（一）（二）1. 坚持 2. 加强 3、提升",
        "G60走廊、5G基站、A4纸、3A级",
        "《关于加强教育的12条措施》《二十三条意见》",
        "数十件、几十次、前三名、各专委会、一家一户、一系列",
        "四大班子强化三种责任，落实八项重点",
        "连续百年、连续多年",
        "",
    ],
)
def test_what_looks_like_a_figure_and_is_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("检测人口达总人口的?1%。", "?1%"),
        ("共收到提案9?件", "9?件"),
        ("立案□□件", "□□件"),
        ("满意率\ufffd8%", "\ufffd8%"),
    ],
)
def test_a_lost_digit_makes_the_figure_unreadable_and_is_never_guessed(
    text: str, span: str
) -> None:
    mention = only(text)
    assert (mention.unreadable, mention.value, mention.text) == (True, None, span)


def test_a_question_before_a_figure_is_no_damage() -> None:
    assert told("效果如何?5件提案已办结。") == [("5", "件", "")]


def test_a_figure_struck_out_below_is_not_stated_by_the_title() -> None:
    text = (
        "云溪县政协收到以提案形式提出的意见建议219件\n大会共收到以提案形式提出的意见建议***件，"
        "立案***件。"
    )
    assert told(text) == []
    assert told(text.splitlines()[0]) == [("219", "件", "")]


@pytest.mark.parametrize(
    "text",
    [
        "全年48件提案办理实现见面率、答复率、满意率三个100%。",
        "全年48件提案办理实现见面率、答复率、满意率“三个100%”。",
        "全年办理提案48件，见面率、答复率、满意率均达100%。",
        "全年办理提案48件，见面率、答复率和满意率分别为100%、100%、100%。",
        "全年办理提案48件，实现100%见面、100%答复、100%满意。",
    ],
)
def test_one_percentage_said_of_three_rates_is_three_figures(text: str) -> None:
    assert [(mention.indicator, f"{mention.value}") for mention in read(text).mentions] == [
        ("proposals.handled", "48"),
        ("proposals.met_rate", "100"),
        ("proposals.reply_rate", "100"),
        ("proposals.satisfaction", "100"),
    ]


def test_figures_of_one_number_share_its_place() -> None:
    text = "提案见面率、答复率、满意率三个100%"
    spans = {(mention.start, mention.end) for mention in read(text).mentions}
    assert {text[start:end] for start, end in spans} == {"100%"}


def test_places_are_those_of_the_damaged_original() -> None:
    text = "縣政協(xié)全年開展協(xié)商５次，辦復(fù)率９９％。"
    assert [mention.text for mention in read(text).mentions] == ["５次", "９９％"]


WORDS = """
提案 立案 收到 不予立案 连续 年 百分之 成 一半 以上 100% 5件 0件 占 占0% 立案总数的 其中 合计 共 见面率
、 ， 。 ( ) （ ） 2案并1案的 三 百 万 亿 ? * 分别为 均 2023年 四年来 十届三次会议 第 余 近 - 至 12.5 , . :
协(xié) 満意 满意 基本满意 不满意 A类 涉及 方面 其他 提高到 党外 委员 实际承办 并案 三个100% 99999999999999
"""
FRAGMENTS = [*WORDS.split(), "\n"]


@settings(max_examples=300)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
)
def test_reading_never_fails_and_every_place_holds_its_text(text: str) -> None:
    reading = read(text)
    for mention in reading.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.unreadable == (mention.value is None)
    for statement in reading.arithmetic:
        assert 0 <= statement.start < statement.end <= len(text)
        assert all(0 <= index < len(reading.mentions) for index in statement.mentions)

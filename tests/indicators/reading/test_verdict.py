"""A text against the records of a county."""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import pytest

from yizheng.core.sayings import BreakdownPart
from yizheng.indicators.reading import TextPeriod, read
from yizheng.indicators.reading.verdict import MentionVerdict, OurFigure, agrees, judge, to_json

TEXT = (
    "云溪县政协2023年工作回眸\n全年48件提案办理实现见面率、答复率、满意率三个100%。"
    "收集社情民意信息65条，覆盖?1%。"
)


@dataclass
class Records:
    """A county that handled some proposals in 2023, of which some were replied to."""

    handled: int
    replied: int
    asked: list[tuple[str, TextPeriod | None]] = field(default_factory=list)

    def value(
        self, indicator: str, period: TextPeriod | None, breakdown: BreakdownPart | None
    ) -> OurFigure | None:
        self.asked.append((indicator, period))
        if breakdown is not None or period != TextPeriod.of_year(2023):
            return None
        if indicator == "proposals.handled":
            return OurFigure(Decimal(self.handled), "件", None, None, "/p/", "办理提案")
        return self._rate(indicator)

    def _rate(self, indicator: str) -> OurFigure | None:
        counts = {"proposals.met_rate": self.handled, "proposals.reply_rate": self.replied}
        counts["proposals.satisfaction"] = self.replied
        if indicator not in counts:
            return None
        share = Decimal(100 * counts[indicator]) / Decimal(self.handled)
        return OurFigure(share, "%", counts[indicator], self.handled, f"/{indicator}/", indicator)


def verdicts(judged: tuple[MentionVerdict, ...]) -> list[str]:
    return [each.verdict for each in judged]


def test_records_that_say_the_same_agree() -> None:
    judged = judge(read(TEXT), Records(handled=48, replied=48))
    assert verdicts(judged) == ["agrees", "agrees", "agrees", "agrees", "unknown", "unreadable"]


def test_with_one_record_missing_the_count_differs_and_ours_is_shown() -> None:
    judged = judge(read(TEXT), Records(handled=47, replied=47))
    assert verdicts(judged)[:4] == ["differs", "agrees", "agrees", "agrees"]
    assert judged[0].ours is not None and judged[0].ours.value == 47


def test_with_one_reply_missing_its_rates_differ() -> None:
    judged = judge(read(TEXT), Records(handled=48, replied=47))
    assert verdicts(judged)[:4] == ["agrees", "agrees", "differs", "differs"]


def test_figures_of_a_year_without_records_are_unknown() -> None:
    judged = judge(read(TEXT.replace("2023", "2019")), Records(handled=48, replied=48))
    assert set(verdicts(judged)[:5]) == {"unknown"}


@pytest.mark.parametrize(
    ("words", "ours", "true"),
    [
        ("48件", 48, True),
        ("48件", 47, False),
        ("200余件", 200, True),
        ("200余件", 299, True),
        ("200余件", 300, False),
        ("200余件", 199, False),
        ("1500多件", 1599, True),
        ("1500多件", 1600, False),
        ("130余件", 139, True),
        ("130余件", 140, False),
        ("60件以上", 60, True),
        ("60件以上", 59, False),
        ("超60件", 75, True),
        ("超60件", 59, False),
        ("近200件", 195, True),
        ("近200件", 200, False),
        ("近200件", 150, False),
        ("约200件", 205, True),
        ("约200件", 250, False),
        ("不足10件", 9, True),
        ("不足10件", 10, False),
        ("3至5件", 4, True),
        ("3至5件", 6, False),
    ],
)
def test_words_of_approximation_mean_what_they_say(words: str, ours: int, true: bool) -> None:
    assert agrees(read(f"收到提案{words}").mentions[0], Fraction(ours)) is true


@pytest.mark.parametrize(
    ("printed", "part", "whole", "true"),
    [
        # 216/271 = 79.7048 %
        ("79.7%", 216, 271, True),
        ("79.70%", 216, 271, True),
        ("80%", 216, 271, True),
        ("79%", 216, 271, True),
        ("79.8%", 216, 271, False),
        ("78%", 216, 271, False),
        # all means all: 299 of 300 is 99.67 %
        ("100%", 300, 300, True),
        ("100%", 299, 300, False),
        ("99.6%", 299, 300, True),
        ("99.7%", 299, 300, True),
    ],
)
def test_rates_may_be_rounded_or_cut_off_at_the_printed_digit(
    printed: str, part: int, whole: int, true: bool
) -> None:
    assert agrees(read(f"提案立案率{printed}").mentions[0], Fraction(part, whole) * 100) is true


def test_the_share_of_a_part_is_judged_by_its_counts() -> None:
    class Parts:
        def value(
            self, indicator: str, period: TextPeriod | None, breakdown: BreakdownPart | None
        ) -> OurFigure | None:
            ours = OurFigure(Decimal(63), "件", 63, 129, "/p/", "经济建设")
            return ours if breakdown == ("category", "经济建设") else None

    judged = judge(read("立案提案129件，经济建设方面提案63件，占49%。"), Parts())
    assert verdicts(judged) == ["unknown", "agrees", "agrees"]


def test_json_has_the_agreed_shape() -> None:
    reading = read(TEXT)
    answer = json.loads(
        json.dumps(
            to_json("回眸.txt", judge(reading, Records(48, 48)), reading.arithmetic),
            ensure_ascii=False,
        )
    )
    assert list(answer) == ["file", "mentions", "arithmetic"]
    start = TEXT.index("48件")
    assert answer["mentions"][0] == {
        "text": "48件",
        "value": 48,
        "unit": "件",
        "approx": "",
        "start": start,
        "end": start + 3,
        "subject": "提案办理",
        "indicator": "proposals.handled",
        "period": "2023",
        "narrowed": False,
        "verdict": "agrees",
        "ours": {
            "value": 48,
            "unit": "件",
            "numerator": None,
            "denominator": None,
            "url": "/p/",
            "title": "办理提案",
            "at_least": False,
        },
    }
    assert answer["mentions"][-1]["value"] is None
    assert answer["mentions"][-1]["verdict"] == "unreadable"


def test_json_of_arithmetic() -> None:
    reading = read("收到提案100件，立案90件，立案率90%。")
    assert to_json("a", (), reading.arithmetic)["arithmetic"] == [
        {"kind": "rate", "expression": "90/100=90%", "holds": True, "start": 4, "end": 21}
    ]

"""Words for what was spoken, and for the papers an activity sends on."""

from __future__ import annotations

from collections.abc import Iterator

from yizheng.core.sayings import Saying

from .counters import PERSONS, PIECES

GIVEN = "activities.contributions"
SAID = [
    Saying(GIVEN, ("发言和文章", "发言、文章", "交流的发言、文章"), PIECES),
    Saying(GIVEN, (), PIECES, labels_of="contribution"),
    Saying(
        GIVEN,
        ("大会发言", "大会口头发言", "大会书面发言", "大会交流发言"),
        PIECES | {"人", "人次", "名"},
        part=("contribution", "plenary_speech"),
    ),
    Saying(
        GIVEN,
        (
            "学习体会",
            "心得体会",
            "学习文章",
            "理论文章",
            "读书心得",
            "学习心得",
            "读书体会",
            "体会文章",
            "研讨文章",
        ),
        PIECES,
        part=("contribution", "essay"),
        unless=("分享", "交流"),
    ),
    Saying(
        GIVEN,
        ("研讨发言", "交流发言", "会议发言", "专题发言"),
        frozenset({"篇", "次", "人次"}),
        part=("contribution", "speech"),
    ),
    Saying(
        GIVEN,
        ("研讨发言", "辅导授课", "授课", "宣讲", "专题授课", "讲党课", "作辅导", "研讨交流发言"),
        PIECES | {"场", "场次"},
        part=("contribution", "talk"),
    ),
    Saying(
        GIVEN,
        (
            "分享学习体会",
            "交流学习体会",
            "经验交流",
            "交流经验",
            "分享经验",
            "介绍经验",
            "作经验交流",
        ),
        PIECES,
        part=("contribution", "experience"),
    ),
    Saying(
        GIVEN,
        ("安排…委员", "…委员作", "组织…委员作"),
        PERSONS,
        part=("speaker", "member"),
        needs=("发言",),
        loose=True,
    ),
    Saying(
        GIVEN,
        ("…部门负责人", "安排…部门", "…单位负责人"),
        PERSONS | {"个", "家"},
        part=("speaker", "other"),
        needs=("发言",),
        loose=True,
    ),
]

SENT, ABOVE = "activities.outcomes", "activities.outcomes_above"
UPWARDS = (
    "向市政协报送",
    "报送市政协",
    "上报市政协",
    "向省政协报送",
    "报送省政协",
    "上报省政协",
    "向上级政协报送",
    "报送上级政协",
    "向市政协提交",
    "向市政协上报",
)
PAPERS = {
    "minutes": ("协商纪要", "会议纪要", "协商会议纪要"),
    "recommendation": ("建议案",),
    "survey_report": ("调研报告", "调查报告", "专题调研报告"),
    "inspection_report": ("视察报告", "专项视察报告", "监督报告", "民主监督报告"),
    "special_report": ("专报", "专题报告"),
}


def papers() -> Iterator[Saying]:
    """报送 says that it was sent; what was only written may lie in a drawer."""
    units = frozenset({"篇", "份", "件", "个", "期"})
    for outcome, words in PAPERS.items():
        part = ("outcome", outcome)
        yield Saying(ABOVE, words, units, part=part, verbs=UPWARDS)
        yield Saying(
            SENT,
            words,
            units,
            part=part,
            verbs=("报送", "提交", "上报", "呈送", "呈报"),
            unless=UPWARDS,
        )
        yield Saying(
            SENT,
            words,
            units,
            part=part,
            unless=("报送", "提交", "上报", "呈送", "呈报"),
            loose=True,
        )
    yield Saying(ABOVE, ("报送上级政协", "报送市政协"), units, needs=("成果",))
    yield Saying(SENT, ("协商、调研等成果",), units, verbs=("报送",))
    yield Saying(
        SENT,
        ("协商成果", "履职成果", "建言成果", "调研成果", "议政成果"),
        units,
        verbs=("报送", "提交", "上报", "形成"),
        loose=True,
    )

"""Words by which papers speak of the figures of public-opinion information."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

PIECES = frozenset({"篇", "条", "件", "份", "期"})
TIMES = frozenset({"次", "条", "件", "篇", "人次", "件次"})
PERCENT = frozenset({"%"})
NOUNS = ("社情民意信息", "社情民意", "民意信息", "反映社情民意信息", "信息")
TOPIC = ("社情民意",)
UP = (
    "向市政协报送",
    "报送市政协",
    "向省政协报送",
    "报送省政协",
    "上报",
    "向市、省政协报送",
    "向省市政协报送",
    "向上级政协报送",
    "报送上级",
    "报送省、市",
    "报送省市",
)
LEADERS = {
    "county": (
        "县",
        "县级",
        "县委",
        "县政府",
        "县委、县政府",
        "县委县政府",
        "区",
        "区级",
        "区委、区政府",
        "区委区政府",
    ),
    "city": ("市", "市级", "市委", "市政府", "市委、市政府", "市委市政府"),
    "province": ("省", "省级", "省委", "省政府", "省委、省政府", "省委省政府"),
}


def _by(*leaders: str) -> tuple[str, ...]:
    """市委、市政府领导批示, 被市领导批示的, 获市委主要领导批示."""
    forms = [
        f"{verb}{who}{rank}批示{end}"
        for who in leaders
        for verb in ("", "被", "获", "得到")
        for rank in ("领导", "主要领导")
        for end in ("", "的")
    ]
    return (*forms, "批示", "批示的", "获批示", "得到批示") if leaders == ("",) else tuple(forms)


NOT_HERE = ("采用", "批示", "稿件")

SAYINGS = [
    Saying(
        "opinions.received",
        NOUNS,
        PIECES,
        topic=TOPIC,
        verbs=("收到", "收集", "征集", "征集到", "收集到", "接收", "来稿"),
        unless=NOT_HERE,
    ),
    Saying(
        "opinions.received",
        NOUNS,
        PIECES,
        part=("reporter", "member"),
        topic=TOPIC,
        verbs=("委员反映", "委员报送", "委员提交", "委员撰写"),
        unless=NOT_HERE,
    ),
    Saying(
        "opinions.received",
        (*NOUNS, "反映社情民意"),
        PIECES,
        topic=TOPIC,
        verbs=("反映", "提交", "撰写", "提供"),
        unless=(*NOT_HERE, "委员反映"),
        loose=True,
    ),
    Saying(
        "opinions.published",
        NOUNS,
        PIECES,
        topic=TOPIC,
        verbs=("编发", "刊发", "编印", "采编", "编辑", "编辑刊发", "印发", "刊登"),
        unless=NOT_HERE,
    ),
    Saying(
        "opinions.sent",
        NOUNS,
        PIECES,
        topic=TOPIC,
        verbs=("报送", "编报", "报送各级", "呈报", "呈送"),
        unless=(*NOT_HERE, *UP),
    ),
    Saying(
        "opinions.sent_up",
        NOUNS,
        PIECES,
        topic=TOPIC,
        verbs=("报送", "编报"),
        unless=(*NOT_HERE, *UP),
    ),
    Saying("opinions.sent_up", NOUNS, PIECES, topic=TOPIC, verbs=UP, unless=NOT_HERE),
    Saying(
        "opinions.sent_up",
        ("材料", "建议材料", "信息", "问题建议", "问题建议材料"),
        PIECES,
        needs=("直报点",),
        verbs=("报送", "上报"),
        unless=NOT_HERE,
    ),
    Saying(
        "opinions.adopted",
        (
            "采用",
            "被采用",
            "采用信息",
            "获采用",
            "被各级采用",
            "被上级采用",
            "采用社情民意信息",
            "…被采用",
            "…信息被采用",
        ),
        PIECES,
        topic=TOPIC,
        unless=("省", "市", "全国", "稿件", "报刊", "媒体", "报网"),
    ),
    Saying(
        "opinions.adoptions",
        ("采用", "被采用", "采用信息"),
        PIECES | {"篇次"},
        part=("level", "province"),
        topic=TOPIC,
        needs=("省政协", "省委", "省级", "省"),
        unless=("稿件", "报刊", "媒体", "报网", "全国", "市"),
    ),
    Saying(
        "opinions.adoptions",
        ("采用", "被采用", "采用信息"),
        PIECES | {"篇次"},
        part=("level", "city"),
        topic=TOPIC,
        needs=("市政协", "市委", "市级", "市"),
        unless=("稿件", "报刊", "媒体", "报网", "全国", "省"),
    ),
    Saying(
        "opinions.adoptions",
        ("采用", "被采用", "采用信息"),
        PIECES | {"篇次"},
        topic=TOPIC,
        needs=("省", "市"),
        unless=("稿件", "报刊", "媒体", "报网"),
        loose=True,
    ),
    Saying(
        "opinions.instructions",
        _by(""),
        TIMES,
        topic=TOPIC,
        unless=(
            "提案",
            "报告",
            "建议案",
            "省",
            "市",
            "县委",
            "县政府",
            "县领导",
            "区委",
            "区政府",
            "区领导",
        ),
    ),
    *(
        Saying(
            "opinions.instructions",
            _by(*names),
            TIMES,
            part=("level", level),
            topic=TOPIC,
            unless=("提案", "报告", "建议案"),
        )
        for level, names in LEADERS.items()
    ),
    Saying(
        "opinions.instructions",
        ("批示",),
        TIMES,
        topic=TOPIC,
        unless=("提案", "报告", "建议案"),
        loose=True,
    ),
    Saying("opinions.sent_up", ("报送上级", "其中上报"), PIECES, topic=TOPIC, unless=NOT_HERE),
    Saying(
        "opinions.adoptions",
        (),
        frozenset({"篇次"}),
        labels_of="level",
        needs=("采用",),
        topic=TOPIC,
    ),
    Saying(
        "opinions.instructions",
        (),
        frozenset({"条", "次"}),
        labels_of="level",
        needs=("批示",),
        topic=TOPIC,
    ),
    Saying("opinions.nonparty_share", ("党外委员撰写的占委员信息",), PERCENT),
    Saying(
        "opinions.nonparty_share",
        (
            "社情民意信息编发比例",
            "编发信息比例",
            "社情民意信息比例",
            "社情民意比例",
            "编发占比",
            "信息编发比例",
        ),
        PERCENT,
        needs=("党外",),
    ),
]

say(SAYINGS)

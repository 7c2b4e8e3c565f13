"""Words by which papers speak of venues."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

PLACES = frozenset({"个", "处", "家", "间", "所"})
AREA = frozenset({"平方米", "平米", "㎡"})
NEW = ("新建", "新增", "新设", "新成立", "评选", "表彰", "优秀", "示范", "走进", "走访")
VENUES = "venues.venues"

SAYINGS = [
    Saying(
        VENUES,
        ("履职场所", "履职阵地", "履职平台", "委员履职场所", "活动阵地", "委员履职阵地"),
        PLACES,
        unless=NEW,
    ),
    Saying(
        VENUES,
        ("委员工作室", "工作室", "政协委员工作室", "特色委员工作室", "委员工作站室"),
        PLACES,
        part=("sort", "studio"),
        unless=NEW,
    ),
    Saying(
        VENUES,
        ("会客厅", "委员会客厅", "委员接待室", "接待室", "委员会客室"),
        PLACES,
        part=("sort", "reception"),
        unless=NEW,
    ),
    Saying(
        VENUES,
        (
            "工作站",
            "联络站",
            "委员联络站",
            "委员工作站",
            "政协工作站",
            "政协联络站",
            "协商议事站",
            "委员联系点",
        ),
        PLACES,
        part=("sort", "station"),
        unless=NEW,
    ),
    Saying(VENUES, ("委员之家", "政协委员之家"), PLACES, part=("sort", "home"), unless=NEW),
    Saying(
        VENUES,
        ("镇办社区", "镇街社区"),
        PLACES,
        part=("sort", "station"),
        verbs=("依托",),
        loose=True,
    ),
    *(
        Saying("venues.categories", words, frozenset({"类"}), part=("sort", sort))
        for sort, words in (
            ("studio", ("委员工作室", "工作室")),
            ("reception", ("会客厅",)),
            ("station", ("工作站", "联络站")),
        )
    ),
    Saying(
        "venues.categories", ("履职场所", "场所", "履职阵地", "阵地", "履职平台"), frozenset({"类"})
    ),
    Saying(
        "venues.area",
        ("…用房", "用房", "面积", "用房面积", "建筑面积", "总面积", "…委员之家"),
        AREA,
        part=("sort", "home"),
        needs=("委员之家",),
        loose=True,
    ),
    Saying(
        "venues.area", ("履职场所面积", "履职阵地面积", "场所面积", "阵地面积", "场所总面积"), AREA
    ),
]

say(SAYINGS)

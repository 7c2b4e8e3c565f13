"""Words by which papers speak of the office's establishment and of its staff."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

PERSONS = frozenset({"名", "人", "位"})

SAYINGS = [
    Saying(
        "staff.posts",
        ("编制", "机关编制", "行政编制", "编制职数", "核定编制", "机关核定编制"),
        frozenset({"个", "名"}),
        unless=("增加", "新增", "增设"),
    ),
    Saying(
        "staff.posts_added",
        ("科级岗位", "科级职数", "科级领导职数"),
        frozenset({"个", "名"}),
        part=("level", "section+deputy_section"),
        needs=("增加", "新增", "增设"),
        loose=True,
    ),
    Saying(
        "staff.posts_added",
        ("编制", "机关编制", "行政编制", "事业编制"),
        frozenset({"个", "名"}),
        needs=("增加", "新增", "增设"),
        loose=True,
    ),
    Saying(
        "staff.left",
        (
            "提拔…干部到",
            "提拔…机关干部",
            "提拔…政协机关干部",
            "提拔…政协干部",
            "提拔重用…干部",
            "提拔干部",
            "提拔机关干部",
        ),
        PERSONS,
        part=("left", "promoted"),
    ),
    Saying("staff.left", ("调出干部", "调出…干部", "交流…干部到党政部门", "输送…干部"), PERSONS),
    Saying(
        "staff.came",
        ("选调…干部", "选调…优秀年轻干部", "选调…年轻干部", "选调干部"),
        PERSONS,
        part=("came", "selected"),
    ),
    Saying("staff.came", ("调入干部", "调入…干部", "引进…干部", "充实…干部"), PERSONS),
]

say(SAYINGS)

"""How papers speak of members, groups, enterprises and staff."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

PERSONS = frozenset({"名", "人", "位"})
PERCENT = frozenset({"%"})

SAYINGS = [
    Saying(
        "people.members",
        (
            "政协委员",
            "委员",
            "现有委员",
            "发挥…委员",
            "现有…委员",
            "共有…委员",
            "全县…委员",
            "全体…委员",
            "…委员带动",
            "有…委员",
            "…政协委员带动",
        ),
        PERSONS,
        strict=True,
        unless=(
            "参与",
            "参加",
            "组织",
            "安排",
            "培训",
            "发言",
            "提出",
            "提交",
            "联系",
            "走访",
            "党外",
            "不满意",
            "满意",
            "撤销",
            "增补",
            "调整",
            "表彰",
        ),
    ),
    Saying(
        "people.members",
        ("常委", "政协常委", "常务委员"),
        PERSONS,
        part=("standing", "standing"),
        strict=True,
        unless=("参与", "参加", "组织", "安排", "述职", "发言", "提交", "联系", "走访", "增补"),
    ),
    Saying(
        "people.accounts_rate",
        (
            "账号激活率",
            "委员账号激活率",
            "入驻率",
            "注册率",
            "委员注册率",
            "上线率",
            "委员入驻率",
            "平台注册率",
            "激活率",
        ),
        PERCENT,
    ),
    Saying(
        "people.groups",
        ("委员小组", "界别小组", "委员活动小组", "界别委员小组", "委员联络组"),
        frozenset({"个"}),
        unless=("优秀", "先进"),
    ),
    Saying(
        "people.enterprises",
        ("规上企业", "规模以上企业", "规上企业委员覆盖率", "规模以上企业委员覆盖率", "规上企业中"),
        frozenset({"家", "户", "个"}),
        unless=("走访", "服务", "走进"),
    ),
    Saying(
        "people.enterprises_rate",
        ("规上企业委员覆盖率", "企业委员覆盖率", "规模以上企业委员覆盖率", "规上企业委员覆盖面"),
        PERCENT,
    ),
    Saying(
        "people.staff_out",
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
    Saying(
        "people.staff_out", ("调出干部", "调出…干部", "交流…干部到党政部门", "输送…干部"), PERSONS
    ),
    Saying(
        "people.staff_in",
        ("选调…干部", "选调…优秀年轻干部", "选调…年轻干部", "选调干部"),
        PERSONS,
        part=("came", "selected"),
    ),
    Saying("people.staff_in", ("调入干部", "调入…干部", "引进…干部", "充实…干部"), PERSONS),
]

say(SAYINGS)

"""Words by which papers speak of members and their groups."""

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
]

say(SAYINGS)

"""Words by which papers speak of enterprises."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

PERCENT = frozenset({"%"})

SAYINGS = [
    Saying(
        "enterprises.above_scale",
        ("规上企业", "规模以上企业", "规上企业委员覆盖率", "规模以上企业委员覆盖率", "规上企业中"),
        frozenset({"家", "户", "个"}),
        unless=("走访", "服务", "走进"),
    ),
    Saying(
        "enterprises.with_member_rate",
        ("规上企业委员覆盖率", "企业委员覆盖率", "规模以上企业委员覆盖率", "规上企业委员覆盖面"),
        PERCENT,
    ),
]

say(SAYINGS)

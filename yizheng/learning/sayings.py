"""Words by which papers speak of whom learning reached."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

from .figures import REACHED

PERCENT = frozenset({"%"})

SAYINGS = [
    Saying(
        REACHED,
        (
            "覆盖面",
            "委员覆盖面",
            "学习覆盖面",
            "培训覆盖面",
            "培训覆盖率",
            "学习覆盖率",
            "委员覆盖率",
            "委员学习覆盖率",
            "参训率",
            "委员参训率",
            "机关干部的覆盖面",
            "委员的覆盖面",
        ),
        PERCENT,
        needs=("培训", "学习"),
        unless=("企业",),
    ),
    Saying(REACHED, ("委员培训全覆盖", "委员学习全覆盖"), PERCENT),
]

say(SAYINGS)

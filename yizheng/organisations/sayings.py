"""Words by which papers speak of units' contacts."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

SAYINGS = [
    Saying(
        "organisations.contacts_rate",
        (
            "联系人落实率",
            "单位联系人落实率",
            "联络员落实率",
            "联络员覆盖率",
            "分管领导和专职干部落实率",
        ),
        frozenset({"%"}),
    )
]

say(SAYINGS)

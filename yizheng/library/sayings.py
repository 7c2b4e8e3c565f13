"""Words by which papers speak of the rules library."""

from __future__ import annotations

from yizheng.core.sayings import Saying, say

RULES = frozenset({"项", "个", "部", "件"})
NOUNS = ("制度", "规章制度", "工作制度", "制度办法", "制度规定", "规章", "制度机制", "规范性文件")

say(
    [
        Saying(
            "library.adopted",
            NOUNS,
            RULES,
            verbs=("制定", "修订", "出台", "完善", "新建", "通过", "制发", "印发"),
            unless=("建立健全",),
        ),
        Saying("library.in_force", NOUNS, RULES, verbs=("现行", "现有", "共有", "汇编")),
        Saying("library.in_force", ("现行制度",), RULES),
    ]
)

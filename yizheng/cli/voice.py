"""One voice in Chinese: how people are addressed, which of several words the house uses, and which
words belong to one part of it alone. `translations check` holds every catalogue against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class WordRule:
    """A word that is not said, and what is; in one app only, if one is named."""

    pattern: re.Pattern[str]
    say: str
    app: str = ""


def _not(pattern: str, say: str, app: str = "") -> WordRule:
    return WordRule(re.compile(pattern), say, app)


NOT_SAID = (
    _not(r"你", "您"),
    _not(r"贵单位|贵委", "您单位"),
    _not(r"(?<!第一)提案人", "提案者（第一提案人除外）"),
    _not(r"超期", "逾期"),
    _not(r"大字号|长者版|长者模式|长辈版|大字(?!版)(?!，|。)", "大字版"),
    _not(r"双因素|两步验证", "二次验证"),
    _not(r"审计日志", "审计记录"),
    _not(r"承办处室|承办部门", "承办委室"),
    _not(r"(?<![这一二三四五几各该每历哪本s])次会议", "第几次会议，或者全体会议"),
    _not(r"规则", "规章", "regulations"),
    _not(r"系统(?!管理)", "平台"),
    _not(
        r"(?:剩|逾期)[^，。；]*%\(\w+\)s ?(?:天|日)(?!（自然日）)|"
        r"%\(\w+\)s ?(?:天|日内)(?!（自然日）)",
        "数的是工作日还是自然日：个工作日，或者天（自然日）",
    ),
)
BELONGS_TO = {
    "proposals": ("撤案", "附议", "立案", "退办", "案号", "案由"),
    "opinions": ("采编", "编发", "核稿"),
    "attending": ("准假",),
    "regulations": ("草案", "交回"),
}
"""App → words of its own work, which no other app says of its own things."""
SPEAK_OF_ALL = frozenset({"portal", "indicators", "notices", "search"})
"""Apps whose pages speak of the others' things by their names."""


def unlike(app: str, text: str) -> Iterator[str]:
    """What in a translation is not in the voice of the house: the word, and what to say."""
    for rule in NOT_SAID:
        if (not rule.app or rule.app == app) and (found := rule.pattern.search(text)):
            yield f"says “{found.group()}”: say {rule.say}"


def borrowed(app: str, text: str) -> Iterator[str]:
    """Words of another part of the house that an app says of its own things."""
    if app in SPEAK_OF_ALL:
        return
    for owner, words in BELONGS_TO.items():
        yield from (
            f"is “{text}” there, which is said of {owner} only: give it a context of its own"
            for word in words
            if word in text and owner != app
        )

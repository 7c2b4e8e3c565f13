"""The words behind a number that say what is counted: times, matters, persons."""

from __future__ import annotations

TIMES = frozenset({"次", "场", "场次", "期", "批次", "批", "轮"})
MATTERS = frozenset({"个", "项"})
PERSON_TIMES = frozenset({"人次"})
PERSONS = frozenset({"人次", "人", "名", "位"})
PERCENT = frozenset({"%"})
PIECES = frozenset({"篇", "份", "件", "次", "个"})
ITEMS = frozenset({"条", "件", "个"})
HELD = "activities.held"

"""Words for rates, and for what stands over all activities together."""

from __future__ import annotations

from yizheng.core.sayings import Saying

from .counters import HELD, ITEMS, PERCENT, PERSON_TIMES, TIMES

RATES = [
    Saying(
        "activities.adopted_rate",
        (
            "意见建议采纳率",
            "建议采纳率",
            "活动建议采纳率",
            "提建议采纳率",
            "意见和建议采纳率",
            "所提建议采纳率",
        ),
        PERCENT,
        needs=("视察", "调研", "协商", "座谈", "活动"),
        unless=("提案",),
    ),
    Saying(
        "activities.outcomes_adopted_rate",
        ("成果采纳率", "协商成果采纳率", "成果转化率", "履职成果采纳率", "调研成果转化率"),
        PERCENT,
    ),
    Saying(
        "activities.speeches_nonparty_share",
        ("大会发言比例", "大会口头发言比例", "大会发言占比", "大会发言"),
        PERCENT,
        needs=("党外",),
    ),
    Saying(
        "activities.nonparty_share",
        (
            "参加活动比例",
            "参加占比",
            "委员参加占比",
            "参加活动占比",
            "参加各类活动比例",
            "参与比例",
        ),
        PERCENT,
        needs=("党外",),
    ),
    Saying(
        "activities.units_consulted",
        (
            "…部门开展对口协商",
            "…单位开展对口协商",
            "…部门开展协商",
            "…单位开展协商",
            "…部门协商",
            "…单位协商",
            "…部门参与协商",
            "…部门",
        ),
        frozenset({"个", "家"}),
        needs=("协商",),
        unless=("负责人",),
        loose=True,
    ),
    Saying(
        "activities.units_consulted",
        ("参与协商单位", "参加协商单位", "协商单位", "参与协商部门"),
        frozenset({"个", "家"}),
    ),
]

WHOLE = [
    Saying(
        "activities.suggestions",
        ("活动中提出意见建议", "活动中提出建议", "活动提出建议", "活动中提出的意见建议"),
        ITEMS,
    ),
    Saying(
        "activities.nonparty_attendances", ("其中党外委员",), PERSON_TIMES, needs=("参加各类活动",)
    ),
    Saying(HELD, ("各类活动", "履职活动", "各类履职活动", "各项活动", "委员履职活动"), TIMES),
    Saying(
        "activities.nonparty_attendances",
        ("党外委员参加各类活动", "党外委员参加活动", "党外委员参加履职活动"),
        PERSON_TIMES,
    ),
    Saying(
        "activities.member_attendances",
        ("委员参加各类活动", "委员参加活动", "委员参加履职活动", "委员参加各类履职活动"),
        PERSON_TIMES,
        unless=("党外",),
    ),
]

"""Replies of the units: every numbered suggestion answered, done, planned by a date, or not adopted
and why.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from .proposals import ProposalText, SuggestionText
from .text import Scene, fill

Outcome = Literal["done", "planned", "refused"]

_OPENINGS = (
    "{谁}提出的“{题名}”收悉。感谢您对这项工作的关心。我们会同{会办}实地查看、当面听取意见，现逐条答复如下：",
    "感谢您提出“{题名}”。收到交办后，我们由分管负责同志带队到现场走了一遍，现将办理情况答复如下：",
    "您提出的“{题名}”已办理。这件提案情况摸得实、建议提得具体，对我们改进工作很有帮助。经与{会办}研究，答复如下：",
    "“{题名}”收悉。接到提案后，我们与您见面沟通了两次，对照建议逐条研究，现答复如下：",
    "“{题名}”交办后，我们列入班子会议题专门研究，并征求了{会办}的意见。现将结果告知如下，不足之处请您指正：",
    "感谢{谁}对我们工作的监督和支持。针对“{题名}”中的建议，答复如下：",
)
_DONE_ENDS = (
    "",
    "",
    "有关材料附后。",
    "相关资料可到我单位查阅。",
    "欢迎您随时到现场查看。",
    "后续工作由{科}负责。",
    "资料已存档备查。",
)
_PLANNED_ENDS = (
    "",
    "",
    "具体由{科}负责。",
    "进展情况我们每季度向您通报一次。",
    "办成后再作书面答复。",
    "如有变化，我们会提前向您说明。",
    "{科}已列出月度计划。",
)
_REFUSED_ENDS = (
    "请您理解。",
    "此条作为今后工作参考。",
    "条件具备时我们再研究。",
    "这一点面商时已向您说明。",
    "我们会继续留意外地做法。",
)
_FROM_OTHERS = ("经商{单位}，", "据{单位}反馈，", "{单位}会办意见：", "此条由{单位}具体承办，")
_FOLLOW_UPS = (
    "下一步，我们把列入计划的事项逐一纳入台账，按月调度，办结后书面告知您。",
    "下一步，我们将盯住未完成的事项，年底前请您到现场看一看。",
    "对列入计划的事项，我们已明确责任人和时限，接受您和县政协的监督。",
    "今后我们会把这类意见放到年初计划里通盘考虑，减少“等提案推着走”的情况。",
    "后续进展将在县政府网站和提案平台同步公开。",
    "已经办成的，抓好管护；正在办的，抓紧推进；暂不能办的，继续想办法。",
    "我们将举一反三，对其他乡镇、街道的同类问题一并排查。",
)
_ASSISTING = (
    "涉及我单位的事项已研究，同意主办单位意见。{条}我们负责落实，由{科}跟进。",
    "会办意见如下：{条}所提事项属我单位职责，将按主办单位的时间安排同步推进。",
    "我单位已派人参加{月}的现场会，对{条}没有不同意见，所需配合事项按期办理。",
    "经研究，支持该提案所提建议。我单位将在职责范围内做好协调，请主办单位统一答复提案者。",
    "会办意见：一是把相关事项列入我单位年度计划；二是明确{科}为联络科室；三是进展情况每月报送主办单位。",
    "原则同意。{条}涉及资金安排的部分，须待预算调整程序完成后确定，请在答复中如实说明。",
)


@dataclass(frozen=True)
class ReplyItem:
    """``due`` is set for planned items only: the last day of the promised month."""

    number: int
    outcome: Outcome
    text: str
    unit: str
    section: str
    due: date | None


@dataclass(frozen=True)
class ReplyText:
    opening: str
    items: tuple[ReplyItem, ...]
    follow_up: str
    section: str
    telephone: str

    @property
    def body(self) -> str:
        lines = [f"{item.number}. {item.text}" for item in self.items]
        return "\n".join(
            [
                self.opening,
                *lines,
                self.follow_up,
                f"联系科室：{self.section}，电话：{self.telephone}。",
            ]
        )


def reply(
    proposal: ProposalText,
    seed: int,
    on: date,
    proposer: str = "您",
    outcomes: Sequence[Outcome] | None = None,
) -> ReplyText:
    """The lead's reply dated ``on``.

    Outcomes are drawn unless given; one without a fair refusal becomes planned.
    """
    rng = Random(f"reply {seed} {proposal.title}")
    wanted = outcomes if outcomes is not None else [_draw(rng) for _ in proposal.suggestions]
    items = tuple(
        _item(rng, suggestion, outcome, proposal.lead, on)
        for suggestion, outcome in zip(proposal.suggestions, wanted, strict=True)
    )
    scene = Scene(
        rng,
        (
            ("谁", proposer),
            ("题名", proposal.title),
            ("会办", "、".join(proposal.assisting) or "相关单位"),
        ),
    )
    own = [each.section for each in proposal.suggestions if each.unit == proposal.lead]
    return ReplyText(
        scene.pick(_OPENINGS),
        items,
        rng.choice(_FOLLOW_UPS),
        own[0] if own else "办公室",
        telephone(proposal.lead),
    )


def assisting_opinion(proposal: ProposalText, unit: str, seed: int, on: date) -> str:
    """The opinion an assisting unit sends the lead; it names its own suggestions
    when it has any.
    """
    own = [each for each in proposal.suggestions if each.unit == unit]
    numbers = "、".join(str(each.number) for each in own)
    scene = Scene(Random(f"assist {seed} {proposal.title} {unit}"))
    scene.values.update(
        {
            "条": f"第{numbers}条建议" if own else "该提案",
            "科": own[0].section if own else "办公室",
            "月": f"{on.month}月",
        }
    )
    return scene.pick(_ASSISTING)


def telephone(unit: str) -> str:
    """A local number made up from the unit's name, without an area code."""
    return f"66{sum(map(ord, unit)) % 100000:05d}"


def due_date(on: date, months: int) -> date:
    """The last day of the month ``months`` after ``on``."""
    year, month = on.year + (on.month - 1 + months) // 12, (on.month - 1 + months) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _draw(rng: Random) -> Outcome:
    roll = rng.random()
    return "done" if roll < 0.42 else "planned" if roll < 0.84 else "refused"


def _item(
    rng: Random, suggestion: SuggestionText, outcome: Outcome, lead: str, on: date
) -> ReplyItem:
    if outcome == "refused" and not suggestion.refused:
        outcome = "planned"
    due = due_date(on, suggestion.months) if outcome == "planned" else None
    ends = {"done": _DONE_ENDS, "planned": _PLANNED_ENDS, "refused": _REFUSED_ENDS}[outcome]
    scene = Scene(rng, (("科", suggestion.section), ("单位", suggestion.unit)))
    before = scene.pick(_FROM_OTHERS) if suggestion.unit != lead else ""
    said = {"done": suggestion.done, "planned": suggestion.planned, "refused": suggestion.refused}[
        outcome
    ]
    text = fill(
        before + said + scene.pick(ends),
        近=_recent(rng, on),
        期=f"{due.year}年{due.month}月底" if due else "",
    )
    return ReplyItem(suggestion.number, outcome, text, suggestion.unit, suggestion.section, due)


def _recent(rng: Random, on: date) -> str:
    day = on - timedelta(days=rng.randint(6, 50))
    return (
        f"{day.month}月{day.day}日"
        if day.year == on.year
        else f"{day.year}年{day.month}月{day.day}日"
    )

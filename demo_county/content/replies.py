"""Replies of the units: every numbered suggestion answered, done, planned by a date, or not adopted
and why.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Annotated, Literal

from .proposals import ProposalText, SuggestionText
from .reading import read
from .text import Scene, fill, template

ReplyOutcome = Literal["done", "planned", "refused"]
AnswerEnding = Annotated[str, template("科", "单位")]


@dataclass(frozen=True)
class ReplyItemText:
    """``due`` is set for planned items only: the last day of the promised month."""

    number: int
    outcome: ReplyOutcome
    text: str
    unit: str
    section: str
    due: date | None


@dataclass(frozen=True)
class ReplyText:
    opening: str
    items: tuple[ReplyItemText, ...]
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


@dataclass(frozen=True)
class AnswerEndings:
    """How an answer may end."""

    done: tuple[AnswerEnding, ...]
    planned: tuple[AnswerEnding, ...]
    refused: tuple[AnswerEnding, ...]


@dataclass(frozen=True)
class ReplyPhrases:
    """What stands in replies around the answers of the topics."""

    openings: tuple[Annotated[str, template("谁", "题名", "会办")], ...]
    from_others: tuple[AnswerEnding, ...]
    follow_ups: tuple[str, ...]
    assisting: tuple[Annotated[str, template("条", "科", "月")], ...]
    ends: AnswerEndings


_PHRASES = read("replies.toml", ReplyPhrases)


def reply(
    proposal: ProposalText,
    seed: int,
    on: date,
    proposer: str = "您",
    outcomes: Sequence[ReplyOutcome] | None = None,
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
        scene.pick(_PHRASES.openings),
        items,
        rng.choice(_PHRASES.follow_ups),
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
    return scene.pick(_PHRASES.assisting)


def telephone(unit: str) -> str:
    """A local number made up from the unit's name, without an area code."""
    return f"66{sum(map(ord, unit)) % 100000:05d}"


def due_date(on: date, months: int) -> date:
    """The last day of the month ``months`` after ``on``."""
    year, month = on.year + (on.month - 1 + months) // 12, (on.month - 1 + months) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _draw(rng: Random) -> ReplyOutcome:
    roll = rng.random()
    return "done" if roll < 0.42 else "planned" if roll < 0.84 else "refused"


def _item(
    rng: Random, suggestion: SuggestionText, outcome: ReplyOutcome, lead: str, on: date
) -> ReplyItemText:
    if outcome == "refused" and not suggestion.refused:
        outcome = "planned"
    due = due_date(on, suggestion.months) if outcome == "planned" else None
    ends: tuple[str, ...] = getattr(_PHRASES.ends, outcome)
    scene = Scene(rng, (("科", suggestion.section), ("单位", suggestion.unit)))
    before = scene.pick(_PHRASES.from_others) if suggestion.unit != lead else ""
    said = {"done": suggestion.done, "planned": suggestion.planned, "refused": suggestion.refused}[
        outcome
    ]
    text = fill(
        before + said + scene.pick(ends),
        近=_recent(rng, on),
        期=f"{due.year}年{due.month}月底" if due else "",
    )
    return ReplyItemText(suggestion.number, outcome, text, suggestion.unit, suggestion.section, due)


def _recent(rng: Random, on: date) -> str:
    day = on - timedelta(days=rng.randint(6, 50))
    return (
        f"{day.month}月{day.day}日"
        if day.year == on.year
        else f"{day.year}年{day.month}月{day.day}日"
    )

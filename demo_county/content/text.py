"""The small template language of the content tables.

``[a|b|c]`` picks one; ``{镇}`` takes a value of the scene; ``{3~9}`` draws a number,
``{100~300:10}`` in steps of ten, ``{1.2~3.8}`` with one decimal, ``{n=3~9}`` draws and keeps it
under a name, ``{n}`` repeats it, ``{n/m}`` is n as a percentage of m. ``{近}`` and ``{期}`` (recent
date, due date) are left as they stand: only a reply knows its own date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(?:(?P<name>[a-z]+)=)?(?P<low>[\d.]+)~(?P<high>[\d.]+)(?::(?P<step>\d+))?")
_SHARE = re.compile(r"(\w+)/(\w+)")
LATER = frozenset({"近", "期"})


def template(*slots: str) -> Callable[[Any], str]:
    """Says what is wrong with a text in which these slots may stand, and numbers."""
    return lambda text: _fault(text, frozenset(slots))


def _fault(text: str, slots: frozenset[str]) -> str:
    ranges = [match for slot in _SLOT.findall(text) if (match := _RANGE.fullmatch(slot))]
    known = slots | {match["name"] for match in ranges}
    for match in ranges:
        if float(match["low"]) > float(match["high"]):
            return f"{{{match[0]}}} goes from the greater to the less"
    for slot in _SLOT.findall(text):
        share = _SHARE.fullmatch(slot)
        if not _RANGE.fullmatch(slot) and not set(share.groups() if share else [slot]) <= known:
            return f"{{{slot}}} is not known here"
    if set(_SLOT.sub("", _CHOICE.sub("", text))) & set("{}[]|"):
        return "a bracket has no other, or | stands outside [ ]"
    return ""


class Scene:
    """Places, years and drawn numbers of one text: the same slot always says the same thing.

    With ``repeat`` a range that was drawn once before gives that number again: a suggestion to mend
    the broken stretches counts as many as the situation did.
    """

    def __init__(self, rng: Random, values: Iterable[tuple[str, str]] = ()) -> None:
        self.rng = rng
        self.values: dict[str, str] = dict(values)
        self.drawn: dict[str, list[str]] = {}
        self.repeat = False

    def render(self, template: str) -> str:
        chosen = _CHOICE.sub(lambda match: self.rng.choice(match[1].split("|")), template)
        return _SLOT.sub(lambda match: self._slot(match[1]), chosen)

    def pick(self, pool: Sequence[str]) -> str:
        return self.render(self.rng.choice(pool))

    def _slot(self, slot: str) -> str:
        if slot in LATER:
            return "{" + slot + "}"
        if match := _RANGE.fullmatch(slot):
            return self._draw(match)
        if match := _SHARE.fullmatch(slot):
            part, whole = (float(self.values[name]) for name in match.groups())
            return f"{100 * part / whole:.1f}%"
        return self.values[slot]

    def _draw(self, match: re.Match[str]) -> str:
        before = self.drawn.setdefault(match[0], [])
        if not (self.repeat and len(before) == 1):
            before.append(self._fresh(match))
        return before[-1]

    def _fresh(self, match: re.Match[str]) -> str:
        low, high = match["low"], match["high"]
        if "." in low:
            return self._kept(match["name"], f"{self.rng.uniform(float(low), float(high)):.1f}")
        return self._kept(
            match["name"], str(self.rng.randrange(int(low), int(high) + 1, int(match["step"] or 1)))
        )

    def _kept(self, name: str | None, drawn: str) -> str:
        if name:
            self.values[name] = drawn
        return drawn


def fill(text: str, **later: str) -> str:
    """Put the dates a reply knows into a text that was rendered before it."""
    return _SLOT.sub(lambda match: later[match[1]], text)


def ordinal(number: int) -> str:
    """一, 二 … 十九: numbers of paragraphs."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    return "十" + (digits[number - 10] if number > 10 else "")

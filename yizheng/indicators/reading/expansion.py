"""Numbers said of several things at once: 见面率、答复率、满意率三个100%;
A类、B类、C类分别为22件、68件和2件.
"""

import re
from dataclasses import replace

from .results import FoundFigure

_MARKS = "、，, “”\"'‘’"
_ITEM = re.compile(r"[、和与及]|以及")
_ALL = re.compile(
    r"(?:[“\"])?(?:[两二三四五六七八九]个|双|均|都|皆|全部|全|同时)"
    r"(?:实现|达到?|为|是|保持|超过?|高于|在|逾|了|约|近)*(?:[两二三四五六七八九]个)?$"
)
_MEASURED = re.compile(r"(?:率|比例|比重|占比|覆盖面|满意度)$")
_LEADING = re.compile(
    r"^.*(?:实现了?|提案(?:办理)?的?|达到|做到|确保|其中|办理的|保持|委员)(?=[^、]*率)"
)
_RESPECTIVE = re.compile(r"分别(?:为|是|达到?|有|占)?$")
_SEPARATOR = re.compile(r"[、，,和与及\s]*$")
_VERB = re.compile(r"(?:实现了?|达到?|为|是|保持|均|都)+$")


def expand(founds: list[FoundFigure]) -> list[FoundFigure]:
    expanded: list[FoundFigure] = []
    for place, found in enumerate(founds):
        if _RESPECTIVE.search(found.left):
            _respectively(founds, place)
        expanded.extend(_each(found))
    return expanded


def _each(found: FoundFigure) -> list[FoundFigure]:
    """One figure for each rate it is said of; all keep the same place in the text."""
    if not found.is_percent:
        return [found]
    items = _items(found.left)
    if len(items) < 2 or not _MEASURED.search(items[-1]):
        return [found]
    # A list is one of rates throughout, or ends in one word of measure that serves all
    # (立案提案、大会发言比例均超60%).
    rates = all(_MEASURED.search(item) for item in items)
    if not rates and not _ALL.search(found.left):
        return [found]
    tail = "" if rates else "比例"
    return [replace(found, left=item if _MEASURED.search(item) else item + tail) for item in items]


def _items(left: str) -> list[str]:
    words = _VERB.sub("", _ALL.sub("", left).rstrip(_MARKS)).strip(_MARKS)
    words = _LEADING.sub("", words) if "率" in words else words
    return [item for item in _ITEM.split(words) if item]


def _respectively(founds: list[FoundFigure], place: int) -> None:
    first = founds[place]
    items = [item for item in _ITEM.split(_RESPECTIVE.sub("", first.left).strip("、，, ")) if item]
    run = _run(founds, place)
    if len(items) != len(run):
        return
    for found, item in zip(run, items, strict=True):
        found.left = item


def _run(founds: list[FoundFigure], place: int) -> list[FoundFigure]:
    run = [founds[place]]
    for found in founds[place + 1 :]:
        if (
            found.sentence != run[0].sentence
            or found.unit != run[0].unit
            or not _SEPARATOR.fullmatch(found.left)
        ):
            break
        run.append(found)
    return run

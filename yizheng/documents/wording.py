"""Numbers, dates and titles in the words of GB/T 9704-2012.

The words of an official paper are Chinese whatever language its reader has chosen for the screens,
so they stand here as they are and do not go through translation.
"""

import re
from collections.abc import Iterator
from datetime import date

from .printable_text import text_width

_YEAR_BRACKETS = re.compile(r"[\[［【(（〔﹝]\s*(\d{4})\s*[\]］】)）〕﹞]")
_DIGITS = "〇一二三四五六七八九"
_GOOD_END = "的、，：；》」”）和与及于对向就"
_GOOD_START = "第关《“"
_MAY_NOT_START = "的地得了、，。：；！？》」”）〕号次届"
_MAY_NOT_END = "《「“（〔第"
# words that stand in half of all titles and must not be torn
_WHOLE = re.compile(
    "[一二三四五六七八九十]+届[一二三四五六七八九十]+次(?:会议|全会)?"
    "|会议|工作|情况|报告|建议|意见|通知|关于|推进|加强|进一步|办理|答复|委员会?|政协|提案|办公室|以来|方案"
)


def official_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def masked_phone(phone: str) -> str:
    """A number as it stands where not everybody may read it whole: three digits and the last four;
    a short one not at all.
    """
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else ""


def quoted(text: str) -> str:
    """In quotation marks; those within it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def hexagonal(number: str) -> str:
    """Whatever brackets were typed round the year, the standard's."""
    return _YEAR_BRACKETS.sub(r"〔\1〕", number)


def chinese_number(number: int) -> str:
    """1 to 99, as headings count: 一 … 十 十一 … 九十九."""
    tens, ones = divmod(number, 10)
    if not 1 <= number <= 99:
        raise ValueError(f"Headings are counted from 1 to 99, not {number}.")
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return f"（{chinese_number(number)}）"
    return f"{number}. " if level == 3 else f"（{number}）"


def title_lines(title: str, width: float = 20) -> list[str]:
    """A title broken by sense into lines of like length; line breaks typed by the
    author are kept.
    """
    return [line for part in title.split("\n") for line in _broken(part.strip(), width)]


def _broken(title: str, width: float) -> Iterator[str]:
    count = -(-text_width(title) // width)
    if count <= 1:
        yield title
        return
    share = text_width(title) / count
    place = min(_breaks(title, width), key=lambda place: _cost(title, place, share))
    yield title[:place]
    yield from _broken(title[place:], width)


def _breaks(title: str, width: float) -> list[int]:
    return [place for place in range(1, len(title)) if text_width(title[:place]) <= width]


def _cost(title: str, place: int, ideal: float) -> float:
    """How far a break is from equal lines, in characters; far more where it would tear a word or a
    number.
    """
    before, after = title[place - 1], title[place]
    cost = abs(text_width(title[:place]) - ideal)
    if after in _MAY_NOT_START or before in _MAY_NOT_END or (before + after).isascii():
        cost += 100
    if any(word.start() < place < word.end() for word in _WHOLE.finditer(title)):
        cost += 20
    return cost - (3 if before in _GOOD_END or after in _GOOD_START else 0)

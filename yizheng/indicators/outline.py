"""The outline of a report: paragraphs of text with placeholders for figures.

{proposals.filed}                  112件
{proposals.filed|number}           112
{proposals.filing_rate}            87.5%
{proposals.filed|change}           比上年增加12件
{proposals.filed|kind=collective}  one part of a breakdown
{proposals.filed|by category}      all parts: 经济建设20件、社会建设31件
{proposals.handled|share by class} all parts with their shares
{proposals.filed|chart by category}, {…|table by unit}   alone in their paragraph
{organisation} {year} {session} {as_of}
[、视察{activities.inspections}]   left out where there is nothing to count; may hold others

Of what nobody recorded a figure says 没有记录 and a comparison 上年没有记录, wherever it stands
outside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.figures import INDICATORS, Indicator
from yizheng.core.refusals import BadInput, Problems

FIELDS = ("organisation", "year", "session", "as_of")
_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_SIGNS = re.compile(r"([\[\]])")
_LOOSE = re.compile(r"[{}]")
_BY = re.compile(r"(?:(?P<how>share|chart|table)\s+)?by\s+(?P<breakdown>\w+)")
_PART = re.compile(r"(?P<breakdown>\w+)\s*=\s*(?P<key>\S+)")
SIMPLE = ("", "number", "percent", "change")
BLOCKS = ("chart", "table")
LONGEST = 40_000


@dataclass(frozen=True)
class OutlineText:
    text: str


@dataclass(frozen=True)
class OutlineField:
    name: str


@dataclass(frozen=True)
class Placeholder:
    """`how`: empty, number, percent, change, part, by, share, chart or table."""

    code: str
    how: str = ""
    breakdown: str = ""
    key: str = ""
    source: str = ""

    @property
    def is_block(self) -> bool:
        return self.how in BLOCKS

    @property
    def all_parts(self) -> bool:
        return self.how in ("by", "share", *BLOCKS)


@dataclass(frozen=True)
class OptionalStretch:
    """A stretch between square brackets: left out where none of its figures says anything."""

    pieces: tuple[Piece, ...]


Piece = OutlineText | OutlineField | Placeholder | OptionalStretch
OutlineParagraph = tuple[Piece, ...]


class BadOutline(BadInput):
    """The outline cannot be read; `sentences` name each place."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(Problems(("outline", sentence) for sentence in sentences))
        self.sentences = sentences


def parse(outline: str) -> list[OutlineParagraph]:
    """The outline's paragraphs.

    Raises BadOutline with a sentence for each placeholder that cannot be filled.
    """
    paragraphs: list[OutlineParagraph] = []
    wrong: list[str] = []
    if len(outline) > LONGEST:
        raise BadOutline([_("The outline is longer than %(n)s characters.") % {"n": LONGEST}])
    for number, line in enumerate(outline.splitlines(), start=1):
        if line.strip():
            pieces = tuple(_pieces(line.strip(), number, wrong))
            wrong += _misplaced(pieces, number)
            paragraphs.append(pieces)
    if wrong:
        raise BadOutline(wrong)
    if not paragraphs:
        raise BadOutline([_("The outline is empty.")])
    return paragraphs


def _pieces(line: str, number: int, wrong: list[str]) -> Iterator[Piece]:
    open_ones: list[list[Piece]] = [[]]
    for sign in _SIGNS.split(line):
        if sign == "[":
            open_ones.append([])
        elif sign == "]" and len(open_ones) > 1:
            within = OptionalStretch(tuple(open_ones.pop()))
            open_ones[-1].append(within)
        elif sign == "]":
            wrong.append(_unpaired(number, sign))
        else:
            open_ones[-1] += _plain_pieces(sign, number, wrong)
    wrong += [_unpaired(number, "[") for _each in open_ones[1:]]
    return iter(open_ones[0])


def _unpaired(number: int, sign: str) -> str:
    return _(
        "Line %(n)s: a “%(sign)s” stands alone; what may be left out stands between “[” and “]”."
    ) % {"n": number, "sign": sign}


def _plain_pieces(line: str, number: int, wrong: list[str]) -> Iterator[Piece]:
    end = 0
    for match in _PLACEHOLDER.finditer(line):
        yield from _words(line[end : match.start()], number, wrong)
        end = match.end()
        try:
            yield _placeholder(match[1].strip())
        except BadInput as refused:
            wrong.append(_("Line %(n)s: %(reason)s") % {"n": number, "reason": refused})
    yield from _words(line[end:], number, wrong)


def _words(text: str, number: int, wrong: list[str]) -> Iterator[Piece]:
    if loose := _LOOSE.search(text):
        wrong.append(
            _("Line %(n)s: a “%(sign)s” stands alone; a figure stands between “{” and “}”.")
            % {"n": number, "sign": loose[0]}
        )
    if text:
        yield OutlineText(text)


def block_of(paragraph: OutlineParagraph) -> Placeholder | None:
    """The chart or table that a paragraph is, perhaps in brackets."""
    only = paragraph[0] if len(paragraph) == 1 else None
    if isinstance(only, OptionalStretch):
        return block_of(only.pieces)
    return only if isinstance(only, Placeholder) and only.is_block else None


def _misplaced(pieces: OutlineParagraph, number: int) -> list[str]:
    blocks = [each for each in placeholders([pieces]) if each.is_block]
    if not blocks or block_of(pieces):
        return []
    return [
        _("Line %(n)s: {%(what)s} needs a line of its own.")
        % {"n": number, "what": blocks[0].source}
    ]


def _placeholder(source: str) -> Piece:
    if source in FIELDS:
        return OutlineField(source)
    code, _bar, how = (part.strip() for part in source.partition("|"))
    indicator = INDICATORS.get(code)
    if indicator is None:
        raise BadInput(_unknown(code))
    return _formatted(indicator, how, source)


def _unknown(code: str) -> str:
    near = get_close_matches(code, [*INDICATORS, *FIELDS], n=1, cutoff=0.5)
    if near:
        return _("“{%(code)s}” is not known; the nearest is “{%(near)s}”.") % {
            "code": code,
            "near": near[0],
        }
    return _("“{%(code)s}” is not known; the figures that are stand beside the outline.") % {
        "code": code
    }


def _formatted(indicator: Indicator, how: str, source: str) -> Placeholder:
    if how == "percent" and indicator.base is None:
        raise BadInput(_("“{%(code)s}” is a count and no percentage.") % {"code": source})
    if not indicator.whole and not (_BY.fullmatch(how) and not how.startswith(("share", "chart"))):
        raise BadInput(
            _(
                "“{%(code)s}” adds up different things: it is stated only part by part, "
                "with |by … or |table by …."
            )
            % {"code": source}
        )
    if how in SIMPLE:
        return Placeholder(indicator.code, how, source=source)
    if match := _BY.fullmatch(how):
        breakdown = _breakdown(indicator, match["breakdown"])
        if match["how"] == "share" and indicator.base is not None:
            raise BadInput(
                _("“{%(code)s}” is a rate: its parts have no shares of a whole.") % {"code": source}
            )
        return Placeholder(indicator.code, match["how"] or "by", breakdown, source=source)
    if match := _PART.fullmatch(how):
        return _part(indicator, match["breakdown"], match["key"], source)
    raise BadInput(_HOW_IT_MAY_READ % {"how": how, "code": indicator.code})


_HOW_IT_MAY_READ = gettext_lazy(
    "“|%(how)s” is not known after “%(code)s”; use number, percent, change, by …, share by "
    "…, chart by …, table by … or "
    "a part such as kind=collective."
)


def _breakdown(indicator: Indicator, name: str) -> str:
    if indicator.breakdown(name):
        return name
    known = [each.code for each in indicator.breakdowns]
    if not known:
        raise BadInput(_("“%(code)s” is not broken down.") % {"code": indicator.code})
    raise BadInput(
        _("“%(code)s” is not broken down by “%(name)s”, but by %(known)s.")
        % {"code": indicator.code, "name": name, "known": ", ".join(known)}
    )


def _part(indicator: Indicator, name: str, key: str, source: str) -> Placeholder:
    breakdown = indicator.breakdown(_breakdown(indicator, name))
    assert breakdown is not None
    try:
        keys = set(breakdown.keys(key))
    except ValueError:
        keys = set()
    known = {*breakdown.groups, *(str(each) for each in breakdown.labels(keys))}
    if not keys or (key not in known):
        raise BadInput(
            _("“%(name)s” has no part “%(key)s”.") % {"name": breakdown.title, "key": key}
        )
    return Placeholder(indicator.code, "part", name, key, source)


def placeholders(paragraphs: list[OutlineParagraph]) -> list[Placeholder]:
    """Those that stand for figures, each once, in the order of the text."""
    return list(dict.fromkeys(each for paragraph in paragraphs for each in _within(paragraph)))


def _within(pieces: Iterable[Piece]) -> Iterator[Placeholder]:
    for piece in pieces:
        if isinstance(piece, Placeholder):
            yield piece
        elif isinstance(piece, OptionalStretch):
            yield from _within(piece.pieces)


DEFAULT = Path(__file__).with_name("outline.txt").read_text(encoding="utf-8")
"""The usual outline of a year's report, in official Chinese."""

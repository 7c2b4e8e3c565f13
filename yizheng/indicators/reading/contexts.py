"""The context of each figure in a text: its clause, sentence and paragraph, the words before and
after it, and its bracket.
"""

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from .exclusions import Spans
from .results import FoundFigure

_SENTENCE_END = re.compile(r"[。！!\n\r]|[？?](?!\d)")
_CLAUSE_END = re.compile(r"[，,；;：:。！!？?\n\r()（）\[\]【】]|——|--")
_BRACKET = re.compile(r"[(（][^()（）\n]*[)）]")
_TITLE = re.compile(r"《[^》\n]{1,80}》")
_CHAPTER = re.compile(r"[一二三四五六七八九十]{1,3}、")
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^。；，,]{2,30}$"
)
_THOUSAND = re.compile(r"\d{3}(?!\d)")
_LONGEST = 60  # characters of context each side; a longer clause says no more about its figure


class Layout:
    """The places where clauses, sentences, paragraphs and brackets begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
        self.paragraphs = [0, *(match.end() for match in re.finditer(r"\n", text))]
        # A comma inside a number (1,500) or a title ends no clause.
        titles = Spans([match.span() for match in _TITLE.finditer(text)])
        ends = [
            match.span() for match in _CLAUSE_END.finditer(text) if not titles.cover(*match.span())
        ]
        self.clauses = [span for span in ends if not _inside_number(text, span[0])]
        self._clause_ends = [end for _, end in self.clauses]
        self.brackets = [match.span() for match in _BRACKET.finditer(text)]
        self._bracket_from = {end: start for start, end in self.brackets}
        self._bracket_starts = [start for start, _ in self.brackets]

    def clause_start(self, place: int) -> int:
        before = bisect_right(self._clause_ends, place) - 1
        return self._clause_ends[before] if before >= 0 else 0

    def words_before(self, place: int) -> str:
        """The clause up to here; a bracket in it is passed over (立案率（含并案）为92%)."""
        start = self.clause_start(place)
        bracket = self._bracket_from.get(start)
        if bracket is None or bracket == 0:
            return self.text[start:place]
        return self.text[self.clause_start(bracket) : bracket] + self.text[start:place]

    def clause_end(self, place: int) -> int:
        after = bisect_right(self._clause_ends, place)
        return self.clauses[after][0] if after < len(self.clauses) else len(self.text)

    def sentence(self, place: int) -> int:
        return bisect_right(self.sentences, place) - 1

    def paragraph(self, place: int) -> int:
        return bisect_right(self.paragraphs, place) - 1

    def paragraph_start(self, place: int) -> int:
        return self.paragraphs[self.paragraph(place)]

    def sentence_start(self, place: int) -> int:
        return self.sentences[self.sentence(place)]

    def sentence_end(self, place: int) -> int:
        after = self.sentence(place) + 1
        return self.sentences[after] if after < len(self.sentences) else len(self.text)

    def headings(self, place: int) -> list[str]:
        """Those a place stands under: the chapter's, and its parts' up to here."""
        return list(self._under.get(self.paragraph(place), ()))

    @cached_property
    def _under(self) -> dict[int, list[str]]:
        under: dict[int, list[str]] = {}
        above: list[str] = []
        for number, (start, end) in enumerate(pairwise([*self.paragraphs, len(self.text)])):
            line = self.text[start:end].strip()
            if _HEADING.match(line):
                above = [line] if _CHAPTER.match(line) else [*above, line]
            under[number] = above
        return under

    @property
    def title(self) -> str:
        return self.text[: self.paragraphs[1]] if len(self.paragraphs) > 1 else ""

    def bracket(self, place: int) -> int | None:
        before = bisect_right(self._bracket_starts, place) - 1
        if before < 0 or self.brackets[before][1] <= place:
            return None
        return self.brackets[before][0]


def _inside_number(text: str, place: int) -> bool:
    return (
        text[place] == ","
        and text[place - 1 : place].isdigit()
        and bool(_THOUSAND.match(text, place + 1))
    )


def place(layout: Layout, founds: list[FoundFigure]) -> None:
    """Fills in the words around each figure; they stop at its neighbours."""
    for found in founds:
        found.sentence = layout.sentence(found.start)
        found.paragraph = layout.paragraph(found.start)
        found.nested = layout.bracket(found.start)
        found.left = layout.words_before(found.start)[-_LONGEST:]
        end = max(layout.clause_end(found.end), found.end)
        found.right = layout.text[found.end : min(end, found.end + _LONGEST)]
    for former, latter in pairwise(founds):
        gap = layout.text[former.end : latter.start]
        latter.left = min(latter.left, gap, key=len)
        former.right = min(former.right, gap, key=len)

"""The search in a figure's clause for the words that apps declared for their figures, and for what
they leave open.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from yizheng.core.figures import PLUS
from yizheng.core.sayings import SAYINGS, BreakdownPart, Saying

from .contexts import Layout
from .plainness import is_plain, narrows
from .results import FoundFigure, Meaning

PLACE = "…"
_QUOTES = str.maketrans("", "", "“”\"'‘’「」")
# What may stand between the words and their number.
_TAIL = re.compile(
    r"(?:[、：:\s]|共计|累计|总计|一共|先后|分别|已|共|均|都|皆|全部|达到?|为|有|约|近|超过?|逾|突破|不少于|的|了|等|各|多|至|次数|人数|数量|活动|会议|工作|一|是)$"
)
_LEAD = re.compile(
    r"^(?:[、\s]|的|相关|有关|[县区市]直|政府|各类|各种|各|政协|全县|优秀|年轻|余|多)"
)
_PHRASE_END = re.compile(r"[，,；;。（(、]|和|与|及(?!时)|以及")
_AND = re.compile(r"(?:、|和|与|及|以及|/)$")
_AND_MORE = re.compile(r"(?:、|和|与|及|以及)")
_LONGEST_RATE = 5
_LONGEST_MODIFIER = 24
_CLASSES = frozenset({"次", "期", "批次", "批", "场", "场次", "轮"})
_HEADS = frozenset({"人", "名", "位"})
_NOT_COUNTED = re.compile(
    r"人均|平均|户均|每[年月季人名位个家次]|(?:增加|增长|增幅|减少|下降|上升|提高|多|少|新增|新建|新设|新成立)了?$"
)


_Known = tuple[str, Saying]


@dataclass(frozen=True)
class _Match:
    saying: Saying
    word: str
    rest: str
    """What stands with the words in their clause besides them."""


class Lexicon:
    """Sayings by the unit of their number and the last sign of their words; those on both sides of
    the number apart.
    """

    def __init__(self, sayings: Iterable[Saying], more: "Lexicon | None" = None) -> None:
        self._more = more
        self._ending: defaultdict[tuple[str, str], list[_Known]] = defaultdict(list)
        self._around: defaultdict[str, list[_Known]] = defaultdict(list)
        for saying in sayings:
            for word in saying.words:
                for unit in saying.units:
                    self._add(unit, word.translate(_QUOTES), saying)

    def _add(self, unit: str, word: str, saying: Saying) -> None:
        if PLACE in word:
            self._around[unit].append((word, saying))
        else:
            self._ending[unit, word[-1]].append((word, saying))

    def ending(self, unit: str, words: str) -> list[_Known]:
        """Those the words end with."""
        own = [
            known for known in self._ending.get((unit, words[-1:]), ()) if words.endswith(known[0])
        ]
        return [*(self._more.ending(unit, words) if self._more else ()), *own]

    def around(self, unit: str) -> list[_Known]:
        return [*(self._more.around(unit) if self._more else ()), *self._around.get(unit, ())]


@cache
def declared() -> Lexicon:
    """What the apps declare; they do so once, when the program starts."""
    return Lexicon(SAYINGS)


def recognise(
    layout: Layout,
    founds: Sequence[FoundFigure],
    sayings: Iterable[Saying],
    here: Sequence[str] = (),
) -> None:
    """Says of figures that are not of proposals which of ours they are, by the words that apps
    declare and `sayings` besides. `here` are names of the place itself.
    """
    lexicon = Lexicon(sayings, declared())
    for place, found in enumerate(founds):
        if found.value is not None and not _is_of_a_proposal(found):
            clause = _Clause(layout, founds, place, here, lexicon)
            if found.indicator is None or _is_a_longer_name(clause):
                _recognise(clause)


def _is_a_longer_name(clause: "_Clause") -> bool:
    """单位联系人落实率 is not 落实率, of proposals, even where they are spoken of."""
    matches = _ending(clause, clause.left) if clause.found.is_percent else []
    return bool(matches) and len(matches[0].word) > _LONGEST_RATE


def _is_of_a_proposal(found: FoundFigure) -> bool:
    return found.unit in ("件", "份") and "提案" in found.left + found.right[:10]


class _Clause:
    """A figure with the words about it, quotation marks left out."""

    def __init__(
        self,
        layout: Layout,
        founds: Sequence[FoundFigure],
        place: int,
        here: Sequence[str],
        lexicon: Lexicon,
    ) -> None:
        self.here, self.lexicon = here, lexicon
        self.found = founds[place]
        self.unit = re.sub(r"\(.\)$", "", self.found.unit)
        former = founds[place - 1] if place else None
        self.former = former if former and former.sentence == self.found.sentence else None
        left, right = self.found.left, self.found.right
        # 培训3批次120人, 4类5个会客厅: two numbers of the same thing.
        self.chained = (
            self.former is not None
            and self.former.end == self.found.start
            and self.former.unit in _CLASSES
        )
        if self.chained and self.former is not None:
            left = self.former.left
            self.unit = "人次" if self.unit in _HEADS else self.unit
        if not right and place + 1 < len(founds) and founds[place + 1].start == self.found.end:
            right = founds[place + 1].right
        self.left, self.right = left.translate(_QUOTES), right.translate(_QUOTES)
        start = layout.sentence_start(self.found.start)
        clause = max(start, self.found.start - len(self.found.left))
        self.earlier = layout.text[start:clause]
        self.sentence = layout.text[start : self.found.end + len(self.found.right)].translate(
            _QUOTES
        )
        self.rest_of_sentence = layout.text[self.found.end : layout.sentence_end(self.found.start)]
        paragraph = layout.paragraph_start(self.found.start)
        self.paragraph = (
            layout.title
            + layout.text[
                max(paragraph, self.found.start - 1000) : self.found.end + len(self.found.right)
            ]
        )

    @property
    def antecedent(self) -> tuple[BreakdownPart, ...]:
        """What the figure before it in the sentence is about."""
        return self.former.about if self.former else ()

    def allows(self, saying: Saying) -> bool:
        words = self.left + PLACE + self.right
        heard = self.sentence + (self.rest_of_sentence if saying.loose else "")
        return (
            (not saying.needs or any(word in heard for word in saying.needs))
            and (not saying.topic or any(word in self.paragraph for word in saying.topic))
            and not (saying.follows == "must" and not self.antecedent)
            and not any(word in words for word in saying.unless)
            and (not saying.verbs or any(verb in words for verb in saying.verbs))
        )


def _recognise(clause: _Clause) -> None:
    if _NOT_COUNTED.search(clause.left):
        return
    matches = _ending(clause, clause.left) or _right_behind(clause) or _around(clause)
    matches = _best(clause, matches) if matches else []
    joined = _joined(clause, matches[0]) if matches else None
    if joined is None:
        return
    first, cells = joined
    plain = is_plain(_unsaid(first), clause.here) and not narrows(clause.earlier)
    if plain or not first.saying.strict:
        _say(clause, [match.saying for match in matches], cells, plain)


def _unsaid(match: _Match) -> str:
    """The rest without what the saying itself asks for."""
    rest = match.rest
    for word in (*match.saying.verbs, *match.saying.needs):
        rest = rest.replace(word, "")
    return rest


# Where the words stand ----------------------------------------------------------------------------


def _endings(words: str, most: int = 6) -> Iterator[str]:
    """The words, then without what may stand at their end, step by step."""
    yield words
    for _step in range(most):
        shorter = _TAIL.sub("", words)
        if shorter == words:
            return
        words = shorter
        yield words


def _ending(clause: _Clause, words: str) -> list[_Match]:
    """The longest of the known words that the words end with."""
    for core in _endings(words):
        found = [
            (word, saying)
            for word, saying in clause.lexicon.ending(clause.unit, core)
            if clause.allows(saying)
        ]
        if found:
            longest = max(len(word) for word, _saying in found)
            return [
                _Match(saying, word, core[: -len(word)])
                for word, saying in found
                if len(word) == longest
            ]
    return []


def _right_behind(clause: _Clause) -> list[_Match]:
    """The noun phrase behind the number, else the clause: 4次｜专委会对口协商,
    7名｜委员和机关干部参加培训.
    """
    noun = _PHRASE_END.split(clause.right, maxsplit=1)[0]
    if not noun:
        return []
    return _of_phrase(clause, noun) or _of_phrase(
        clause, re.split(r"[，,；;。（(]", clause.right, maxsplit=1)[0]
    )


def _of_phrase(clause: _Clause, phrase: str) -> list[_Match]:
    found = [match for match in _ending(clause, phrase) if len(match.rest) <= _LONGEST_MODIFIER]
    return [replace(match, rest=clause.left + match.rest) for match in found]


def _around(clause: _Clause) -> list[_Match]:
    """提拔…机关干部: words on both sides of the number."""
    lefts, right = list(_endings(clause.left)), _LEAD.sub("", clause.right)
    found = []
    for word, saying in clause.lexicon.around(clause.unit):
        before, _place, after = word.partition(PLACE)
        core = next((each for each in lefts if each.endswith(before)), None)
        if (
            core is not None
            and (clause.right.startswith(after) or right.startswith(after))
            and clause.allows(saying)
        ):
            found.append(_Match(saying, word, core[: len(core) - len(before)]))
    longest = max((len(match.word) for match in found), default=0)
    return [match for match in found if len(match.word) == longest]


def _best(clause: _Clause, matches: list[_Match]) -> list[_Match]:
    words = clause.left + PLACE + clause.right

    def rank(match: _Match) -> tuple[int, int]:
        return len(match.saying.needs) > 0, max(
            (words.rfind(verb) for verb in match.saying.verbs), default=-1
        )

    highest = max(map(rank, matches))
    return [match for match in matches if rank(match) == highest]


# Sums ---------------------------------------------------------------------------------------------

_Cells = list[tuple[str, str, str]]


def _joined(clause: _Clause, match: _Match) -> tuple[_Match, _Cells] | None:
    """常委会议、主席会议13次: what is added up must be parts of one figure.

    None where it is not.
    """
    behind = _behind(clause, match)
    cells: _Cells | None = None
    for _more in range(5):
        if not (rest := _AND.sub("", match.rest)) or rest == match.rest or behind:
            break
        others = _ending(clause, rest)
        if not others:
            break
        cells = _added(
            [*(cells or match.saying.cells)],
            [cell for other in others for cell in other.saying.cells],
        )
        if not cells:
            return None
        match = replace(match, rest=others[0].rest)
    return _with_more(clause, match) if behind else (match, cells or [])


def _behind(clause: _Clause, match: _Match) -> bool:
    return (
        PLACE not in match.word
        and match.rest.startswith(clause.left)
        and match.word in clause.right
    )


def _with_more(clause: _Clause, match: _Match) -> tuple[_Match, _Cells] | None:
    """5个｜会客厅和工作站."""
    after = clause.right[clause.right.find(match.word) + len(match.word) :]
    joint = _AND_MORE.match(after)
    end = _PHRASE_END.search(after, joint.end()) if joint else None
    others = _ending(clause, after[joint.end() : end.start() if end else None]) if joint else []
    if not others or others[0].rest or others[0].saying is match.saying:
        return match, []
    cells = _added([*match.saying.cells], [cell for other in others for cell in other.saying.cells])
    return (match, cells) if cells else None


def _added(some: _Cells, others: _Cells) -> _Cells:
    """Parts of the same figure by the same breakdown, as one part."""
    return [
        (code, by, key if more in key.split(PLUS) else f"{key}{PLUS}{more}")
        for code, by, key in some
        for other, other_by, more in others
        if (code, by) == (other, other_by)
    ]


# What they mean -----------------------------------------------------------------------------------


def _say(clause: _Clause, sayings: list[Saying], cells: _Cells, plain: bool) -> None:
    found = clause.found
    if cells:
        meanings: list[Meaning] = [(code, (by, key)) for code, by, key in cells[:1]]
    else:
        meanings = list(
            dict.fromkeys(meaning for saying in sayings for meaning in _meanings(clause, saying))
        )
    (found.indicator, found.breakdown), *found.others = meanings
    found.about = (
        tuple(dict.fromkeys(about for saying in sayings for about in saying.about))
        or clause.antecedent
    )
    found.narrowed = not plain or any(_is_loose(clause, saying) for saying in sayings)


def _is_loose(clause: _Clause, saying: Saying) -> bool:
    """150名委员 may be heads, where ours are attendances; and what follows a narrowed count is
    narrowed like it.
    """
    heads = clause.unit in _HEADS and bool(saying.about)
    follows = bool(
        saying.follows and clause.former and clause.former.about and clause.former.narrowed
    )
    return saying.loose or heads or follows


def _meanings(clause: _Clause, saying: Saying) -> Iterator[Meaning]:
    parts = clause.antecedent if saying.follows else ()
    if saying.follows != "must":
        yield saying.code, saying.part
    for part in parts:
        yield saying.code, part

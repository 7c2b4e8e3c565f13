"""The meaning of each figure: its subject in the text's words, and the indicator where it is one of
ours.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from yizheng.core.sayings import BreakdownPart

from .contexts import Layout
from .phrases import PROPOSAL_UNITS
from .results import FoundFigure
from .vocabulary import (
    COUNTS,
    KNOWN_CATEGORIES,
    MIXED,
    OTHER_TOPICS,
    PROPOSAL_TOPICS,
    RATES,
    RATES_AFTER,
    REST,
    IndicatorTerm,
)

_FILLER = re.compile(
    r"^(?:[、，,；;\s“”\"'()（）]|\d+[.、．]|其中|同时|全年|今年以来|一年来|先后|共计|累计|总计|共(?!同)|已(?!解决|采纳|办|立)|均|都|全部|还有|有(?![力关效价意])|约|近|超过?|达到?|为(?!民|群)|是|的|各|"
    r"目前|并(?!案)|另|另有|另外|我|全县|包括|含|即|和|与|及|以及|将)+"
)
_TRAILING = re.compile(
    r"(?:[、，,；;\s“”\"'()（）]|共计|累计|总计|共|已|均|都|皆|全部|有|约|近|超过?|达到?|为|是|的|了|各|至|分别|实现|突破|逾|不足|以上|左右|"
    r"占|一共|总共|均为|[一二两三四五六七八九]个|双)+$"
)
_RIGHT_BEHIND = (
    6  # characters after 100% that can still name what it is a rate of (100%办结, 100%的满意率)
)
_CONVERTED = ("转社情民意", "转为社情民意", "作为社情民意", "按社情民意")
_CHANGED = re.compile(r"[一-鿿]{0,4}?(?:提高|上升|增加|增长|提升|下降|降低|减少)(?:到|至|为)")
_PROPOSALS = re.compile(r"提案(?![人者委])")
_GOVERNED = re.compile(
    r"(?:收到|征集|提交|提出|收集|接收|办理|办理完毕|承办|办结|办复|答复|交办|主办)[了的到件各类共计有约近超过为达已数量：:\s]*$"
)
_PREDICATE = ("已", "全", "均", "将", "被", "得", "中", "为", "是", "其", "占", "都", "按")
_CONVERSION = re.compile(r"(?:转为?|作为|按)社情民意")
_DERIVED = re.compile(
    r"人均|平均|户均|每[一-鿿]|(?:增加|增长|增幅|减少|下降|上升|提高)[了一-鿿]{0,4}$(?<![到至为达])"
)
_STOPS = "、，,；;)）"
_LONGEST_SUBJECT = 16
_HEAD = re.compile(
    r"^(?:的)?([一-鿿“”·][一-鿿“”、·]{0,15}?)"
    r"(?=实现|进行|作为|(?<![工留当])作(?!用|品)|全部|均|都|已|将|被|得到|(?<!正)在|中$|等|和|与|占|(?<!作)为|、|的?$)"
)
_SHARE = re.compile(r"占(?P<base>[一-鿿]{0,12}?)的?(?:比例?|比重)?(?:为|达到?|近|约|超过?|逾)?$")
_SHARE_OF = re.compile(
    r"(?P<words>[一-鿿、“”]+?)(?:方面|类)?(?:的)?提案(?:数量|总量)?(?:占比|比例|比重)(?:为|达到?|超过?|近|约|逾)?$"
)

_CATEGORY_PREFIX = re.compile(
    r"^(?:其中)?(?:提案)?(?:内容)?(?P<verb>涉及|有关|关于|属于|围绕)(?P<words>.+)$"
)
_CATEGORY_SUFFIX = re.compile(
    r"^(?P<words>[一-鿿、“”]{2,24}?)(?:方面|类|领域|工作)(?:的)?(?:提案|件)?(?:的)?(?:有|共|为)?$"
)
_CATEGORY_TAIL = re.compile(
    r"(?:等)?(?:方面|领域|工作方面|类|面)?(?:的)?(?:提案|问题|内容)?(?:的)?(?:有|共|共有|为|计)?$"
)
_QUOTES = str.maketrans("", "", "“”\"'‘’")
_MERGE_OF = re.compile(r"(\d+|[二两三四五六七八九十])案[并合]为?[1一]案的?$")


def explain(layout: Layout, founds: list[FoundFigure]) -> None:
    for place, found in enumerate(founds):
        former = founds[place - 1] if place else None
        found.subject = _subject(found, former)
        if _speaks_of_proposals(layout, found):
            _classify(layout, found, former)
    _separate_kinds(founds)
    _follow_changes(founds)


def share_base(found: FoundFigure) -> str | None:
    """The words between 占 and the percentage (立案总数): empty when left unsaid, None when it is
    no share.
    """
    match = _SHARE.search(found.left) if found.is_percent else None
    return match["base"] if match else None


def _subject(found: FoundFigure, former: FoundFigure | None) -> str:
    base = share_base(found)
    if base is not None and former is not None and former.sentence == found.sentence:
        return f"{former.subject}占{base}" if base else f"{former.subject}占比"
    left = _TRAILING.sub("", _FILLER.sub("", found.left))
    left += "”" * (left.count("“") - left.count("”"))
    head = "" if found.is_percent and left else _head(found.right)
    return (
        (left + head)
        or _FILLER.sub("", found.right)[:_LONGEST_SUBJECT]
        or _inherited(found, former)
    )


def _inherited(found: FoundFigure, former: FoundFigure | None) -> str:
    """线上培训3批次120人: the second number counts the same."""
    if former is not None and former.end == found.start:
        return former.subject
    return found.left.strip(_STOPS)


def _head(right: str) -> str:
    match = None if right[:1] in _STOPS else _HEAD.match(_FILLER.sub("", right))
    return match[1] if match else ""


def _speaks_of_proposals(layout: Layout, found: FoundFigure) -> bool:
    start = max(layout.paragraph_start(found.start), found.start - 1000)
    before = layout.text[start : found.start] + found.left
    if "提案" in found.left + found.right[:12]:
        return True
    topic = _last(_CONVERSION.sub("", before), (*PROPOSAL_TOPICS, *OTHER_TOPICS))
    if topic is None:
        return any("提案" in heading for heading in (layout.title, *layout.headings(found.start)))
    return topic in PROPOSAL_TOPICS or _decides_filing(found)


def _decides_filing(found: FoundFigure) -> bool:
    return any(word in found.left + found.right for word in ("立案", "提案", *_CONVERTED))


def _last(text: str, words: Iterable[str]) -> str | None:
    places = [(text.rfind(word), word) for word in words if word in text]
    return max(places)[1] if places else None


def _classify(layout: Layout, found: FoundFigure, former: FoundFigure | None) -> None:
    if found.is_percent:
        _classify_percent(layout, found, former)
    else:
        _classify_count(layout, found, former)


def _set(found: FoundFigure, term: IndicatorTerm | None) -> None:
    if term is not None:
        found.indicator, found.breakdown = term.code, term.breakdown


def _is_nonparty_share(layout: Layout, found: FoundFigure) -> bool:
    if "党外" in found.right[:8]:
        return "提案" in found.left
    sentence = layout.text[layout.sentence_start(found.start) : found.start]
    words = found.subject + found.left
    return "党外" in sentence and re.search(r"提案.*(?:比例|占|比重)|占.*提案", words) is not None


def _classify_percent(layout: Layout, found: FoundFigure, former: FoundFigure | None) -> None:
    if _is_nonparty_share(layout, found):
        found.indicator = "proposals.nonparty_share"
    elif share_base(found) is not None and former is not None and former.sentence == found.sentence:
        found.indicator, found.breakdown = _shared(former, share_base(found) or "")
    elif match := _SHARE_OF.search(found.left):
        found.indicator = "proposals.by_category"
        found.breakdown = ("category", match["words"].translate(_QUOTES))
    else:
        after = found.right.lstrip("的")[:_RIGHT_BEHIND]
        terms = (*RATES, *RATES_AFTER)
        _set(found, nearest(RATES, found.left, "%") or nearest(terms, after, "%", from_left=True))


def _shared(former: FoundFigure, base: str) -> tuple[str | None, BreakdownPart | None]:
    if former.indicator == "proposals.filed" and any(
        word in base for word in ("提案总数", "收到", "提案总量")
    ):
        return "proposals.filing_rate", None
    broken_down = former.breakdown is not None and former.indicator in (
        "proposals.by_category",
        "proposals.by_kind",
        "proposals.by_class",
    )
    return (former.indicator, former.breakdown) if broken_down else (None, None)


def _classify_count(layout: Layout, found: FoundFigure, former: FoundFigure | None) -> None:
    if match := _MERGE_OF.search(found.left):
        found.indicator, found.breakdown = "proposals.merged", ("merged_into_one", match[1])
        return
    if any(word in found.left + found.right for word in MIXED) or _DERIVED.search(found.left):
        return
    category = _category(found)
    if category and "收到" not in found.left:
        found.indicator, found.breakdown = "proposals.by_category", ("category", category)
        return
    term = nearest(COUNTS, found.left, found.unit) or nearest(
        COUNTS, found.right, found.unit, from_left=True
    )
    if term is not None and term.code in _VERBS and not _is_of_proposals(found):
        return
    _set(found, term or _from_sentence(layout, found))
    if found.indicator == "proposals.not_filed" and _explains(layout, found, former):
        found.indicator = None


def _is_of_proposals(found: FoundFigure) -> bool:
    """收到…, 办理… count proposals only when they say so or name nothing else
    (提出建议12件 does).
    """
    if _PROPOSALS.search(found.left) or _PROPOSALS.search(found.right[:10]) or "立案" in found.left:
        return True
    match = _GOVERNED.search(found.left)
    return match is not None and (
        not "一" <= found.right[:1] <= "鿿" or found.right.startswith(_PREDICATE)
    )


def _explains(layout: Layout, found: FoundFigure, former: FoundFigure | None) -> bool:
    """不予立案12件，其中转社情民意8件: what became of some of them, not their number."""
    return (
        former is not None
        and former.indicator == found.indicator
        and former.sentence == found.sentence
        and any(word in layout.text[former.end : found.start] for word in ("其中", "含", "包括"))
    )


def _from_sentence(layout: Layout, found: FoundFigure) -> IndicatorTerm | None:
    """“共承办…，其中…提案163件”: the verb stands earlier in the sentence."""
    if "提案" not in found.left + found.right[:6]:
        return None
    sentence = layout.text[layout.sentence_start(found.start) : found.start]
    return nearest(
        tuple(term for term in COUNTS if term.code in _VERBS), sentence, found.unit
    ) or _plain(found)


_RECEIVED = next(term for term in COUNTS if term.code == "proposals.received")
_VERBS = ("proposals.received", "proposals.handled", "proposals.filed")


def _plain(found: FoundFigure) -> IndicatorTerm | None:
    """A bare “提案113件” counts what came in."""
    return _RECEIVED if found.unit in _RECEIVED.units and found.left.endswith("提案") else None


def nearest(
    terms: Iterable[IndicatorTerm], words: str, unit: str, from_left: bool = False
) -> IndicatorTerm | None:
    best: tuple[tuple[int, int], IndicatorTerm] | None = None
    for term in terms:
        if unit not in term.units:
            continue
        for word in term.words:
            place = words.find(word) if from_left else words.rfind(word)
            if place < 0:
                continue
            rank = (-place, len(word)) if from_left else (place + len(word), len(word))
            if best is None or rank > best[0]:
                best = (rank, term)
    return best[1] if best else None


def _category(found: FoundFigure) -> str | None:
    """The category a partial count is for: 涉及经济建设有46件, 交通方面提案14件, 其它提案9件."""
    left = _FILLER.sub("", found.left) if not found.left.startswith("提案内容") else found.left
    if found.unit not in PROPOSAL_UNITS or nearest(_CLASSES_AND_KINDS, left, found.unit):
        return None
    match = _CATEGORY_PREFIX.match(left)
    # 有关部门 and 关于 begin many a phrase; 涉及 and 属于 sort.
    if match and (match["verb"] in ("涉及", "属于") or "提案" in left + found.right[:10]):
        return _tidy(match["words"])
    if match := _CATEGORY_SUFFIX.match(left):
        return _tidy(match["words"])
    word = _tidy(left)
    if len(word) > 1 and word.removesuffix("建设") in KNOWN_CATEGORIES:
        return word
    return None


_CLASSES_AND_KINDS = tuple(
    term for term in COUNTS if term.code in ("proposals.by_class", "proposals.by_kind")
)


def _tidy(words: str) -> str:
    return _CATEGORY_TAIL.sub("", words).translate(_QUOTES).strip(" 、")


def is_rest(found: FoundFigure) -> bool:
    return found.breakdown is not None and any(word in found.breakdown[1] for word in REST)


def _separate_kinds(founds: list[FoundFigure]) -> None:
    """“收到委员提案177件” is all that came in, unless collective proposals are
    counted beside it.
    """
    collective = {found.sentence for found in founds if found.breakdown == ("kind", "collective")}
    for found in founds:
        if found.indicator == "proposals.by_kind" and found.breakdown == ("kind", "member"):
            governed = re.search(
                r"(?:收到|征集|提交|提出)[^，,]{0,12}委员(?:的)?提案$", found.left.rstrip("有共")
            )
            if governed and found.sentence not in collective:
                found.indicator, found.breakdown = "proposals.received", None


def _follow_changes(founds: list[FoundFigure]) -> None:
    """立案率由79%提高到82%: the second number is the figure, the first what it was before."""
    for former, latter in pairwise(founds):
        changed = _CHANGED.match(latter.left) and former.left.endswith(("由", "从"))
        if changed and former.unit == latter.unit and former.sentence == latter.sentence:
            latter.indicator, latter.breakdown = former.indicator, former.breakdown
            latter.subject = former.subject = former.subject.rstrip("由从")
            former.indicator = former.breakdown = None

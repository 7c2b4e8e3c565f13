"""Checks of percentages against their base, of rates against counts, and of what merging leaves to
be handled.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from .meaning import share_base
from .numerals import chinese
from .percentages import decimals, percent, rounded, shown, stands_for
from .results import FoundFigure
from .statements import (
    FILED,
    HANDLED,
    MERGED,
    NOT_MENTIONED,
    RECEIVED,
    TOTALS,
    Ledger,
    LedgerEntry,
    Statement,
    distinct,
    is_exact_count,
)

_DONE = ("办理完毕", "办结", "办复", "答复", "办理完成")
_FILED_WORDS = ("立案",)
_RECEIVED_WORDS = ("收到", "提案总数", "提案总量", "全部提案", "总提案", "征集")
_ANY_TOTAL = ("总数", "总量", "总件数", "全部")

_WHOLE = Decimal("1.5")  # per cent by which rounded shares of a whole may miss it

StatedShare = tuple[LedgerEntry, LedgerEntry]


def shares(ledger: Ledger) -> Iterator[Statement]:
    """涉及…66件，占立案总数的39%. Shares said of the same base are judged together."""
    for _, group in groupby(
        _shares(ledger), lambda share: (share[0].found.paragraph, share_base(share[1].found))
    ):
        yield from _judged(ledger, list(group))


def _shares(ledger: Ledger) -> Iterator[StatedShare]:
    for count, rate in pairwise(ledger.entries):
        same = (
            count.found.sentence == rate.found.sentence
            or count.found.paragraph == rate.found.paragraph
        )
        if (
            same
            and share_base(rate.found) is not None
            and rate.found.exact
            and is_exact_count(count.found)
        ):
            yield count, rate


def _judged(ledger: Ledger, group: list[StatedShare]) -> Iterator[Statement]:
    bases = _bases(ledger, group[0]) or _own_sum(group)
    if not bases:
        return
    base = max(bases, key=lambda base: sum(_fits(share, base) for share in group))
    fitting = sum(_fits(share, base) for share in group)
    # Without a word for the base, a percentage that fits none of ours may be of something else
    # altogether.
    if fitting or _names_total(share_base(group[0][1].found) or ""):
        for share in group:
            yield _share(share, base, [other for other in bases if other is not base])


def _own_sum(group: list[StatedShare]) -> list[LedgerEntry]:
    """Where no total is named, shares that make up the whole are shares of their own sum."""
    printed = sum((rate.value for _, rate in group), Decimal(0))
    if len(group) < 2 or abs(printed - 100) > _WHOLE:
        return []
    first = group[0][0].found
    summed = sum((count.value for count, _ in group), Decimal(0))
    return (
        [LedgerEntry(NOT_MENTIONED, replace(first, value=summed, indicator=None))] if summed else []
    )


def _fits(share: StatedShare, base: LedgerEntry) -> bool:
    count, rate = share
    return base.value > 0 and stands_for(rate.value, percent(count.value, base.value))


def _names_total(words: str) -> bool:
    return any(word in words for word in (*_FILED_WORDS, *_RECEIVED_WORDS, *_ANY_TOTAL))


def _bases(ledger: Ledger, share: StatedShare) -> list[LedgerEntry]:
    count, rate = share
    words = share_base(rate.found) or ""
    if any(word in words for word in _FILED_WORDS):
        order: tuple[str, ...] = (FILED,)
    elif any(word in words for word in _RECEIVED_WORDS):
        order = (RECEIVED, FILED)
    else:
        order = TOTALS
    totals = [total for indicator in order if (total := ledger.total(count, indicator))]
    named = _restated(ledger, count) if order == TOTALS else []
    bases = [base for base in (*named, *totals) if base.index != count.index]
    return distinct([base for base in bases if base.value and base.value >= count.value])


def _restated(ledger: Ledger, count: LedgerEntry) -> list[LedgerEntry]:
    """主办的252件建议提案中，…: the sentence names the whole it speaks of."""
    return [
        entry
        for entry in ledger.sentence(count)
        if entry.index < count.index
        and is_exact_count(entry.found)
        and entry.found.right.rstrip("，,").endswith("中")
    ]


def _share(share: StatedShare, base: LedgerEntry, others: list[LedgerEntry]) -> Statement:
    count, rate = share
    if _fits(share, base):
        return Statement(
            "share",
            f"{_division(share, base)}={shown(rate.value)}%",
            True,
            (count, rate, base),
            rate,
        )
    expression = f"{_division(share, base)}={_worked_out(share, base)}%≠{shown(rate.value)}%"
    other = next((other for other in others if _fits(share, other)), None)
    if other is None:
        return Statement("share", expression, False, (count, rate, base), rate)
    expression += f"; {_division(share, other)}={shown(rate.value)}%"
    return Statement("share", expression, False, (count, rate, base, other), rate)


def _division(share: StatedShare, base: LedgerEntry) -> str:
    return f"{shown(share[0].value)}/{shown(base.value)}"


def _worked_out(share: StatedShare, base: LedgerEntry) -> str:
    exact = percent(share[0].value, base.value)
    return format(rounded(exact, decimals(share[1].value)), "f")


def rates(ledger: Ledger) -> Iterator[Statement]:
    for entry in ledger.entries:
        if entry.found.is_percent and entry.found.exact and share_base(entry.found) is None:
            if entry.found.indicator == "proposals.filing_rate":
                yield from _rate(entry, ledger.total(entry, FILED), ledger.total(entry, RECEIVED))
            elif entry.found.indicator == "proposals.reply_rate":
                yield from _rate(entry, _replied(ledger, entry), ledger.total(entry, FILED))
            elif entry.found.indicator == "proposals.satisfaction":
                yield from _satisfied(ledger, entry)


def _rate(
    rate: LedgerEntry, part: LedgerEntry | None, whole: LedgerEntry | None
) -> Iterator[Statement]:
    if part is None or whole is None or whole.value == 0 or part.value > whole.value:
        return
    share = (part, rate)
    fits = _fits(share, whole)
    worked_out = "" if fits else f"{_worked_out(share, whole)}%≠"
    expression = f"{_division(share, whole)}={worked_out}{shown(rate.value)}%"
    entries = {entry.index: entry for entry in (part, whole, rate)}
    yield Statement("rate", expression, fits, tuple(entries.values()), rate)


def _replied(ledger: Ledger, rate: LedgerEntry) -> LedgerEntry | None:
    """The count of proposals done with, said in the same sentence
    (立案的129件提案已全部办理完毕，办结率达100%).
    """
    for entry in ledger.before(rate):
        if entry.found.sentence != rate.found.sentence:
            return None
        if is_exact_count(entry.found) and any(
            word in entry.found.left + entry.found.right for word in _DONE
        ):
            return entry
    return None


def _satisfied(ledger: Ledger, rate: LedgerEntry) -> Iterator[Statement]:
    """满意率99%，其中满意85件、基本满意13件、不满意1件.

    Some places count 基本满意 as satisfied, some do not: both are accepted.
    """
    answers = [
        (entry, answer) for entry in ledger.sentence(rate) if (answer := _answer(entry.found))
    ]
    given = {answer for _, answer in answers}
    if "满意" not in given or len(given) < 2 or len(given) != len(answers):
        return
    whole = sum((entry.value for entry, _ in answers), Decimal(0))
    satisfied = sum((entry.value for entry, answer in answers if answer == "满意"), Decimal(0))
    content = sum(
        (entry.value for entry, answer in answers if answer in ("满意", "基本满意")), Decimal(0)
    )
    if whole == 0:
        return
    part = next(
        (part for part in (content, satisfied) if stands_for(rate.value, percent(part, whole))),
        None,
    )
    if part is None and "不满意" not in given:
        return
    exact = rounded(percent(content, whole), decimals(rate.value))
    expression = f"{shown(content if part is None else part)}/{shown(whole)}="
    expression += f"{exact:f}%≠{shown(rate.value)}%" if part is None else f"{shown(rate.value)}%"
    yield Statement(
        "rate", expression, part is not None, (*(entry for entry, _ in answers), rate), rate
    )


def _answer(found: FoundFigure) -> str | None:
    if not found.exact or found.is_percent:
        return None
    words = found.left.rstrip("的有为 ")
    return next(
        (answer for answer in ("不满意", "基本满意", "满意") if words.endswith(answer)), None
    )


def merges(ledger: Ledger) -> Iterator[Statement]:
    for frame in ledger.frames():
        groups = ledger.select(
            frame, lambda found: found.indicator == MERGED and found.breakdown is not None
        )
        handled = ledger.select(frame, lambda found: found.indicator == HANDLED)
        filed = ledger.total(groups[0], FILED) if groups else None
        after = next(
            (entry for entry in handled if groups and entry.index > groups[-1].index), None
        )
        if filed and after:
            yield _merge(filed, groups, after)


def _merge(filed: LedgerEntry, groups: list[LedgerEntry], handled: LedgerEntry) -> Statement:
    """Each group of n proposals becomes one, so n-1 fewer are handled."""
    terms = [(group.value, _merged_into_one(group) - 1) for group in groups]
    left = filed.value - sum((count * fewer for count, fewer in terms), Decimal(0))
    listed = "+".join(f"{shown(count)}×{shown(fewer)}" for count, fewer in terms)
    expression = f"{shown(filed.value)}-({listed})={shown(left)}"
    holds = left == handled.value
    printed = expression if holds else f"{expression}≠{shown(handled.value)}"
    return Statement("merge", printed, holds, (filed, *groups, handled), handled)


def _merged_into_one(group: LedgerEntry) -> Decimal:
    words = group.found.breakdown[1] if group.found.breakdown else "1"
    return Decimal(words) if words.isdigit() else chinese(words) or Decimal(1)

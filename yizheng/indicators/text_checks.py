"""Checks of a text against the records: what each figure says, what ours is, what does
not add up.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from yizheng.core.access import Actor
from yizheng.core.figures import Period
from yizheng.core.punctuation import bracketed, join_cn
from yizheng.core.refusals import BadInput

from . import periods, wording
from .frozen_figures import name_of
from .queries import FigureRequest
from .reading import Arithmetic, Mention, read
from .reading.verdict import MentionVerdict, OurFigure, judge
from .record_figures import RecordFigures, county_sayings, here
from .text_files import Remark, WordText, as_word

FindingKind = Literal["agrees", "differs", "arithmetic", "unknown", "unreadable"]
_GRAVEST: tuple[FindingKind, ...] = ("differs", "arithmetic", "unreadable", "agrees", "unknown")
TINTS = {
    "agrees": "E4F0E9",
    "differs": "F6E7E4",
    "arithmetic": "F7EEDA",
    "unknown": "EEECE8",
    "unreadable": "EEECE8",
}
NAMED = 5
"""Records named in the explanation of a difference."""


@dataclass
class CheckFinding:
    """One place of the text with a figure: all that is said of it."""

    number: int
    start: int
    end: int
    kind: FindingKind
    judged: list[MentionVerdict] = field(default_factory=list)
    sums: list[Arithmetic] = field(default_factory=list)
    why: str = ""
    replacement: str = ""

    @property
    def url(self) -> str:
        return next((each.ours.url for each in self.judged if each.ours), "")

    @property
    def needs_a_look(self) -> bool:
        return self.kind in ("differs", "arithmetic", "unreadable")


@dataclass
class TextCheck:
    """A text checked."""

    text: str
    judged: tuple[MentionVerdict, ...]
    arithmetic: tuple[Arithmetic, ...]
    findings: list[CheckFinding]
    seconds: float

    @property
    def holds(self) -> bool:
        """Nothing differs from the records, and the text's own sums hold."""
        return all(each.verdict != "differs" for each in self.judged) and all(
            each.holds for each in self.arithmetic
        )

    def tally(self) -> dict[str, int]:
        counts = dict.fromkeys(_GRAVEST, 0)
        for finding in self.findings:
            counts[finding.kind] += 1
        return {str(kind): count for kind, count in counts.items()}


def check(text: str, year: int | None, actor: Actor | None = None) -> TextCheck:
    """Check a text in the organisation in scope.

    `year` is the one it is about where it does not say so itself.

    With an actor, differences are explained by the records he may see.
    """
    begun = time.perf_counter()
    current = periods.current()
    default = Period.of_year(year) if year else current
    reading = read(
        text, default_year=default.last if default else None, sayings=county_sayings(), here=here()
    )
    ours = RecordFigures(default)
    judged = judge(reading, ours)
    findings = _findings(judged, reading.arithmetic)
    for finding in findings:
        _explain(finding, ours, actor)
    return TextCheck(text, judged, reading.arithmetic, findings, time.perf_counter() - begun)


def _findings(
    judged: Sequence[MentionVerdict], arithmetic: Iterable[Arithmetic]
) -> list[CheckFinding]:
    wrong: dict[int, list[Arithmetic]] = defaultdict(list)
    for statement in arithmetic:
        if not statement.holds:
            for index in _claims(statement, judged):
                wrong[index].append(statement)
    places: dict[tuple[int, int], CheckFinding] = {}
    for index, each in enumerate(judged):
        mention = each.mention
        place = (mention.start, mention.end)
        finding = places.setdefault(place, CheckFinding(len(places) + 1, *place, "unknown"))
        finding.judged.append(each)
        finding.sums += [statement for statement in wrong[index] if statement not in finding.sums]
    for finding in places.values():
        finding.kind = _kind(finding)
    return sorted(places.values(), key=lambda finding: finding.start)


def _claims(statement: Arithmetic, judged: Sequence[MentionVerdict]) -> list[int]:
    """Which figures a sum that does not hold casts doubt on: its percentages, else those our
    records do not confirm.
    """
    percentages = [i for i in statement.mentions if judged[i].mention.unit == "%"]
    unconfirmed = [i for i in statement.mentions if judged[i].verdict != "agrees"]
    return percentages or unconfirmed or list(statement.mentions)


def _kind(finding: CheckFinding) -> FindingKind:
    kinds: set[FindingKind] = {each.verdict for each in finding.judged}
    if finding.sums:
        kinds.add("arithmetic")
    return next(kind for kind in _GRAVEST if kind in kinds)


# Why ----------------------------------------------------------------------------------------------


def _explain(finding: CheckFinding, ours: RecordFigures, actor: Actor | None) -> None:
    differing = [each for each in finding.judged if each.verdict == "differs" and each.ours]
    if not differing:
        return
    first = differing[0]
    assert first.ours is not None
    if len(finding.judged) == 1:
        finding.replacement = replacement(first.mention, first.ours)
    wanted = _wanted(first, ours)
    if wanted is not None and actor is not None:
        finding.why = _likely_reason(first, wanted, actor)


def _wanted(each: MentionVerdict, ours: RecordFigures) -> FigureRequest | None:
    mention = each.mention
    return (
        ours.wanted(mention.indicator, mention.period, mention.breakdown)
        if mention.indicator
        else None
    )


def replacement(mention: Mention, ours: OurFigure) -> str:
    """Our figure in the words of the place: 112件, 87.5%."""
    if mention.unit == "%":
        if ours.numerator is None or ours.denominator is None:
            return ""
        return wording.percent_text(ours.numerator, ours.denominator)
    return f"{ours.value.normalize():f}{mention.unit}"


def _likely_reason(each: MentionVerdict, wanted: FigureRequest, actor: Actor) -> str:
    """The records that, counted in by mistake, make up just the difference."""
    if (
        wanted.key
        or each.mention.value is None
        or each.mention.approx
        or each.ours is None
        or each.mention.unit == "%"
    ):
        return ""
    more = each.mention.value - each.ours.value
    for label, records in wanted.indicator.nearly:
        found = records(wanted.period)
        if more > 0 and Decimal(found.count()) == more:
            kind = wanted.indicator.kind
            seen = found.filter(kind.visible(actor)).select_related(*kind.related)[:NAMED]
            names = join_cn(kind.number(record) or name_of(kind, record) for record in seen)
            sentence = (
                _("The %(n)s too many are %(what)s: %(names)s.")
                if names
                else _("The %(n)s too many are %(what)s.")
            )
            return sentence % {"n": f"{more:f}", "what": label, "names": names}
    return ""


# Handing out --------------------------------------------------------------------------------------


def annotated(checked: TextCheck, word: WordText | None, author: str) -> bytes:
    """A Word copy with each figure tinted by its verdict, and a comment where somebody
    should look.
    """
    target = word or as_word(checked.text)
    remarks = [
        Remark(f.start, f.end, TINTS[f.kind], "\n".join(sentences(f)) if f.needs_a_look else "")
        for f in checked.findings
    ]
    target.remark(remarks, author)
    return target.to_bytes()


def sentences(finding: CheckFinding) -> list[str]:
    """What is to be said of a place, a line each."""
    said: list[str] = []
    for each in finding.judged:
        if each.verdict == "differs" and each.ours:
            said.append(
                _("%(title)s: the records say %(ours)s.")
                % {"title": each.ours.title, "ours": ours_text(each.ours)}
            )
        elif each.verdict == "unreadable":
            said.append(_("A digit is missing here; it cannot be checked, and is not guessed."))
    said += [
        _("Does not add up: %(sum)s") % {"sum": statement.expression} for statement in finding.sums
    ]
    return [*said, finding.why] if finding.why else said


def ours_text(ours: OurFigure) -> str:
    if ours.unit == "%":
        share = wording.percent_text(ours.numerator or 0, ours.denominator)
        return share + bracketed(f"{ours.numerator}/{ours.denominator}")
    number = f"{ours.value.normalize():f}{ours.unit}"
    return f"{number}以上" if ours.at_least else number


def replaced(checked_text: str, start: int, end: int, new: str) -> str:
    if not 0 <= start < end <= len(checked_text):
        raise BadInput(_("The text has changed; check it again."))
    return checked_text[:start] + new + checked_text[end:]

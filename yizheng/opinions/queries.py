"""Reads of public-opinion information: lists, rows, where a piece went and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.case_display import CaseRow, bulk_steps_of
from yizheng.core.clock import Calendar
from yizheng.core.punctuation import join_cn
from yizheng.core.time_left import due_of
from yizheng.instructions.models import Instruction
from yizheng.instructions.rules import visible_instructions
from yizheng.organisations.models import Organisation
from yizheng.organisations.queries import calendar

from . import rules
from .enums import DispatchState, OpinionLevel, OpinionState, ReporterKind, Secrecy, Urgency
from .flow import DISPATCH, ISSUE, OPINION
from .models import Cowriter, Dispatch, Issue, IssueItem, Opinion

OFFICE_HOLDERS = {
    rules.EDIT: gettext_lazy("information editors"),
    rules.checker.code: gettext_lazy("information editors"),
    rules.SIGN: gettext_lazy("signers"),
}


def visible_to(actor: Actor) -> QuerySet[Opinion]:
    return OPINION.visible_to(actor)


def for_list(found: QuerySet[Opinion]) -> QuerySet[Opinion]:
    return found.prefetch_related(Prefetch("cowriters", queryset=Cowriter.everywhere.all()))


def writer_names(opinion: Opinion) -> list[str]:
    return [opinion.reporter_name, *(cowriter.name for cowriter in opinion.cowriters.all())]


# Lists --------------------------------------------------------------------------------------------

STAGES: dict[str, tuple[Any, str]] = {
    "writing": (gettext_lazy("being written"), "writing"),
    "inbox": (gettext_lazy("handed in, not taken up"), "inbox"),
    "editing": (gettext_lazy("being edited and signed"), "edited"),
    "signed": (gettext_lazy("signed, to go out"), "ready"),
    "out": (gettext_lazy("sent out"), "out"),
    "closed": (gettext_lazy("closed, in the archive"), "archived"),
    "ended": (gettext_lazy("not used, combined, withdrawn"), "ended"),
}
"""Stage of the list → its group of states."""


def filtered(
    found: QuerySet[Opinion], wanted: Mapping[str, str], today: dt.date
) -> QuerySet[Opinion]:
    """`wanted`: q, year, stage, category, kind, level (adopted at), special."""
    for name, column in (("category", "category"), ("kind", "reporter_kind"), ("year", "year")):
        if value := wanted.get(name):
            found = found.filter(**{column: value})
    if stage := wanted.get("stage"):
        found = found.filter(state__in=OpinionState.of(STAGES[stage][1]))
    if level := wanted.get("level"):
        adopted = Dispatch.objects.filter(state__in=DispatchState.of("successful"), level=level)
        found = found.filter(pk__in=adopted.values("opinion"))
    if special := wanted.get("special"):
        found = found.filter(_special(special, today))
    if words := wanted.get("q", "").strip():
        own = Q(pk__in=Cowriter.objects.filter(name=words).values("opinion"))
        found = found.filter(
            own
            | Q(title__icontains=words)
            | Q(edited_title__icontains=words)
            | Q(number__icontains=words)
            | Q(reporter_name=words)
        )
    return found


def _special(name: str, today: dt.date) -> Q:
    if name == "overdue":
        return Q(state__in=OPINION.open_states, due_on__lt=today)
    if name == "urgent":
        return ~Q(urgency=Urgency.ORDINARY)
    if name == "excellent":
        return Q(is_excellent=True)
    return Q(origin_organisation__isnull=False)


def years(actor: Actor) -> list[int]:
    return sorted(set(visible_to(actor).order_by().values_list("year", flat=True)), reverse=True)


def holder_of(opinion: Opinion) -> tuple[str, str]:
    """Who holds the pen and what they do with it."""
    state = OPINION.state_of(opinion)
    if state.ends:
        return "", ""
    if state.holder is rules.author:
        return opinion.reporter_name, str(state.holding)
    if state.holder is None:
        return _("handling units") if opinion.state in OpinionState.of("handled") else _(
            "leaders and departments"
        ), str(state.holding)
    return str(OFFICE_HOLDERS.get(state.holder.code, "")), str(state.holding)


def badge_of(opinion: Opinion) -> dict[str, str] | None:
    """The one thing a row says loudly: closed to most, urgent, excellent."""
    if opinion.secrecy == Secrecy.LISTED:
        return {"text": _("circulation list"), "tone": "cinnabar"}
    if opinion.urgency != Urgency.ORDINARY and not OPINION.state_of(opinion).ends:
        return {"text": opinion.get_urgency_display(), "tone": "cinnabar"}
    if opinion.is_excellent:
        return {"text": _("excellent"), "tone": "bamboo"}
    return None


def rows(opinions: Iterable[Opinion], actor: Actor, days: Calendar | None = None) -> list[CaseRow]:
    days, today = days or calendar(), clock.today()
    return [_row(opinion, actor, days, today) for opinion in opinions]


def _row(opinion: Opinion, actor: Actor, days: Calendar, today: dt.date) -> CaseRow:
    state = OPINION.state_of(opinion)
    holder, holding = holder_of(opinion)
    names = join_cn(writer_names(opinion))
    return CaseRow(
        id=opinion.pk,
        number=opinion.number,
        title=opinion.heading or _("(no title yet)"),
        url=OPINION.url(opinion),
        line=" · ".join(
            part for part in (names, opinion.reporter_identity, opinion.category) if part
        ),
        seals=OPINION.seals_of(opinion),
        holder=holder or str(state.label),
        holder_note=holding,
        mine=OPINION.waits_for(opinion, actor),
        badge=badge_of(opinion),
        due=None if state.ends else due_of(opinion.due_on, days, today, state.counted),
        bulk=bulk_steps_of(opinion),
        cells={
            "state": state.label,
            "kind": opinion.get_reporter_kind_display(),
            "category": opinion.category,
            "writers": names,
        },
    )


def dispatch_rows(dispatches: Iterable[Dispatch], actor: Actor) -> list[CaseRow]:
    """What came back from above to be completed, and what is to be signed of it."""
    days, today = calendar(), clock.today()
    return [_dispatch_row(dispatch, actor, days, today) for dispatch in dispatches]


def _dispatch_row(dispatch: Dispatch, actor: Actor, days: Calendar, today: dt.date) -> CaseRow:
    state, opinion = DISPATCH.state_of(dispatch), dispatch.opinion
    return CaseRow(
        id=dispatch.pk,
        number=opinion.number,
        title=opinion.heading,
        url=DISPATCH.url(dispatch),
        line=dispatch.recipient,
        seals=DISPATCH.seals_of(dispatch),
        holder=str(OFFICE_HOLDERS[state.holder.code]) if state.holder else "",
        holder_note=state.holding,
        mine=DISPATCH.waits_for(dispatch, actor),
        due=due_of(dispatch.due_on, days, today, state.counted),
        badge={"text": str(state.label), "tone": state.tone},
    )


# One piece ----------------------------------------------------------------------------------------


def audience(actor: Actor, opinion: Opinion) -> str:
    """From where the reader looks: the office, a writer, a unit that handles it, a reader of the
    journal.
    """
    if actor.is_system or (rules.is_inside(actor) and rules.admits(actor, opinion)):
        return "office"
    if Opinion.objects.filter(rules.own(actor), pk=opinion.pk).exists():
        return "writer"
    return "unit" if rules.is_concerned(actor, opinion) else "reader"


# Editors' words to each other do not reach the writers.
INSIDE_STEPS = frozenset(
    {
        "opinion.send_back",
        "opinion.pass_check",
        "opinion.mark_secrecy",
        "opinion.finish",
        "opinion.merge",
        "opinion.save_edition",
        "opinion.start_over",
    }
)

# What another line of the same story says already: to all, and to the office, which reads where it
# was sent.
TOLD_TWICE = frozenset({"opinion.be_instructed", "dispatch.dispatched", "dispatch.sent_up"})
TOLD_OFFICE_TWICE = TOLD_TWICE | {"opinion.be_adopted"}


def history(opinion: Opinion, who: str) -> list[audit.AuditEntry]:
    """What happened to it, as that reader may know it; who writes on one text for an hour has one
    line.
    """
    of = Q(object_type="opinions.opinion", object_id=opinion.pk)
    if who == "office":
        sent = list(opinion.dispatches.values_list("pk", flat=True))
        of |= Q(object_type="opinions.dispatch", object_id__in=sent)
    entries = (
        audit.AuditEntry.objects.filter(of)
        .exclude(action__in=TOLD_OFFICE_TWICE if who == "office" else TOLD_TWICE)
        .order_by("id")
    )
    return _folded(
        entry for entry in entries if who == "office" or entry.action not in INSIDE_STEPS
    )


def _folded(entries: Iterable[audit.AuditEntry]) -> list[audit.AuditEntry]:
    found: list[audit.AuditEntry] = []
    for entry in entries:
        flow, _dot, name = entry.action.partition(".")
        last = found[-1] if found else None
        if (
            last
            and flow == OPINION.code
            and name in OPINION.edits
            and (last.action, last.actor_id) == (entry.action, entry.actor_id)
        ):
            found.pop()
        found.append(entry)
    return found


@dataclass
class LevelRecord:
    """What came of a piece at one level: where it was sent, adopted, and what leaders wrote."""

    level: str
    label: Any
    sent: list[tuple[Dispatch, Any]] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    issue: Issue | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.instructions or self.issue)


def tracking(opinion: Opinion, actor: Actor) -> list[LevelRecord]:
    """The record by level; what is part of a combined piece follows that piece."""
    main = opinion.merged_into or opinion
    found = {level: LevelRecord(level, OpinionLevel(level).label) for level in OpinionLevel.values}
    for sent in Dispatch.objects.filter(opinion=main).select_related("opinion"):
        found[sent.level].sent.append((sent, DISPATCH.state_of(sent)))
    kind = ContentType.objects.get_for_model(Opinion)
    for written in Instruction.objects.filter(
        visible_instructions(actor), content_type=kind, object_id=main.pk
    ):
        found[written.level].instructions.append(written)
    if (
        item := IssueItem.objects.filter(opinion=main).select_related("issue").first()
    ) and item.issue.number:
        found[Organisation.objects.get(pk=opinion.organisation_id).level].issue = item.issue
    return [record for record in found.values() if not record.is_empty]


# Issues -------------------------------------------------------------------------------------------


def issues_visible_to(actor: Actor) -> QuerySet[Issue]:
    return ISSUE.visible_to(actor).prefetch_related(
        Prefetch(
            "items",
            queryset=IssueItem.everywhere.select_related("opinion").prefetch_related(
                "opinion__cowriters"
            ),
        )
    )


def journals_and_years(actor: Actor) -> tuple[list[str], list[int]]:
    """Of the issues open to the actor: their journals, and their years, the latest first."""
    found = set(ISSUE.visible_to(actor).order_by().values_list("journal", "year").distinct())
    return sorted({journal for journal, _year in found}), sorted(
        {year for _journal, year in found}, reverse=True
    )


def issues_filtered(issues: QuerySet[Issue], wanted: Mapping[str, str]) -> QuerySet[Issue]:
    """`wanted`: journal, year."""
    given = {name: value for name in ("journal", "year") if (value := wanted.get(name))}
    return issues.filter(**given)


# The yearly circular ------------------------------------------------------------------------------

BEST_FIRST = ("single", "combined", "passed_on")


@dataclass
class WriterTally:
    """What one writer (or kind of reporter) wrote in a year and what came of it; `adopted` by level
    and kind of adoption.
    """

    name: str
    note: Any = ""
    written: int = 0
    used: int = 0
    excellent: int = 0
    adopted: dict[tuple[str, str], int] = field(default_factory=dict)
    instructions: dict[str, int] = field(default_factory=dict)

    def take(self, fact: OpinionResult) -> None:
        self.written += 1
        self.used += fact.used
        self.excellent += fact.excellent
        for level, adoption in fact.adopted.items():
            self.adopted[level, adoption] = self.adopted.get((level, adoption), 0) + 1
        for level, count in fact.instructions.items():
            self.instructions[level] = self.instructions.get(level, 0) + count


@dataclass
class OpinionResult:
    """What counts of one opinion: at each level the best that came of it, once."""

    used: bool
    excellent: bool
    adopted: dict[str, str]
    instructions: dict[str, int]


UPPER_LEVELS = (OpinionLevel.CITY, OpinionLevel.PROVINCE, OpinionLevel.NATION)


def circular(actor: Actor, year: int, by: str = "writer") -> tuple[list[WriterTally], WriterTally]:
    """Rows by writer or by kind of reporter, and the sum in which every opinion counts once."""
    opinions = for_list(counted(actor, year)).select_related("merged_into")
    found = list(opinions)
    facts = _facts(found)
    tallies: dict[tuple[str, str], WriterTally] = {}
    total = WriterTally(_("All"))
    for opinion in found:
        total.take(_once(opinion, facts[opinion.pk]))
        for name, note in _heads(opinion, by):
            tallies.setdefault((name, str(note)), WriterTally(name, note)).take(facts[opinion.pk])
    return sorted(tallies.values(), key=lambda t: (-t.used, -t.written, t.name)), total


def counted(actor: Actor, year: int) -> QuerySet[Opinion]:
    """What the committee's own reporters handed in that year, as far as it is open to the actor."""
    found = Opinion.objects.filter(rules.concerned(actor), year=year, origin_organisation=None)
    return found.exclude(state__in=OpinionState.of("uncounted")).order_by("id")


def _once(opinion: Opinion, fact: OpinionResult) -> OpinionResult:
    """What is part of a combined piece adds what was written, but not once more what came of the
    piece.
    """
    return (
        fact if opinion.merged_into_id is None else OpinionResult(fact.used, fact.excellent, {}, {})
    )


def _heads(opinion: Opinion, by: str) -> list[tuple[str, Any]]:
    if by == "kind":
        return [(str(ReporterKind(opinion.reporter_kind).label), "")]
    others = [(c.name, "") for c in opinion.cowriters.all()]
    return [
        (opinion.reporter_name, opinion.reporter_identity),
        *((name, note) for name, note in others),
    ]


def _facts(opinions: Sequence[Opinion]) -> dict[int, OpinionResult]:
    mains = {o.pk: (o.merged_into or o) for o in opinions}
    ids = {main.pk for main in mains.values()}
    adopted: dict[int, dict[str, str]] = {}
    rows_ = Dispatch.objects.filter(
        opinion__in=ids, state__in=DispatchState.of("successful")
    ).values_list("opinion", "level", "adoption")
    for pk, level, adoption in rows_:
        known = adopted.setdefault(pk, {})
        known[level] = min(known.get(level, adoption), adoption, key=BEST_FIRST.index)
    written: dict[int, dict[str, int]] = {}
    kind = ContentType.objects.get_for_model(Opinion)
    for pk, level in Instruction.objects.filter(content_type=kind, object_id__in=ids).values_list(
        "object_id", "level"
    ):
        written.setdefault(pk, {})[level] = written.get(pk, {}).get(level, 0) + 1
    return {
        o.pk: OpinionResult(
            mains[o.pk].state in OpinionState.of("valued"),
            o.is_excellent,
            adopted.get(mains[o.pk].pk, {}),
            written.get(mains[o.pk].pk, {}),
        )
        for o in opinions
    }

"""The figures of public-opinion information, as a table to proof-read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock, tenancy
from yizheng.core.access import Words
from yizheng.core.figures import (
    PERCENT,
    Breakdown,
    Indicator,
    Keeping,
    Measure,
    Period,
    RecordColumn,
    RecordKind,
    declare,
    in_words,
    own_trail,
)
from yizheng.instructions.models import Instruction
from yizheng.instructions.rules import visible_instructions
from yizheng.organisations.models import Organisation
from yizheng.people.seats import of_nonparty
from yizheng.regulations import NoRegulation

from . import parameters, rules
from .enums import Adoption, DispatchState, IssueState, OpinionLevel, OpinionState, ReporterKind
from .models import Dispatch, IssueItem, Opinion

PIECES = Measure("篇", pgettext_lazy("counter", "pieces"))
TIMES = Measure("篇次", pgettext_lazy("counter", "pieces, each time counted"))
INSTRUCTED = Measure("条", pgettext_lazy("counter", "single items"))

# Sets ---------------------------------------------------------------------------------------------


def received(period: Period) -> QuerySet[Opinion]:
    handed_in = Opinion.objects.filter(
        submitted_at__isnull=False, year__range=(period.first, period.last)
    )
    return handed_in.exclude(state__in=OpinionState.of("uncounted"))


def _on(day: str, year: str, period: Period) -> Q:
    """By its day; where a list of a past year does not say it, by the year of the list."""
    return Q(**{f"{day}__range": period.days}) | Q(
        **{day: None, f"{year}__range": (period.first, period.last)}
    )


def published(period: Period) -> QuerySet[Opinion]:
    items = IssueItem.objects.filter(
        _on("issue__issued_on", "issue__year", period), issue__state__in=IssueState.of("issued")
    )
    return Opinion.objects.filter(pk__in=items.order_by().values("opinion"))


def by_members(period: Period) -> QuerySet[Opinion]:
    return published(period).filter(reporter__isnull=False)


def by_nonparty_members(period: Period) -> QuerySet[Opinion]:
    return of_nonparty(by_members(period), TruncDate("submitted_at"), "reporter")


def _levels_above() -> list[str]:
    """Those above this committee's own: a city's leaders are the level above for a county only."""
    order = [level.value for level in OpinionLevel]
    return order[order.index(Organisation.objects.get(pk=tenancy.current()).level) + 1 :]


def dispatches(period: Period) -> QuerySet[Dispatch]:
    """One of which only the day of its adoption is told was sent by then."""
    told = Q(sent_on=None, adopted_on__range=period.days)
    untold = Q(adopted_on=None) & _on("sent_on", "opinion__year", period)
    return Dispatch.objects.filter(Q(sent_on__range=period.days) | told | untold).exclude(
        state__in=DispatchState.of("retracted")
    )


def sent(period: Period) -> QuerySet[Opinion]:
    return Opinion.objects.filter(pk__in=dispatches(period).order_by().values("opinion"))


def sent_up(period: Period) -> QuerySet[Opinion]:
    up = dispatches(period).filter(level__in=_levels_above())
    return Opinion.objects.filter(pk__in=up.order_by().values("opinion"))


def adoptions(period: Period) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(
        _on("adopted_on", "opinion__year", period), state__in=DispatchState.of("successful")
    )


def adopted(period: Period) -> QuerySet[Opinion]:
    return Opinion.objects.filter(pk__in=adoptions(period).order_by().values("opinion"))


def instructions(period: Period) -> QuerySet[Instruction]:
    kind = ContentType.objects.get_for_model(Opinion)
    return Instruction.objects.filter(content_type=kind, given_on__range=period.days)


def not_in_an_issue(period: Period) -> QuerySet[Opinion]:
    """Used, says a list brought in, and not in which issue."""
    return _used_elsewhere(period).filter(issue_item=None)


def not_told_where(period: Period) -> QuerySet[Opinion]:
    """Used, says a list brought in; it tells where it was adopted, and nothing of where it was
    sent besides.
    """
    told = Dispatch.objects.filter(opinion=OuterRef("pk"))
    return _used_elsewhere(period).filter(~Exists(told))


def _used_elsewhere(period: Period) -> QuerySet[Opinion]:
    return received(period).filter(is_imported=True).exclude(state__in=OpinionState.of("rejected"))


# By what one knows that they were kept ------------------------------------------------------------

_OF_LIVE = Q(opinion__is_imported=False)
PIECES_KEPT = Keeping(
    "opinions",
    lambda: Opinion.objects.filter(submitted_at__isnull=False),
    F("year"),
    live=Q(is_imported=False),
)
DISPATCHES_KEPT = Keeping(
    "dispatches",
    Dispatch.objects.all,
    Coalesce(ExtractYear("sent_on"), F("opinion__year")),
    live=_OF_LIVE,
)
ISSUES_KEPT = Keeping("issues", IssueItem.objects.all, F("issue__year"), live=_OF_LIVE)


def _instructions_kept() -> QuerySet[Instruction]:
    kind = ContentType.objects.get_for_model(Opinion)
    return Instruction.objects.filter(content_type=kind)


INSTRUCTIONS_KEPT = Keeping(
    "instructions",
    _instructions_kept,
    ExtractYear("given_on"),
    live=Q(entered_at__year=ExtractYear("given_on")),
)

# Kinds of record ----------------------------------------------------------------------------------


def _dispatch_trail(ids: Collection[int]) -> Mapping[int, list[tuple[str, int]]]:
    found = Dispatch.objects.filter(pk__in=ids).order_by().values_list("pk", "opinion")
    return {pk: [("opinions.dispatch", pk), ("opinions.opinion", opinion)] for pk, opinion in found}


def _instruction_trail(ids: Collection[int]) -> Mapping[int, list[tuple[str, int]]]:
    found = Instruction.objects.filter(pk__in=ids).order_by().values_list("pk", "object_id")
    return {
        pk: [("instructions.instruction", pk), ("opinions.opinion", opinion)]
        for pk, opinion in found
    }


def _told(day: object) -> object:
    return _("not recorded") if day is None else day


def _page(opinion: int) -> str:
    return reverse("opinions:detail", args=[opinion])


OPINION = RecordKind(
    "opinion",
    _("Piece of information"),
    Opinion,
    number=lambda o: o.number,
    name=lambda o: o.heading,
    url=lambda o: _page(o.pk),
    visible=rules.visible_opinions,
    trail=own_trail(Opinion),
    keeping=PIECES_KEPT,
    columns=(
        RecordColumn("reporter", _("reporter"), lambda o: o.reporter_name, width=10),
        RecordColumn("category", _("category"), lambda o: o.category, width=10),
        RecordColumn("state", _("state"), lambda o: Opinion.flow.state_of(o).label, width=12),
    ),
)
DISPATCH = RecordKind(
    "dispatch",
    _("Piece of information"),
    Dispatch,
    number=lambda d: d.opinion.number,
    name=lambda d: d.opinion.heading,
    url=lambda d: _page(d.opinion_id),
    visible=rules.visible_dispatches,
    trail=_dispatch_trail,
    keeping=DISPATCHES_KEPT,
    related=("opinion",),
    columns=(
        RecordColumn("recipient", _("sent to"), lambda d: d.recipient, width=16),
        RecordColumn("sent_on", _("sent on"), lambda d: _told(d.sent_on), "date"),
        RecordColumn(
            "adoption", _("how it was adopted"), lambda d: d.get_adoption_display(), width=14
        ),
        RecordColumn(
            "adopted_on",
            pgettext_lazy("opinion", "adopted on"),
            lambda d: _told(d.adopted_on) if d.adoption else None,
            "date",
        ),
    ),
)
INSTRUCTION = RecordKind(
    "instruction",
    _("Instruction"),
    Instruction,
    number=lambda i: "",
    name=str,
    url=lambda i: _page(i.object_id),
    visible=visible_instructions,
    trail=_instruction_trail,
    keeping=INSTRUCTIONS_KEPT,
    columns=(
        RecordColumn("level", _("level"), lambda i: i.get_level_display(), width=10),
        RecordColumn("given_on", _("given on"), lambda i: i.given_on, "date"),
    ),
)

# Ways to divide -----------------------------------------------------------------------------------


def _categories() -> Mapping[Any, Words]:
    try:
        return {name: name for name in parameters.in_force(clock.today()).categories}
    except NoRegulation:
        return {}


BY_REPORTER = Breakdown.of_list(
    "reporter", _("kind of reporter"), "reporter_kind", in_words(ReporterKind)
)
BY_CATEGORY = Breakdown.of_list("category", _("category"), "category", _categories)
BY_LEVEL = Breakdown.of_list("level", _("level"), "level", in_words(OpinionLevel))
SORTED = (BY_REPORTER, BY_CATEGORY)

SENT: Mapping[str, Any] = {
    "keeping": DISPATCHES_KEPT,
    "gaps": not_told_where,
    "gaps_title": _("pieces used of which nothing says where they were sent"),
}
COUNTS = [
    Indicator(
        "opinions.received",
        _("Public-opinion information received"),
        PIECES,
        _(
            "Pieces of public-opinion information handed in and not withdrawn since, also "
            "those merged into another or not used."
        ),
        OPINION,
        received,
        breakdowns=SORTED,
    ),
    Indicator(
        "opinions.published",
        _("Public-opinion information published"),
        PIECES,
        _("Pieces of public-opinion information in issues that came out in the period."),
        OPINION,
        published,
        breakdowns=SORTED,
        keeping=ISSUES_KEPT,
        gaps=not_in_an_issue,
        gaps_title=_("pieces used of which no issue is recorded"),
    ),
    Indicator(
        "opinions.sent",
        _("Public-opinion information sent"),
        PIECES,
        _(
            "Pieces of public-opinion information sent in the period, to leaders here or to "
            "a level above; one sent to several places counts once."
        ),
        OPINION,
        sent,
        breakdowns=SORTED,
        **SENT,
    ),
    Indicator(
        "opinions.sent_up",
        _("Public-opinion information sent up"),
        PIECES,
        _(
            "Pieces of public-opinion information sent to a level above in the period; one "
            "sent to several places counts once."
        ),
        OPINION,
        sent_up,
        breakdowns=SORTED,
        **SENT,
    ),
    Indicator(
        "opinions.dispatches",
        _("Public-opinion information sent, by place"),
        TIMES,
        _(
            "Each sending of a piece of public-opinion information to one place in the "
            "period, to leaders here or to a level above."
        ),
        DISPATCH,
        dispatches,
        breakdowns=(BY_LEVEL,),
        **SENT,
    ),
    Indicator(
        "opinions.adopted",
        _("Public-opinion information adopted"),
        PIECES,
        _(
            "Pieces of public-opinion information adopted somewhere in the period; one "
            "adopted in several places counts once."
        ),
        OPINION,
        adopted,
        breakdowns=SORTED,
        keeping=DISPATCHES_KEPT,
    ),
    Indicator(
        "opinions.adoptions",
        _("Public-opinion information adopted, by place"),
        TIMES,
        _("Each adoption of a piece of public-opinion information by one place in the period."),
        DISPATCH,
        adoptions,
        breakdowns=(
            BY_LEVEL,
            Breakdown.of_list("adoption", _("how it was adopted"), "adoption", in_words(Adoption)),
        ),
    ),
    Indicator(
        "opinions.instructions",
        _("Instructions on public-opinion information"),
        INSTRUCTED,
        _(
            "What leaders wrote on pieces of public-opinion information in the period; two "
            "leaders on one piece count twice."
        ),
        INSTRUCTION,
        instructions,
        breakdowns=(
            Breakdown.of_list("level", _("level"), "level", in_words(Instruction.LeaderLevel)),
        ),
    ),
    Indicator(
        "opinions.nonparty_share",
        _("Non-party members' share of information published"),
        PERCENT,
        _(
            "Published pieces whose first writer is a member not of the Communist Party, of "
            "the published pieces of members."
        ),
        OPINION,
        by_nonparty_members,
        by_members,
        _("members' information published"),
        (BY_CATEGORY,),
    ),
]

declare(COUNTS)

from . import sayings  # noqa: E402, F401  (words for what is declared above)

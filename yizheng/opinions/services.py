"""Writes on opinions that change no state: drafts, editions, issues being put together; and what
begins an opinion otherwise.

`record_past` is for imports: it writes an opinion of an earlier year down with what is known of its
end, once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from yizheng.core import clock, derived_rows, doors, tenancy
from yizheng.core.access import Actor
from yizheng.core.handover import Matter
from yizheng.core.prepared_queries import PreparedObjects
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, Problems, Wrong
from yizheng.organisations.models import Unit
from yizheng.organisations.rules import UNIT
from yizheng.people.models import Membership

from . import rules
from .enums import OpinionBodyForm, OpinionState, ReporterKind, Secrecy
from .flow import DISPATCH, ISSUE, OPINION
from .flow.due_dates import rules_of
from .flow.effects import receipt_number
from .flow.opinion import IMPORT
from .models import Cowriter, Dispatch, Issue, IssueItem, Opinion
from .opinion_text import original_text

FIELDS = (
    "title",
    "body_form",
    "body",
    "situation",
    "analysis",
    "suggestions",
    "category",
    "urgency",
    "secrecy",
    "follow_up_of",
)


@dataclass(frozen=True)
class Reporter:
    """Whose an opinion is: a member, a party or body, a unit's liaison officer, an invited
    reporter, one who is no member.
    """

    kind: str
    name: str
    membership: Membership | None = None
    identity: str = ""
    unit: Unit | None = None


def reporter_of(actor: Actor) -> Reporter:
    """The actor as a reporter in their own name."""
    membership = (
        Membership.objects.filter(pk__in=actor.membership_ids)
        .select_related("sector")
        .order_by("-pk")
        .first()
    )
    if membership is not None:
        return Reporter(ReporterKind.MEMBER, actor.name, membership, f"{membership.sector.name}")
    units = actor.reach(rules.WRITE).at(UNIT)
    if units:
        unit = Unit.objects.get(pk=min(units))
        return Reporter(ReporterKind.LIAISON, actor.name, identity=unit.short_name, unit=unit)
    return Reporter(ReporterKind.INVITED, actor.name, identity=actor.place)


# Drafts -------------------------------------------------------------------------------------------


@transaction.atomic
def create_draft(
    *,
    by: Actor,
    reporter: Reporter | None = None,
    cowriters: Sequence[Membership] = (),
    **values: Any,
) -> Opinion:
    """A draft of the actor, or for somebody else: anybody may hand in for one who is no member, the
    office for all.
    """
    opinion = Opinion(year=clock.today().year, entered_by_id=by.account_id)
    _set_reporter(opinion, reporter or reporter_of(by))
    _fill(opinion, values)
    OPINION.begin(opinion, "entered" if rules.is_anothers(by, opinion) else "drafted", by=by)
    if _set_cowriters(opinion, cowriters) is not None:
        derived_rows.refresh(opinion)
    return opinion


def _set_reporter(opinion: Opinion, reporter: Reporter) -> None:
    wrong = Wrong()
    wrong.when(not reporter.name.strip(), _("Name the reporter."), "name")
    wrong.when(
        reporter.kind == ReporterKind.NON_MEMBER and not reporter.identity.strip(),
        _("Say who the reporter is: post, employer or where they live."),
        "identity",
    )
    wrong.refuse()
    opinion.reporter_kind, opinion.reporter_name = reporter.kind, reporter.name.strip()
    opinion.reporter = reporter.membership
    opinion.unit = reporter.unit
    opinion.reporter_identity = reporter.identity[:80]


def _fill(opinion: Opinion, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(opinion, name, values[name])


def _set_cowriters(opinion: Opinion, members: Iterable[Membership]) -> list[str] | None:
    """Their names; None when nobody came and nobody went."""
    chosen = {member.pk: member for member in members if member.pk != opinion.reporter_id}
    gone, _each = opinion.cowriters.exclude(membership__in=chosen).delete()
    known = set(opinion.cowriters.values_list("membership", flat=True))
    for pk in chosen.keys() - known:
        Cowriter(opinion=opinion, membership=chosen[pk], name=chosen[pk].person.name).save()
    return (
        [member.person.name for member in chosen.values()]
        if gone or chosen.keys() - known
        else None
    )


def save_draft(
    opinion: Opinion,
    *,
    by: Actor,
    seen: int | None = None,
    cowriters: Sequence[Membership] | None = None,
    papers: Sequence[str] = (),
    **values: Any,
) -> Opinion:
    """Save what was typed; the version tells two open windows apart, so that neither overwrites the
    other unseen. `papers` are about to be put to it.
    """
    with OPINION.editing("save", opinion, by=by, seen=seen) as edit:
        _fill(edit.row, values)
        if cowriters is not None and (names := _set_cowriters(edit.row, cowriters)) is not None:
            edit.note(cowriters=names)
        if papers:
            edit.note(papers=list(papers))
    return edit.row


def discard(opinion: Opinion, *, by: Actor, seen: int | None = None) -> None:
    """Throw a draft away; nothing else ever is."""
    with OPINION.editing("discard", opinion, by=by, seen=seen):
        pass


# The edition --------------------------------------------------------------------------------------


def save_edition(
    opinion: Opinion, *, by: Actor, title: str, text: str, category: str, seen: int | None = None
) -> Opinion:
    """What the editor makes of it; the writer's own words are not touched."""
    with OPINION.editing("save_edition", opinion, by=by, seen=seen) as edit:
        edit.row.category = category
        _write_edition(edit.row, title, text, by)
    return edit.row


def start_over(opinion: Opinion, *, by: Actor, seen: int | None = None) -> Opinion:
    """The edition is the writer's text again."""
    with OPINION.editing("start_over", opinion, by=by, seen=seen) as edit:
        _write_edition(edit.row, edit.row.title, original_text(edit.row), by)
    return edit.row


def _write_edition(opinion: Opinion, title: str, text: str, by: Actor) -> None:
    opinion.edited_title, opinion.edited_text = title, text
    opinion.edited_by_id, opinion.edited_at = by.account_id, clock.now()


# Issues -------------------------------------------------------------------------------------------


WORDS = ("journal", "addressees", "copies", "remark")


@transaction.atomic
def compose(
    *,
    by: Actor,
    opinions: Sequence[Opinion],
    issue: Issue | None = None,
    seen: int | None = None,
    **values: Any,
) -> Issue:
    """Begin an issue, or change one that is not out yet: its journal, its words, which opinions
    stand in it in which order.
    """
    if issue is None:
        issue = Issue(year=clock.today().year)
        _name(issue, values)
        ISSUE.begin(issue, "composed", by=by)
        _set_items(issue, opinions, by)
        return issue
    with ISSUE.editing("compose", issue, by=by, seen=seen) as edit:
        _name(edit.row, values)
        before = _pieces(edit.row)
        _set_items(edit.row, opinions, by)
        if before != (after := _pieces(edit.row)):
            edit.note(pieces=[before, after])
    return edit.row


def _name(issue: Issue, values: Mapping[str, Any]) -> None:
    for name in WORDS:
        setattr(issue, name, values.get(name, getattr(issue, name)))


def _pieces(issue: Issue) -> list[str]:
    return [str(item.opinion) for item in issue.items.select_related("opinion")]


def _set_items(issue: Issue, opinions: Sequence[Opinion], by: Actor) -> None:
    """Locked in the order of their numbers, so that two who put issues together never wait for each
    other crosswise.
    """
    rows = (
        Opinion.objects.select_for_update(no_key=True)
        .filter(pk__in=[each.pk for each in opinions])
        .order_by("pk")
    )
    locked = {each.pk: each for each in rows}
    if not all(rules.editor.allows(by, opinion) for opinion in locked.values()):
        raise NotAllowed
    issue.items.exclude(opinion__in=opinions).delete()
    there = IssueItem.objects.filter(opinion__in=opinions).select_related("opinion")
    standing = {item.opinion_id: item for item in there}
    items = [
        standing.get(chosen.pk) or IssueItem(issue=issue, opinion=locked[chosen.pk])
        for chosen in opinions
    ]
    if reasons := [reason for item in items if (reason := _out_of_place(item, issue))]:
        raise NotNow(Problems(("opinions", reason) for reason in reasons))
    for position, item in enumerate(items, start=1):
        item.position = position
        item.save()


def _out_of_place(item: IssueItem, issue: Issue) -> str:
    """Why this piece cannot stand in the issue, if it cannot."""
    title = {"title": item.opinion.heading}
    if item.issue_id != issue.pk:
        return _("“%(title)s” stands in another issue already.") % title
    if item.pk is None and item.opinion.state not in OpinionState.of("live"):
        return _("“%(title)s” is not signed.") % title
    return ""


def discard_issue(issue: Issue, *, by: Actor, seen: int | None = None) -> None:
    """Only one that is not published; its opinions are free for another."""
    with ISSUE.editing("discard", issue, by=by, seen=seen):
        pass


# Begun otherwise ----------------------------------------------------------------------------------


_BEGUN_FROM = PreparedObjects(
    Opinion,
    lambda place, kind, source: Opinion.everywhere.filter(
        organisation=place, source_type=kind, source_id=source
    ),
    ids=3,
)


def taken_over(source: Any) -> Opinion | None:
    """The opinion that was begun from a source, if any."""
    kind = ContentType.objects.get_for_model(source)
    return next(iter(_BEGUN_FROM(tenancy.current(), kind.pk, source.pk)), None)


@transaction.atomic
def take_over(by: Actor, matter: Matter) -> Opinion:
    """Begun from something else: with its writers (a proposal) in the editors' inbox, else as a
    draft of the actor.
    """
    opinion = Opinion(
        year=clock.today().year,
        title=matter.title[:100],
        category=_known_category(matter.category),
        entered_by_id=None,
        source_type=ContentType.objects.get_for_model(matter.source),
        source_id=matter.source.pk,
        source_label=matter.label[:200],
        source_url=matter.url,
    )
    _set_words(opinion, matter)
    if not matter.has_writers:
        return _as_own(opinion, by, matter)
    members = Membership.objects.filter(pk__in=matter.writers).select_related("person", "sector")
    known = {member.pk: member for member in members}
    writers = [known[pk] for pk in matter.writers if pk in known]
    _set_reporter(opinion, _first_of(matter, writers))
    opinion.submitted_at, opinion.number = clock.now(), receipt_number(opinion.year)
    begun = OPINION.begin(opinion, "taken_over", by=by, detail={"note": matter.label})
    _set_cowriters(begun, writers)
    derived_rows.refresh(begun)
    return begun


def _as_own(opinion: Opinion, by: Actor, matter: Matter) -> Opinion:
    opinion.entered_by_id = by.account_id
    _set_reporter(opinion, reporter_of(by))
    return OPINION.begin(opinion, "taken_over_as_draft", by=by, detail={"note": matter.label})


def _first_of(matter: Matter, writers: Sequence[Membership]) -> Reporter:
    if matter.collective or not writers:
        return Reporter(ReporterKind.COLLECTIVE, matter.collective or "—")
    return Reporter(ReporterKind.MEMBER, writers[0].person.name, writers[0], writers[0].sector.name)


def _set_words(opinion: Opinion, matter: Matter) -> None:
    """In parts where it comes in parts."""
    if not (matter.situation or matter.suggestions):
        opinion.body = matter.text
        return
    opinion.body_form = OpinionBodyForm.PARTS
    opinion.situation = "\n".join(part for part in (matter.situation, matter.text) if part)
    opinion.analysis = matter.analysis
    opinion.suggestions = "\n".join(
        f"{n}. {text}" for n, text in enumerate(matter.suggestions, start=1)
    )


def _known_category(wanted: str) -> str:
    return wanted if wanted in rules_of().categories else ""


# Past years ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PastOpinion:
    """An opinion of an earlier year as a list tells it.

    `adoptions`: level, how (Adoption), where, and the day if it is known.
    """

    title: str
    year: int
    reporter: Reporter
    text: str = ""
    number: str = ""
    category: str = ""
    submitted_on: dt.date | None = None
    used: bool = True
    reason_not_used: str = ""
    journal: str = ""
    issue_number: str = ""
    issued_on: dt.date | None = None
    cowriters: Sequence[Membership] = ()
    adoptions: Sequence[tuple[str, str, str, dt.date | None]] = field(default_factory=tuple)


def is_known(past: PastOpinion) -> bool:
    """Whether the same opinion was recorded before: by its number, else by year, title and
    reporter.
    """
    if past.number:
        return Opinion.objects.filter(number=past.number).exists()
    return Opinion.objects.filter(
        year=past.year, title=past.title, reporter_name=past.reporter.name
    ).exists()


def _number_of_import(year: int) -> str:
    count = Opinion.objects.filter(year=year, is_imported=True).count()
    return f"{year}-{count + 1:04}i"


@transaction.atomic
def record_past(
    past: PastOpinion, *, by: Actor, origin: Mapping[str, Any] | None = None
) -> Opinion:
    """Write an opinion of a past year down in its final state.

    Refuses one that is recorded already.
    """
    opinion = Opinion(
        year=past.year,
        title=past.title,
        body=past.text,
        category=past.category,
        secrecy=Secrecy.INTERNAL,
        is_imported=True,
        number=past.number or _number_of_import(past.year),
        submitted_at=clock.now() if past.submitted_on is None else _noon(past.submitted_on),
    )
    _set_reporter(opinion, past.reporter)
    doors.require(by, rules.import_opinions, opinion, IMPORT)
    if is_known(past):
        raise BadInput(_("“%(title)s” is recorded already.") % {"title": past.title})
    if past.used:
        opinion.edited_title = past.title
        opinion.edited_text = past.text or past.title
        opinion.closed_at = clock.now()
    else:
        opinion.reason_not_used = past.reason_not_used or "imported"
    OPINION.begin(opinion, "imported" if past.used else "imported_not_used", by=by, detail=origin)
    _set_cowriters(opinion, past.cowriters)
    _past_facts(opinion, past, by)
    derived_rows.refresh(opinion)
    return opinion


def _noon(day: dt.date) -> dt.datetime:
    return clock.now().replace(year=day.year, month=day.month, day=day.day, hour=12)


def _past_facts(opinion: Opinion, past: PastOpinion, by: Actor) -> None:
    if past.issue_number:
        journal = past.journal or rules_of().journals[0].label
        issue = Issue.objects.filter(
            journal=journal, year=past.year, number=past.issue_number
        ).first()
        if issue is None:
            issue = Issue(
                journal=journal,
                year=past.year,
                number=past.issue_number,
                issued_on=past.issued_on,
                is_imported=True,
            )
            ISSUE.begin(issue, "imported", by=by)
        IssueItem(issue=issue, opinion=opinion, position=issue.items.count() + 1).save()
    for level, adoption, where, day in past.adoptions:
        made = Dispatch(
            opinion=opinion,
            level=level,
            recipient=where,
            adoption=adoption,
            adopted_in=where,
            adopted_on=day,
        )
        DISPATCH.begin(made, "imported", by=by)  # it is long told: nobody gets a notice

"""Writes that change no state: drafts, editions, issues being put together; and what begins an opinion otherwise.

`record_past` is for imports: it writes an opinion of an earlier year down with what is known of its end, once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from yizheng.core import audit, clock, derived, files, tenancy
from yizheng.core.access import Actor
from yizheng.core.handover import Matter
from yizheng.core.prepared import PreparedObjects
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState
from yizheng.organisations.models import Unit
from yizheng.people.models import Membership

from . import rules
from .enums import (
    BodyForm,
    DispatchState,
    IssueState,
    OpinionState,
    ReporterKind,
    Secrecy,
)
from .flow import DISPATCH, ISSUE, OPINION
from .flow.common import AFTER_SIGNATURE, rules_of
from .flow.effects import receipt_number
from .models import Cowriter, Dispatch, Issue, IssueItem, Opinion
from .text import original_text

EDITABLE = frozenset({OpinionState.DRAFT, OpinionState.RETURNED})
FIELDS = (
    "title", "body_form", "body", "situation", "analysis", "suggestions", "category", "urgency", "secrecy", "follow_up_of",
)  # fmt: skip


@dataclass(frozen=True)
class Reporter:
    """Whose an opinion is: a member, a party or body, a unit's liaison officer, an invited reporter, one who is no member."""

    kind: str
    name: str
    membership: Membership | None = None
    identity: str = ""
    unit: Unit | None = None


def reporter_of(actor: Actor) -> Reporter:
    """The actor as a reporter in their own name."""
    membership = Membership.objects.filter(pk__in=actor.membership_ids).select_related("sector").order_by("-pk").first()
    if membership is not None:
        return Reporter(ReporterKind.MEMBER, actor.name, membership, f"{membership.sector.name}")
    units = actor.reach(rules.WRITE).units
    if units:
        unit = Unit.objects.get(pk=min(units))
        return Reporter(ReporterKind.LIAISON, actor.name, identity=unit.short_name, unit=unit)
    return Reporter(ReporterKind.INVITED, actor.name, identity=actor.place)


# Drafts -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def create_draft(*, by: Actor, reporter: Reporter | None = None, cowriters: Sequence[Membership] = (), **values: Any) -> Opinion:
    """A draft of the actor, or for somebody else: anybody may hand in for one who is no member, the office for all."""
    if not rules.may_write(by):
        raise NotAllowed(_("Members, liaison officers, invited reporters and the office write public-opinion information."))
    reporter = reporter or reporter_of(by)
    own = reporter.membership is not None and reporter.membership.pk in by.membership_ids
    for_others = reporter.kind in (ReporterKind.MEMBER, ReporterKind.COLLECTIVE) and not own
    if for_others and not by.holds(rules.EDIT):
        raise NotAllowed(_("Only the office enters information for other members and for parties and bodies."))
    opinion = Opinion(year=clock.today().year, entered_by_id=by.account_id)
    _set_reporter(opinion, reporter)
    _fill(opinion, values)
    OPINION.begin(opinion, OpinionState.DRAFT, by=by, action="drafted")
    if cowriters:
        _set_cowriters(opinion, cowriters)
        derived.refresh(opinion)
    return opinion


def _set_reporter(opinion: Opinion, reporter: Reporter) -> None:
    if not reporter.name.strip():
        raise BadInput(_("Name the reporter."))
    if reporter.kind == ReporterKind.NON_MEMBER and not reporter.identity.strip():
        raise BadInput(_("Say who the reporter is: post, employer or where they live."))
    opinion.reporter_kind, opinion.reporter_name = reporter.kind, reporter.name.strip()
    opinion.reporter, opinion.unit, opinion.reporter_identity = reporter.membership, reporter.unit, reporter.identity[:80]


def _fill(opinion: Opinion, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(opinion, name, values[name])


def _set_cowriters(opinion: Opinion, members: Iterable[Membership]) -> None:
    chosen = {member.pk: member for member in members if member.pk != opinion.reporter_id}
    opinion.cowriters.exclude(membership__in=chosen).delete()
    known = set(opinion.cowriters.values_list("membership", flat=True))
    for pk in chosen.keys() - known:
        Cowriter(opinion=opinion, membership=chosen[pk], name=chosen[pk].person.name).save()


@transaction.atomic
def save_draft(
    opinion: Opinion, *, by: Actor, seen: int | None = None, cowriters: Sequence[Membership] | None = None, **values: Any
) -> Opinion:
    """Save what was typed; the version tells two open windows apart, so that neither overwrites the other unseen."""
    locked = Opinion.objects.select_for_update().get(pk=opinion.pk)
    _require_editable(locked, by)
    _check_version(locked, seen)
    _fill(locked, values)
    if cowriters is not None:
        _set_cowriters(locked, cowriters)
    _save(locked)
    return locked


def _require_editable(opinion: Opinion, by: Actor) -> None:
    if opinion.state not in EDITABLE:
        raise NotNow(_("It is handed in; its text can be changed only when it comes back to be completed."))
    if not rules.is_author(by, opinion):
        raise NotAllowed(_("Only its writer may change this."))


def _check_version(opinion: Opinion, seen: int | None) -> None:
    if seen is not None and seen != opinion.version:
        raise StaleState(
            _("This draft was saved in another window since you opened it. What you typed here is kept on this page: compare before you save again.")
        )


def _save(opinion: Opinion) -> None:
    opinion.version += 1
    opinion.save()
    derived.refresh(opinion)


@transaction.atomic
def discard(opinion: Opinion, *, by: Actor) -> None:
    """Throw a draft away; nothing else ever is."""
    if opinion.state != OpinionState.DRAFT or not rules.is_author(by, opinion):
        raise NotAllowed(_("Only a draft can be thrown away, by its writer."))
    audit.record("opinion.discarded", by=by, of=opinion)
    files.remove_all(opinion, by=by)
    opinion.delete()


# The edition ------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_edition(opinion: Opinion, *, by: Actor, title: str, text: str, category: str, seen: int | None = None) -> Opinion:
    """What the editor makes of it; the writer's own words are not touched."""
    locked = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if not rules.editor.allows(by, locked):
        raise NotAllowed(_("Only editors write the edition."))
    if locked.state not in (OpinionState.EDITING, OpinionState.CHECKING):
        raise NotNow(_("The edition can be changed only while it is being edited or checked."))
    _check_version(locked, seen)
    locked.edited_title, locked.edited_text, locked.category = title, text, category
    locked.edited_by_id, locked.edited_at = by.account_id, clock.now()
    _save(locked)
    return locked


def start_over(opinion: Opinion, *, by: Actor) -> Opinion:
    """The edition is the writer's text again."""
    return save_edition(opinion, by=by, title=opinion.title, text=original_text(opinion), category=opinion.category)


# Issues -----------------------------------------------------------------------------------------------------------


def _require_editor(by: Actor) -> None:
    if not by.holds(rules.EDIT):
        raise NotAllowed(_("Issues are put together by the editors."))


@transaction.atomic
def compose(*, by: Actor, opinions: Sequence[Opinion], issue: Issue | None = None, **values: Any) -> Issue:
    """Begin an issue, or change one that is not out yet: its journal, its words, which opinions stand in it in which order."""
    _require_editor(by)
    issue = issue or Issue(year=clock.today().year)
    if issue.pk and issue.state != IssueState.COMPOSING:
        raise NotNow(_("This issue is published; what stands in it stays."))
    for name in ("journal", "addressees", "copies", "remark"):
        setattr(issue, name, values.get(name, getattr(issue, name)))
    if issue.pk:
        issue.version += 1
        issue.save()
    else:
        ISSUE.begin(issue, IssueState.COMPOSING, by=by, action="composed")
    _set_items(issue, opinions, by)
    return issue


def _set_items(issue: Issue, opinions: Sequence[Opinion], by: Actor) -> None:
    issue.items.exclude(opinion__in=opinions).delete()
    for position, chosen in enumerate(opinions, start=1):
        opinion = Opinion.objects.select_for_update().get(pk=chosen.pk)
        if not rules.editor.allows(by, opinion):
            raise NotAllowed
        item = IssueItem.objects.filter(opinion=opinion).first() or IssueItem(issue=issue, opinion=opinion)
        if item.issue_id != issue.pk:
            raise NotNow(_("“%(title)s” stands in another issue already.") % {"title": opinion.heading})
        if opinion.state not in AFTER_SIGNATURE:
            raise NotNow(_("“%(title)s” is not signed.") % {"title": opinion.heading})
        item.position = position
        item.save()


@transaction.atomic
def discard_issue(issue: Issue, *, by: Actor) -> None:
    """Only one that is not published; its opinions are free for another."""
    _require_editor(by)
    if issue.state != IssueState.COMPOSING:
        raise NotNow(_("This issue is published; what stands in it stays."))
    audit.record("issue.discarded", by=by, of=issue)
    issue.delete()


# Begun otherwise --------------------------------------------------------------------------------------------------


_BEGUN_FROM = PreparedObjects(
    Opinion,
    lambda place, kind, source: Opinion.everywhere.filter(organisation=place, source_type=kind, source_id=source),
    ids=3,
)


def taken_over(source: Any) -> Opinion | None:
    """The opinion that was begun from a source, if any."""
    kind = ContentType.objects.get_for_model(source)
    return next(iter(_BEGUN_FROM(tenancy.current(), kind.pk, source.pk)), None)


@transaction.atomic
def take_over(by: Actor, matter: Matter) -> Opinion:
    """Begun from something else: with its writers (a proposal) in the editors' inbox, else as a draft of the actor."""
    opinion = Opinion(
        year=clock.today().year, title=matter.title[:100], category=_known_category(matter.category), entered_by_id=None,
        source_type=ContentType.objects.get_for_model(matter.source), source_id=matter.source.pk,
        source_label=matter.label[:200], source_url=matter.url,
    )  # fmt: skip
    _set_words(opinion, matter)
    if not matter.has_writers:
        return _as_own(opinion, by, matter)
    members = Membership.objects.filter(pk__in=matter.writers).select_related("person", "sector")
    known = {member.pk: member for member in members}
    writers = [known[pk] for pk in matter.writers if pk in known]
    _set_reporter(opinion, _first_of(matter, writers))
    opinion.submitted_at, opinion.number = clock.now(), receipt_number(opinion.year)
    begun = OPINION.begin(opinion, OpinionState.SUBMITTED, by=by, action="taken_over", detail={"note": matter.label})
    _set_cowriters(begun, writers)
    derived.refresh(begun)
    return begun


def _as_own(opinion: Opinion, by: Actor, matter: Matter) -> Opinion:
    if not rules.may_write(by):
        raise NotAllowed(_("Members, liaison officers, invited reporters and the office write public-opinion information."))
    opinion.entered_by_id = by.account_id
    _set_reporter(opinion, reporter_of(by))
    return OPINION.begin(opinion, OpinionState.DRAFT, by=by, action="taken_over", detail={"note": matter.label})


def _first_of(matter: Matter, writers: Sequence[Membership]) -> Reporter:
    if matter.collective or not writers:
        return Reporter(ReporterKind.COLLECTIVE, matter.collective or "—")
    return Reporter(ReporterKind.MEMBER, writers[0].person.name, writers[0], writers[0].sector.name)


def _set_words(opinion: Opinion, matter: Matter) -> None:
    """In parts where it comes in parts."""
    if not (matter.situation or matter.suggestions):
        opinion.body = matter.text
        return
    opinion.body_form = BodyForm.PARTS
    opinion.situation = "\n".join(part for part in (matter.situation, matter.text) if part)
    opinion.analysis = matter.analysis
    opinion.suggestions = "\n".join(f"{n}. {text}" for n, text in enumerate(matter.suggestions, start=1))


def _known_category(wanted: str) -> str:
    return wanted if wanted in rules_of().categories else ""


# Past years -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Past:
    """An opinion of an earlier year as a list tells it. `adoptions`: level, how (Adoption), where, day."""

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
    adoptions: Sequence[tuple[str, str, str, dt.date]] = field(default_factory=tuple)


def is_known(past: Past) -> bool:
    """Whether the same opinion was recorded before: by its number, else by year, title and reporter."""
    if past.number:
        return Opinion.objects.filter(number=past.number).exists()
    return Opinion.objects.filter(year=past.year, title=past.title, reporter_name=past.reporter.name).exists()


@transaction.atomic
def record_past(past: Past, *, by: Actor, origin: Mapping[str, Any] | None = None) -> Opinion:
    """Write an opinion of a past year down in its final state. Refuses one that is recorded already."""
    if not rules.import_opinions.allows(by, None):
        raise NotAllowed(_("Importing is not among your tasks."))
    if is_known(past):
        raise BadInput(_("“%(title)s” is recorded already.") % {"title": past.title})
    opinion = Opinion(
        year=past.year, title=past.title, body=past.text, category=past.category, secrecy=Secrecy.INTERNAL, is_imported=True,
        number=past.number or f"{past.year}-{Opinion.objects.filter(year=past.year, is_imported=True).count() + 1:04}i",
        submitted_at=clock.now() if past.submitted_on is None else _noon(past.submitted_on),
    )  # fmt: skip
    _set_reporter(opinion, past.reporter)
    if past.used:
        opinion.edited_title, opinion.edited_text, opinion.closed_at = past.title, past.text or past.title, clock.now()
    else:
        opinion.reason_not_used = past.reason_not_used or "imported"
    OPINION.begin(opinion, OpinionState.CLOSED if past.used else OpinionState.NOT_USED, by=by, action="imported", detail=origin)
    _set_cowriters(opinion, past.cowriters)
    _past_facts(opinion, past, by)
    derived.refresh(opinion)
    return opinion


def _noon(day: dt.date) -> dt.datetime:
    return clock.now().replace(year=day.year, month=day.month, day=day.day, hour=12)


def _past_facts(opinion: Opinion, past: Past, by: Actor) -> None:
    if past.issue_number:
        journal = past.journal or rules_of().journals[0].label
        issue = Issue.objects.filter(journal=journal, year=past.year, number=past.issue_number).first()
        if issue is None:
            issue = Issue(journal=journal, year=past.year, number=past.issue_number,
                          issued_on=past.issued_on or dt.date(past.year, 12, 31))  # fmt: skip
            ISSUE.begin(issue, IssueState.PUBLISHED, by=by, action="imported")
        IssueItem(issue=issue, opinion=opinion, position=issue.items.count() + 1).save()
    for level, adoption, where, day in past.adoptions:
        made = Dispatch(opinion=opinion, level=level, recipient=where, sent_on=day, adoption=adoption, adopted_in=where, adopted_on=day)
        DISPATCH.begin(made, DispatchState.ADOPTED, by=by, action="imported")  # it is long told: nobody gets a notice



"""Who may do what with opinions.

What is marked for a circulation list reaches those on it, in every rule.
"""

from __future__ import annotations

from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import circumstances, clock
from yizheng.core.access import (
    NOTHING,
    Actor,
    Rule,
    Words,
    is_account,
    is_member,
    office,
    permission,
)
from yizheng.organisations.rules import UNIT
from yizheng.people.queries import accounts_holding
from yizheng.regulations import NoRegulation, UnreadableRegulation
from yizheng.transfers.enums import TransferState
from yizheng.transfers.models import Transfer

from . import parameters
from .enums import IssueState, OpinionState, ReporterKind, Secrecy
from .models import Circulation, Cowriter, Dispatch, Issue, IssueItem, Opinion

WRITE = permission("opinions.write", _("writes public-opinion information"))
READ = permission("opinions.read", _("reads the public-opinion information of the office"))
EDIT = permission("opinions.edit", _("edits, checks and sends public-opinion information"))
SIGN = permission("opinions.sign", _("signs public-opinion information"))
HANDLE = permission("opinions.handle", _("handles at its unit what was transferred"))
import_opinions = office("opinions.import", _("imports public-opinion information"))
INSIDE = (READ, EDIT, SIGN)
BY_REGULATION = frozenset({circumstances.DAY, circumstances.REGULATION})
"""On what it rests whether editors read what is marked for a circulation list."""


# Secrecy ------------------------------------------------------------------------------------------


def _editors_read_listed() -> bool:
    try:
        return parameters.in_force(clock.today()).editors_read_listed
    except UnreadableRegulation:
        return False  # it may have said no
    except NoRegulation:
        return True


def admits(actor: Actor, opinion: Opinion) -> bool:
    """Whether the marking lets the actor read it; whether their work is with it is another
    question.
    """
    if actor.is_system or opinion.secrecy != Secrecy.LISTED:
        return True
    if _editors_read_listed() and actor.holds(EDIT):
        return True
    return Circulation.objects.filter(opinion=opinion, account=actor.account_id).exists()


def admitted(actor: Actor) -> Q:
    """The same as a filter."""
    if _editors_read_listed() and actor.holds(EDIT):
        return Q()
    listed = Circulation.objects.filter(account=actor.account_id).values("opinion")
    return ~Q(secrecy=Secrecy.LISTED) | Q(pk__in=listed)


def admitted_accounts(opinion: Opinion, accounts: list[int]) -> list[int]:
    """Those of the accounts who may be told of it."""
    if opinion.secrecy != Secrecy.LISTED:
        return accounts
    may = set(opinion.circulation.values_list("account", flat=True))
    if _editors_read_listed():
        may |= set(accounts_holding(EDIT))
    return [account for account in accounts if account in may]


# Rules --------------------------------------------------------------------------------------------


def _inside(code: str, label: Words) -> Rule:
    """Rule: the permission over the whole organisation, as far as the marking admits its holder."""
    return Rule(
        code,
        label,
        lambda actor, opinion: actor.holds(code) and admits(actor, opinion),
        lambda actor: admitted(actor) if actor.holds(code) else NOTHING,
        BY_REGULATION,
    )


editor = _inside(EDIT, _("edits, checks and sends public-opinion information"))
signer = _inside(SIGN, _("signs public-opinion information"))


def _another_checks() -> bool:
    try:
        return parameters.in_force(clock.today()).checked_by_another
    except UnreadableRegulation:
        return True  # it may have said so
    except NoRegulation:
        return False


def _others_editions(actor: Actor) -> Q:
    own = editor.scope(actor)
    if own == NOTHING or actor.account_id is None or not _another_checks():
        return own
    return own & ~Q(edited_by=actor.account_id)


checker = Rule(
    "checker",
    _("edits public-opinion information; where another has to check, not whoever edited it"),
    lambda actor, opinion: (
        editor.allows(actor, opinion)
        and not (
            actor.account_id is not None
            and opinion.edited_by_id == actor.account_id
            and _another_checks()
        )
    ),
    _others_editions,
    BY_REGULATION,
)


author = replace(
    is_member("writer", _("wrote or entered it"), "reporter_id")
    | is_account("writer", _("wrote or entered it"), "entered_by_id"),
    code="writer",
)


def _dispatch_keeper(actor: Actor, dispatch: Dispatch) -> bool:
    return editor.allows(actor, dispatch.opinion)


def _through(path: str, visible: Q) -> Q:
    return (
        NOTHING
        if visible == NOTHING
        else Q(**{f"{path}__in": Opinion.objects.filter(visible).values("pk")})
    )


dispatcher = Rule(
    EDIT,
    _("edits, checks and sends public-opinion information"),
    _dispatch_keeper,
    lambda actor: _through("opinion", editor.scope(actor)),
    BY_REGULATION,
)
dispatch_signer = Rule(
    SIGN,
    _("signs public-opinion information"),
    lambda actor, dispatch: signer.allows(actor, dispatch.opinion),
    lambda actor: _through("opinion", signer.scope(actor)),
    BY_REGULATION,
)


# What is seen -------------------------------------------------------------------------------------


def may_write(actor: Actor) -> bool:
    return actor.holds_somewhere(WRITE) or actor.holds(EDIT)


FOR_OTHERS = (ReporterKind.MEMBER, ReporterKind.COLLECTIVE)


def is_anothers(actor: Actor, opinion: Opinion) -> bool:
    """A member's or a body's own word, written down by somebody else; for one who is no member
    anybody may write.
    """
    return opinion.reporter_kind in FOR_OTHERS and (
        opinion.reporter_id is None or opinion.reporter_id not in actor.membership_ids
    )


def _not_anothers(actor: Actor) -> Q:
    others = Q(reporter_kind__in=FOR_OTHERS)
    return ~others | Q(reporter__in=actor.membership_ids) if actor.membership_ids else ~others


writer = Rule(
    WRITE,
    _("writes public-opinion information"),
    lambda actor, opinion: may_write(actor) and not is_anothers(actor, opinion),
    lambda actor: _not_anothers(actor) if may_write(actor) else NOTHING,
)
enterer = office(EDIT, _("edits, checks and sends public-opinion information"))


def own(actor: Actor) -> Q:
    """What the actor wrote, alone, with others, or for somebody."""
    written = author.scope(actor)
    if actor.membership_ids:
        together = Cowriter.objects.filter(membership__in=actor.membership_ids)
        written |= Q(pk__in=together.values("opinion")) & ~Q(state__in=OpinionState.of("private"))
    return written


def _handled(actor: Actor) -> Q:
    """What was transferred to a unit of the actor, and the marking admits them."""
    units = actor.reach(HANDLE).at(UNIT)
    if not units:
        return NOTHING
    kind = ContentType.objects.get_for_model(Opinion)
    given = Transfer.objects.filter(content_type=kind, unit__in=units).exclude(
        state__in=TransferState.of("gone")
    )
    return Q(pk__in=given.values("object_id")) & admitted(actor)


def visible_inside(actor: Actor) -> Q:
    """What the actor reads with the writer's own words and where it went: as a writer, as the
    office.
    """
    if actor.is_system:
        return Q()
    seen = own(actor)
    if any(actor.holds(code) for code in INSIDE):
        seen |= ~Q(state__in=OpinionState.of("private")) & admitted(actor)
    return seen


def concerned(actor: Actor) -> Q:
    """What the actor reads whole, with its papers: as a writer, as the office, as a unit that
    handles it.
    """
    if actor.is_system:
        return Q()
    return visible_inside(actor) | _handled(actor)


def visible_opinions(actor: Actor) -> Q:
    """Besides, every reporter reads what was published openly."""
    if actor.is_system:
        return Q()
    seen = concerned(actor)
    if actor.holds_somewhere(WRITE):
        issued = IssueItem.objects.filter(issue__state__in=IssueState.of("issued"))
        seen |= Q(secrecy=Secrecy.OPEN, pk__in=issued.values("opinion"))
    return seen


def is_concerned(actor: Actor, opinion: Opinion) -> bool:
    return actor.is_system or Opinion.objects.filter(concerned(actor), pk=opinion.pk).exists()


may_read_files = is_concerned


def visible_dispatches(actor: Actor) -> Q:
    """With the opinion; a unit that handles it and a reader of the journal do not read where else
    it went.
    """
    return Q() if actor.is_system else _through("opinion", visible_inside(actor))


def visible_issues(actor: Actor) -> Q:
    """An issue in which something is closed to the actor is closed to them whole; one in the making
    is the office's.
    """
    if actor.is_system:
        return Q()
    hidden = IssueItem.objects.exclude(
        opinion__in=Opinion.objects.filter(visible_opinions(actor)).values("pk")
    )
    whole = ~Q(pk__in=hidden.values("issue"))
    if any(actor.holds(code) for code in INSIDE):
        return whole
    return whole & Q(state__in=IssueState.of("issued")) if actor.holds_somewhere(WRITE) else NOTHING


def _publishes(actor: Actor, issue: Issue) -> bool:
    return actor.holds(EDIT) and (
        issue.pk is None or Issue.objects.filter(visible_issues(actor), pk=issue.pk).exists()
    )


publisher = Rule(
    EDIT,
    _("edits, checks and sends public-opinion information"),
    _publishes,
    lambda actor: visible_issues(actor) if actor.holds(EDIT) else NOTHING,
    BY_REGULATION,
)


def is_inside(actor: Actor) -> bool:
    return any(actor.holds(code) for code in INSIDE)


def opens(actor: Actor) -> bool:
    """Whether this part of the platform is the actor's at all."""
    return is_inside(actor) or may_write(actor) or actor.holds_somewhere(HANDLE)

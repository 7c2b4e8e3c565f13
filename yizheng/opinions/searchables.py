"""Opinions in the full-text search: the text as it stands for all who see it, and the writer's own
for those inside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.punctuation import join_cn
from yizheng.core.search_registry import Searchable, SimilaritySearch
from yizheng.organisations.rules import UNIT
from yizheng.transfers.enums import TransferState
from yizheng.transfers.models import Transfer

from . import rules
from .enums import IssueState, OpinionState, Secrecy
from .flow import OPINION
from .models import Circulation, Cowriter, IssueItem, Opinion
from .opinion_text import current_text, original_text
from .queries import for_list, writer_names


def text_of(opinion: Opinion) -> str:
    """What a unit and a reader of the journal read too; the first line is the number
    and the title.
    """
    lines = [
        f"{opinion.number} {opinion.heading}".strip(),
        current_text(opinion),
        opinion.category,
        "、".join(writer_names(opinion)),
    ]
    return "\n".join(line for line in lines if line)


def written_text(opinion: Opinion) -> str:
    """As its writer wrote it, once the edition says it otherwise: for the office and the writers
    alone.
    """
    original = original_text(opinion)
    if not opinion.edited_text or (opinion.edited_title, opinion.edited_text) == (
        opinion.title,
        original,
    ):
        return ""
    lines = [text_of(opinion), opinion.title, original]
    return "\n".join(lines)


# Who finds it: mirrors `rules.visible_opinions` ---------------------------------------------------


def _inside(opinion: Opinion) -> set[str]:
    """Its writers; the office, or those of it on the circulation list."""
    here = opinion.organisation_id
    own = {f"o{here}", *_writers(opinion)}
    if opinion.state in OpinionState.of("private"):
        return own
    if opinion.secrecy != Secrecy.LISTED:
        return own | {f"r{here}"}
    listed = Circulation.everywhere.filter(opinion=opinion).values_list("account_id", flat=True)
    return own | {f"e{here}"} | {f"c{pk}" for pk in listed}


def _writers(opinion: Opinion) -> set[str]:
    words = {f"a{opinion.entered_by_id}"} if opinion.entered_by_id else set()
    members = [opinion.reporter_id]
    if opinion.state not in OpinionState.of("private"):
        members += Cowriter.everywhere.filter(opinion=opinion).values_list(
            "membership_id", flat=True
        )
    return words | {f"m{pk}" for pk in members if pk}


def audience(opinion: Opinion) -> set[str]:
    return _inside(opinion) | _units(opinion) | _readers(opinion)


def _units(opinion: Opinion) -> set[str]:
    kind = ContentType.objects.get_for_model(Opinion)
    given = Transfer.everywhere.filter(content_type=kind, object_id=opinion.pk).exclude(
        state__in=TransferState.of("gone")
    )
    return {f"u{pk}" for pk in given.values_list("unit_id", flat=True)}


def _readers(opinion: Opinion) -> set[str]:
    if opinion.secrecy != Secrecy.OPEN:
        return set()
    issued = IssueItem.everywhere.filter(
        opinion=opinion, issue__state__in=IssueState.of("issued")
    ).exists()
    return {f"p{opinion.organisation_id}"} if issued else set()


def seers_inside(actor: Actor) -> list[str]:
    here = actor.organisation_id
    if actor.is_system:
        return [f"o{here}"]
    own = [f"m{pk}" for pk in sorted(actor.membership_ids)]
    own += [f"a{actor.account_id}", f"c{actor.account_id}"] if actor.account_id else []
    own += [f"r{here}"] if rules.is_inside(actor) else []
    own += [f"e{here}"] if actor.holds(rules.EDIT) else []
    return own


def seers(actor: Actor) -> list[str]:
    own = seers_inside(actor)
    own += [f"u{pk}" for pk in sorted(actor.reach(rules.HANDLE).at(UNIT))]
    own += [f"p{actor.organisation_id}"] if actor.holds_somewhere(rules.WRITE) else []
    return own


# Declared -----------------------------------------------------------------------------------------


def of_transfer(transfer: Transfer) -> Iterable[Opinion]:
    kind = ContentType.objects.get_for_model(Opinion)
    return (
        Opinion.everywhere.filter(pk=transfer.object_id)
        if transfer.content_type_id == kind.pk
        else ()
    )


def numbered(query: str) -> list[int]:
    return list(
        Opinion.objects.filter(number=query.strip())
        .exclude(number="")
        .order_by()
        .values_list("pk", flat=True)
    )


def _line(opinion: Opinion) -> str:
    return " · ".join([str(opinion.year), join_cn(writer_names(opinion))])


def _since(opinion: Opinion) -> dt.datetime:
    return opinion.submitted_at or opinion.state_since


def _prepared(found: QuerySet[Opinion]) -> QuerySet[Opinion]:
    return for_list(found)


def _layer(mark: str, text: Any, seen: Any, who: Any, visible: Any) -> Searchable:
    return Searchable(
        mark,
        OPINION,
        _("Public-opinion information"),
        text,
        seen,
        who,
        visible,
        title=lambda opinion: opinion.heading,
        number=lambda opinion: opinion.number,
        line=_line,
        since=_since,
        related={Opinion: lambda opinion: (opinion,), Transfer: of_transfer},
        prepare=_prepared,
        for_list=_prepared,
        numbered=numbered if mark == "o" else None,
        opens=rules.opens,
    )


SEARCHABLES = (
    _layer("o", text_of, audience, seers, rules.visible_opinions),
    _layer("w", written_text, _inside, seers_inside, rules.visible_inside),
)
COMPARISON = SimilaritySearch(
    OPINION,
    _("Much the same was said before"),
    _("Much the same matter can be combined, or follow up what was sent already."),
    frozenset({"submit", "take_up", "finish", "merge"}),
    ("o", "p"),
    places=("opinion", "opinion.writing"),
)

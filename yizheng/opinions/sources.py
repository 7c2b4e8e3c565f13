"""Opinions as objects on which leaders write, which are transferred to units, and which begin from
a proposal.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import doors
from yizheng.core.access import NOTHING, Actor, Words, system
from yizheng.core.handover import Handler, Takeover
from yizheng.core.panels import Panel
from yizheng.core.sources import Ending, Source, object_of
from yizheng.instructions.models import Instruction
from yizheng.people.queries import accounts_at_unit
from yizheng.transfers import queries as transfers
from yizheng.transfers.enums import TransferState
from yizheng.transfers.models import Transfer
from yizheng.transfers.transfer_terms import TransferTerms

from . import queries, rules, services, upward_dispatch
from .enums import OpinionState
from .flow import OPINION
from .flow.due_dates import rules_of
from .flow.notices import opinion_url, pieces, tell_editors, tell_writers
from .models import Opinion


def _opinion(hanging: Instruction | Transfer) -> Opinion:
    return doors.locked(Opinion.objects.get(pk=hanging.object_id))


def may_enter(actor: Actor, opinion: Opinion) -> bool:
    """Instructions and units come after the signature."""
    settled = bool(opinion.signed_at) or opinion.is_imported
    return (
        settled
        and opinion.state not in OpinionState.of("joined")
        and rules.editor.allows(actor, opinion)
    )


def enterable(actor: Actor) -> Q:
    """The same as a filter."""
    scope = rules.editor.scope(actor)
    settled = Q(signed_at__isnull=False) | Q(is_imported=True)
    return (
        NOTHING if scope == NOTHING else settled & ~Q(state__in=OpinionState.of("joined")) & scope
    )


def recorded(instruction: Instruction, by: Actor) -> None:
    opinion = _opinion(instruction)
    if OPINION.steps["be_instructed"].is_for(opinion):
        OPINION.perform("be_instructed", opinion, by=by, data={"words": f"{instruction}"})
    for piece in pieces(opinion):
        upward_dispatch.report_instruction(piece, instruction, by=by)


def closed_to(transfer: Transfer) -> Words | None:
    """Why it cannot be given to a unit."""
    opinion: Opinion = object_of(transfer)
    if opinion.state not in OpinionState.of("live"):
        return _("It is closed; take it up again before you transfer it.")
    officers = accounts_at_unit(transfer.unit_id, rules.HANDLE)
    if officers and not rules.admitted_accounts(opinion, officers):
        return _(
            "It is limited to a circulation list, and nobody of %(unit)s is on it. Put them "
            "on the list first."
        ) % {"unit": transfer.unit.short_name}
    return None


def transferred(transfer: Transfer, by: Actor) -> None:
    OPINION.perform(
        "be_transferred", _opinion(transfer), by=by, data={"words": transfer.unit.short_name}
    )


def answered(transfer: Transfer, by: Actor) -> None:
    """The last unit is done: with answers the writer can be told; without any it is the editors'
    again.
    """
    opinion = _opinion(transfer)
    if opinion.state not in OpinionState.of("handled") or transfers.open_of(opinion).exists():
        return
    some = transfers.of_object(opinion).filter(state__in=TransferState.of("done")).exists()
    OPINION.perform("be_answered" if some else "come_back", opinion, by=system(by.organisation_id))


SOURCE = Source(
    model=Opinion,
    place="opinion",
    label=gettext_lazy("public-opinion information"),
    visible=rules.concerned,
    may_enter=may_enter,
    enterable=enterable,
    reads=rules.READ,
    office=rules.EDIT,
    handle=rules.HANDLE,
    url=opinion_url,
    title=lambda opinion: str(opinion.heading),
    sheet="opinions",
)
TERMS = TransferTerms(
    model=Opinion,
    days=lambda: rules_of().deadlines.answer_days,
    admits=rules.admits,
    admitted=rules.admitted,
    closed_to=closed_to,
    transferred=transferred,
    answered=answered,
    tell=tell_writers,
    tell_office=tell_editors,
    ends=(
        Ending(
            "opinion",
            OpinionState.of("ended"),
            lambda opinion: Opinion.objects.filter(pk=opinion.pk),
        ),
    ),
)


# Handed on from elsewhere: a visit at a venue, a proposal that was not filed ----------------------


def _taken(opinion: Opinion) -> Takeover:
    return Takeover(f"{opinion.number} {opinion.heading}".strip(), opinion_url(opinion))


def _found(source: Any) -> Takeover | None:
    opinion = services.taken_over(source)
    return _taken(opinion) if opinion else None


HANDLER = Handler(
    "opinion",
    gettext_lazy("Public-opinion information"),
    rules.may_write,
    lambda by, matter: _taken(services.take_over(by, matter)),
    _found,
)


def became_panel(actor: Actor, proposal: Any) -> Panel | None:
    """On the page of a proposal: the opinion that was begun from it; its words only for those who
    may read them.
    """
    opinion = services.taken_over(proposal)
    if opinion is None:
        return None
    title = gettext_lazy("Went on as public-opinion information")
    if not queries.visible_to(actor).filter(pk=opinion.pk).exists():
        return Panel(title, format_html("<p>{}</p>", _("The information editors have it.")))
    state = OPINION.state_of(opinion).label
    words = (opinion_url(opinion), opinion.number, opinion.heading, state)
    return Panel(
        title, format_html('<p><a href="{}">{} {}</a> <span class="second">{}</span></p>', *words)
    )

"""Dispatch between committees: a report goes up, and what becomes of it there comes back.

Nothing else here crosses.

The committee below keeps a `Dispatch`, the one above an `Opinion` of its own; each knows the
other's row by its number. Every crossing is one transaction. It locks the case above first, then
the row below (`under` of the dispatch flow), and takes the two audit chains in the order of their
organisations, so that two crossings never wait for each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from yizheng.core import clock, tenancy
from yizheng.core.access import Actor, system
from yizheng.core.audit import AuditHead
from yizheng.core.files import Attachment, attach, attached_to, opened
from yizheng.core.flow import FLOWS
from yizheng.instructions import services as instructions
from yizheng.instructions.models import Instruction
from yizheng.organisations.models import Organisation

from .enums import DispatchState, ReporterKind, Secrecy
from .models import Cowriter, Dispatch, Opinion
from .opinion_text import current_text

LANGUAGE = "zh-hans"


def case_above(dispatch: Dispatch) -> Opinion | None:
    """What became of a dispatch in the committee above."""
    if dispatch.received is None or dispatch.to_organisation_id is None:
        return None
    return Opinion.everywhere.filter(
        pk=dispatch.received, organisation_id=dispatch.to_organisation_id
    ).first()


def row_below(opinion: Opinion) -> Dispatch | None:
    """The row of the committee below from which an opinion came, locked, as long as it has not been
    taken back.
    """
    if opinion.origin_dispatch is None or opinion.origin_organisation_id is None:
        return None
    below = Dispatch.everywhere.filter(
        pk=opinion.origin_dispatch, organisation_id=opinion.origin_organisation_id
    )
    return (
        below.select_for_update(no_key=True)
        .exclude(state__in=DispatchState.of("retracted"))
        .first()
    )


@contextmanager
def _in(organisation_id: int, *, by: Actor) -> Iterator[Actor]:
    """Work in another organisation, as the platform itself."""
    ids = sorted({organisation_id, by.organisation_id})
    for pk in ids:
        AuditHead.objects.get_or_create(organisation_id=pk)
    list(
        AuditHead.objects.select_for_update(no_key=True)
        .filter(organisation_id__in=ids)
        .order_by("organisation_id")
    )
    with tenancy.scope(organisation_id), override(LANGUAGE):
        yield system(organisation_id)


# Upwards ------------------------------------------------------------------------------------------


def above(organisation: Organisation, *, past_the_next: bool) -> list[Organisation]:
    """The committees to which this one may report: the next above, and for a direct reporting point
    those past it.
    """
    found: list[Organisation] = []
    nxt = organisation.parent
    while nxt is not None and (past_the_next or not found):
        found.append(nxt)
        nxt = nxt.parent
    return found


def hand_up(dispatch: Dispatch, *, by: Actor) -> int:
    """A case of its own in the inbox of the committee above; its number there."""
    opinion, sender = dispatch.opinion, dispatch.organisation
    papers = list(attached_to(opinion))
    if dispatch.to_organisation_id is None:
        raise ValueError("only a dispatch to a committee can be handed up")
    with _in(dispatch.to_organisation_id, by=by) as platform:
        received = Opinion(
            year=clock.today().year,
            title=opinion.heading,
            body=current_text(opinion),
            urgency=opinion.urgency,
            secrecy=Secrecy.INTERNAL if opinion.secrecy == Secrecy.OPEN else opinion.secrecy,
            reporter_kind=ReporterKind.COMMITTEE_BELOW,
            reporter_name=sender.short_name,
            reporter_identity=_writers_words(opinion),
            origin_organisation=sender,
            origin_dispatch=dispatch.pk,
            submitted_at=clock.now(),
        )
        FLOWS["opinion"].begin(
            received, "received", by=platform, detail={"note": sender.short_name}
        )
        _copy_papers(papers, received, platform)
    return received.pk


def _writers_words(opinion: Opinion) -> str:
    names = Cowriter.everywhere.filter(opinion=opinion).values_list("name", flat=True)
    return "、".join([opinion.reporter_name, *names])[:80]


def _copy_papers(papers: list[Attachment], to: Opinion, by: Actor) -> None:
    for paper in papers:
        with opened(paper) as content:
            attach(content, paper.name, to=to, by=by)


def hand_up_again(dispatch: Dispatch, *, by: Actor) -> None:
    """The same case above gets the completed text, and the papers that came in the meantime."""
    received = case_above(dispatch)
    if received is None:
        raise ValueError("only what stands above can be completed there")
    papers = list(attached_to(dispatch.opinion))
    with _in(received.organisation_id, by=by) as platform:
        data = {
            "title": dispatch.completed_title,
            "text": dispatch.completed_text,
            "note": dispatch.note,
        }
        FLOWS["opinion"].perform("be_completed", received, by=platform, data=data)
        known = set(attached_to(received).values_list("digest", flat=True))
        _copy_papers([paper for paper in papers if paper.digest not in known], received, platform)


def take_back(dispatch: Dispatch, *, by: Actor) -> None:
    """Out of the inbox above, as long as nobody there has taken it up (its flow says so)."""
    if (received := case_above(dispatch)) is not None:
        with _in(received.organisation_id, by=by) as platform:
            FLOWS["opinion"].perform("be_taken_back", received, by=platform)


# Back down ----------------------------------------------------------------------------------------


def _below(opinion: Opinion, by: Actor, act: Callable[[Dispatch, Actor], Any]) -> None:
    """Do something with the row below, in its own organisation; nothing when the opinion came from
    nobody.
    """
    if (row := row_below(opinion)) is None:
        return
    with _in(row.organisation_id, by=by) as platform:
        act(row, platform)


def report(opinion: Opinion, step: str, *, by: Actor, **data: Any) -> None:
    """Take a step on the row below: taken up, not adopted."""
    _below(opinion, by, lambda row, platform: _step(step, row, platform, data))


def _step(step: str, row: Dispatch, platform: Actor, data: Mapping[str, Any]) -> None:
    if FLOWS["dispatch"].steps[step].is_for(row):
        FLOWS["dispatch"].perform(step, row, by=platform, data=data)


def report_adoption(
    opinion: Opinion, *, by: Actor, level: str, adoption: str, where: str, on: dt.date
) -> None:
    """Adopted here, or further above: either way the committee below and its writers learn it."""
    who = _name_of(opinion)

    def act(row: Dispatch, platform: Actor) -> None:
        data = {"adoption": adoption, "adopted_in": where, "adopted_on": on, "reported_by": who}
        if level == row.level and row.state not in DispatchState.of("successful"):
            FLOWS["dispatch"].perform("be_adopted", row, by=platform, data=data)
        elif level != row.level or (row.adoption, row.adopted_in) != (adoption, where):
            _further(row, level, where, data, platform)

    _below(opinion, by, act)


def _further(
    row: Dispatch, level: str, where: str, data: Mapping[str, Any], platform: Actor
) -> None:
    """A line of its own for what another level, or another paper, made of it."""
    further = Dispatch(
        opinion_id=row.opinion_id, level=level, recipient=where[:60], sent_on=data["adopted_on"]
    )
    FLOWS["dispatch"].begin(further, "sent_further", by=platform)
    FLOWS["dispatch"].perform("be_adopted", further, by=platform, data=data)


def _name_of(opinion: Opinion) -> str:
    return Organisation.objects.get(pk=opinion.organisation_id).short_name


def report_instruction(opinion: Opinion, instruction: Instruction, *, by: Actor) -> None:
    """A copy for the committee below; the words stay above where the marking above is stricter."""
    who = _name_of(opinion)

    def act(row: Dispatch, platform: Actor) -> None:
        below = Opinion.everywhere.get(pk=row.opinion_id)
        closed = opinion.secrecy == Secrecy.LISTED and below.secrecy != Secrecy.LISTED
        words = _("(the words are kept by %(who)s)") % {"who": who} if closed else instruction.words
        instructions.record(
            below,
            by=platform,
            reported_by=who,
            leader=instruction.leader,
            post=instruction.post,
            level=instruction.level,
            given_on=instruction.given_on,
            words=words,
        )

    _below(opinion, by, act)

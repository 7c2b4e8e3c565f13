"""Readers of the period that an address, a command or a text asks for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from yizheng.core.figures import Period
from yizheng.core.refusals import BadInput
from yizheng.core.request_values import whole_number
from yizheng.organisations.models import Session
from yizheng.organisations.queries import current_session

from .queries import period_of_session
from .reading import TextPeriod as TextPeriod

EARLIEST, LATEST = 1949, 2199


def current() -> Period | None:
    """The year of work that runs now; nothing before the first session is set up."""
    session = current_session()
    return Period.of_year(session.year) if session else None


def from_params(params: Mapping[str, str]) -> Period | None:
    """`session=ID`, `year=2025` or `from=2024&to=2026`; without any of them the current year.

    Raises BadInput with a sentence when what stands there is none.
    """
    if params.get("session"):
        return _of_session(params["session"])
    if params.get("from") or params.get("to"):
        first = _year(params.get("from") or params.get("to"))
        last = _year(params.get("to") or params.get("from"))
        return Period(min(first, last), max(first, last))
    return Period.of_year(_year(params["year"])) if params.get("year") else current()


def _year(text: str | None) -> int:
    year = whole_number(text or "")
    if year is None or not EARLIEST <= year <= LATEST:
        raise BadInput(_("“%(text)s” is not a year.") % {"text": text or ""})
    return year


def _of_session(text: str) -> Period:
    session = Session.objects.select_related("term").filter(pk=whole_number(text) or 0).first()
    if session is None:
        raise BadInput(_("There is no such session."))
    return period_of_session(session)


def of_text(said: TextPeriod | None, default: Period | None) -> Period | None:
    """What a text's words mean here; None when they name no years (近年来), or a session or years
    of which there is nothing here.
    """
    if said is None:
        return default
    if said.kind == "open":
        return None
    if said.kind == "session":
        return _said_session(said)
    if said.start is None or said.end is None:
        return default
    there = Session.objects.filter(year__range=(said.start, said.end)).exists()
    return Period(said.start, said.end) if there else None


def _said_session(said: TextPeriod) -> Period | None:
    sessions = Session.objects.select_related("term")
    if said.term is not None:
        sessions = sessions.filter(term__ordinal=said.term)
    if said.session is not None:
        sessions = sessions.filter(ordinal=said.session)
    found = list(sessions)
    if not found:
        return None
    if said.session is None:
        years = [session.year for session in found]
        return Period(min(years), max(years))
    return period_of_session(found[0])

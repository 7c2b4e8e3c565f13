"""Errors of the database as refusals with a sentence: two at the very same moment, and what no
column can hold.

Services ask beforehand and say it in better words. What comes here was decided between their
question and their writing.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.db.models.deletion import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from .refusals import BadInput, NotNow, Refusal, StaleState

log = logging.getLogger(__name__)

REFUSED = (DatabaseError, OverflowError, UnicodeEncodeError)
"""What may be one of these; all other errors are faults of ours."""

SAME = _(
    "Somebody recorded the same at this very moment, so nothing of yours was saved. Look at "
    "how it stands now before you save again."
)
GONE = _(
    "Something that this refers to was removed meanwhile, so nothing was saved. Open the "
    "page again and choose anew."
)
CROSSED = _(
    "Somebody was changing the same at this very moment, so nothing of yours was saved. Do "
    "it again in a moment."
)
BUSY = _("The database is busy just now, so nothing of yours was saved. Do it again in a moment.")
HELD = _("Others refer to this; it stays.")
NOWHERE = _(
    "Something in what was sent cannot be kept: a number that is too large, or a sign that "
    "no text has. Nothing was saved."
)

NONE: tuple[None, str] = (None, "")
_BY_STATE: dict[str, tuple[type[Refusal] | None, Any]] = {
    "23505": (StaleState, SAME),
    "23503": (StaleState, GONE),
    "40P01": (StaleState, CROSSED),
    "40001": (StaleState, CROSSED),
    "55P03": (StaleState, CROSSED),
    "SQLITE_CONSTRAINT_UNIQUE": (StaleState, SAME),
    "SQLITE_CONSTRAINT_PRIMARYKEY": (StaleState, SAME),
    "SQLITE_CONSTRAINT_FOREIGNKEY": (StaleState, GONE),
    "SQLITE_BUSY": (NotNow, BUSY),
    "SQLITE_BUSY_SNAPSHOT": (NotNow, BUSY),
}
"""By what PostgreSQL (appendix A of its manual) or SQLite calls it."""


def refusal_of(error: Exception) -> Refusal | None:
    """The refusal that the error amounts to; None where it is a fault of ours, which stays one."""
    kind, sentence = _known(error)
    if kind is None:
        return None
    log.warning("Refused: %s", error)
    return kind(sentence)


def _known(error: Exception) -> tuple[type[Refusal] | None, Any]:
    if isinstance(error, ProtectedError | RestrictedError):
        return NotNow, HELD
    if isinstance(error, DataError | OverflowError | UnicodeEncodeError):
        return BadInput, NOWHERE
    if isinstance(error, IntegrityError | OperationalError):
        cause: Any = error.__cause__
        return _BY_STATE.get(
            str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", "")), NONE
        )
    return NONE

"""What fails on our side: told apart by what its reader can do, and numbered, so that who reads the
page and who reads the log speak of the same failure.
"""

from __future__ import annotations

import errno
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .access import Words
from .attributes import Attribute


@dataclass(frozen=True)
class Fault:
    status: int
    heading: Words
    sentence: Words


BROKEN = Fault(500, _("Something failed"), _("Something failed on our side, not on yours."))
AWAY = Fault(
    503,
    _("The database does not answer"),
    _("The database of this site does not answer just now. Please try again in a few minutes."),
)
FULL = Fault(
    507, _("The disk is full"), _("The disk of the server is full. Please tell the administrator.")
)
MISSING = Fault(
    500,
    _("The file is missing"),
    _(
        "This file is recorded, but it does not lie in the store of the server any more. Please "
        "tell the administrator."
    ),
)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_SPEAKS_OF_THE_SERVER = ("08", "53", "57", "58", "XX")
"""Classes of PostgreSQL's states: connection, resources, operators, system, internal."""


class FileMissing(Exception):
    """An attachment whose file is gone from the store."""


def fault_of(error: BaseException | None) -> Fault:
    if isinstance(error, FileMissing):
        return MISSING
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return FULL
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(error)
    return BROKEN


def _of_database(error: Exception) -> Fault:
    cause: Any = error.__cause__
    state = getattr(cause, "sqlstate", None) or ""
    name = getattr(cause, "sqlite_errorname", "")
    if state == "53100" or name == "SQLITE_FULL":
        return FULL
    if name in ("SQLITE_NOTADB", "SQLITE_CORRUPT") or isinstance(error, InterfaceError):
        return AWAY
    if not isinstance(error, OperationalError):
        return BROKEN
    if name == "SQLITE_ERROR":  # where the file is gone, SQLite begins an empty one
        return AWAY if "no such table" in str(cause) else BROKEN
    return AWAY if not state or state.startswith(_SPEAKS_OF_THE_SERVER) else BROKEN


NUMBER: Attribute[str] = Attribute("fault_number", "")


def number_of(request: HttpRequest) -> str:
    """The number of the failure of this request: given once, and short enough for the telephone."""
    number = NUMBER.of(request)
    if not number:
        number = f"{secrets.randbelow(10**8):08}"
        NUMBER.put(request, number)
    return number


class FaultNumberFilter(logging.Filter):
    """Writes the number behind what Django logs of a request that failed."""

    def filter(self, record: logging.LogRecord) -> bool:
        number = NUMBER.of(getattr(record, "request", None))
        if number and number not in str(record.msg):
            record.msg = f"{record.msg} (number {number})"
        return True

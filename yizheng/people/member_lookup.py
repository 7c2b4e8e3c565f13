"""Members by name, as the rows of a file name them; read once for a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yizheng.core import clock
from yizheng.organisations.models import Session

from .models import Membership


@dataclass(frozen=True)
class MemberLookup:
    named: dict[str, list[Membership]]
    gone: frozenset[str] = frozenset()
    """Names of the term whose bearers do not serve on the day that was asked for."""

    @classmethod
    def of(cls, session: Session, on: dt.date | None = None) -> MemberLookup:
        """All of the session's term; with a day those who serve on it."""
        named: dict[str, list[Membership]] = {}
        known: set[str] = set()
        members = Membership.objects.filter(term=session.term_id)
        for member in members.select_related("person", "sector"):
            known.add(member.person.name)
            if on is None or clock.holds(on, member.since, member.until):
                named.setdefault(member.person.name, []).append(member)
        return cls(named, frozenset(known - named.keys()))

    def problem(self, name: str, sector: str | None = None) -> str:
        """Why the name does not say who is meant, in a sentence; empty if it does.

        `sector`: what the file says of it beside the name, where it has a column for that.
        """
        found = self._found(name, sector)
        if name in self.gone:
            return _("“%(name)s” is no member now.") % {"name": name}
        if not found and not self.named.get(name):
            return _("There is no member “%(name)s” in this term.") % {"name": name}
        if len(found) == 1:
            return ""
        if sector is not None:
            return _("Several members are called “%(name)s”; give the sector.") % {"name": name}
        return _("There are %(n)s members “%(name)s”; enter this one by hand.") % {
            "n": len(found),
            "name": name,
        }

    def _found(self, name: str, sector: str | None) -> list[Membership]:
        found = self.named.get(name, [])
        return (
            found
            if len(found) < 2 or sector is None
            else [member for member in found if member.sector.name == sector]
        )

    def find(self, name: str, sector: str | None = None) -> Membership | None:
        """Who is meant, where the name says it."""
        found = self._found(name, sector)
        return found[0] if len(found) == 1 else None

    def one(self, name: str) -> Membership:
        """Who is meant by a row that was found to be sound."""
        (member,) = self.named[name]
        return member

    def all_of(self, names: Iterable[str]) -> list[Membership]:
        """The same of a list of names, each once."""
        return [self.one(name) for name in dict.fromkeys(names)]

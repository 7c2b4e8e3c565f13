"""Walking a road of the demo county over HTTP: who takes part, and how they take the steps that
stand on the pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from docx import Document

from yizheng.core.flow import FLOWS

from .cast import sign_ins
from .visitor import Page, Unexpected, Visitor

Steps = Iterator[tuple[str, Callable[[], str]]]


def said(flow: str, step: str) -> str:
    return str(FLOWS[flow].steps[step].label)


class People:
    """The sign-ins of the county in this data folder by their part (member, clerk …), each let in
    when first needed.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.known: dict[str, tuple[str, str]] = {}
        for _role, username, password, _what in sign_ins():
            self.known.setdefault(_part_of(username), (username, password))
        self._inside: dict[str, Visitor] = {}

    def __getitem__(self, who: str) -> Visitor:
        if who not in self._inside:
            self._inside[who] = self._signed_in(*self.known[who])
        return self._inside[who]

    def let_in(self, *parts: str) -> str:
        """Their sign-in names. Raises Unexpected where one is not known or does not get in."""
        if missing := set(parts) - set(self.known):
            raise Unexpected(
                _("No sign-in is known for: %(roles)s.") % {"roles": ", ".join(sorted(missing))}
            )
        for who in parts:
            self[who].get(reverse("home"))
        return " ".join(self.known[who][0] for who in parts)

    def _signed_in(self, username: str, password: str) -> Visitor:
        visitor = Visitor(self.url)
        home = (
            visitor.get(reverse("account_login"))
            .form(holding="login")
            .fill(login=username, password=password)
            .send()
        )
        if home.path != reverse("home"):
            raise Unexpected(f"{home.status} {username}: {home.path}")
        return visitor


class Walk:
    """One road: its steps by name, and what is known of the case on its way."""

    def __init__(self, people: People) -> None:
        self.people = people

    def steps(self) -> Steps:
        raise NotImplementedError

    def take(self, who: str, path: str, flow: str, name: str, **values: object) -> Page:
        """Take a step from the page at `path`: its button, or its form behind a link."""
        page = self.people[who].get(path)
        pattern = rf"/steps/{flow}/\d+/{name}/"
        if FLOWS[flow].steps[name].form:
            page = page.visitor.get(page.address(pattern))
            return page.form(holding="seen").fill(**values).send()
        return page.form(action=pattern).send()


def _part_of(username: str) -> str:
    """unit07-officer → officer, member042 → member; those of the city stay theirs."""
    return (
        username
        if username.startswith("city-")
        else re.sub(r"\d+$", "", username.rpartition("-")[2])
    )


def word(text: str) -> bytes:
    """A Word file that says so."""
    document, kept = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(kept)
    return kept.getvalue()


def words_of(content: bytes) -> str:
    """What a Word file says, its tables too."""
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])

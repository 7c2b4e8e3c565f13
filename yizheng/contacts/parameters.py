"""The parameters of the regulation on contacts: who keeps in touch with whom, how often at least,
and who besides them reads the notes.

Source of the defaults: domain rules §6 (联系制度); each place adopts its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from yizheng import regulations
from yizheng.regulations.field_types import Code, Field, Label, Strict, choices, counted

WhoContacts = Literal["party_group", "leaders", "party_members", "members"]
Whom = Literal["party_members", "nonparty", "members", "words"]
Times = Annotated[int, Field(ge=0, le=52)]


class ContactKind(Strict):
    """One line of the matrix. A least of 0 means: as often as they like."""

    code: Code
    label: Label
    who: WhoContacts = Field(
        "members",
        title=_("who"),
        json_schema_extra=choices(
            party_group=_("the Party's members with a post"),
            leaders=_("chairpersons and secretary-general"),
            party_members=_("members of the Party"),
            members=_("all members"),
        ),
    )
    whom: Whom = Field(
        "members",
        title=_("whom"),
        json_schema_extra=choices(
            party_members=_("members of the Party"),
            nonparty=_("non-party members"),
            members=_("all members"),
            words=_("people, a village, an enterprise"),
        ),
    )
    least: Times = counted(2, _("at least in a year"), "times")


class ContactParameters(Strict):
    kinds: Annotated[tuple[ContactKind, ...], Field(min_length=1, title=_("kinds"))]
    notes_open_to: Literal["nobody", "keepers", "readers"] = Field(
        "nobody",
        title=_("who else reads the notes"),
        json_schema_extra=choices(
            nobody=_("nobody"),
            keepers=_("whoever keeps contacts"),
            readers=_("whoever reads or keeps contacts"),
        ),
    )

    @model_validator(mode="after")
    def _codes_stand_once(self) -> ContactParameters:
        codes = [kind.code for kind in self.kinds]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(_("the code “%(code)s” stands twice") % {"code": min(twice)})
        return self

    def kind(self, code: str) -> ContactKind | None:
        """None when the regulation in force knows the kind no more: old links keep its code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def label(self, code: str) -> str:
        """Its wording; that of an earlier version where it is gone."""
        found = self.kind(code)
        return found.label if found else regulations.wording(SUBJECT, _label(code)) or code

    def least(self, code: str) -> int:
        found = self.kind(code)
        return found.least if found else 0


def _label(code: str) -> Callable[[ContactParameters], str | None]:
    def named(rules: ContactParameters) -> str | None:
        found = rules.kind(code)
        return found.label if found else None

    return named


SUBJECT = "contacts"
regulations.register(
    SUBJECT,
    _("Regulation on contacts"),
    ContactParameters,
    Path(__file__).with_name("regulation.json"),
)


def in_force(on: dt.date) -> ContactParameters:
    return regulations.in_force(SUBJECT, on, ContactParameters)


def of_year(year: int, today: dt.date) -> ContactParameters:
    """By which a year is counted: what was in force on its last day, in the running year today; for
    a year before the first regulation, what is in force now.
    """
    try:
        return in_force(min(dt.date(year, 12, 31), today))
    except regulations.UnreadableRegulation:
        raise  # today's rules are not what was adopted then
    except regulations.NoRegulation:
        return in_force(today)

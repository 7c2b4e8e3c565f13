"""The parameters of the regulation on public-opinion information: everything a place may decide
otherwise about it.

Source of the defaults: domain rules §2; each place adopts its own.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from yizheng import regulations
from yizheng.regulations.field_types import (
    Code,
    Days,
    Field,
    Label,
    Line,
    Pattern,
    Strict,
    choices,
    counted,
)

from .enums import OpinionLevel


class NotUsedReason(Strict):
    """Why an opinion is not used, and the sentence its writer reads."""

    code: Code
    label: Label
    sentence: Annotated[str, Field(min_length=4, max_length=400, title=_("sentence to the writer"))]


class Journal(Strict):
    """A numbered paper in which opinions are published."""

    code: Code
    label: Label
    number: Pattern = Field("第{serial}期", title=_("issue number"))


class OutsideRecipient(Strict):
    """To whom opinions are sent outside the committees that work on this platform."""

    code: Code
    label: Label
    level: Literal["county", "city", "province", "nation"] = Field(
        "county", title=_("level"), json_schema_extra=choices(**dict(OpinionLevel.choices))
    )


class OpinionDeadlines(Strict):
    take_up_days: Days = counted(3, _("taking up what was handed in"), "working_days")
    urgent_days: Days = counted(1, _("each step of what is urgent"), "working_days")
    edit_days: Days = counted(5, _("editing"), "working_days")
    check_days: Days = counted(2, _("checking the edition"), "working_days")
    sign_days: Days = counted(2, _("signing"), "working_days")
    send_days: Days = counted(5, _("publishing or sending after signature"), "working_days")
    complete_days: Days = counted(10, _("completion by the writer"), "working_days")
    answer_days: Days = counted(30, _("answer of a unit"), "days")


class OpinionParameters(Strict):
    categories: Annotated[
        tuple[Line, ...], Field(min_length=1, max_length=30, title=_("categories"))
    ]
    reasons_not_used: Annotated[
        tuple[NotUsedReason, ...], Field(min_length=1, title=_("reasons for not using it"))
    ]
    journals: Annotated[tuple[Journal, ...], Field(min_length=1, title=_("journals"))]
    recipients: Annotated[tuple[OutsideRecipient, ...], Field(min_length=1, title=_("recipients"))]
    deadlines: OpinionDeadlines = Field(OpinionDeadlines(), title=_("deadlines"))
    receipt: Pattern = Field("X{year}-{serial:4}", title=_("receipt number"))
    longest_text: Annotated[int, Field(ge=200, le=20000)] = counted(
        1500, _("longest text of an edition"), "items"
    )
    checked_by_another: bool = Field(
        False, title=_("an edition is checked by another than who edited it")
    )
    direct_reporting: bool = Field(
        False, title=_("direct reporting point: may report past the committee above")
    )
    editors_read_listed: bool = Field(
        True, title=_("editors read what is marked for a circulation list")
    )

    @model_validator(mode="after")
    def _codes_are_unique(self) -> OpinionParameters:
        for items in (self.reasons_not_used, self.journals, self.recipients):
            codes = [item.code for item in items]
            if twice := {code for code in codes if codes.count(code) > 1}:
                raise ValueError(_("the code “%(code)s” stands twice") % {"code": min(twice)})
        return self

    def reason(self, code: str) -> NotUsedReason | None:
        return next((reason for reason in self.reasons_not_used if reason.code == code), None)

    def journal(self, label: str) -> Journal:
        return next(
            (journal for journal in self.journals if journal.label == label), self.journals[0]
        )

    def recipient(self, code: str) -> OutsideRecipient | None:
        return next((recipient for recipient in self.recipients if recipient.code == code), None)


SUBJECT = "opinions"
regulations.register(
    SUBJECT,
    _("Regulation on public-opinion information"),
    OpinionParameters,
    Path(__file__).with_name("regulation.json"),
)


def in_force(on: dt.date) -> OpinionParameters:
    """The parameters in force on a day in the organisation in scope."""
    return regulations.in_force(SUBJECT, on, OpinionParameters)

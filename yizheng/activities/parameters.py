"""The activity regulation's parameters: kinds and forms, notice times, quorum, leave, sign-in,
outcomes, measures.

Source of the defaults: domain rules §3 and §7; each place adopts its own.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from yizheng import regulations
from yizheng.core import clock
from yizheng.regulations.field_types import Code, Field, Label, Pattern, Strict, choices, counted

Count = Annotated[int, Field(ge=0, le=400)]
Minutes = Annotated[int, Field(ge=0, le=600)]


class ActivityKind(Strict):
    """What reports count together: meetings, consultations, surveys … Figures know the codes of the
    model regulation.
    """

    code: Code
    label: Label


LEARNING = ("training", "study")
"""Kinds of the model regulation in which something is learned: training classes, study and reading.
"""
KINDS_WITH = {
    "with_others": ("visit_received", "visit_paid", "forum", "consultation"),
    "with_groups": ("survey", "study", "activity_day", "service", "culture", "consultation"),
    "with_programmes": ("service", "culture", "activity_day", "consultation", "study", "forum"),
    "with_learning": LEARNING,
}
"""Which fields of the page of an activity a kind of the model regulation has use for; one that is
filled in shows whatever the kind.
"""


class Form(Strict):
    """One form of a kind, with its own times and rules. A time of 0 days means: no rule."""

    code: Code
    label: Label
    kind: Annotated[Code, Field(title=_("kind"))]
    roll: Literal["all", "standing", "invited"] = Field(
        "invited",
        title=_("who is due to come"),
        json_schema_extra=choices(
            all=_("all members"), standing=_("the Standing Committee"), invited=_("who is invited")
        ),
    )
    quorum: Literal["none", "half", "two_thirds"] = Field(
        "none",
        title=_("quorum"),
        json_schema_extra=choices(
            none=_("none"),
            half=_("more than half of the roll"),
            two_thirds=_("two thirds of the roll or more"),
        ),
    )
    notice_days: Count = counted(0, _("notice before it begins"), "working_days")
    papers_days: Count = counted(0, _("papers before it begins"), "working_days")
    minutes_days: Count = counted(7, _("minutes after it was held"), "working_days")
    answer_days: Count = counted(60, _("answer to its outcome"), "days")
    needs_outcome: bool = Field(False, title=_("an outcome is sent on"))
    is_announced: bool = Field(True, title=_("announced to all members"))
    leave_approver: Literal["organiser", "secretary", "chairperson"] = Field(
        "organiser",
        title=_("leave is granted by"),
        json_schema_extra=choices(
            organiser=_("the organising office"),
            secretary=_("the secretary-general"),
            chairperson=_("the chairperson"),
        ),
    )


class CodedName(Strict):
    """A programme activities belong to, or a kind of contribution."""

    code: Code
    label: Label


class LeaveReason(Strict):
    code: Code
    label: Label
    is_exempt: bool = Field(False, title=_("does not count towards the limit"))


class LeaveRules(Strict):
    reasons: Annotated[tuple[LeaveReason, ...], Field(min_length=1, title=_("reasons"))]
    limit: Count = counted(3, _("leave in a year, at most"), "times")


class SignInRules(Strict):
    opens_minutes: Minutes = Field(60, title=_("open before it begins, minutes"))
    late_minutes: Minutes = Field(15, title=_("late from, minutes after it began"))
    code_seconds: Annotated[int, Field(ge=10, le=300)] = Field(
        30, title=_("the code on the screen changes after, seconds")
    )


class ContributionKind(Strict):
    """`stages`: whether it is selected (a plenary speech) or simply noted (a talk given)."""

    code: Code
    label: Label
    minutes: Minutes = Field(0, title=_("time for it, minutes"))
    is_selected: bool = Field(False, title=_("selected in stages"))


class OutcomeKind(Strict):
    code: Code
    label: Label
    number: Pattern = Field("{year}-{serial:3}", title=_("number"))


class ActivityMeasure(Strict):
    """What an activity can count: the unit stands behind the number."""

    code: Code
    label: Label
    unit: Annotated[str, Field(min_length=1, max_length=10, title=_("unit"))]


Kinds = Annotated[tuple[ActivityKind, ...], Field(min_length=1, title=_("kinds"))]
Forms = Annotated[tuple[Form, ...], Field(min_length=1, title=_("forms"))]


class ActivityParameters(Strict):
    kinds: Kinds
    forms: Forms
    programmes: Annotated[tuple[CodedName, ...], Field(title=_("programmes"))] = ()
    leave: LeaveRules = Field(title=_("leave"))
    sign_in: SignInRules = Field(SignInRules(), title=_("sign-in"))
    contributions: Annotated[
        tuple[ContributionKind, ...], Field(min_length=1, title=_("contributions"))
    ]
    outcomes: Annotated[tuple[OutcomeKind, ...], Field(min_length=1, title=_("outcomes"))]
    measures: Annotated[tuple[ActivityMeasure, ...], Field(title=_("measured results"))] = ()
    promise_number: Pattern = Field("H-{year}-{serial:3}", title=_("number of a promise"))

    @model_validator(mode="after")
    def _codes_hold_together(self) -> ActivityParameters:
        for items in (
            self.kinds,
            self.forms,
            self.programmes,
            self.contributions,
            self.outcomes,
            self.measures,
        ):
            codes = [item.code for item in items]
            if twice := {code for code in codes if codes.count(code) > 1}:
                raise ValueError(_("the code “%(code)s” stands twice") % {"code": min(twice)})
        kinds = {kind.code for kind in self.kinds}
        if strays := [form.label for form in self.forms if form.kind not in kinds]:
            raise ValueError(
                _("the form “%(form)s” belongs to no kind of the list") % {"form": strays[0]}
            )
        return self

    def form(self, code: str) -> Form | None:
        """None when the regulation in force knows the form no more: old activities
        keep its code.
        """
        found: Form | None = _of(self.forms, code)
        return found

    def kind(self, code: str) -> ActivityKind | None:
        found: ActivityKind | None = _of(self.kinds, code)
        return found

    def label(self, items: str, code: str) -> str:
        """The wording of a code of one list (`kinds`, `forms`, `programmes` …); that of an earlier
        version where it is gone.
        """
        found = _of(getattr(self, items), code)
        return found.label if found else earlier_label(items, code)

    def contribution(self, code: str) -> ContributionKind | None:
        found: ContributionKind | None = _of(self.contributions, code)
        return found

    def outcome(self, code: str) -> OutcomeKind | None:
        found: OutcomeKind | None = _of(self.outcomes, code)
        return found

    def measure(self, code: str) -> ActivityMeasure:
        """As the last version knew it where it is gone: what was counted stays counted."""
        found: ActivityMeasure | None = _of(self.measures, code)
        return found or ActivityMeasure.model_construct(
            code=code,
            label=earlier_label("measures", code),
            unit=_earlier_words("measures", code, "unit") or "",
        )

    def forms_of(self, kind: str) -> tuple[Form, ...]:
        return tuple(form for form in self.forms if form.kind == kind)


def earlier_label(items: str, code: str) -> str:
    """What the last version called it that knew it; the code where none did."""
    return _earlier_words(items, code, "label") or code


def _earlier_words(items: str, code: str, part: str) -> str | None:
    def said(rules: ActivityParameters) -> str | None:
        found = _of(getattr(rules, items), code)
        return getattr(found, part) if found else None

    return regulations.wording(SUBJECT, said)


def _of(items: tuple[Any, ...], code: str) -> Any:
    return next((item for item in items if item.code == code), None)


SUBJECT = "activities"
regulations.register(
    SUBJECT,
    _("Regulation on activities"),
    ActivityParameters,
    Path(__file__).with_name("regulation.json"),
)


def in_force(on: dt.date | None = None) -> ActivityParameters:
    """The parameters in force on a day (today) in the organisation in scope."""
    return regulations.in_force(SUBJECT, on or clock.today(), ActivityParameters)

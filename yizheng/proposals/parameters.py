"""The proposal regulation's parameters: everything a place may decide otherwise about proposals.

Source of the defaults: domain rules §1; each place adopts its own.
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
    Months,
    Pattern,
    Strict,
    choices,
    counted,
)

from .enums import ContactWay, Verdict


class NotFiledReason(Strict):
    """Why a proposal is not filed, and the sentence its proposer reads."""

    code: Code
    label: Label
    sentence: Annotated[
        str, Field(min_length=4, max_length=400, title=_("sentence to the proposer"))
    ]


class ResultClass(Strict):
    """A class of result (A/B/C or words).

    `follows` says of which outcomes it is the natural class.
    """

    code: Annotated[str, Field(min_length=1, max_length=8, title=_("class"))]
    label: Label
    follows: Literal["all_done", "some_planned", "none_adopted", "by_argument"] = Field(
        title=_("follows when"),
        json_schema_extra=choices(
            all_done=_("every suggestion is done"),
            some_planned=_("some are done or planned"),
            none_adopted=_("none is adopted"),
            by_argument=_("the unit argues for it"),
        ),
    )


class FeedbackAnswer(Strict):
    code: Code
    label: Label
    verdict: Literal["satisfied", "basically", "unsatisfied", ""] = Field(
        "", title=_("counts as"), json_schema_extra=choices(**dict(Verdict.choices))
    )
    recorded_as: Literal["visit", "meeting", "phone", "online", "letter", ""] = Field(
        "",
        title=_("what the unit recorded as contact speaks for it"),
        json_schema_extra=choices(**dict(ContactWay.choices)),
    )


class FeedbackQuestion(Strict):
    """One question of the feedback form.

    `decides`: its answers carry the verdict; of others they say what “satisfied throughout” means.
    """

    code: Code
    label: Label
    answers: Annotated[
        tuple[FeedbackAnswer, ...], Field(min_length=2, max_length=8, title=_("answers"))
    ]
    decides: bool = Field(False, title=_("decides whether the proposer is satisfied"))
    collective_only: bool = Field(False, title=_("for collectives only"))


class ProposalDeadlines(Strict):
    """wd = working days. Months and days are counted from the day of the step they follow."""

    first_check_days: Days = counted(5, _("first check"), "working_days")
    review_days: Days = counted(10, _("review"), "working_days")
    cosign_days: Days = counted(7, _("answer to a co-signing invitation"), "days")
    revision_days: Days = counted(10, _("revision by the proposer"), "working_days")
    assign_days: Days = counted(10, _("assignment after filing"), "working_days")
    accept_days: Days = counted(3, _("acceptance by the unit"), "working_days")
    hand_back_days: Days = counted(5, _("hand-back"), "working_days")
    hand_back_decision_days: Days = counted(5, _("decision on a hand-back"), "working_days")
    contact_days: Days = counted(15, _("first contact with the proposer"), "working_days")
    assisting_days: Days = counted(30, _("opinion of an assisting unit"), "days")
    reply_months_plenary: Months = counted(3, _("reply to a plenary proposal"), "months")
    reply_months_ordinary: Months = counted(3, _("reply to an ordinary proposal"), "months")
    reply_ceiling_months: Months = counted(
        6, _("longest time for a reply with extension"), "months"
    )
    evaluation_days: Days = counted(15, _("feedback of the proposer"), "working_days")
    rehandle_days: Days = counted(30, _("second reply after “not satisfied”"), "days")

    @model_validator(mode="after")
    def _ceiling_is_highest(self) -> ProposalDeadlines:
        if self.reply_ceiling_months < max(self.reply_months_plenary, self.reply_months_ordinary):
            raise ValueError(_("the longest time for a reply is shorter than the normal time"))
        return self


class Numbering(Strict):
    case: Pattern = Field("〔{year}〕{serial:3}", title=_("case number"))
    case_ordinary: Pattern = Field("〔{year}〕{serial:3}", title=_("case number between plenaries"))
    ordinary_has_own_series: bool = Field(False, title=_("own series between plenaries"))
    reply: Pattern = Field("{unit}函〔{year}〕{serial}号", title=_("number of a reply letter"))
    promise: Pattern = Field("C-{year}-{serial:3}", title=_("number of a promise"))


class KeyRules(Strict):
    largest_share: Annotated[float, Field(gt=0, le=1)] = Field(
        0.15,
        title=_("largest share of key proposals among filed"),
        json_schema_extra={"unit": "percent"},
    )
    supervision_acts: Annotated[int, Field(ge=0, le=10)] = counted(
        1, _("supervision acts before closing, at least"), "times"
    )


class ProposalParameters(Strict):
    categories: Annotated[
        tuple[Line, ...], Field(min_length=1, max_length=30, title=_("categories"))
    ]
    reasons_not_filed: Annotated[
        tuple[NotFiledReason, ...], Field(min_length=1, title=_("reasons for not filing"))
    ]
    result_classes: Annotated[
        tuple[ResultClass, ...], Field(min_length=2, title=_("classes of result"))
    ]
    feedback_questions: Annotated[
        tuple[FeedbackQuestion, ...], Field(min_length=1, title=_("feedback form"))
    ]
    deadlines: ProposalDeadlines = Field(ProposalDeadlines(), title=_("deadlines"))
    numbering: Numbering = Field(Numbering(), title=_("numbering"))
    key: KeyRules = Field(KeyRules(), title=_("key proposals"))
    plenary_opens_months_before: Annotated[int, Field(ge=0, le=12)] = counted(
        3, _("plenary proposals are taken before the opening, for"), "months"
    )
    suggestions_at_most: Annotated[int, Field(ge=1, le=30)] = counted(
        10, _("numbered suggestions, at most"), "items"
    )
    reply_copies: Annotated[
        tuple[Line, ...], Field(max_length=6, title=_("a reply letter is copied to"))
    ] = ()
    merged_count_as_filed: bool = Field(True, title=_("merged proposals count as filed"))
    basically_counts: bool = Field(True, title=_("“basically satisfied” counts as satisfied"))
    handled_again_at_most: Annotated[int, Field(ge=0, le=5)] = counted(
        1, _("handled again at most"), "times"
    )

    @model_validator(mode="after")
    def _codes_are_unique(self) -> ProposalParameters:
        for items in (self.reasons_not_filed, self.result_classes, self.feedback_questions):
            codes = [item.code for item in items]
            if twice := {code for code in codes if codes.count(code) > 1}:
                raise ValueError(_("the code “%(code)s” stands twice") % {"code": min(twice)})
        if not any(question.decides for question in self.feedback_questions):
            raise ValueError(
                _("no question of the feedback form decides whether the proposer is satisfied")
            )
        return self

    def reason(self, code: str) -> NotFiledReason | None:
        return next((reason for reason in self.reasons_not_filed if reason.code == code), None)

    def class_label(self, code: str) -> str:
        """What a class is called; as the last version knew it where it is gone."""
        return (
            self._class_label(code)
            or regulations.wording(SUBJECT, lambda rules: rules._class_label(code))
            or code
        )

    def _class_label(self, code: str) -> str | None:
        return next((item.label for item in self.result_classes if item.code == code), None)

    def natural_class(self, outcomes: list[str]) -> str:
        """The result class that follows from the outcomes of a reply's items."""
        if all(outcome == "done" for outcome in outcomes):
            follows = "all_done"
        elif all(outcome == "not_adopted" for outcome in outcomes):
            follows = "none_adopted"
        else:
            follows = "some_planned"
        return next(
            (item.code for item in self.result_classes if item.follows == follows),
            self.result_classes[-1].code,
        )


SUBJECT = "proposals"
regulations.register(
    SUBJECT,
    _("Regulation on proposals"),
    ProposalParameters,
    Path(__file__).with_name("regulation.json"),
)


def in_force(on: dt.date) -> ProposalParameters:
    """The parameters in force on a day in the organisation in scope."""
    return regulations.in_force(SUBJECT, on, ProposalParameters)

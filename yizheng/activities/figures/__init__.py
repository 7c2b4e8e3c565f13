"""The figures of activities, as a table to proof-read.

Kinds and forms are those of the model regulation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.figures import PERCENT, Breakdown, Indicator, Measure, declare

from . import breakdowns as by
from . import record_sets
from .record_kinds import (
    ACTIVITY,
    ATTENDANCE,
    CONSULTED,
    CONTRIBUTION,
    MEASURED,
    OUTCOME,
    STAFF_ATTENDANCES,
    SUGGESTION,
)

HELD = Measure("次", pgettext_lazy("counter", "times"))
CLASSES = Measure("期", pgettext_lazy("counter", "classes"))
COME = Measure("人次", pgettext_lazy("counter", "participations"))
PIECES = Measure("篇", pgettext_lazy("counter", "pieces"))
ITEMS = Measure("条", pgettext_lazy("counter", "single items"))
UNITS = Measure("家", pgettext_lazy("counter", "units"))
PARTS = Measure("份", pgettext_lazy("counter", "copies"))
THINGS = Measure("件", pgettext_lazy("counter", "things"))
YUAN = Measure("元", pgettext_lazy("counter", "yuan"))
PLACES = Measure("个", pgettext_lazy("counter", "places"))
SPLIT: tuple[Breakdown, ...] = (by.form(), by.PROGRAMME, by.COMMITTEE, by.SECTOR)


def _held(
    code: str,
    title: Words,
    kind: str,
    definition: Words,
    measure: Measure = HELD,
    form: Breakdown | None = None,
) -> Indicator:
    parts = (form or by.form(), *SPLIT[1:])
    return Indicator(
        f"activities.{code}",
        title,
        measure,
        definition,
        ACTIVITY,
        record_sets.of_kind(kind),
        breakdowns=parts,
    )


ACTIVITIES = [
    Indicator(
        "activities.held",
        _("Activities held"),
        HELD,
        _(
            "Meetings, consultations, surveys, inspections, trainings and all other "
            "activities that took place."
        ),
        ACTIVITY,
        record_sets.activities,
        breakdowns=(by.kind(groups=by.SURVEYS_AND_INSPECTIONS), by.MONTH, *SPLIT),
    ),
    _held(
        "meetings",
        _("Meetings"),
        "meeting",
        _("Meetings of the committee and its bodies that took place."),
        form=by.form(groups=by.LEADING_MEETINGS),
    ),
    _held(
        "consultations",
        _("Consultations"),
        "consultation",
        _("Consultations of every form that took place."),
    ),
    _held(
        "surveys",
        _("Surveys"),
        "survey",
        _("Surveys that took place; one over several days counts once."),
    ),
    _held(
        "inspections",
        _("Inspections"),
        "inspection",
        _("Inspections that took place; those for democratic supervision count there."),
    ),
    _held(
        "supervision",
        _("Democratic supervision"),
        "supervision",
        _("Activities of democratic supervision that took place."),
    ),
    _held(
        "forums",
        _("Forums and exchanges"),
        "forum",
        _("Members' forums, exchange meetings and briefings that took place."),
    ),
    _held(
        "trainings",
        _("Trainings"),
        "training",
        _("Training classes that took place, here, away and on line."),
        CLASSES,
    ),
    _held(
        "studies",
        _("Study"),
        "study",
        _("Study sessions, reading groups and lectures that took place."),
    ),
    _held(
        "activity_days",
        _("Members' activity days"),
        "activity_day",
        _("Members' activity days that took place."),
    ),
    _held(
        "services",
        _("Service activities"),
        "service",
        _("Service activities for the people that took place."),
    ),
    _held(
        "cultural", _("Cultural activities"), "culture", _("Cultural activities that took place.")
    ),
]

CAME = (by.form("activity__form"), by.kind("activity__kind"), by.ROLE, by.AFFILIATION)
UNTOLD: Mapping[str, Any] = {
    "gaps": record_sets.without_attendance,
    "gaps_title": _("activities whose attendance is not recorded"),
}
"""Who came to them nobody knows: the numbers below are then no less."""
PEOPLE = [
    Indicator(
        "activities.attendances",
        _("Attendances"),
        COME,
        _(
            "People who came to activities held, once for each activity however many "
            "sittings it had."
        ),
        ATTENDANCE,
        record_sets.attendances,
        breakdowns=(by.kind("activity__kind"), by.form("activity__form"), by.ROLE, by.AFFILIATION),
        **UNTOLD,
    ),
    Indicator(
        "activities.member_attendances",
        _("Attendances of members"),
        COME,
        _("Members who came to activities held, once for each activity."),
        ATTENDANCE,
        record_sets.of_members,
        breakdowns=(by.kind("activity__kind"), by.form("activity__form"), by.AFFILIATION),
        **UNTOLD,
    ),
    Indicator(
        "activities.nonparty_attendances",
        _("Attendances of non-party members"),
        COME,
        _(
            "Members not of the Communist Party who came to activities held, once for each "
            "activity."
        ),
        ATTENDANCE,
        record_sets.of_nonparty_members,
        breakdowns=(by.kind("activity__kind"), by.form("activity__form")),
        **UNTOLD,
    ),
    Indicator(
        "activities.staff_attendances",
        _("Attendances of staff"),
        COME,
        _("Staff who came to activities held, once for each activity."),
        ATTENDANCE,
        record_sets.of_staff,
        breakdowns=(by.kind("activity__kind"), by.form("activity__form")),
        keeping=STAFF_ATTENDANCES,
        **UNTOLD,
    ),
    Indicator(
        "activities.trained",
        _("Participants in trainings"),
        COME,
        _("People who came to training classes, once for each class."),
        ATTENDANCE,
        record_sets.trained,
        breakdowns=CAME,
        gaps=record_sets.trainings_without_attendance,
        gaps_title=UNTOLD["gaps_title"],
    ),
    Indicator(
        "activities.nonparty_share",
        _("Non-party members' share of attendances"),
        PERCENT,
        _("Attendances of members not of the Communist Party, of all attendances of members."),
        ATTENDANCE,
        record_sets.of_nonparty_members,
        record_sets.of_members,
        _("attendances of members"),
        (by.kind("activity__kind"), by.form("activity__form")),
    ),
    Indicator(
        "activities.units_consulted",
        _("Units consulted with"),
        UNITS,
        _("Different units that took part in consultations held."),
        CONSULTED,
        record_sets.units_consulted,
    ),
]

CAME_OF_IT = [
    Indicator(
        "activities.contributions",
        _("Contributions given"),
        PIECES,
        _("Speeches, talks and essays recorded as given at activities held."),
        CONTRIBUTION,
        record_sets.contributions,
        breakdowns=(by.CONTRIBUTION, by.kind("activity__kind"), by.AFFILIATION, by.SPEAKER),
    ),
    Indicator(
        "activities.speeches_nonparty_share",
        _("Non-party members' share of plenary speeches"),
        PERCENT,
        _(
            "Plenary speeches given by members not of the Communist Party, of all plenary "
            "speeches given by members."
        ),
        CONTRIBUTION,
        record_sets.nonparty_speeches,
        record_sets.plenary_speeches,
        _("plenary speeches of members"),
    ),
    Indicator(
        "activities.suggestions",
        _("Suggestions made at activities"),
        ITEMS,
        _(
            "Suggestions noted at activities held; proposals and public-opinion information "
            "are not among them."
        ),
        SUGGESTION,
        record_sets.suggestions,
        breakdowns=(by.adoption("state"), by.kind("activity__kind"), by.form("activity__form")),
    ),
    Indicator(
        "activities.adopted_rate",
        _("Rate of suggestions adopted"),
        PERCENT,
        _("Suggestions adopted, whole or in part, of all suggestions noted at activities held."),
        SUGGESTION,
        record_sets.suggestions_adopted,
        record_sets.suggestions,
        _("suggestions made at activities"),
        (by.kind("activity__kind"),),
    ),
    Indicator(
        "activities.outcomes",
        _("Outcomes sent"),
        PARTS,
        _(
            "Consultation minutes, recommendations, survey and other reports sent to "
            "whoever has to answer or know."
        ),
        OUTCOME,
        record_sets.outcomes,
        breakdowns=(by.OUTCOME, by.RECIPIENT, by.adoption("adoption")),
    ),
    Indicator(
        "activities.outcomes_above",
        _("Outcomes sent to the committee above"),
        PARTS,
        _("Outcomes of activities sent to the committee above."),
        OUTCOME,
        record_sets.outcomes_above,
        breakdowns=(by.OUTCOME,),
    ),
    Indicator(
        "activities.outcomes_adopted_rate",
        _("Rate of outcomes adopted"),
        PERCENT,
        _(
            "Outcomes of which the answer says that they were adopted, whole or in part, of "
            "the outcomes sent. One brought in from a list that does not say so is in neither."
        ),
        OUTCOME,
        record_sets.outcomes_adopted,
        record_sets.outcomes_judged,
        _("outcomes sent"),
        (by.OUTCOME, by.RECIPIENT),
        unknown=record_sets.outcomes_unanswered,
    ),
]


def _sum(measure: str, title: Words, unit: Measure, definition: Words) -> Indicator:
    parts = (by.kind("activity__kind"), by.form("activity__form"))
    return Indicator(
        f"activities.{measure}",
        title,
        unit,
        definition,
        MEASURED,
        record_sets.measured(measure),
        breakdowns=parts,
        amount="value",
        at_least="is_at_least",
    )


MEASURED_RESULTS = [
    Indicator(
        "activities.measured",
        _("Measured results"),
        Measure("", ""),
        _(
            "What the regulation lets activities count, each added up for itself; numbers "
            "of different things are never added together."
        ),
        MEASURED,
        record_sets.results,
        breakdowns=(by.MEASURE,),
        amount="value",
        at_least="is_at_least",
        whole=False,
    ),
    _sum(
        "people_served",
        _("People served"),
        COME,
        _("The numbers of people served, as recorded for activities held, added up."),
    ),
    _sum(
        "people_met",
        _("People visited"),
        COME,
        _("The numbers of people visited, as recorded for activities held, added up."),
    ),
    _sum(
        "public_present",
        _("People of the public taking part"),
        COME,
        _(
            "The numbers of people of the public who took part, as recorded for activities "
            "held, added up."
        ),
    ),
    _sum(
        "patients",
        _("Patients received"),
        COME,
        _("The numbers of patients received, as recorded for activities held, added up."),
    ),
    _sum(
        "brochures",
        _("Brochures handed out"),
        PARTS,
        _("The numbers of brochures handed out, as recorded for activities held, added up."),
    ),
    _sum(
        "goods",
        _("Things handed out"),
        THINGS,
        _("The numbers of things handed out, as recorded for activities held, added up."),
    ),
    _sum(
        "donated",
        _("Donations"),
        YUAN,
        _("The sums donated, as recorded for activities held, added up."),
    ),
    _sum(
        "enterprises",
        _("Calls at enterprises"),
        UNITS,
        _(
            "The numbers of enterprises called at, as recorded for activities held, added "
            "up; one called at twice counts twice."
        ),
    ),
    _sum(
        "villages",
        _("Calls at villages and communities"),
        PLACES,
        _(
            "The numbers of villages and communities called at, as recorded for activities "
            "held, added up; one called at twice counts twice."
        ),
    ),
]

declare([*ACTIVITIES, *PEOPLE, *CAME_OF_IT, *MEASURED_RESULTS])

from . import sayings  # noqa: E402, F401  (words for what is declared above)

"""Ways to divide what is counted of activities: kinds, forms and programmes are the
regulation's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import ExtractMonth
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.figures import Breakdown, in_order, in_words
from yizheng.organisations.models import Committee
from yizheng.people.models import PARTY_COMMUNIST, Sector
from yizheng.people.seats import with_party

from ..enums import OutcomeAdoption, OutcomeRecipient, ParticipantRole
from ..parameters import earlier_label
from ..queries import words_in_force
from .record_sets import BEGAN

Groups = Mapping[str, tuple[Words, frozenset[Any]]]
Known = Callable[[], Mapping[Any, Words]]

# What papers count together: 开展调研视察16次; 常委会会议和主席会议13次.
SURVEYS_AND_INSPECTIONS: Groups = {
    "tours": (_("surveys and inspections"), frozenset({"survey", "inspection"}))
}
LEADING_MEETINGS: Groups = {
    "leading": (
        _("Standing Committee and chairpersons' meetings"),
        frozenset({"standing_meeting", "chairpersons_meeting"}),
    )
}


def _of(items: str) -> Known:
    """The codes of one list of the regulation with their wording."""

    def known() -> Mapping[Any, Words]:
        rules = words_in_force()
        return {item.code: item.label for item in getattr(rules, items)} if rules else {}

    return known


def _regulated(code: str, title: Words, path: str, items: str, **more: Any) -> Breakdown:
    """By a list of the regulation, or of the earlier version that named it last."""
    return Breakdown.of_list(code, title, path, _of(items), partial(earlier_label, items), **more)


def kind(path: str = "kind", groups: Groups | None = None) -> Breakdown:
    return _regulated("kind", _("kind of activity"), path, "kinds", groups=groups or {})


def form(path: str = "form", groups: Groups | None = None) -> Breakdown:
    return _regulated("form", _("form"), path, "forms", groups=groups or {})


def _by_programme(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = records.annotate(
        breakdown_key=Case(When(programme="", then=Value(None)), default="programme")
    )
    return found


def _by_month(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = records.annotate(breakdown_key=ExtractMonth("starts_at"))
    return found


def _months(found: Collection[Any]) -> Mapping[Any, Words]:
    return {
        month: date_format(dt.date(2000, month, 1), pgettext("format of a month", "M"))
        for month in sorted(found)
    }


MONTH = Breakdown("month", _("month"), _by_month, _months, cast=int)
PROGRAMME = Breakdown(
    "programme",
    _("programme"),
    _by_programme,
    in_order(
        _of("programmes"), empty=_("of no programme"), gone=partial(earlier_label, "programmes")
    ),
    known=_of("programmes"),
)
COMMITTEE = Breakdown.of_named("committee", _("responsible committee"), "committee", Committee)
SECTOR = Breakdown.of_named("sector", _("sector"), "sector", Sector)


def _units_of_measures() -> Mapping[Any, str]:
    rules = words_in_force()
    return {measure.code: measure.unit for measure in rules.measures} if rules else {}


MEASURE = _regulated("measure", _("measure"), "measure", "measures", signs=_units_of_measures)
CONTRIBUTION = _regulated("contribution", _("kind of contribution"), "kind", "contributions")
OUTCOME = _regulated("outcome", _("kind of outcome"), "kind", "outcomes")


def _by_speaker(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = records.annotate(
        breakdown_key=Case(When(membership=None, then=Value("other")), default=Value("member"))
    )
    return found


_SPEAKERS: Mapping[Any, Words] = {
    "member": pgettext_lazy("speaker", "member"),
    "other": pgettext_lazy("speaker", "of a unit, or a guest"),
}
SPEAKER = Breakdown(
    "speaker", _("speaker"), _by_speaker, in_order(lambda: _SPEAKERS), known=lambda: _SPEAKERS
)
ROLE = Breakdown.of_list("role", _("capacity"), "role", in_words(ParticipantRole))
RECIPIENT = Breakdown.of_list("recipient", _("sent to"), "recipient", in_words(OutcomeRecipient))


def adoption(path: str) -> Breakdown:
    return Breakdown.of_list("adoption", _("adoption"), path, in_words(OutcomeAdoption))


def _by_affiliation(records: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = with_party(records, BEGAN, "membership").annotate(
        breakdown_key=Case(
            When(membership=None, then=Value("none")),
            When(party_then=PARTY_COMMUNIST, then=Value("party")),
            default=Value("nonparty"),
        )
    )
    return found


_AFFILIATIONS: Mapping[Any, Words] = {
    "party": _("members of the Communist Party"),
    "nonparty": _("members not of the Communist Party"),
    "none": _("not members of the committee"),
}
AFFILIATION = Breakdown(
    "affiliation",
    _("affiliation"),
    _by_affiliation,
    in_order(lambda: _AFFILIATIONS),
    known=lambda: _AFFILIATIONS,
)

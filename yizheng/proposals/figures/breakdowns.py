"""Ways to divide what is counted of proposals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.figures import Breakdown, Labels, by_path, in_order
from yizheng.organisations.models import Unit
from yizheng.regulations import NoRegulation, wording

from .. import parameters
from ..enums import ANSWERING_PARTS, COLLECTIVE_KINDS, AssignmentState, Occasion, ProposerKind

NOT_SET = pgettext_lazy("of a breakdown", "not set")


def _in_order(
    known: Callable[[], Mapping[Any, Words]], *, closed: bool = False, empty: Words = NOT_SET
) -> Labels:
    return in_order(known, closed=closed, empty=empty)


def _regulation() -> parameters.ProposalParameters | None:
    try:
        return parameters.in_force(clock.today())
    except NoRegulation:
        return None


def _categories() -> Mapping[Any, Words]:
    rules = _regulation()
    return {name: name for name in rules.categories} if rules else {}


def _classes() -> Mapping[Any, Words]:
    rules = _regulation()
    return (
        {item.code: class_name(item.code, item.label) for item in rules.result_classes}
        if rules
        else {}
    )


def class_name(code: str, label: str) -> str:
    """A class given as a letter is named with its letter."""
    return f"{code}类（{label}）" if len(code) == 1 and code.isascii() else label


def _reasons() -> Mapping[Any, Words]:
    rules = _regulation()
    return {item.code: item.label for item in rules.reasons_not_filed} if rules else {}


def _earlier_reason(code: str) -> str:
    """As the last version called it that knew it."""

    def named(rules: parameters.ProposalParameters) -> str | None:
        reason = rules.reason(code)
        return reason.label if reason else None

    return wording(parameters.SUBJECT, named) or code


def _units(found: Collection[Any]) -> Mapping[Any, Words]:
    """Units of any time: one since closed keeps its figures."""
    return dict(
        Unit.objects.filter(pk__in=[key for key in found if key]).values_list("pk", "short_name")
    )


def _by_answering_unit(records: QuerySet[Any]) -> QuerySet[Any]:
    """A proposal of which two units answer each a part counts with both."""
    condition = Q(assignments__part__in=ANSWERING_PARTS) & ~Q(
        assignments__state__in=AssignmentState.of("gone")
    )
    related = records.annotate(answering=FilteredRelation("assignments", condition=condition))
    keyed: QuerySet[Any] = related.annotate(breakdown_key=F("answering__unit"))
    return keyed


MEMBERS = frozenset({ProposerKind.INDIVIDUAL.value, ProposerKind.JOINT.value})


def kind(path: str = "kind") -> Breakdown:
    groups: dict[str, tuple[Words, frozenset[Any]]] = {
        "member": (_("members' proposals"), MEMBERS),
        "collective": (
            _("collective proposals"),
            frozenset(each.value for each in COLLECTIVE_KINDS),
        ),
    }
    named: dict[Any, Words] = {each.value: each.label for each in ProposerKind}
    return Breakdown(
        "kind",
        _("kind of proposer"),
        by_path(path),
        _in_order(lambda: named, closed=True),
        groups,
        lambda: named,
    )


def category(path: str = "category") -> Breakdown:
    return Breakdown(
        "category", _("category"), by_path(path), _in_order(_categories), known=_categories
    )


def occasion(path: str = "occasion") -> Breakdown:
    named: dict[Any, Words] = {each.value: each.label for each in Occasion}
    return Breakdown(
        "occasion",
        _("occasion"),
        by_path(path),
        _in_order(lambda: named, closed=True),
        known=lambda: named,
    )


CLASS = Breakdown(
    "class",
    _("class of result"),
    by_path("result_class"),
    _in_order(_classes, empty=_("not answered yet")),
    known=_classes,
)
REASON = Breakdown(
    "reason",
    _("reason for not filing"),
    by_path("reason_not_filed"),
    in_order(_reasons, empty=NOT_SET, gone=_earlier_reason),
    known=_reasons,
)
ANSWERING_UNIT = Breakdown("unit", _("unit"), _by_answering_unit, _units, cast=int)


def unit(path: str) -> Breakdown:
    return Breakdown("unit", _("unit"), by_path(path), _units, cast=int)

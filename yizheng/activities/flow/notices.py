"""What the steps of the activity flows tell: to whom, and with which values and address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.translation import override, pgettext

from yizheng.core import audit, clock
from yizheng.people.models import Account
from yizheng.people.queries import accounts_at_unit, accounts_holding, accounts_of, serving_on

from .. import rules
from ..models import Activity


def moment_words(activity: Activity) -> str:
    """3 月 18 日 09:00"""
    local = timezone.localtime(activity.starts_at)
    return f"{dateformat.format(local, pgettext('date format', 'j M'))} {local:%H:%M}"


def values_of(activity: Activity) -> Mapping[str, str]:
    """In the language of the house, since these words are kept, whoever takes the step."""
    with override("zh-hans"):
        return {"title": activity.title, "when": moment_words(activity), "place": activity.place}


def activity_url(activity: Activity) -> str:
    return reverse("activities:detail", args=[activity.pk])


def tell_organiser(activity: Activity) -> Iterable[int]:
    return [activity.entered_by_id] if activity.entered_by_id else []


def tell_approvers(_obj: object) -> Iterable[int]:
    return accounts_holding(rules.approve.code)


def tell_signers(_obj: object) -> Iterable[int]:
    return accounts_holding(rules.sign.code)


def tell_participants(activity: Activity) -> Iterable[int]:
    """The accounts of everybody on the invitation list, and of the units taking part."""
    people = activity.participants.all()
    members = [p.membership_id for p in people if p.membership_id]
    persons = [p.person_id for p in people if p.person_id]
    units = {p.unit_id for p in people if p.unit_id} | set(
        activity.units.values_list("pk", flat=True)
    )
    named = Account.objects.filter(is_active=True, person__in=persons).values_list("pk", flat=True)
    return [
        *accounts_of(members),
        *named,
        *(account for unit in units for account in tell_unit(unit)),
    ]


def tell_invited(activity: Activity) -> Iterable[int]:
    """Those who know of it: nobody before the invitations are out."""
    return tell_participants(activity) if activity.invited_at else []


def tell_called(activity: Activity) -> Iterable[int]:
    """A call for contributions goes to all members, or to who is invited where it is not announced
    to all.
    """
    if not activity.is_announced:
        return tell_participants(activity)
    return accounts_of(serving_on(clock.today()).values_list("pk", flat=True))


def tell_unit(unit_id: int | None) -> list[int]:
    return accounts_at_unit(unit_id, rules.ANSWER) if unit_id else []


def after(step: str) -> Callable[[Any], bool]:
    """What changes is traced from the first time somebody else was given it to read, also when it
    came back.
    """

    def handed_in_before(obj: Any) -> bool:
        """Handed in before, and so read by others."""
        return audit.history(obj).filter(action=f"{obj.flow.code}.{step}").exists()

    return handed_in_before

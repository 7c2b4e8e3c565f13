"""Columns of the lists of people, on the page and in Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core import clock
from yizheng.core.access import Words
from yizheng.core.case_display import ColumnKind
from yizheng.core.punctuation import join_cn
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .models import Account, Membership


@dataclass(frozen=True)
class RosterField:
    """One column of the roster: `kind` says how wide it is on the page, `width` in Excel."""

    key: str
    label: Words
    value: Callable[[Membership], Any]
    width: float = 8
    chosen: bool = True
    kind: ColumnKind = ""


ROSTER: tuple[RosterField, ...] = (
    RosterField("number", gettext_lazy("Number"), lambda m: m.number, chosen=False, kind="code"),
    RosterField("sector", gettext_lazy("Sector"), lambda m: m.sector.name, 10),
    RosterField("party", gettext_lazy("Party"), lambda m: m.party, 8),
    RosterField(
        "committee",
        gettext_lazy("Committee"),
        lambda m: m.committee.name if m.committee else "",
        14,
    ),
    RosterField("group", gettext_lazy("Group"), lambda m: m.group.name if m.group else "", 10),
    RosterField("post", gettext_lazy("Post in the committee"), lambda m: m.post, 8),
    RosterField(
        "standing",
        gettext_lazy("Standing"),
        lambda m: _("yes") if m.is_standing else "",
        6,
        chosen=False,
        kind="state",
    ),
    RosterField("sex", gettext_lazy("Sex"), lambda m: m.person.sex, 4, chosen=False, kind="state"),
    RosterField(
        "phone",
        gettext_lazy("Phone"),
        lambda m: m.person.masked_phone,
        10,
        chosen=False,
        kind="code",
    ),
    RosterField("term", gettext_lazy("Term"), lambda m: str(m.term), 6, chosen=False, kind="name"),
    RosterField("since", gettext_lazy("Since"), lambda m: m.since, 8, chosen=False, kind="date"),
    RosterField(
        "until", gettext_lazy("Until the day"), lambda m: m.until, 8, chosen=False, kind="date"
    ),
)
PRIVATE = frozenset({"phone"})


def roster_fields(with_private: bool) -> list[RosterField]:
    """Members who look each other up see no phones."""
    return [each for each in ROSTER if with_private or each.key not in PRIVATE]


def chosen_keys(asked: Sequence[str], fields: Sequence[RosterField]) -> list[str]:
    known = [each.key for each in fields]
    return [key for key in known if key in asked] or [each.key for each in fields if each.chosen]


def member_row(member: Membership, fields: Sequence[RosterField]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": member.pk,
        "number": member.number,
        "title": member.person.name,
        "url": reverse("people:member", args=[member.pk]),
        "line": member.person.employer,
        "cells": {each.key: _shown(each.value(member)) for each in fields},
    }
    if member.until and member.until < clock.today():
        row["badge"] = {"text": _("left"), "tone": "neutral"}
    elif member.is_standing:
        row["badge"] = {"text": _("standing"), "tone": "indigo"}
    return row


def _shown(value: Any) -> Any:
    """A day is drawn by the list."""
    return value if hasattr(value, "isoformat") else str(value or "—")


def roster_sheet(members: Sequence[Membership], *, with_phones: bool) -> bytes:
    """The roster as Excel, with the titles that the import understands."""
    head = [
        SheetColumn(_("Name"), 8),
        *(SheetColumn(str(each.label), each.width) for each in ROSTER),
        SheetColumn(_("Employer and post"), 20),
    ]
    rows = (
        [m.person.name, *(_cell(each, m, with_phones) for each in ROSTER), m.person.employer]
        for m in members
    )
    return workbook([Sheet(_("Roster"), head, rows)])


def _cell(field: RosterField, member: Membership, with_phones: bool) -> Any:
    return member.person.phone if field.key == "phone" and with_phones else field.value(member)


def account_row(account: Account) -> dict[str, Any]:
    roles, places = _held(account)
    row: dict[str, Any] = {
        "id": account.pk,
        "title": account.person.name,
        "url": reverse("people:account", args=[account.pk]),
        "line": account.username,
        "cells": {
            "roles": roles or _("none"),
            "place": places or "—",
            "last": account.last_login or _("never"),
        },
    }
    if not account.is_active:
        row["badge"] = {"text": _("switched off"), "tone": "neutral"}
    elif account.must_change_password:
        row["badge"] = {"text": _("first password"), "tone": "ochre"}
    return row


def _held(account: Account) -> tuple[str, str]:
    """The roles of today, and where they hold."""
    today = clock.today()
    grants = [grant for grant in account.grants.all() if grant.in_force(today)]
    places = {str(grant.place) for grant in grants if grant.place}
    return join_cn(dict.fromkeys(grant.role.name for grant in grants)), join_cn(sorted(places))


def account_sheet(accounts: Iterable[Account]) -> bytes:
    head = [
        SheetColumn(_("Name"), 8),
        SheetColumn(_("Sign-in name"), 12),
        SheetColumn(_("Roles"), 20),
        SheetColumn(_("Where it holds"), 20),
        SheetColumn(_("State"), 6),
        SheetColumn(_("Last sign-in"), 10, "date"),
    ]
    rows = (
        [
            account.person.name,
            account.username,
            *_held(account),
            _("active") if account.is_active else _("switched off"),
            timezone.localtime(account.last_login).date() if account.last_login else None,
        ]
        for account in accounts
    )
    return workbook([Sheet(_("Accounts"), head, rows)])

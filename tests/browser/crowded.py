"""A county whose every list has five hundred rows and whose every name is as long as it may be.

Rows are copied and renamed in the database, past all doors: this county is only looked at.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat, Right

from yizheng.activities.models import Activity, Participant, PlanItem
from yizheng.contacts.models import ContactLink
from yizheng.core import clock, tenancy
from yizheng.core.outbox import OutboxEntry
from yizheng.enterprises.models import Enterprise
from yizheng.instructions.models import Instruction
from yizheng.library.models import RuleDocument
from yizheng.notices.models import Notice
from yizheng.opinions.models import Issue, Opinion
from yizheng.organisations.models import CalendarDay, Committee, Organisation, Role, Unit
from yizheng.people.models import Account, Collective, Group, Membership, Person, Sector
from yizheng.promises.models import Promise
from yizheng.proposals.enums import ProposalState
from yizheng.proposals.models import Proposal
from yizheng.staff.models import StaffPost, StaffService
from yizheng.transfers.models import Transfer
from yizheng.venues.models import Venue, Visit

ROWS, LETTERS = 500, 60
LONG = (
    "关于进一步完善城乡居民基本养老保险与最低生活保障衔接机制推动农村养老服务设施"
    "提质增效并健全长效管护办法的若干意见和具体实施建议"
)
NAMES: dict[type[models.Model], tuple[str, ...]] = {
    Proposal: ("title", "collective_name"),
    Person: ("name", "employer"),
    Activity: ("title", "place"),
    PlanItem: ("title",),
    Promise: ("text", "source_label"),
    Instruction: ("words", "leader", "post"),
    Transfer: ("words",),
    Opinion: ("title", "edited_title", "reporter_name"),
    Issue: ("journal",),
    Collective: ("name",),
    Committee: ("name",),
    Enterprise: ("name", "trade"),
    Group: ("name",),
    Sector: ("name",),
    StaffPost: ("name",),
    StaffService: ("title",),
    Unit: ("name", "short_name"),
    Venue: ("name", "place"),
    Visit: ("raised", "visitor"),
    Role: ("name",),
    RuleDocument: ("title", "number", "meeting"),
    CalendarDay: ("note",),
    Participant: ("name", "post"),
}


def crowd() -> None:
    """Run in the county's own process: `manage shell`."""
    organisation = Organisation.objects.get(code="yunxi")
    with tenancy.scope(organisation):
        for model, fields in _fillers():
            _multiply(model, fields)
        _proposals()
        _people()
        _with_units()
        _participants()
        _notices()
        _days(organisation)
    for renamed, names in NAMES.items():
        _rename(renamed, names)


Change = Callable[[int], Any]


def _fillers() -> Sequence[tuple[type[Any], dict[str, Change]]]:
    """What has no more to be told apart by than its name."""
    named: dict[str, Change] = {"name": lambda n: f"第{n}号"}
    return (
        (Activity, {}),
        (PlanItem, {}),
        (Instruction, {}),
        (StaffPost, {}),
        (Visit, {}),
        (Collective, named),
        (Committee, named),
        (Enterprise, named),
        (Group, named),
        (Sector, named),
        (Unit, named),
        (Venue, named),
        (Role, {"code": lambda n: f"role-{n}"}),
        (RuleDocument, {"number": lambda n: f"第{n}号", "replaces": lambda n: None}),
        (Promise, {"number": lambda n: f"C-2026-{n:03d}"}),
        (Issue, {"number": lambda n: f"第{n}期"}),
        (Opinion, _OF_OPINIONS),
    )


_OF_OPINIONS: dict[str, Change] = {
    "number": lambda n: f"X2026-{n:04d}",
    "source_type": lambda n: None,
    "source_id": lambda n: None,
    "origin_dispatch": lambda n: None,
}


def _multiply(model: type[Any], changes: dict[str, Change], pattern: Any = None) -> None:
    patterns = list(model.objects.order_by("pk") if pattern is None else pattern)
    missing = ROWS - model.objects.count()
    _copies(patterns, range(1000, 1000 + missing), changes)


def _copies(patterns: Sequence[Any], numbers: range, changes: dict[str, Change]) -> None:
    made = []
    for number in numbers:
        one = copy.copy(patterns[number % len(patterns)])
        one.pk, one._state = None, copy.copy(one._state)
        one._state.adding = True
        for name, change in changes.items():
            setattr(one, name, change(number))
        made.append(one)
    if made:
        type(made[0]).objects.bulk_create(made, batch_size=200)


def _proposals() -> None:
    """Half of them wait for the clerk, at whatever hour the county was made: the home page is full
    too.
    """
    newest = Proposal.objects.order_by("-session__year", "pk")
    unfiled = list(newest.filter(case_number="").exclude(flow_number="")[:40])
    numbers: dict[str, Change] = {"flow_number": lambda n: f"2026-{n:04d}"}
    waiting: dict[str, Change] = {"state": lambda _n: ProposalState.SUBMITTED}
    _copies(unfiled, range(1000, 1250), numbers | waiting)
    filed = list(newest.exclude(case_number="")[:100])
    _copies(filed, range(1250, 1500), numbers | {"case_number": lambda n: f"〔2026〕{n}"})


def _people() -> None:
    first = 1000
    _copies(list(Person.objects.order_by("pk")[:40]), range(first, first + 2 * ROWS), {})
    people = list(Person.objects.order_by("-pk")[:ROWS])
    _copies(
        list(StaffService.objects.order_by("pk")[:1]),
        range(first, first + ROWS),
        {"person": lambda n: people[n - first]},
    )
    people = list(Person.objects.filter(memberships=None).order_by("pk"))
    patterns = list(Membership.objects.filter(until=None).order_by("pk")[:40])
    wanted = range(first, first + min(len(people), ROWS - Membership.objects.count()))
    _copies(patterns, wanted, {"person": lambda n: people[n - first]})
    whom, *members = Membership.objects.order_by("pk")
    _copies(
        list(ContactLink.objects.exclude(to_member=None).order_by("pk")[:1]),
        range(first, first + len(members)),
        {"member": lambda n: members[n - first], "to_member": lambda n: whom},
    )
    spare: dict[str, Change] = {"username": lambda n: f"crowd{n}", "phone": lambda n: ""}
    _multiply(Account, spare, Account.objects.exclude(person=None).order_by("pk"))


def _with_units() -> None:
    units = list(Unit.objects.order_by("pk"))
    first = 1000
    _copies(
        list(Transfer.objects.all()[:1]),
        range(first, first + 400),
        {"unit": lambda n: units[n - first + 90]},
    )


def _participants() -> None:
    held = Activity.objects.filter(participants__isnull=False).order_by("-pk").first()
    assert held
    there = held.participants.exclude(membership=None)
    others = list(Membership.objects.exclude(pk__in=there.values("membership")).order_by("pk"))
    wanted = range(ROWS - there.count())
    _copies(list(there[:1]), wanted, {"membership": lambda n: others[n]})


def _notices() -> None:
    account = Account.objects.get(username="organiser")
    entries = OutboxEntry.objects.order_by("-pk")[:ROWS]
    Notice.objects.bulk_create(
        Notice(
            organisation_id=account.organisation_id,
            entry=entry,
            account=account,
            words=LONG,
            kind="told",
        )
        for entry in entries
    )


def _days(organisation: Organisation) -> None:
    """A year and a half of days that differ from the public calendar."""
    first = clock.today()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            organisation=organisation,
            day=first + dt.timedelta(days=n),
            is_working_day=n % 2 == 0,
            note=LONG,
        )
        for n in range(ROWS)
    )


def _rename(model: type[Any], names: Sequence[str]) -> None:
    """Each as long as its field allows, sixty characters at most, and unlike all others."""
    manager = model.everywhere if hasattr(model, "everywhere") else model.objects
    number = Right(Concat(Value("000"), Cast("pk", models.CharField())), 4)
    for name in names:
        most = min(model._meta.get_field(name).max_length or LETTERS, LETTERS)
        manager.exclude(**{name: ""}).update(**{name: Concat(Value(LONG[: most - 4]), number)})

"""The import of the roster from Excel: first every error of the file, then all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yizheng.core import audit, clock, doors
from yizheng.core.access import Actor
from yizheng.core.progress import TellDoneOf
from yizheng.documents import import_preview
from yizheng.documents.import_preview import CheckRow, ImportColumn, SheetPreview, SheetSpec
from yizheng.documents.table_files import Table
from yizheng.organisations.models import Committee, Term
from yizheng.organisations.services.settings import noun_of

from .models import Group, Membership, Sector
from .rules import keep_roster
from .services import accounts, persons, roster

PLACES: dict[str, type[Sector] | type[Committee] | type[Group]] = {
    "sector": Sector,
    "committee": Committee,
    "group": Group,
}
STANDING_POSTS = ("常务委员", "常委")
ORDINARY_POSTS = ("委员", "政协委员")

SPEC = SheetSpec(
    "委员名册",
    [
        ImportColumn(
            key="name",
            titles=["姓名", "委员姓名", "Name"],
            required=True,
            max_length=40,
            example="示例甲",
        ),
        ImportColumn(
            key="sex",
            titles=["性别", "Sex"],
            kind="choice",
            choices={"男": "男", "女": "女", "male": "男", "female": "女"},
            example="女",
        ),
        ImportColumn(
            key="party",
            titles=["党派", "政治面貌", "Party"],
            required=True,
            max_length=20,
            example="无党派",
        ),
        ImportColumn(
            key="sector",
            titles=["界别", "所属界别", "Sector"],
            required=True,
            max_length=60,
            example="教育",
        ),
        ImportColumn(
            key="committee",
            titles=["专委会", "专门委员会", "所属专委会", "Committee"],
            max_length=60,
            example="提案委员会",
        ),
        ImportColumn(
            key="group",
            titles=["小组", "委员小组", "活动组", "Group"],
            max_length=60,
            example="第一小组",
        ),
        ImportColumn(
            key="employer",
            titles=["单位职务", "工作单位及职务", "单位及职务", "工作单位", "Employer and post"],
            max_length=80,
            example="县第一小学校长",
        ),
        ImportColumn(
            key="phone",
            titles=["手机", "手机号", "手机号码", "联系电话", "电话", "Phone"],
            kind="phone",
            unique=True,
            example="19900000000",
        ),
        ImportColumn(
            key="is_standing", titles=["是否常委", "常委", "Standing"], kind="boolean", example="否"
        ),
        ImportColumn(
            key="post",
            titles=["届次职务", "政协职务", "本届职务", "职务", "Post in the committee"],
            max_length=20,
            example="委员",
        ),
        ImportColumn(
            key="number",
            titles=["编号", "委员编号", "委员证号", "Number"],
            max_length=20,
            unique=True,
            example="001",
        ),
    ],
)


@dataclass
class RosterImportResult:
    """What came of an import."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    created: list[str] = field(default_factory=list)
    opened: list[tuple[accounts.NewAccount, str]] = field(default_factory=list)


def preview_roster(table: Table, *, create_missing: bool = False) -> SheetPreview:
    """Every error of the file, in words that name row and column.

    Raises UnreadableTable where its header does not fit.
    """
    return import_preview.preview(SPEC, table, _row_check(create_missing))


def _row_check(create_missing: bool) -> CheckRow:
    known = {
        key: set(model.objects.values_list("name", flat=True)) for key, model in PLACES.items()
    }
    seen: set[tuple[str, str]] = set()

    def check(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        person = (values["name"], values["phone"] or "")
        if person in seen:
            yield (
                "name",
                _("stands in this file already; two people of one name need their phone numbers"),
            )
        seen.add(person)
        for key in PLACES:
            if values[key] and values[key] not in known[key] and not create_missing:
                yield key, _("“%(name)s” is not known here") % {"name": values[key]}

    return check


def missing_places(table: Table) -> list[str]:
    """Sectors, committees and groups that the file names and the organisation does not have."""
    rows = import_preview.preview(SPEC, table).rows
    found: list[str] = []
    for key, model in PLACES.items():
        known = set(model.objects.values_list("name", flat=True))
        found += sorted({row.values[key] for row in rows if row.values[key]} - known)
    return found


@transaction.atomic
def import_roster(
    table: Table,
    *,
    by: Actor,
    term: Term,
    create_missing: bool = False,
    open_accounts: bool = False,
    since: dt.date | None = None,
    progress: TellDoneOf | None = None,
) -> RosterImportResult:
    """Take over all rows, or none and say why.

    Whoever is known by name and phone is brought up to date; an empty cell leaves what is known.
    New accounts come back with their first passwords, which are kept nowhere.
    """
    doors.require(by, keep_roster)
    found = preview_roster(table, create_missing=create_missing)
    found.require_acceptable(_("The file holds no member."))
    since = since or _first_day(term)
    done = RosterImportResult()
    places = _places(found, done, by)
    for number, row in enumerate(found.rows, start=1):
        member = _take(row.values, places, term, since, done, by)
        if open_accounts and not member.person.accounts.exists():
            opened = accounts.open_for_member(member.person, by=by, since=since)
            done.opened.append((opened, member.sector.name))
        if progress:
            progress(number, len(found.rows))
    audit.record(
        "members.imported", by=by, of=term, detail={"added": done.added, "updated": done.updated}
    )
    return done


def _first_day(term: Term) -> dt.date:
    """From when somebody belongs to the term where the file does not say: today; in a term that is
    over or yet to come, its first day.
    """
    today = clock.today()
    runs = clock.holds(today, term.begins_on, term.ends_on)
    return today if runs else term.begins_on


def _places(found: SheetPreview, done: RosterImportResult, by: Actor) -> dict[str, dict[str, Any]]:
    """Sectors, committees and groups by name; those that are missing are made."""
    places: dict[str, dict[str, Any]] = {}
    for key, model in PLACES.items():
        places[key] = {place.name: place for place in model.objects.all()}
        for name in dict.fromkeys(row.values[key] for row in found.rows if row.values[key]):
            if name not in places[key]:
                places[key][name] = place = model(name=name)
                with doors.adding(place, f"{noun_of(place)}.added", by=by, rule=keep_roster):
                    pass
                done.created.append(name)
    return places


def _take(
    values: Mapping[str, Any],
    places: Mapping[str, Mapping[str, Any]],
    term: Term,
    since: dt.date,
    done: RosterImportResult,
    by: Actor,
) -> Membership:
    known = _known(_standing(values), places)
    person = persons.same_person(values["name"], values["phone"] or "")
    member = person.memberships.filter(term=term).first() if person else None
    if member is None:
        done.added += 1
        return roster.add_member(term, known, by=by, since=since)
    changed = roster.change_member(member, known, by=by)
    done.updated += bool(changed)
    done.unchanged += not changed
    return member


def _standing(values: Mapping[str, Any]) -> dict[str, Any]:
    """常委 is written in either column; 委员 is no post."""
    row = dict(values)
    if row["post"] in STANDING_POSTS:
        row["is_standing"] = True
    if row["post"] in (*STANDING_POSTS, *ORDINARY_POSTS):
        row["post"] = ""
    return row


def _known(values: Mapping[str, Any], places: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The cells that say something."""
    filled = {key: value for key, value in values.items() if value not in (None, "")}
    return {key: places[key][value] if key in places else value for key, value in filled.items()}

"""Who stands where in the demo county: organisation, sessions, members, units, roles, sign-ins."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from yizheng.core import tenancy
from yizheng.core.access import Actor, system
from yizheng.organisations.models import Committee, Organisation, Session, Term, Unit
from yizheng.organisations.services import founding
from yizheng.people.models import Account, Collective, Group, Membership, Person, Sector
from yizheng.people.queries import actor_of
from yizheng.regulations import SCHEMAS
from yizheng.regulations import services as regulations

from . import content

N = TypeVar("N", Sector, Committee, Group)
SEED = 2026
CODE = "yunxi"
CITY_CODE = "chengchuan"
KEEPER = "keeper"
UNIT_KINDS = {
    "政府部门": Unit.UnitKind.DEPARTMENT,
    "党委部门": Unit.UnitKind.PARTY_ORGAN,
    "群团组织": Unit.UnitKind.OTHER,
    "公共企事业单位": Unit.UnitKind.ENTERPRISE,
    "乡镇": Unit.UnitKind.TOWN,
    "街道": Unit.UnitKind.TOWN,
}
STAFF_ROLES = {
    "proposals_clerk": "clerk",
    "reviewer": "reviewer",
    "assigner": "assigner",
    "auditor": "auditor",
    "system_administrator": "administrator",
    "organiser": "organiser",
    "researcher": "editor",
    "signer": "signer",
    "reporter": "reporter",
    "venue_keeper": "keeper",
}


@dataclass
class County:
    organisation: Organisation
    city: Organisation
    sessions: dict[int, Session]
    units: dict[str, Unit] = field(default_factory=dict)
    members: list[Membership] = field(default_factory=list)
    collectives: list[content.RosterCollective] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)
    leaders: list[Person] = field(default_factory=list)
    desk: int = 0  # the unit whose people can sign in, once it is chosen
    _actors: dict[int, Actor] = field(default_factory=dict)
    _by_membership: dict[int, Account] = field(default_factory=dict)

    def actor(self, account: Account) -> Actor:
        if account.pk not in self._actors:
            self._actors[account.pk] = actor_of(account)
        return self._actors[account.pk]

    def staff(self, who: str) -> Actor:
        return self.actor(self.accounts[who])

    def member(self, membership_id: int) -> Actor:
        return self.actor(self._by_membership[membership_id])

    def officer(self, unit_id: int) -> Actor:
        return self.actor(self.accounts[f"officer-{unit_id}"])

    def leader(self, unit_id: int) -> Actor:
        return self.actor(self.accounts[f"leader-{unit_id}"])


def assemble(today: dt.date) -> County:
    """The county with everybody in their place, before anything has happened."""
    organisation = founding.found(
        code=CODE, name="中国人民政治协商会议云溪县委员会", short_name="云溪县政协", region="云溪县"
    )
    city = founding.found(
        code=CITY_CODE,
        name="中国人民政治协商会议澄川市委员会",
        short_name="澄川市政协",
        region="澄川市",
    )
    city.level = Organisation.OrganisationLevel.CITY
    city.save()
    organisation.parent = city
    organisation.save()
    last = today.year if (today.month, today.day) >= (3, 1) else today.year - 1
    with tenancy.scope(organisation):
        term = Term(ordinal=9, begins_on=dt.date(last - 4, 1, 10))
        term.save()
        county = County(
            organisation,
            city,
            {year: _session(term, year, year - last + 5) for year in range(last - 2, last + 1)},
        )
        _regulate(county, last)
        since = dt.date(last - 4, 1, 10)
        _units(county, since)
        _people(county, term, since)
    _above(county, since)
    return county


def _session(term: Term, year: int, ordinal: int) -> Session:
    opens = dt.date(year, 1, 12)
    session = Session(
        term=term,
        ordinal=ordinal,
        year=year,
        opens_on=opens,
        closes_on=opens + dt.timedelta(days=4),
        proposals_until=opens + dt.timedelta(days=3),
    )
    session.save()
    return session


def _regulate(county: County, last: int) -> None:
    """Version 1 of the term's beginning gave ten days for handing back; version 2 gives five."""
    by = system(county.organisation.pk)
    _adopt_models(by, last, ("proposals",))
    parameters = regulations.model_of("proposals")
    assert parameters is not None  # proposals have a model to begin with
    older = {**parameters, "deadlines": {"hand_back_days": 10, "accept_days": 5}}
    adopted = dt.date(last - 4, 3, 2)
    version = regulations.draft("proposals", older, by=by, note="届初制定")
    regulations.adopt(
        version,
        by=by,
        meeting="九届常委会第一次会议",
        on=adopted,
        in_force_from=dt.date(last - 4, 1, 10),
    )
    version = regulations.draft(
        "proposals",
        parameters,
        by=by,
        note="退办期限由 10 个工作日缩短为 5 个工作日，签收由 5 日改为 3 日",
    )
    regulations.adopt(
        version,
        by=by,
        meeting="九届常委会第十二次会议",
        on=dt.date(last - 1, 11, 20),
        in_force_from=dt.date(last, 1, 1),
    )


def _adopt_models(by: Actor, last: int, besides: tuple[str, ...] = ()) -> None:
    """Every other subject as the model regulation has it, adopted when the term began."""
    for subject in SCHEMAS:
        if subject in besides or (model := regulations.model_of(subject)) is None:
            continue
        version = regulations.draft(subject, model, by=by, note="届初制定")
        regulations.adopt(
            version,
            by=by,
            meeting="九届常委会第一次会议",
            on=dt.date(last - 4, 3, 2),
            in_force_from=dt.date(last - 4, 1, 10),
        )


def _above(county: County, since: dt.date) -> None:
    """The city's committee, as far as the county has to do with it: who edits and who
    signs there.
    """
    with tenancy.scope(county.city):
        _adopt_models(system(county.city.pk), since.year + 4)
        for role, name in (("editor", "施若川"), ("signer", "阮知远")):
            person = Person(name=name, employer="澄川市政协研究室")
            person.save()
            account = Account(
                username=f"city-{role}",
                organisation=county.city,
                person=person,
                must_change_password=False,
            )
            account.set_unusable_password()
            account.save()
            founding.grant(account.pk, role, since=since)
            county.accounts[f"city-{role}"] = account


def _account(
    county: County,
    key: str,
    username: str,
    person: Person,
    role: str,
    since: dt.date,
    unit: Unit | None = None,
) -> Account:
    account = Account(
        username=username,
        phone=person.phone,
        organisation=county.organisation,
        person=person,
        must_change_password=False,
    )
    account.set_unusable_password()
    account.save()
    if role != KEEPER:  # whoever keeps a venue is named when there is one
        founding.grant(account.pk, role, since=since, place=unit)
    county.accounts[key] = account
    return account


def _person(name: str, sex: str, phone: str, employer: str) -> Person:
    person = Person(name=name, sex=sex, phone=phone, employer=employer)
    person.save()
    return person


def _units(county: County, since: dt.date) -> None:
    for place, unit in enumerate(content.units(SEED), start=1):
        row = Unit(name=unit.name, short_name=unit.short, kind=UNIT_KINDS[unit.kind])
        row.save()
        county.units[unit.name] = row
        for post, who in (("officer", unit.officer), ("leader", unit.leader)):
            person = _person(who.name, who.sex, who.phone, f"{unit.name}{who.post}")
            _account(
                county,
                f"{post}-{row.pk}",
                f"unit{place:02}-{post}",
                person,
                f"unit-{post}",
                since,
                row,
            )


def _people(county: County, term: Term, since: dt.date) -> None:
    roster = content.roster(SEED)
    sectors = {
        name: _named(Sector(name=name)) for name in dict.fromkeys(m.sector for m in roster.members)
    }
    committees = {
        name: _named(Committee(name=name))
        for name in dict.fromkeys(m.committee for m in roster.members)
    }
    groups = {
        name: _named(Group(name=name)) for name in dict.fromkeys(m.group for m in roster.members)
    }
    for member in roster.members:
        person = _person(member.name, member.sex, member.phone, f"{member.employer}{member.post}")
        row = Membership(
            person=person,
            term=term,
            number=f"09{member.number:03}",
            sector=sectors[member.sector],
            committee=committees[member.committee],
            group=groups[member.group],
            party=member.party,
            post="" if member.duty == "委员" else member.duty,
            is_standing=member.duty != "委员",
            since=since,
        )
        row.save()
        username = "secretary" if member.duty == "秘书长" else f"member{member.number:03}"
        account = _account(county, f"member-{row.pk}", username, person, "member", since)
        county.members.append(row)
        county._by_membership[row.pk] = account
        if member.duty in ("主席", "副主席"):
            founding.grant(account.pk, "chairperson", since=since)
            county.leaders.append(person)
            county.accounts.setdefault("chairperson", account)
        if member.duty == "秘书长":
            founding.grant(account.pk, "secretary", since=since)
            county.accounts["secretary"] = account
    _staff(county, roster.staff, since)
    for collective in roster.collectives:
        kind = (
            Collective.CollectiveKind.PARTY
            if collective.kind == "党派"
            else Collective.CollectiveKind.BODY
        )
        Collective(name=collective.name, kind=kind).save()
        county.collectives.append(collective)


def _named(row: N) -> N:
    row.save()
    return row


def _staff(county: County, staff: tuple[content.Staff, ...], since: dt.date) -> None:
    seen: dict[str, int] = {}
    for who in staff:
        if (role := STAFF_ROLES.get(who.role)) is None:
            continue
        seen[role] = seen.get(role, 0) + 1
        person = _person(who.name, who.sex, who.phone, f"{who.office}{who.post}")
        username = role if seen[role] == 1 else f"{role}{seen[role]}"
        _account(county, username, username, person, role, since)


# Sign-ins -----------------------------------------------------------------------------------------

SIGN_INS_FILE = "demo-sign-ins.json"
SignInLine = tuple[str, str, str, str]


def open_accounts(county: County, chosen: list[tuple[str, str, str]]) -> list[SignInLine]:
    """Give these accounts a password made for this county, and keep the list beside its data for
    `script/demo`.
    """
    password = f"Yunxi-{secrets.token_hex(4)}"
    found = []
    for role, key, what in chosen:
        account = county.accounts[key]
        account.set_password(password)
        account.save(update_fields=["password"])
        found.append((role, account.username, password, what))
    file = Path(settings.DATA) / SIGN_INS_FILE
    file.touch(mode=0o600)
    file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return found


def sign_ins() -> list[SignInLine]:
    """The sign-ins of the county in this data folder; none when it holds no demo county."""
    file = Path(settings.DATA) / SIGN_INS_FILE
    if not file.exists():
        return []
    return [tuple(row) for row in json.loads(file.read_text(encoding="utf-8"))]

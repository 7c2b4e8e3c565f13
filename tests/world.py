"""A small invented county: who stands where, and proposals walked to a state by real steps."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from tests.days import first_day
from yizheng.core import clock, derived_rows, tenancy
from yizheng.core.access import Actor, system
from yizheng.core.outbox import OutboxEntry
from yizheng.organisations import places
from yizheng.organisations.models import (
    Committee,
    Organisation,
    Role,
    RoleGrant,
    Session,
    Term,
    Unit,
)
from yizheng.organisations.services import founding
from yizheng.people.models import Account, Collective, Group, Membership, Person, Sector
from yizheng.people.queries import actor_of
from yizheng.regulations import SCHEMAS
from yizheng.regulations import services as regulations

PASSWORD = "Yunxi-county-2026"
REGULATION = Path(__file__).parent.parent / "yizheng" / "proposals" / "regulation.json"


@dataclass
class World:
    organisation: Organisation
    session: Session
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """One of: member, cosigner, third, clerk, reviewer, assigner, organiser, secretary, editor,
        signer, reporter, officer, leader, assisting_officer, assisting_leader, other_officer,
        chairperson, auditor, administrator.
        """
        return actor_of(self.accounts[who])


STAFF = {
    "clerk": ("林澄", "clerk", None),
    "reviewer": ("程默", "reviewer", None),
    "assigner": ("方屿", "assigner", None),
    "chairperson": ("周砚", "chairperson", None),
    "organiser": ("蓝汀", "organiser", None),
    "secretary": ("祁岚", "secretary", None),
    "editor": ("柏青", "editor", None),
    "signer": ("孟澜", "signer", None),
    "reporter": ("苏蘩", "reporter", None),
    "auditor": ("秦弦", "auditor", None),
    "administrator": ("吴棣", "administrator", None),
    "officer": ("何楠", "unit-officer", "水务局"),
    "leader": ("江越", "unit-leader", "水务局"),
    "assisting_officer": ("宋芮", "unit-officer", "财政局"),
    "assisting_leader": ("韩霁", "unit-leader", "财政局"),
    "other_officer": ("陆衡", "unit-officer", "教育局"),
}
MEMBERS = {
    "member": ("沈禾", "民盟", "农业"),
    "cosigner": ("许茉", "中共", "教育"),
    "third": ("唐蘅", "无党派", "经济"),
}


def build(code: str = "yunxi", year: int | None = None) -> World:
    """A county whose plenary closed ten days ago, so that proposals submitted now are ordinary
    ones.
    """
    today = timezone.localdate()
    organisation = founding.found(
        code=code, name=f"政协{code}县委员会", short_name=f"{code}县政协", region=f"{code}县"
    )
    with tenancy.scope(organisation):
        term = Term(ordinal=9, begins_on=dt.date(today.year - 2, 1, 1))
        term.save()
        opened = today - dt.timedelta(days=14)
        session = Session(
            term=term,
            ordinal=3,
            year=year or today.year,
            opens_on=opened,
            closes_on=opened + dt.timedelta(days=4),
            proposals_until=opened + dt.timedelta(days=3),
        )
        session.save()
        world = World(organisation, session)
        _fill(world, term, code)
    return world


def _fill(world: World, term: Term, code: str) -> None:
    """In few queries, because nearly every test begins here."""
    since = first_day()
    names = ("水务局", "财政局", "教育局", "交通运输局")
    units = Unit.objects.bulk_create(
        [
            Unit(name=f"{code}县{name}", short_name=name, organisation=world.organisation)
            for name in names
        ]
    )
    world.units.update(zip(names, units, strict=True))
    Committee(name="提案委员会").save()
    Group(name="第一小组").save()
    Collective(name="民盟云溪县总支", kind=Collective.CollectiveKind.PARTY).save()
    phones = [f"199{world.organisation.pk % 1_000_000:06}{n:02}" for n in range(len(MEMBERS))]
    staff = [(who, name, "", role, unit) for who, (name, role, unit) in STAFF.items()]
    _let_in(
        world,
        [
            *staff,
            *(
                (who, MEMBERS[who][0], phone, "member", None)
                for who, phone in zip(MEMBERS, phones, strict=True)
            ),
        ],
        since,
    )
    sectors = {
        sector: Sector(name=sector, organisation=world.organisation)
        for _name, _party, sector in MEMBERS.values()
    }
    Sector.objects.bulk_create(sectors.values())
    members = [
        Membership(
            organisation=world.organisation,
            person=world.accounts[who].person,
            term=term,
            sector=sectors[sector],
            party=party,
            since=since,
        )
        for who, (_name, party, sector) in MEMBERS.items()
    ]
    world.members.update(zip(MEMBERS, Membership.objects.bulk_create(members), strict=True))
    platform = system(world.organisation.pk)
    for subject in SCHEMAS:
        version = regulations.draft(subject, regulations.model_of(subject), by=platform)
        regulations.adopt(
            version, by=platform, meeting="九届主席会议第一次会议", on=since, in_force_from=since
        )


def _let_in(
    world: World, people: list[tuple[str, str, str, str, str | None]], since: dt.date
) -> None:
    """Persons, each with an account and the grant of a role (at a unit): who, name, phone, role,
    unit.
    """
    organisation = world.organisation
    persons = Person.objects.bulk_create(
        [
            Person(organisation=organisation, name=name, phone=phone)
            for _, name, phone, _, _ in people
        ]
    )
    accounts = Account.objects.bulk_create(
        Account(
            username=f"{organisation.code}-{who}",
            phone=phone,
            organisation=organisation,
            person=person,
            must_change_password=False,
            password=_hashed(),
        )
        for (who, _, phone, _, _), person in zip(people, persons, strict=True)
    )
    world.accounts.update(zip((who for who, *_ in people), accounts, strict=True))
    roles = {role.code: role for role in Role.objects.all()}
    RoleGrant.objects.bulk_create(
        RoleGrant(
            organisation=organisation,
            account=account,
            role=roles[role],
            **places.columns(world.units[unit] if unit else None),
            since=since,
        )
        for (_, _, _, role, unit), account in zip(people, accounts, strict=True)
    )


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def draft(world: World, who: str = "member", **values: Any) -> Any:
    """A complete draft of a member, with two numbered suggestions."""
    from yizheng.proposals import services

    fields = {
        "title": "关于加快青石镇农村饮水管网改造的建议",
        "category": "社会建设",
        "situation": "青石镇现有供水管网建于上世纪九十年代，漏损率偏高。",
        "analysis": "管材老化，缺少更新资金。",
        "suggestions": ["优先更换石桥、北坡两村老旧支管", "在镇区建设备用水源"],
        **values,
    }
    return services.create_draft(by=world.actor(who), **fields)


# Walking proposals by real steps ------------------------------------------------------------------

ROUTE = (
    "draft",
    "submitted",
    "review",
    "filed",
    "assigned",
    "accepted",
    "signing",
    "checking",
    "replied",
    "closed",
)


def proposal_at(world: World, stop: str, **values: Any) -> Any:
    """A proposal that travelled to a stop of ROUTE: sole unit 水务局, rated satisfied by its
    proposer. It is made findable once, at the stop.
    """
    from yizheng.proposals.flow import PROPOSAL

    proposal = draft(world, **values)
    walks = {
        "submitted": lambda: PROPOSAL.perform("submit", proposal, by=world.actor("member")),
        "review": lambda: PROPOSAL.perform("pass_check", proposal, by=world.actor("clerk")),
        "filed": lambda: PROPOSAL.perform("file", proposal, by=world.actor("reviewer")),
        "assigned": lambda: assign(world, proposal),
        "accepted": lambda: unit_step(world, proposal, "accept", "officer"),
        "signing": lambda: write_and_send(world, proposal),
        "checking": lambda: unit_step(world, proposal, "sign_off", "leader"),
        "replied": lambda: unit_step(world, proposal, "release", "clerk"),
        "closed": lambda: rate(world, proposal, "member"),
    }
    with derived_rows.at_the_end():
        for name in ROUTE[1 : ROUTE.index(stop) + 1]:
            walks[name]()
    proposal.refresh_from_db()
    return proposal


def assign(
    world: World, proposal: Any, unit: str = "水务局", assisting: tuple[str, ...] = ()
) -> Any:
    from yizheng.proposals.flow import PROPOSAL

    part = "lead" if assisting else "sole"
    plan = [
        (world.units[unit], part, []),
        *((world.units[name], "assisting", []) for name in assisting),
    ]
    return PROPOSAL.perform(
        "assign", proposal, by=world.actor("assigner"), data={"how": "at_once", "plan": plan}
    )


def assignment_of(proposal: Any, part: str = "") -> Any:
    assignments = proposal.assignments.exclude(state="reassigned")
    return assignments.get(part=part) if part else assignments.exclude(part="assisting").get()


def unit_step(world: World, proposal: Any, step: str, who: str, **data: Any) -> Any:
    from yizheng.proposals.flow import ASSIGNMENT

    return ASSIGNMENT.perform(step, assignment_of(proposal), by=world.actor(who), data=data)


def write_reply(
    world: World, proposal: Any, outcomes: tuple[str, ...] = ("done", "planned"), **values: Any
) -> Any:
    """The officer answers each suggestion with the outcome of its place; planned ones in ninety
    days.
    """
    from yizheng.proposals import services
    from yizheng.proposals.flow.assignment_guards import suggestions_to_answer
    from yizheng.proposals.flow.due_dates import rules_of

    assignment = assignment_of(proposal)
    suggestions = suggestions_to_answer(assignment)
    given = (outcomes * len(suggestions))[: len(suggestions)]
    items = {
        suggestion.pk: {
            "outcome": outcome,
            "text": f"对第{suggestion.position}条建议的答复",
            "planned_for": timezone.localdate() + dt.timedelta(days=90),
            "section": "供水股",
        }
        for suggestion, outcome in zip(suggestions, given, strict=True)
    }
    values.setdefault("result_class", rules_of().natural_class(list(given)))
    return services.save_reply(
        assignment, by=world.actor("officer"), items=items, opening="提案收悉。", **values
    )


def speak(world: World, proposal: Any, way: str = "visit") -> Any:
    return unit_step(
        world,
        proposal,
        "contact",
        "officer",
        way=way,
        on=timezone.localdate(),
        with_whom="沈禾",
        note="当面听取意见",
    )


def write_and_send(world: World, proposal: Any) -> Any:
    speak(world, proposal)
    write_reply(world, proposal)
    return unit_step(world, proposal, "request_sign_off", "officer")


def rate(world: World, proposal: Any, who: str, verdict: str = "satisfied") -> Any:
    from yizheng.proposals.flow import EVALUATION

    evaluation = proposal.evaluations.get(membership=world.members[who], state="pending")
    return EVALUATION.perform("answer", evaluation, by=world.actor(who), data=rating(verdict))


def rating(verdict: str, comment: str = "") -> dict[str, Any]:
    """The feedback form filled in with one opinion throughout; of what is no matter of opinion the
    first answer.
    """
    from yizheng.proposals.flow.due_dates import rules_of

    questions = [q for q in rules_of().feedback_questions if not q.collective_only]
    answers = {
        q.code: next((a.code for a in q.answers if a.verdict == verdict), q.answers[0].code)
        for q in questions
    }
    return {
        "answers": answers,
        "comment": comment or ("仍然漏水" if verdict == "unsatisfied" else ""),
    }


# Turnings of the road -----------------------------------------------------------------------------


@contextmanager
def later(days: int) -> Iterator[None]:
    """Everything inside happens so many days from now."""
    with clock.at(clock.now() + dt.timedelta(days=days)):
        yield


def step(world: World, obj: Any, name: str, who: str, **data: Any) -> Any:
    """A step on any object, as one of the standing persons."""
    return obj.flow.perform(name, obj, by=world.actor(who), data=data)


def entered_by_office(world: World, **values: Any) -> Any:
    """What the clerk typed in for the member, handed in and waiting for the member's word."""
    proposal = draft(world, "clerk", proposer=world.members["member"], **values)
    return step(world, proposal, "submit", "clerk")


def of_collective(world: World, **values: Any) -> Any:
    """A party's proposal as the office enters it: nobody to confirm, nobody with an account of its
    own.
    """
    proposal = draft(
        world,
        "clerk",
        kind="party",
        collective_name="民盟云溪县总支",
        contact_name="民盟联络员",
        **values,
    )
    return step(world, proposal, "submit", "clerk")


def merged_pair(world: World, *, cosigned: bool = False) -> tuple[Any, Any]:
    """The member's proposal with the third member's under it; filed.

    With `cosigned` the other has a co-signer.
    """
    main = proposal_at(world, "review")
    other = draft(
        world, "third", title="关于保障北坡村饮水安全的建议", suggestions=["为北坡村修建蓄水池"]
    )
    if cosigned:
        (invitation,) = invite(world, other, "third", "cosigner")
        step(world, invitation, "accept", "cosigner")
    step(world, other, "submit", "third")
    step(world, other, "pass_check", "clerk")
    step(world, main, "merge", "reviewer", others=[other])
    main.refresh_from_db()
    other.refresh_from_db()
    return main, other


def invite(world: World, proposal: Any, by: str, *members: str) -> list[Any]:
    from yizheng.proposals import services

    return services.invite(proposal, [world.members[who] for who in members], by=world.actor(by))


def with_assisting(world: World, *, accepted: bool = True) -> Any:
    """A filed proposal led by 水务局, assisted by 财政局; the lead has accepted."""
    proposal = proposal_at(world, "filed")
    assign(world, proposal, assisting=("财政局",))
    if accepted:
        unit_step(world, proposal, "accept", "officer")
    proposal.refresh_from_db()
    return proposal


def in_parts(world: World) -> Any:
    """A filed proposal whose two suggestions are answered by 水务局 and 教育局, each its own."""
    from yizheng.proposals.flow import PROPOSAL

    proposal = proposal_at(world, "filed")
    first, second = proposal.suggestions.all()
    plan = [(world.units["水务局"], "own", [first]), (world.units["教育局"], "own", [second])]
    return PROPOSAL.perform(
        "assign", proposal, by=world.actor("assigner"), data={"how": "meeting", "plan": plan}
    )


def adopt_rules(world: World, *, on: dt.date | None = None, **changes: Any) -> None:
    """Another version of the proposal regulation, in force from that day (today); `changes` go in
    by section.
    """
    on = on or clock.today()
    parameters = json.loads(REGULATION.read_text(encoding="utf-8")) | changes
    platform = system(world.organisation.pk)
    version = regulations.draft("proposals", parameters, by=platform)
    regulations.adopt(
        version, by=platform, meeting="九届主席会议第二次会议", on=on, in_force_from=on
    )


# What tests of the turnings ask -------------------------------------------------------------------


def morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def told(world: World, who: str) -> list[str]:
    """The sentences this person was told, first things first."""
    account = world.accounts[who].pk
    return [
        entry.words % entry.values
        for entry in OutboxEntry.objects.order_by("id")
        if account in entry.recipients
    ]


def platform(world: World) -> Any:
    return system(world.organisation.pk)


def released(world: World, proposal: Any) -> Any:
    """The unit's leader signs off what was sent to them, the office lets it out."""
    unit_step(world, proposal, "sign_off", "leader")
    return unit_step(world, proposal, "release", "clerk")

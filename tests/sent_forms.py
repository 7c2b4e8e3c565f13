"""Every page that makes something, with the form it is made by: a line for each.

Who is there, the page, the form by a field of it, what is typed, what it makes, what is typed
otherwise.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from tests.activities.making import activity_at, call_for
from tests.days import ahead, first_day, today
from tests.opinions.roads import at, transfer
from tests.sent_cases import Case, after, at_page, of, step_on
from tests.staff.making import post
from tests.venues.making import serving, venue
from tests.world import World, proposal_at, step
from yizheng.activities.models import (
    Activity,
    ActivitySuggestion,
    Contribution,
    LearningProgramme,
    Outcome,
    Participant,
    PlanItem,
)
from yizheng.attending.models import Leave
from yizheng.contacts import services as contacts
from yizheng.contacts.models import ContactEntry, ContactLink
from yizheng.core.audit import AuditEntry
from yizheng.enterprises.models import Enterprise
from yizheng.indicators.models import Report
from yizheng.instructions.models import Instruction
from yizheng.library.models import RuleDocument
from yizheng.opinions.models import Issue, Opinion
from yizheng.organisations.models import (
    CalendarDay,
    CalendarYear,
    Committee,
    Role,
    RoleGrant,
    Session,
    Term,
    Unit,
)
from yizheng.people.models import Account, Collective, Group, Membership, Sector
from yizheng.proposals.flow.due_dates import due_day
from yizheng.proposals.models import Contact, Extension, Progress, Proposal, SupervisionAct, Urging
from yizheng.staff.models import StaffPost, StaffService
from yizheng.transfers.models import Transfer
from yizheng.venues.models import RotaDay, Venue, VenueCategory, VenueMember, Visit, WallNotice


def soon() -> str:
    return ahead(20).isoformat()


def whole_year(world: World, year: int) -> str:
    """The page on which a year is said to be complete, its fixed holidays being entered."""
    for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)):
        CalendarDay(day=dt.date(year, month, day), is_working_day=False).save()
    return reverse("organisations:complete_year", args=[year])


def handled(world: World) -> Any:
    return proposal_at(world, "accepted").assignments.get()


def key_proposal(world: World) -> Any:
    proposal = proposal_at(world, "accepted")
    step(world, proposal, "make_key", "reviewer", leader=world.accounts["chairperson"].person)
    return proposal


def studio(world: World) -> Venue:
    place = venue(world)
    serving(place, world, "member")
    return place


def contact_link(world: World) -> ContactLink:
    contacts.assign(
        "members_to_places",
        [world.members["member"]],
        by=world.actor("organiser"),
        since=first_day(),
        words=["石桥村"],
    )
    return ContactLink.objects.get()


def invited(world: World) -> Activity:
    return activity_at(world, "invited")


MEMBER = lambda world: str(world.members["member"].pk)
PROPOSAL = {
    "title": "关于改造饮水管网的建议",
    "category": "社会建设",
    "situation": "漏损。",
    "analysis": "老化。",
    "suggestion": ["换管"],
}
OPINION = {"title": "关于供水的反映", "body": "北坡村停水。"}
ACTIVITY = {"title": "供水座谈会", "form": "members_forum", "place": "三楼"}
NAMED = {
    "committees": Committee,
    "groups": Group,
    "collectives": Collective,
    "sectors": Sector,
    "venue-categories": VenueCategory,
}
POST = {"name": "办公室副主任", "level": "section", "kind": "administrative"}
TALK = {"kind": "plenary_speech", "title": "让乡亲喝上放心水", "text": "各位委员……"}

CASES: dict[str, Case] = {
    "proposal saved": Case(
        "member",
        at_page("proposals:new"),
        "title",
        PROPOSAL,
        Proposal,
        {"title": "改过的案由"},
        saves_into_it=True,
    ),
    "opinion saved": Case(
        "member",
        at_page("opinions:new"),
        "body_form",
        OPINION,
        Opinion,
        {"title": "改过的标题"},
        saves_into_it=True,
    ),
    "activity saved": Case(
        "organiser",
        at_page("activities:new"),
        "starts_at",
        lambda _world: {**ACTIVITY, "starts_at": f"{soon()}T09:00", "ends_at": f"{soon()}T11:00"},
        Activity,
        {"title": "改过的名称"},
        saves_into_it=True,
    ),
    "opinion handed in": Case(
        "member",
        at_page("opinions:new"),
        "body_form",
        OPINION,
        Opinion,
        {"title": "改过的标题"},
        "submit",
    ),
    "issue": Case(
        "editor",
        after(lambda world: at(world, "signed"), "opinions:issue-new"),
        "journal",
        lambda world: {"opinions": str(Opinion.objects.get().pk)},
        Issue,
        {"addressees": "报：县委"},
    ),
    "instruction": Case(
        "editor",
        lambda world: reverse("instructions:record", args=["opinion", at(world, "sent").pk]),
        "leader",
        {"leader": "周县长", "words": "请研究。"},
        Instruction,
        {"words": "请认真研究。"},
    ),
    "transfer": Case(
        "editor",
        lambda world: reverse("transfers:begin", args=["opinion", at(world, "sent").pk]),
        "units",
        lambda world: {"units": str(world.units["水务局"].pk)},
        Transfer,
        {"words": "请办理"},
    ),
    "urging of a transfer": Case(
        "editor",
        step_on("transfer", "urge", lambda world: transfer(world, at(world, "sent"))),
        "note",
        {"note": "请抓紧"},
        AuditEntry,
        {"note": "再请抓紧"},
    ),
    "contact": Case(
        "officer",
        step_on("assignment", "contact", handled),
        "with_whom",
        lambda _world: {
            "way": "visit",
            "on": today().isoformat(),
            "with_whom": "沈禾",
            "note": "当面",
        },
        Contact,
        {"note": "当面听取意见"},
    ),
    "progress": Case(
        "officer",
        step_on("assignment", "progress", handled),
        "text",
        {"text": "已勘察"},
        Progress,
        {"text": "已勘察两处"},
    ),
    "urging": Case(
        "assigner",
        step_on("assignment", "urge", handled),
        "text",
        {"text": "请抓紧"},
        Urging,
        {"text": "再请抓紧"},
    ),
    "extension": Case(
        "officer",
        step_on("assignment", "ask_extension", handled),
        "until",
        lambda world: {
            "until": (proposal_due(world) + dt.timedelta(days=5)).isoformat(),
            "reason": "需勘察",
        },
        Extension,
        {"reason": "还需勘察"},
    ),
    "supervision": Case(
        "reviewer",
        step_on("proposal", "supervise", key_proposal),
        "findings",
        lambda _world: {"kind": "on_site", "held_on": today().isoformat(), "findings": "进展顺利"},
        SupervisionAct,
        {"findings": "进展缓慢"},
    ),
    "topic": Case(
        "organiser",
        at_page("activities:propose"),
        "title",
        {"title": "供水协商", "form": "standing_consultation"},
        PlanItem,
        {"title": "供水专题协商"},
    ),
    "contribution offered": Case(
        "third",
        of("activities:offer", call_for),
        "title",
        TALK,
        Contribution,
        {"title": "改过的题目"},
    ),
    "contribution recorded": Case(
        "organiser",
        of("activities:record-contribution", lambda world: activity_at(world, "held")),
        "title",
        lambda world: {**TALK, "membership": MEMBER(world)},
        Contribution,
        {"title": "改过的题目"},
    ),
    "suggestion": Case(
        "organiser",
        of("activities:note-suggestion", invited),
        "made_by",
        {"text": "换管", "made_by": "与会人员"},
        ActivitySuggestion,
        {"text": "先换旧管"},
    ),
    "outcome": Case(
        "organiser",
        of("activities:write-outcome", lambda world: activity_at(world, "held")),
        "recipient",
        {"kind": "special_report", "title": "专报", "text": "座谈会认为……"},
        Outcome,
        {"title": "关于供水的专报"},
    ),
    "guest": Case(
        "organiser",
        of("attending:people", invited),
        "named-name",
        {"named-name": "来宾甲"},
        Participant,
        {"named-name": "来宾乙"},
    ),
    "leave": Case(
        "member",
        of("attending:ask-leave", invited),
        "reason",
        {"reason": "illness", "words": "感冒"},
        Leave,
    ),
    "venue": Case(
        "organiser",
        at_page("venues:add"),
        "opened_on",
        {"name": "石桥工作室", "place": "石桥村"},
        Venue,
        {"name": "石桥委员工作室"},
    ),
    "who serves": Case(
        "organiser",
        of("venues:add_members", studio),
        "members",
        lambda world: {"members": str(world.members["third"].pk)},
        VenueMember,
        {"is_host": "on"},
    ),
    "rota": Case(
        "organiser",
        of("venues:fill_rota", studio),
        "weekdays",
        lambda world: {"members": MEMBER(world), "weekdays": ["0", "2"], "last": soon()},
        RotaDay,
        {"weekdays": ["0", "4"]},
    ),
    "notice": Case(
        "organiser",
        of("venues:add_notice", studio),
        "board",
        {"title": "值守", "text": "每周三"},
        WallNotice,
        {"text": "每周四"},
    ),
    "visit": Case(
        "member",
        of("venues:add_visit", studio),
        "visitor",
        {"visitor": "一位店主", "raised": "路灯坏了"},
        Visit,
        {"raised": "路灯坏了三盏"},
    ),
    "contact links": Case(
        "organiser",
        at_page("contacts:assign", "members_to_places"),
        "words",
        lambda world: {"who": MEMBER(world), "words": "石桥村"},
        ContactLink,
        {"words": "石桥"},
    ),
    "contact noted": Case(
        "member",
        of("contacts:note", contact_link),
        "way",
        {"note": "走访"},
        ContactEntry,
        {"note": "走访了两户"},
    ),
    "post": Case(
        "organiser", at_page("staff:add_post"), "level", POST, StaffPost, {"name": "办公室主任"}
    ),
    "arrival": Case(
        "organiser",
        after(post, "staff:arrive"),
        "came",
        {"name": "邵荻", "came": "selected"},
        StaffService,
        {"name": "邵狄"},
    ),
    "enterprise": Case(
        "organiser",
        at_page("enterprises:add"),
        "trade",
        {"name": "云溪机械厂"},
        Enterprise,
        {"name": "云溪机械"},
    ),
    "programme of learning": Case(
        "organiser",
        at_page("learning:add"),
        "reading",
        {"title": "读书计划"},
        LearningProgramme,
        {"title": "委员读书计划"},
    ),
    "rule": Case(
        "organiser",
        at_page("library:add"),
        "adopted_on",
        {"title": "管理办法", "meeting": "常委会"},
        RuleDocument,
        {"title": "委员管理办法"},
    ),
    "member": Case(
        "clerk",
        at_page("people:add_member"),
        "employer",
        lambda world: {
            "name": "骆青",
            "sector": str(Sector.objects.all()[0].pk),
            "party": "民盟",
            "open_account": [],
        },
        Membership,
        {"name": "骆菁"},
    ),
    "account": Case(
        "administrator",
        at_page("people:open_account"),
        "username",
        lambda world: {
            "name": "骆青",
            "phone": "19955500011",
            "role": str(Role.objects.get(code="clerk").pk),
        },
        Account,
        {"name": "骆菁"},
    ),
    "role given": Case(
        "administrator",
        lambda world: reverse("people:give_role", args=[world.accounts["third"].pk]),
        "until",
        lambda world: {"role": str(Role.objects.get(code="clerk").pk)},
        RoleGrant,
        lambda _world: {"until": soon()},
    ),
    "term": Case(
        "clerk",
        at_page("organisations:add_term"),
        "ordinal",
        {"ordinal": "10", "begins_on": "2029-01-01"},
        Term,
        {"ordinal": "11"},
    ),
    "session": Case(
        "clerk",
        at_page("organisations:add_session"),
        "proposals_until",
        {
            "ordinal": "4",
            "year": "2027",
            "opens_on": "2027-01-10",
            "closes_on": "2027-01-14",
            "proposals_until": "2027-01-12",
        },
        Session,
        {"ordinal": "5"},
    ),
    "day": Case(
        "clerk",
        at_page("organisations:calendar"),
        "day",
        {"day": "2031-03-04", "is_working_day": "no"},
        CalendarDay,
        {"day": "2031-03-05"},
    ),
    "year": Case(
        "clerk",
        lambda world: whole_year(world, 2099),
        "source",
        {"source": "国办发明电〔2098〕5号"},
        CalendarYear,
        {"source": "国办发明电〔2098〕6号"},
    ),
    "role": Case(
        "administrator",
        at_page("organisations:add_role"),
        "permissions",
        {"name": "督办员"},
        Role,
        {"name": "督办"},
    ),
    "unit": Case(
        "clerk",
        at_page("organisations:add_unit"),
        "short_name",
        {"name": "云溪县林业局", "short_name": "林业局"},
        Unit,
        {"name": "云溪县林业和草原局"},
    ),
    "report": Case("clerk", at_page("indicators:reports"), "year", {}, Report),
    **{
        kind: Case(
            "clerk",
            at_page("organisations:add_named", kind),
            "name",
            {"name": "骆青"},
            model,
            {"name": "骆菁"},
        )
        for kind, model in NAMED.items()
    },
}


def proposal_due(world: World) -> dt.date:
    return due_day(Proposal.objects.get().assignments.get())

"""A whole year's work as rows: an invented county that did exactly what its report says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from tests.world import World
from yizheng.activities.models import (
    Activity,
    ActivitySuggestion,
    Attendance,
    Contribution,
    MeasuredResult,
    Outcome,
    Participant,
    Sitting,
)
from yizheng.enterprises.models import Enterprise, EnterpriseMember
from yizheng.instructions.models import Instruction
from yizheng.library.models import RuleDocument
from yizheng.opinions.models import Dispatch, Issue, IssueItem, Opinion
from yizheng.organisations.models import UnitContact
from yizheng.people.models import Group, Membership, Person
from yizheng.staff.models import StaffPost, StaffService
from yizheng.venues.models import Venue, VenueCategory

REPORT = """云溪县政协{year}年工作回眸

{year}年，县政协现有委员3名，委员小组1个。召开常委会议、主席会议13次，召开党组会议6次，机关干部先后开展9次集体学习活动，撰写学习体会42篇。
先后开展2次常委会专题协商，4次专委会对口协商，1次提案办理协商。党外委员全年累计参加各类协商活动10人次。
各专委会围绕教育、民生等课题开展调研视察16次，其中开展专题调研7次，开展民主监督5次。对9项工作进行视察，提出意见建议12条。
组织座谈交流5场次，走访群众220余人次。向市政协报送《关于产业转型的调研》《关于供水的调研》等8篇调研报告。
收到社情民意信息65条，编发社情民意信息20篇，报送社情民意信息30篇，被市委、市政府领导批示的有7次。
开展“三走进一联系”活动6次，开展“三送”活动2次，共接诊群众200余人，发放健康宣传册1500余份。
举办网络培训3期15人次，举办培训班5期，培训21人次，对政协委员和机关干部的学习覆盖面达100%。
围绕法律宣传、读书分享等课题开展委员活动日活动3次，参与委员9人次，参与群众212人次。举办书画展等3项文化活动。
大会发言中党外委员大会发言比例超60%。建成委员工作室17个，建设了2类5个会客厅和工作站，协调320平方米用房，高标准建设委员之家。
制定完善《云溪县政协提案工作条例》等12项制度。全县6家规上企业委员覆盖率50%。提拔5名政协机关干部到党政部门任职，选调8名优秀年轻干部到政协机关工作。增加科级岗位6个。单位联系人落实率50%。
"""

_NUMBER = 0


def _next() -> int:
    global _NUMBER
    _NUMBER += 1
    return _NUMBER


def held(world: World, kind: str, form: str, count: int = 1, **values: Any) -> list[Activity]:
    return [_held(world, kind, form, values) for _n in range(count)]


def _held(world: World, kind: str, form: str, values: dict[str, Any]) -> Activity:
    year = world.session.year
    begins = timezone.make_aware(dt.datetime.combine(dt.date(year, 1, 6), dt.time(9)))
    fields = {
        "title": f"活动{_next()}",
        "kind": kind,
        "form": form,
        "year": year,
        "starts_at": begins,
        "ends_at": begins + dt.timedelta(hours=3),
        "state": "closed",
        "held_at": begins,
        "no_attendance_because": "年底补记",
        **values,
    }
    activity = Activity(**fields)
    activity.save()
    return activity


def came(activity: Activity, members: Iterable[Membership], staff: int = 0) -> None:
    sitting = Sitting(
        activity=activity, number=1, starts_at=activity.starts_at, ends_at=activity.ends_at
    )
    sitting.save()
    people = [Participant(activity=activity, membership=each) for each in members]
    people += [
        Participant(activity=activity, role="staff", name=f"干部{number}")
        for number in range(staff)
    ]
    for each in people:
        each.save()
        Attendance(
            sitting=sitting, participant=each, signed_at=activity.starts_at, method="desk"
        ).save()


def gave(activity: Activity, kind: str, count: int, *who: Membership) -> None:
    for number in range(count):
        Contribution(
            activity=activity,
            kind=kind,
            title=f"发言{number}",
            membership=who[number % len(who)],
            state="given",
        ).save()


def measured(activity: Activity, measure: str, value: int, at_least: bool = False) -> None:
    MeasuredResult(
        activity=activity, measure=measure, value=Decimal(value), is_at_least=at_least
    ).save()


def _meetings(world: World) -> None:
    held(world, "meeting", "standing_meeting", 4)
    held(world, "meeting", "chairpersons_meeting", 9)
    held(world, "meeting", "party_group_meeting", 6)
    [plenary] = held(world, "meeting", "plenary_meeting")
    member, cosigner, third = world.members.values()
    gave(plenary, "plenary_speech", 3, member, third, cosigner)  # two of three are not of the party
    studied = held(world, "study", "central_group_study", 9)
    gave(studied[0], "essay", 42, member)


def _consultations(world: World) -> None:
    member, cosigner, third = world.members.values()
    first, _second = held(world, "consultation", "standing_consultation", 2)
    came(first, [member, third])
    for each in held(world, "consultation", "counterpart_consultation", 4):
        came(
            each, [member, cosigner, third]
        )  # 2 + 4 × 2 = 10 attendances of members outside the party
    held(world, "consultation", "proposal_consultation")


def _tours(world: World) -> None:
    surveys = held(world, "survey", "special_survey", 7)
    inspections = held(world, "inspection", "inspection_tour", 9)
    held(world, "supervision", "supervision_visit", 5)
    forums = held(world, "forum", "members_forum", 5)
    for number in range(12):
        ActivitySuggestion(
            activity=inspections[number % 9], number=number + 1, text="改善供水", state="pending"
        ).save()
    measured(forums[0], "people_met", 150)
    measured(forums[1], "people_met", 74, at_least=True)  # at least 224
    for number in range(8):
        Outcome(
            activity=surveys[number % 6],
            kind="survey_report",
            title=f"调研{number}",
            text="……",
            recipient="above",
            state="sent",
            number=f"调研报告{number}号",
            sent_on=dt.date(world.session.year, 1, 20),
        ).save()


def _services(world: World) -> None:
    walks = held(world, "service", "service", 6, programme="three_walks")
    deliveries = held(world, "service", "service", 2, programme="three_deliveries")
    measured(deliveries[0], "patients", 120)
    measured(deliveries[1], "patients", 85, at_least=True)
    measured(deliveries[0], "brochures", 1500, at_least=True)
    measured(walks[0], "enterprises", 9)
    everybody = list(world.members.values())
    for number, each in enumerate(held(world, "activity_day", "activity_day", 3)):
        came(each, everybody)
        measured(each, "public_present", (100, 100, 12)[number])
    held(world, "culture", "cultural_activity", 3)


def _trainings(world: World) -> None:
    everybody = list(world.members.values())
    for each in held(world, "training", "online_training", 3):
        came(each, everybody, staff=2)  # 3 × 5 = 15
    for each in held(world, "training", "training_class", 2):
        came(each, everybody)  # and 2 × 3 = 6: 21


def _opinions(world: World) -> None:
    day = dt.date(world.session.year, 1, 20)
    now = timezone.now()
    opinions = [
        Opinion(
            year=world.session.year,
            title=f"反映{number}",
            body="……",
            state="sent",
            signed_by_name="孟澜",
            edited_text="……",
            submitted_at=now,
            reporter_kind="member",
            reporter=world.members["member"],
            reporter_name="沈禾",
        )
        for number in range(65)
    ]
    for each in opinions:
        each.save()
    issue = Issue(
        journal="社情民意", year=world.session.year, number="1", issued_on=day, state="published"
    )
    issue.save()
    for place, each in enumerate(opinions[:20]):
        IssueItem(issue=issue, opinion=each, position=place).save()
    for place, each in enumerate(opinions[:30]):
        Dispatch(
            opinion=each,
            level="city" if place < 12 else "county",
            recipient="市政协",
            sent_on=day,
            state="sent",
        ).save()
    kind = ContentType.objects.get_for_model(Opinion)
    for number in range(9):  # two of them by leaders of the county itself
        level = "city" if number < 7 else "county"
        Instruction(
            content_type=kind,
            object_id=opinions[number].pk,
            leader="周市长",
            level=level,
            given_on=day,
            words="请研究。",
        ).save()


def _house(world: World) -> None:
    since = dt.date(world.session.year, 1, 1)
    for name, sort, count in (
        ("委员工作室", "studio", 17),
        ("会客厅", "reception", 2),
        ("工作站", "station", 3),
        ("委员之家", "home", 1),
    ):
        category, _made = VenueCategory.objects.get_or_create(name=name, defaults={"sort": sort})
        for number in range(count):
            area = Decimal(320) if sort == "home" else None
            Venue(
                name=f"{name}{number}", category=category, place="县城", opened_on=since, area=area
            ).save()
    for unit in list(world.units.values())[:2]:
        for duty in ("leader", "officer"):
            UnitContact(unit=unit, duty=duty, name="简青", since=since).save()
    Membership.objects.update(group=Group.objects.get())
    for number in range(12):
        RuleDocument(
            title=f"制度{number}", number=f"{number}号", adopted_on=since, in_force_from=since
        ).save()
    for number in range(6):
        enterprise = Enterprise(name=f"企业{number}", above_scale_since=since)
        enterprise.save()
        if number % 2:
            EnterpriseMember(enterprise=enterprise, membership=world.members["third"]).save()


def _staff(world: World) -> None:
    year = world.session.year
    post = StaffPost(name="科长", level="section", number=6, since=dt.date(year, 1, 1))
    post.save()
    for number in range(13):
        person = Person(name=f"干部{number}")
        person.save()
        left = {"until": dt.date(year, 1, 20), "left": "promoted"} if number < 5 else {}
        came = (
            {"came": "present", "since": dt.date(year - 2, 1, 1)}
            if number < 5
            else {"came": "selected", "since": dt.date(year, 1, 10)}
        )
        StaffService(person=person, post=post, **left, **came).save()


def year_as_reported(world: World) -> None:
    """Every figure of REPORT, worked out by hand in the lines that make it."""
    for part in (
        _meetings,
        _consultations,
        _tours,
        _services,
        _trainings,
        _opinions,
        _house,
        _staff,
    ):
        part(world)

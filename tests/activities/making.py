"""Activities walked to a state by real steps, for the tests of everybody who builds on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.world import World, step
from yizheng.activities import services
from yizheng.activities.models import (
    Activity,
    ActivitySuggestion,
    Contribution,
    Outcome,
    Participant,
    PlanItem,
    Sitting,
)
from yizheng.attending.services import sign_in
from yizheng.core import clock

ROUTE = ("draft", "approving", "approved", "invited", "held", "recorded", "closed")


def on(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def sitting_of(found: Activity) -> Sitting:
    """Of an activity that has one."""
    return found.sittings.select_related("activity").get()


def activity(world: World, *, days: int = 40, who: str = "organiser", **values: Any) -> Activity:
    """A draft of a members' forum, a morning so many days from now."""
    day = timezone.localdate() + dt.timedelta(days=days)
    fields = {
        "title": "农村供水座谈会",
        "form": "members_forum",
        "starts_at": on(day, 9),
        "ends_at": on(day, 11, 30),
        "place": "政协三楼会议室",
        "summary": "听取石桥、北坡两村供水情况。",
        **values,
    }
    return services.create_activity(by=world.actor(who), **fields)


def put_on_the_list(world: World, obj: Activity, *members: str) -> list[Participant]:
    """Members stand on the invitation list; nobody is told before the invitations go out."""
    rows = [Participant(activity=obj, membership=world.members[who]) for who in members]
    for row in rows:
        row.save()
    return rows


def activity_at(
    world: World, stop: str, *, members: tuple[str, ...] = ("member", "cosigner"), **values: Any
) -> Activity:
    """An activity that travelled to a stop of ROUTE; from “held” on, as of the day after it took
    place.
    """
    found = activity(world, **values)
    put_on_the_list(world, found, *members)
    walks = {
        "approving": lambda: step(world, found, "submit_for_approval", "organiser"),
        "approved": lambda: step(world, found, "approve", "secretary"),
        "invited": lambda: step(world, found, "invite", "organiser", note="临时安排"),
        "held": lambda: step(world, found, "hold", "organiser"),
        "recorded": lambda: step(
            world,
            found,
            "record",
            "organiser",
            minutes="会议听取了两村情况。",
            results="商定三项工作。",
        ),
        "closed": lambda: _close(world, found),
    }
    for name in ROUTE[1 : ROUTE.index(stop) + 1]:
        if name in ("held", "recorded", "closed") and clock.now() < found.ends_at:
            with clock.at(found.ends_at + dt.timedelta(days=1)):
                walks[name]()
        else:
            walks[name]()
    found.refresh_from_db()
    return found


def _close(world: World, found: Activity) -> None:
    sign_in.confirm(found, by=world.actor("organiser"))
    step(world, found, "close", "organiser")


def suggestion(world: World, obj: Activity, **values: Any) -> ActivitySuggestion:
    """What the member suggested there, for the water office to decide."""
    fields = {
        "text": "先换石桥村老旧支管",
        "membership": world.members["member"],
        "unit": world.units["水务局"],
        **values,
    }
    return services.add_suggestion(obj, by=world.actor("organiser"), **fields)


def outcome(world: World, obj: Activity, **values: Any) -> Outcome:
    """The draft of a report to the government."""
    fields = {
        "kind": "special_report",
        "title": "关于农村供水的专报",
        "text": "座谈会认为……",
        "recipient": "government",
        **values,
    }
    return services.draft_outcome(obj, by=world.actor("organiser"), **fields)


def topic(world: World, *, month: int | None = None, **values: Any) -> PlanItem:
    """A topic as the organiser proposes it, for this month unless another is named."""
    today = timezone.localdate()
    fields = {
        "year": today.year,
        "title": "农村供水专题协商",
        "form": "standing_consultation",
        "month": month or today.month,
        **values,
    }
    return services.propose_topic(by=world.actor("organiser"), **fields)


def planned(world: World, **values: Any) -> PlanItem:
    """A topic that was discussed and approved."""
    item = topic(world, **values)
    step(world, item, "discuss", "organiser", meeting="九届第12次主席会议")
    return step(
        world,
        item,
        "approve",
        "secretary",
        meeting="中共云溪县委常委会会议",
        on=timezone.localdate(),
    )


def call_for(world: World, obj: Activity | None = None) -> Activity:
    """Speeches are asked for, for ten more days."""
    obj = obj or activity_at(world, "approved", title="九届五次会议大会发言")
    until = timezone.localdate() + dt.timedelta(days=10)
    return step(
        world,
        obj,
        "call",
        "organiser",
        call_until=until,
        call_words="围绕农村供水，一千五百字以内。",
    )


def offered(world: World, obj: Activity, who: str = "member", **values: Any) -> Contribution:
    fields = {"kind": "plenary_speech", "title": "让乡亲喝上放心水", "text": "各位委员……", **values}
    return services.offer_contribution(obj, by=world.actor(who), **fields)

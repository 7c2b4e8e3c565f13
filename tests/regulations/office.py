"""What the tests of regulations do as people of the office do it."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.signing_in import browser_of
from tests.world import World
from yizheng.core import clock
from yizheng.core.access import Actor, system
from yizheng.regulations import SCHEMAS, services
from yizheng.regulations.forms import sections
from yizheng.regulations.models import Regulation, RegulationVersion

MEETING = "主席会议"


def platform(world: World) -> Actor:
    return system(world.organisation.pk)


def stored(number: int, subject: str = "proposals") -> RegulationVersion:
    return RegulationVersion.objects.get(regulation__subject=subject, number=number)


def posted(given: dict[str, Any], subject: str = "proposals") -> dict[str, Any]:
    """What a browser would send for these parameters."""
    data: dict[str, list[str]] = {}
    for section in sections(SCHEMAS[subject].schema, given):
        for inputs in [section.inputs, *section.rows]:
            for each in inputs:
                data.setdefault(each.name, []).append(each.text)
    return data


def seen(client: Client, subject: str = "proposals", page: str = "") -> str:
    text = client.get(f"/regulations/{subject}/draft/{page}").content.decode()
    return text.split('name="seen" value="')[1].split('"')[0]


def upload(world: World, content: bytes, subject: str = "proposals", **data: str) -> Any:
    return browser_of(world, "clerk").post(
        f"/regulations/{subject}/draft/upload/",
        {"file": SimpleUploadedFile("r.json", content), **data},
    )


def adoption(**values: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "meeting": "九届主席会议第十二次会议",
        "on": today.isoformat(),
        "in_force_from": (today + dt.timedelta(days=1)).isoformat(),
        **values,
    }


def adopted_in_browser(world: World, **values: Any) -> Any:
    client = browser_of(world, "reviewer")
    token = seen(client, page="adopt/")
    return client.post("/regulations/proposals/draft/adopt/", {**adoption(**values), "seen": token})


# Without a browser --------------------------------------------------------------------------------


def drafted(world: World, who: str = "clerk", days: int = 7, **values: Any) -> RegulationVersion:
    """The next version: as the first, but for the days for handing back (5 there)."""
    given = copy.deepcopy(stored(1).parameters)
    given["deadlines"]["hand_back_days"] = days
    return services.draft("proposals", given, by=world.actor(who), **values)


def adopt(
    world: World,
    version: RegulationVersion,
    who: str = "reviewer",
    on: int = 0,
    begins: int = 1,
    **values: Any,
) -> RegulationVersion:
    """Days from today: of the meeting, and of coming into force."""
    today = clock.today()
    by = platform(world) if who == "platform" else world.actor(who)
    days = {"on": today + dt.timedelta(days=on), "in_force_from": today + dt.timedelta(days=begins)}
    return services.adopt(version, by=by, **{"meeting": MEETING, **days, **values})


def count() -> int:
    return Regulation.objects.get(subject="proposals").version

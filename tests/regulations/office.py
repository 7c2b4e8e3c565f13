"""What the tests of regulations do as people of the office do it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.world import World
from yizheng.core.access import Actor, system
from yizheng.regulations import SCHEMAS
from yizheng.regulations.forms import sections
from yizheng.regulations.models import RegulationVersion


def browser(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.accounts[who], backend="yizheng.people.backends.NameOrPhoneBackend")
    return client


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
    return browser(world, "clerk").post(f"/regulations/{subject}/draft/upload/", {"file": SimpleUploadedFile("r.json", content), **data})


def adoption(**values: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {"meeting": "九届主席会议第十二次会议", "on": today.isoformat(), "in_force_from": (today + dt.timedelta(days=1)).isoformat(), **values}


def adopted_in_browser(world: World, **values: Any) -> Any:
    client = browser(world, "reviewer")
    token = seen(client, page="adopt/")
    return client.post("/regulations/proposals/draft/adopt/", {**adoption(**values), "seen": token})

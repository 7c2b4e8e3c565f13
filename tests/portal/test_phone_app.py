"""The platform as an app on a phone: manifest, service worker, and the page without connection."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.signing_in import browser_of
from tests.world import World


def told_by_worker(client: Client) -> dict[str, Any]:
    answer = client.get("/worker.js")
    head = re.match(r"const WORKER = (\{.*\});\n", answer.content.decode())
    assert head
    return json.loads(head[1])


def test_manifest_names_the_organisation_and_its_icons(world: World) -> None:
    answer = Client().get("/app/yunxi.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert told["name"] == f"{world.organisation.short_name} · 议政"
    assert (told["start_url"], told["scope"], told["display"], told["theme_color"]) == (
        "/",
        "/",
        "standalone",
        "#a8322a",
    )
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}
    assert [icon["purpose"] for icon in told["icons"] if "purpose" in icon] == [
        "any",
        "any",
        "maskable",
    ]
    assert Client().get("/app/nowhere.webmanifest").status_code == 404


def test_worker_may_serve_the_whole_house_and_is_asked_for_anew(world: World) -> None:
    answer = Client().get("/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer["Cache-Control"]
    assert not answer.cookies
    told = told_by_worker(Client())
    assert told["on"] is True
    assert told["shell"][0] == told["offline"] == "/offline/"
    assert all(address.startswith("/static/") for address in told["shell"][1:]), (
        "besides, only static files"
    )


def test_another_build_is_another_version(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told_by_worker(Client())["version"]
    assert told_by_worker(Client())["version"] == before
    monkeypatch.setattr(
        "yizheng.portal.views.phone_app.static", lambda name: f"/static/{name}?other"
    )
    assert told_by_worker(Client())["version"] != before


def test_switched_off_the_worker_takes_itself_away(world: World, settings: Any) -> None:
    settings.SERVICE_WORKER = False
    assert told_by_worker(Client())["on"] is False
    assert 'data-worker=""' in Client().get("/public/yunxi/").content.decode()


def test_page_without_connection_is_nobodys_own(world: World) -> None:
    signed_in = browser_of(world, "member")
    page = signed_in.get("/offline/").content
    assert page == Client().get("/offline/").content
    text = page.decode()
    assert "没有网络" in text and "No connection" in text
    assert "沈禾" not in text and "<script>" not in text and "style=" not in text


def test_pages_name_manifest_and_worker_and_keep_drafts_by_account(world: World) -> None:
    client = browser_of(world, "member")
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/app/yunxi.webmanifest">' in page
    assert 'data-worker="/worker.js"' in page
    assert f'data-account="{world.accounts["member"].pk}"' in page
    assert "data-sign-out" in page

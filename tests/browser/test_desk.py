"""The sign-in desk: codes read by a camera, a reload without network, two desks that meet again,
and the next one at the device.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from yizheng.attending import sign_in_codes

from .gathering import gathering
from .people import Crowd, Enter, Person, sign_in
from .server import Server

OFFLINE = ("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "Failed to load")
KEPT = """async () => ({
  lists: Object.keys(localStorage).filter((key) => key.startsWith("desk:")).length,
  receipts: Object.keys(localStorage).filter((key) => key.startsWith("desk-queue:")).map((key) => JSON.parse(localStorage[key]).length),
  pages: (await caches.has("yizheng-desk")) ? (await (await caches.open("yizheng-desk")).keys()).length : 0,
})"""

NONE_KEPT = """() => Object.keys(localStorage).filter((key) => key.startsWith("desk-queue:"))
  .every((key) => JSON.parse(localStorage[key]).length === 0)"""


@pytest.fixture
def sitting(server: Server) -> int:
    return gathering(server)[1]


def _until(page: Page, *, pages: int) -> None:
    for _moment in range(50):
        if page.evaluate(KEPT)["pages"] == pages:
            return
        page.wait_for_timeout(200)
    raise AssertionError(page.evaluate(KEPT))


def _open(person: Person, sitting: int) -> Page:
    """The desk's page, once it is kept for times without network."""
    page = person.go(f"/activities/sittings/{sitting}/desk/")
    _until(page, pages=1)
    return page


def _handed_in(page: Page) -> None:
    """The server has every receipt: the desk says that it is connected, and keeps none."""
    page.wait_for_function(NONE_KEPT, timeout=15000)
    expect(page.locator("[data-desk-status]")).to_have_attribute(
        "data-tone", "online", timeout=15000
    )


def _names(page: Page) -> list[str]:
    return page.locator("[data-desk-people] li > span").all_inner_texts()


def _signed(person: Person, sitting: int) -> list[str]:
    """Who is signed in, as the server says."""
    pack = person.context.request.get(
        f"{person.address}/activities/sittings/{sitting}/pack/"
    ).json()
    return [each["name"] for each in pack["people"] if each["signed"]]


def _tick(page: Page, name: str) -> None:
    page.locator("[data-desk-people] li", has_text=name).locator("button").click()
    expect(page.locator("[data-desk-said]")).to_contain_text(name)


# Without network ----------------------------------------------------------------------------------


def test_a_desk_reloaded_without_network_goes_on_and_hands_in_later(
    enter: Enter, sitting: int
) -> None:
    desk = enter("organiser")
    desk.allow(*OFFLINE)
    page = _open(desk, sitting)
    first, second = _names(page)
    desk.context.set_offline(True)
    page.reload()
    _tick(page, first)
    page.reload()
    expect(page.locator("[data-desk-status]")).to_have_attribute("data-tone", "waiting")
    expect(page.locator("[data-desk-people] li", has_text=first).locator("button")).to_have_count(0)
    _tick(page, second)
    shown = page.locator("[data-desk-code]").inner_html()
    assert "<svg" in shown  # the code goes on changing by itself: drawn here
    assert page.evaluate(KEPT)["receipts"] == [2]
    desk.context.set_offline(False)
    _handed_in(page)
    assert _signed(desk, sitting) == [first, second]
    assert page.evaluate(KEPT)["receipts"] == [0]


def test_two_desks_without_network_sign_in_the_same_person_once(enter: Enter, sitting: int) -> None:
    desks = [enter("organiser"), enter("organiser")]
    pages = [_open(desk, sitting) for desk in desks]
    first, second = _names(pages[0])
    for desk, page in zip(desks, pages, strict=True):
        desk.allow(*OFFLINE)
        desk.context.set_offline(True)
        _tick(page, first)
    _tick(pages[1], second)
    for desk in desks:
        desk.context.set_offline(False)
    for page in pages:
        _handed_in(page)
    assert _signed(desks[0], sitting) == [first, second]
    desks[0].go(f"/activities/sittings/{sitting}/list/")
    expect(desks[0].page.locator("[name=present]:checked")).to_have_count(2)


def test_signing_out_leaves_no_names_and_no_page_and_loses_no_receipt(
    enter: Enter, server: Server, sitting: int
) -> None:
    """In a session of its own.

    What could not be handed in names nobody; the next one is told of it, and it is handed in.
    """
    desk = enter("public")
    desk.allow(*OFFLINE)
    sign_in(desk.page, server, "organiser")
    page = _open(desk, sitting)
    first, _second = _names(page)
    desk.context.route("**/merge/", lambda route: route.abort())
    _tick(page, first)
    desk.go("/")
    page.locator(".menu > summary").last.click()
    page.locator("form[data-sign-out] button").click()
    page.wait_for_url("**/account/sign-in/")
    _until(page, pages=0)
    assert page.evaluate(KEPT) == {"lists": 0, "receipts": [1], "pages": 0}
    assert first not in page.evaluate("JSON.stringify(localStorage)")
    desk.context.set_offline(True)
    desk.go(f"/activities/sittings/{sitting}/desk/")
    expect(page.locator("[data-offline]")).to_be_visible()
    desk.context.set_offline(False)
    page.wait_for_url("**/account/sign-in/**")  # the page without connection goes on by itself
    desk.context.unroute("**/merge/")
    sign_in(page, server, "organiser")
    page.locator("#messages a[href$='/desk/']").click()
    _handed_in(page)
    assert _signed(desk, sitting) == [first]


def test_another_account_on_the_same_device_finds_nothing(
    enter: Enter, server: Server, sitting: int
) -> None:
    """The first one's session ran out; nobody signed out."""
    desk = enter("public")
    sign_in(desk.page, server, "organiser")
    page = _open(desk, sitting)
    assert page.evaluate(KEPT)["lists"] == 1
    desk.context.clear_cookies()
    sign_in(page, server, "member")
    _until(page, pages=0)
    assert page.evaluate(KEPT) == {"lists": 0, "receipts": [], "pages": 0}


# The camera ---------------------------------------------------------------------------------------


def film(text: str, file: Path) -> None:
    """What a camera sees: a code, somewhat askew, on grey.

    One frame of Y4M, which Chromium repeats.
    """
    png = io.BytesIO()
    segno.make(text, error="m", micro=False).save(png, kind="png", scale=8, border=4)
    code = (
        Image.open(png)
        .convert("L")
        .rotate(7, expand=True, fillcolor=150, resample=Image.Resampling.BICUBIC)
    )
    picture = Image.new("L", (640, 480), 150)
    code.thumbnail((380, 380))
    picture.paste(code, (150, 50))
    frame = picture.tobytes() + bytes([128]) * (640 * 480 // 2)
    file.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + frame) * 2)


@pytest.fixture
def filmed(whole_browser: Callable[..., Browser], tmp_path: Path) -> tuple[Browser, Path]:
    """A browser whose camera plays a film, and the film's file."""
    file = tmp_path / "camera.y4m"
    film("nothing yet", file)
    return whole_browser(
        "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={file}"
    ), file


def _code_of(context: BrowserContext, address: str, sitting: int, ago: int = 0) -> tuple[str, str]:
    """A participant's name, and what their telephone shows now or showed so many codes ago."""
    pack = context.request.get(f"{address}/activities/sittings/{sitting}/pack/").json()
    one = pack["people"][0]
    window = int(time.time()) // pack["seconds"] - ago
    return one["name"], sign_in_codes.own_code(one["key"], one["id"], window).text


def test_the_camera_reads_a_members_code_and_refuses_an_old_one(
    filmed: tuple[Browser, Path], server: Server, sitting: int
) -> None:
    browser, file = filmed
    desk = Crowd(browser, server).enter("organiser")
    desk.context.grant_permissions(["camera"])
    page = _open(desk, sitting)
    button, said = page.locator("[data-desk-camera]"), page.locator("[data-desk-said]")
    name, photographed = _code_of(desk.context, server.address, sitting, ago=3)
    for text, tone in (("https://example.invalid/", "other_code"), (photographed, "nobody")):
        film(text, file)
        button.click()
        expect(said).to_have_attribute("data-tone", tone, timeout=15000)
        button.click()
    assert _signed(desk, sitting) == []
    film(_code_of(desk.context, server.address, sitting)[1], file)
    button.click()
    expect(said).to_contain_text(name, timeout=15000)
    button.click()
    expect(page.locator("[data-desk-video]")).to_be_hidden()
    _handed_in(page)
    assert _signed(desk, sitting) == [name]
    assert desk.leave() == []


def test_a_camera_that_may_not_be_used_is_told_and_typing_goes_on(
    filmed: tuple[Browser, Path], server: Server, sitting: int
) -> None:
    browser, _file = filmed
    desk = Crowd(browser, server).enter("organiser", 360)
    page = _open(desk, sitting)
    page.locator("[data-desk-camera]").tap()
    expect(page.locator("[data-desk-said]")).to_contain_text("未获准使用摄像头")
    expect(page.locator("[data-desk-video]")).to_be_hidden()
    first = _names(page)[0]
    page.fill("[data-desk-input]", first)
    page.locator("[data-desk-find] button").tap()
    expect(page.locator("[data-desk-said]")).to_contain_text(first)
    assert desk.overflow(360) == []
    assert desk.leave() == []


def test_a_device_without_camera_says_so(enter: Enter, sitting: int) -> None:
    desk = enter("organiser")
    desk.context.grant_permissions(["camera"])
    page = _open(desk, sitting)
    page.locator("[data-desk-camera]").click()
    expect(page.locator("[data-desk-said]")).to_contain_text("没有摄像头")

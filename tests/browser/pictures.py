"""The pictures of the README: `python -m tests.browser.pictures FOLDER` (script/screenshots does
it).
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from .people import Crowd, Person
from .server import demo_data

LARGEST = 200_000
WHOLE = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
FLAGS = ("--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion")


def chromium(*, whole: bool = False) -> str:
    """The browser to drive; empty when there is none.

    The shell draws the same pages without windows of its own to draw, in two thirds of the time; a
    camera is only in the whole one.
    """
    names = WHOLE if whole else (SHELL, *WHOLE)
    return os.environ.get("CHROMIUM") or next(
        (path for name in names if (path := shutil.which(name))), ""
    )


def launch(starter: Callable[..., Browser], *flags: str, whole: bool = False) -> Browser:
    return starter(executable_path=chromium(whole=whole), args=[*FLAGS, *flags])


def home(crowd: Crowd) -> Person:
    clerk = crowd.enter("clerk")
    clerk.go("/")
    return clerk


def detail(crowd: Crowd) -> Person:
    """A key proposal, replied to, with its dated promises."""
    clerk = crowd.enter("clerk")
    clerk.go("/proposals/?stage=closed&time=key")
    clerk.go(clerk.links(".case-title a")[0])
    return clerk


def reply(crowd: Crowd) -> Person:
    officer = crowd.enter("officer")
    officer.case_with("/proposals/reply/")
    officer.go(officer.links("a[href^='/proposals/reply/']")[0])
    return officer


def check(crowd: Crowd) -> Person:
    """The year's report as a draft with two figures that differ from the records, coloured."""
    clerk = report(crowd)
    page, year = clerk.page, clerk.page.inner_text("h1")
    lines = page.locator("main article p").all_inner_texts()[:6]
    text = _one_more("\n".join(lines), "立案", "社会建设")
    clerk.go("/figures/check/")
    page.fill("[name=text]", text)
    years = page.locator("[name=year] option").all_inner_texts()
    page.locator("[name=year]").select_option(
        next(each for each in years if each.isdigit() and each in year)
    )
    page.locator("main form button[type=submit]").click()
    page.locator(".checked").wait_for()
    return clerk


def _one_more(text: str, *subjects: str) -> str:
    """The first number after each of these words made larger by two."""
    for subject in subjects:
        text = re.sub(
            rf"({subject})(\d+)件", lambda found: f"{found[1]}{int(found[2]) + 2}件", text, count=1
        )
    return text


def report(crowd: Crowd) -> Person:
    clerk = crowd.enter("clerk")
    page = clerk.go("/figures/reports/")
    page.locator("form[action$='/reports/new/'] button").click()
    page.wait_for_url("**/edit/")
    page.goto(page.url.removesuffix("edit/"))
    return clerk


def phone(crowd: Crowd) -> Person:
    """What waits for a member: a reply to rate, with its buttons."""
    member = crowd.enter("member", 360)
    member.go("/")
    return member


PICTURES = {
    "home": home,
    "detail": detail,
    "reply": reply,
    "check": check,
    "report": report,
    "phone": phone,
}


def save(person: Person, file: Path) -> None:
    """In as many colours as keep it small."""
    person.wait()
    picture = Image.open(io.BytesIO(person.page.screenshot())).convert("RGB")
    for colours in (256, 128, 64, 32):
        picture.quantize(
            colours, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
        ).save(file, optimize=True)
        if file.stat().st_size < LARGEST:
            return
    raise SystemExit(f"{file.name} does not get smaller than {LARGEST} bytes.")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not chromium():
        raise SystemExit("Chromium is not installed here (Debian: apt-get install chromium).")
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = demo_data(Path(data))
        browser = launch(playwright.chromium.launch)
        try:
            server.start()
            crowd = Crowd(browser, server)
            for name, take in PICTURES.items():
                person = take(crowd)
                save(person, folder / f"{name}.png")
                person.leave()
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What comes out of the printer: lists whole, heads repeated, seals told apart without colour."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from .people import Enter, Person

reads_pdf = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")


def _pages(person: Person, folder: Path) -> list[str]:
    """The words of each printed page."""
    pdf = folder / "printed.pdf"
    person.page.pdf(path=pdf, prefer_css_page_size=True)
    said = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True)
    words = unicodedata.normalize("NFKC", said.stdout)  # a font may write 文 as the radical ⽂
    return words.rstrip("\f").split("\f")


@reads_pdf
@pytest.mark.parametrize("path", ["/proposals/", "/people/", "/activities/"])
def test_a_list_is_printed_whole_with_its_head_on_every_page(
    enter: Enter, tmp_path: Path, path: str
) -> None:
    person = enter("organiser" if path != "/proposals/" else "clerk")
    page = person.go(path)
    head = page.locator(".cases thead .is-title").inner_text().strip()
    titles = page.locator(".case-title > a").all_inner_texts()
    pages = _pages(person, tmp_path)
    assert len(pages) >= 2
    assert all(head in each for each in pages)
    assert page.locator("h1").inner_text() in pages[0]
    assert titles[0][:8] in pages[0]
    printed = "".join("".join(pages).split())
    assert [title for title in titles if title[:8].strip() not in printed] == []


@reads_pdf
def test_what_is_only_for_the_screen_is_not_printed(enter: Enter, tmp_path: Path) -> None:
    person = enter("clerk")
    person.go("/proposals/")
    pages = _pages(person, tmp_path)
    printed = "".join("".join(pages).split())
    for word in ("写提案", "查找", "显示列", "承诺事项", "下一页"):
        assert word not in printed, word
    assert printed.count("导出") == printed.count("用“导出”取得")
    assert f"1/{len(pages)}" in printed


def test_no_row_is_broken_over_two_pages(enter: Enter) -> None:
    page = enter("clerk").go("/proposals/")
    page.emulate_media(media="print")
    ways = page.eval_on_selector_all(
        ".cases tr", "rows => [...new Set(rows.map(r => getComputedStyle(r).breakInside))]"
    )
    assert ways == ["avoid"]


def test_printed_seals_differ_without_colour(enter: Enter) -> None:
    page = enter("clerk").go("/")
    page.emulate_media(media="print")
    looks = {
        status: page.locator(f".seal-{status}").first.evaluate(
            """seal => { const s = getComputedStyle(seal);
              return [s.borderTopStyle, s.backgroundColor, s.color]; }"""
        )
        for status in ("done", "now", "todo")
    }
    nothing, black, white = "rgba(0, 0, 0, 0)", "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert looks["done"] == ["solid", black, white]
    assert looks["now"] == ["double", nothing, black]
    assert looks["todo"][:2] == ["dotted", nothing]


@reads_pdf
def test_a_case_is_printed_under_its_number_and_its_house(enter: Enter, tmp_path: Path) -> None:
    person = enter("clerk")
    page = person.go("/proposals/")
    row = page.locator(".cases tbody tr", has=page.locator(".case-number", has_text="0")).first
    number = row.locator(".case-number").inner_text()
    row.locator(".case-title > a").click()
    page.wait_for_url("**/proposals/*/")
    head = "".join(_pages(person, tmp_path)[0].split())[:60]
    assert head.startswith(f"云溪县政协{number}")


PRESSED = ".btn, button, [role=button], input[type=submit], .menu, .earlier > summary"


@pytest.mark.parametrize(
    ("role", "way"),
    [
        ("organiser", "/activities/"),
        ("clerk", "/proposals/"),
        ("editor", "/opinions/"),
        ("secretary", "/"),
        ("organiser", "/staff/"),
        ("clerk", "/figures/"),
    ],
)
def test_what_can_only_be_pressed_is_not_printed(enter: Enter, role: str, way: str) -> None:
    page = enter(role).go(way)
    if way in ("/activities/", "/proposals/", "/opinions/"):
        page.locator(".case-title > a").first.click()
        page.wait_for_url(f"**{way}*/")
    assert page.locator("main").locator(PRESSED).count()
    page.emulate_media(media="print")
    assert page.locator(PRESSED).locator("visible=true").all_inner_texts() == []


@reads_pdf
def test_a_page_of_a_longer_list_says_which_part_it_is(enter: Enter, tmp_path: Path) -> None:
    person = enter("clerk")
    page = person.go("/proposals/?session=")
    shown = page.locator(".case-title").count()
    said = "".join(page.locator(".list-head p").inner_text().split())
    assert shown == 50
    assert said.startswith("第1–50件，共")
    printed = "".join("".join(_pages(person, tmp_path)).split())
    assert said in printed.replace(",", "，")
    assert "本表只印第1–50行。全部" in printed


def test_a_printed_chart_keeps_the_colours_of_its_key(enter: Enter) -> None:
    page = enter("clerk").go("/figures/")
    page.emulate_media(media="print")
    key = page.locator(".chart-key li").first
    key.wait_for(state="attached")
    colour = "li => getComputedStyle(li, '::before').backgroundColor"
    colours = page.locator(".chart-key li").evaluate_all(f"all => all.map({colour})")
    page.emulate_media(media="screen")
    assert page.locator(".chart-key li").evaluate_all(f"all => all.map({colour})") == colours
    assert "rgb(0, 0, 0)" not in colours
    page.emulate_media(media="print")
    assert key.evaluate("li => getComputedStyle(li, '::before').printColorAdjust") == "exact"
    assert page.locator(".chart summary").locator("visible=true").count() == 0


@reads_pdf
def test_a_sum_stands_once_under_all_that_it_sums_up(enter: Enter, tmp_path: Path) -> None:
    """A foot that stood on every page would be read as the sum of that page."""
    editor = enter("editor")
    page = editor.go("/opinions/circular/")
    pages = _pages(editor, tmp_path)
    assert ["合计" in each for each in pages] == [False] * (len(pages) - 1) + [True]
    page.emulate_media(media="print")
    assert page.eval_on_selector("tfoot", "e => getComputedStyle(e).display") == "table-row-group"


@reads_pdf
def test_an_attendance_list_has_blanks_to_write_in(enter: Enter, tmp_path: Path) -> None:
    organiser = enter("organiser")
    page = organiser.go("/activities/?year=all")
    for way in organiser.links(".case-title > a"):
        organiser.go(way)
        if lists := organiser.links("a[href*='/sittings/'][href$='/list/']"):
            break
    organiser.go(lists[0])
    page.locator("input[name^=came-]").first.fill("14:25")
    printed = "\n".join(_pages(organiser, tmp_path))
    assert "--" not in printed
    assert "14:25" in printed or "02:25" in printed

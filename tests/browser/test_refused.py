"""A form that is refused says all of it at once and in our words, with scripts and without; files
are chosen in our words, too.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from .people import Crowd, Enter, Person

PDF = {"mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
SUMMARY = "[data-refusal-summary]"


def test_all_that_is_missing_is_said_at_once_before_anything_is_sent(enter: Enter) -> None:
    organiser = enter("organiser")
    page = organiser.go("/activities/new/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("button[name=submit]").click()
    expect(page.locator(SUMMARY)).to_be_focused()
    links = page.locator(f"{SUMMARY} a")
    expect(links).to_have_text(
        [
            "标题：此项必填。",
            "形式：此项必填。",
            "开始：此项必填。",
            "结束：此项必填。",
            "地点：报请批准前须填写。",
        ]
    )
    assert "POST" not in sent
    links.first.click()
    expect(page.locator("[name=title]")).to_be_focused()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    assert page.locator("#id_title_said").inner_text().endswith("此项必填。")
    assert organiser.violations() == []


def test_a_mark_goes_when_its_field_is_right(enter: Enter) -> None:
    page = enter("organiser").go("/activities/new/")
    page.locator("button[name=submit]").click()
    title = page.locator("[name=title]")
    page.fill("[name=title]", "关于标记的活动")
    expect(page.locator("#id_title_said")).to_have_count(0)
    expect(page.locator(".field-wrong", has=title)).to_have_count(0)
    assert title.get_attribute("aria-invalid") is None
    assert "said" not in (title.get_attribute("aria-describedby") or "")
    expect(page.locator(f"{SUMMARY} a")).to_have_count(4)
    expect(page.locator(f"{SUMMARY} h2")).to_contain_text("4")
    expect(page.locator("#id_place_said")).to_be_visible()


def test_any_row_of_suggestions_will_do(enter: Enter) -> None:
    """The first row is no better than the others: it may be taken out or moved."""
    page = enter("member").go("/proposals/new/")
    rows = page.locator("[name=suggestion]")
    page.locator("[data-repeat-add]").click()
    while rows.count() > 1:
        page.locator("[data-repeat-remove]").first.click()
    expect(rows.first).to_have_attribute("aria-label", "建议 1")
    page.locator("button[name=submit]").click()
    expect(page.locator(f"{SUMMARY} a", has_text="建议")).to_have_count(1)
    rows.first.fill("装减速带")
    expect(page.locator(f"{SUMMARY} a", has_text="建议")).to_have_count(0)
    expect(page.locator("fieldset#id_suggestions")).to_have_attribute("tabindex", "-1")


def test_what_is_put_right_goes_through(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    page.locator("form#draft .form-foot button[type=submit]:not([name])").click()
    expect(page.locator(SUMMARY)).to_be_visible()
    page.fill("[name=title]", "关于改好就能保存的建议")
    page.locator("form#draft .form-foot button[type=submit]:not([name])").click()
    page.wait_for_url("**/edit/")


def test_what_the_server_knows_it_says_at_the_fields(enter: Enter) -> None:
    """Nothing is written under the heading the writer chose, and no suggestion."""
    member = enter("member")
    member.allow("422")
    page = member.go("/proposals/new/")
    page.fill("[name=title]", "关于少了建议的建议")
    page.locator("[name=category]").select_option(index=1)
    page.fill("[name=situation]", "只写了情况。")
    page.eval_on_selector_all(
        "[name=suggestion]", "rows => rows.forEach((row) => delete row.dataset.needed)"
    )
    page.locator("button[name=submit]").click()
    page.wait_for_url("**/edit/?check")
    link = page.locator(f"{SUMMARY} a")
    expect(link).to_have_count(1)
    link.click()
    expect(page.locator("#id_suggestions")).to_be_focused()
    expect(page.locator("#id_suggestions_error")).to_be_visible()
    page.locator("[name=suggestion]").first.fill("装减速带")
    expect(page.locator("#id_suggestions_error")).to_have_count(0)
    expect(page.locator(SUMMARY)).to_have_count(0)


def test_files_are_chosen_in_our_words(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    box = page.locator("[data-file-choice]")
    expect(box.locator(".btn").first).to_have_text("选择文件")
    files = page.locator("[name=files]")
    files.set_input_files([{"name": "来函.pdf", **PDF}])
    files.set_input_files([{"name": "附图.pdf", **PDF}])
    names = box.locator("[data-file-chosen] li span")
    expect(names).to_have_text(["来函.pdf (1 KB)", "附图.pdf (1 KB)"])
    box.get_by_role("button", name="去掉“来函.pdf”").click()
    expect(names).to_have_text(["附图.pdf (1 KB)"])
    expect(files).to_be_focused()
    assert files.evaluate("input => [...input.files].map((file) => file.name)") == ["附图.pdf"]
    page.fill("[name=title]", "关于带附件的建议")
    page.locator("form#draft .form-foot button[type=submit]:not([name])").click()
    page.wait_for_url("**/edit/")
    expect(page.get_by_role("link", name="附图.pdf")).to_be_visible()
    expect(page.get_by_role("link", name="来函.pdf")).to_have_count(0)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(enter: Enter) -> None:
    clerk = enter("clerk")
    page = clerk.go("/figures/check/")
    large = {
        "name": "报告.docx",
        "mimeType": "application/octet-stream",
        "buffer": b"0" * 6_000_000,
    }
    page.locator("[name=file]").set_input_files([large])
    expect(page.locator("[data-file-chosen]")).to_have_text("“报告.docx”超过 5 MB。")
    assert page.locator("[name=file]").evaluate("input => input.files.length") == 0


def test_a_file_of_another_kind_is_refused_when_it_is_chosen(enter: Enter) -> None:
    page = enter("member").go("/proposals/new/")
    strange = {"name": "a.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    page.locator("[name=files]").set_input_files([strange, {"name": "图.pdf", **PDF}])
    chosen = page.locator("[data-file-chosen] li")
    expect(chosen).to_have_count(2)
    expect(chosen.first).to_contain_text("图.pdf")
    expect(chosen.last).to_have_text(
        "“a.exe”的格式不收。可用 PDF、Word（docx）、Excel（xlsx）、OFD、JPG、PNG。"
    )
    assert page.locator("[name=files]").evaluate("input => input.files.length") == 1


def test_a_text_that_is_too_long_is_not_cut_without_a_word(enter: Enter) -> None:
    page = enter("member").go("/proposals/new/")
    title = page.locator("[name=title]")
    title.fill("长" * 90)
    expect(page.locator(".field-count")).to_have_text("90/100 字")
    title.fill("")
    page.locator("button[name=submit]").click()
    expect(page.locator("#id_title_said")).to_have_text("此项必填。")
    title.fill("长" * 130)
    expect(title).to_have_value("长" * 130)
    expect(page.locator("#id_title_said")).to_have_text("最多 100 个字，现有 130 个字。")
    expect(page.locator(f"{SUMMARY} a").first).to_have_text("案由：最多 100 个字，现有 130 个字。")
    page.locator("button[name=submit]").click()
    expect(page.locator("#id_title_said")).to_have_text("最多 100 个字，现有 130 个字。")
    title.fill("长" * 10)
    expect(page.locator("#id_title_said")).to_have_count(0)
    expect(page.locator(".field-count")).to_have_count(0)


def test_what_is_too_long_is_said_while_it_is_written(enter: Enter) -> None:
    """Beside the hint, not over it."""
    page = enter("member").go("/proposals/new/")
    title = page.locator("[name=title]")
    title.fill("长" * 90)
    count, hint = page.locator(".field-count"), page.locator("#id_title_helptext")
    box, other = count.bounding_box(), hint.bounding_box()
    assert box and other
    assert box["x"] + box["width"] <= other["x"] or box["y"] >= other["y"] + other["height"]
    title.fill("长" * 101)
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_title_said")).to_have_text("最多 100 个字，现有 101 个字。")


def test_what_keeps_a_form_stays_in_view(enter: Enter) -> None:
    """A long form says that it is kept wherever one writes in it."""
    page = enter("member").go("/proposals/new/")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("#draft .form-foot")).to_be_in_viewport(ratio=1)


def test_a_form_with_something_typed_is_told_what_the_server_knows_too(enter: Enter) -> None:
    clerk = enter("clerk")
    clerk.allow("422")
    page = clerk.go("/organisation/sessions/add/")
    page.fill("[name=ordinal]", "19")
    page.fill("[name=year]", "1800")
    page.fill("[name=opens_on]", "2026-03-05")
    page.fill("[name=closes_on]", "2026-03-01")
    page.locator(".form-foot button[type=submit]").click()
    lines = page.locator(f"{SUMMARY} a")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text("年份")
    expect(lines.nth(1)).to_contain_text("闭幕")
    expect(lines.nth(2)).to_contain_text("此项必填")


def test_the_keyboard_reaches_the_file_field_and_sees_where_it_is(enter: Enter) -> None:
    member = enter("member")
    page = member.go("/proposals/new/")
    page.locator("[name=may_publish]").focus()
    page.keyboard.press("Tab")
    expect(page.locator("[name=files]")).to_be_focused()
    outline = page.locator(".file-pick .btn").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    with page.expect_file_chooser():
        page.keyboard.press("Space")


@pytest.fixture
def without_scripts(browser: Browser, crowd: Crowd) -> Callable[[str], Person]:
    def come(part: str) -> Person:
        crowd.enter(part).leave()
        state = crowd._signed_in[part]
        context = browser.new_context(storage_state=state, java_script_enabled=False)
        return Person(context, crowd.server.address, part)

    return come


def test_without_scripts_the_browsers_own_field_stands_there(
    without_scripts: Callable[[str], Person],
) -> None:
    member = without_scripts("member")
    page = member.go("/proposals/new/")
    assert page.locator("[name=files]").evaluate("e => getComputedStyle(e).opacity") == "1"
    expect(page.locator(".file-pick .btn")).to_be_hidden()
    member.leave()


def test_an_address_that_leads_nowhere_is_a_page_of_ours(enter: Enter) -> None:
    member = enter("member")
    member.allow("404")
    page = member.go("/no/such/page/")
    expect(page.locator("[data-refusal]")).to_contain_text("这里没有这个页面")
    assert member.violations() == []
    for width in (360, 1024, 1600):
        assert member.overflow(width) == []

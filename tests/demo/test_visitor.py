"""The visitor sends what a browser would send of a form, and refuses what a person could not
choose.
"""

from __future__ import annotations

import pytest

from demo_county.visitor import Page, Unexpected, Visitor

HTML = """
<html><body>
<template><form action="/wrong/"><input name="title" value="from a template"></form></template>
<nav><a href="/steps/proposal/7/file/">File</a><a href="/steps/proposal/7/file/">again</a></nav>
<div class="error-summary"><ul><li>The  subject
is missing.</li></ul></div>
<form action="/language/"><input type="hidden" name="next" value="/x/"></form>
<form method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="t">
  <input name="title" value="old">
  <textarea name="suggestion">first</textarea><textarea name="suggestion">second</textarea>
  <select name="unit"><option value="">—</option><option value="3">Water</option></select>
  <input type="radio" name="how" value="meeting"><input type="radio" name="how" value="at_once" checked>
  <input type="checkbox" name="consent" value="on"><input name="off" value="1" disabled>
  <button name="submit" value="1">Submit</button>
</form>
</body></html>
"""


@pytest.fixture
def page() -> Page:
    return Page(
        Visitor("http://127.0.0.1:1"),
        "http://127.0.0.1:1/proposals/7/",
        200,
        "text/html",
        HTML.encode(),
    )


def test_a_form_is_found_by_its_field_and_holds_what_a_browser_would_send(page: Page) -> None:
    form = page.form(holding="title")
    assert form.url == "http://127.0.0.1:1/proposals/7/"
    assert form.values == {
        "csrfmiddlewaretoken": ["t"],
        "title": ["old"],
        "suggestion": ["first", "second"],
        "unit": [""],
        "how": ["at_once"],
    }


def test_filling_refuses_fields_that_are_not_there_and_choices_that_are_not_offered(
    page: Page,
) -> None:
    form = page.form(holding="title").fill(
        title="new", unit="3", consent="on", suggestion=["a", "b"]
    )
    assert (form.values["title"], form.values["suggestion"], form.values["consent"]) == (
        ["new"],
        ["a", "b"],
        ["on"],
    )
    with pytest.raises(Unexpected, match="has no field subject"):
        form.fill(subject="x")
    with pytest.raises(Unexpected, match="does not offer 4 for unit"):
        form.fill(unit="4")
    with pytest.raises(Unexpected, match="does not offer never for how"):
        form.fill(how="never")


def test_a_button_that_is_not_there_cannot_be_pressed(page: Page) -> None:
    with pytest.raises(Unexpected, match="has no button publish"):
        page.form(holding="title").send(press="publish")


def test_links_and_what_is_said_to_be_wrong_are_read(page: Page) -> None:
    assert page.address(r"/steps/proposal/\d+/file/") == "/steps/proposal/7/file/"
    assert len(list(page.addresses(r"/steps/"))) == 1
    assert page.sentence == "The subject is missing."
    with pytest.raises(Unexpected, match="leads nowhere like /steps/evaluation/"):
        page.address("/steps/evaluation/")


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(Unexpected, match="http://127.0.0.1:1/"):
        Visitor("http://127.0.0.1:1").get("/")
    with pytest.raises(Unexpected, match="no address of a server"):
        Visitor("file:///etc/hostname")

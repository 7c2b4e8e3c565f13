"""A house just founded: nothing in it, and every page says so instead of failing."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from . import tables
from .people import Crowd
from .places import main_pages
from .server import empty_data

FOUND = """
import datetime as dt
from yizheng.core import tenancy
from yizheng.organisations.services import founding
from yizheng.people.models import Account, Person
organisation = founding.found(code="yunxi", name="政协云溪县委员会", short_name="云溪县政协", region="云溪县")
with tenancy.scope(organisation):
    for role in ("clerk", "assigner", "chairperson"):
        person = Person(name=role)
        person.save()
        account = Account(username=role, organisation=organisation, person=person, must_change_password=False)
        account.set_password("Yunxi-empty-2026")
        account.save()
        founding.grant(account.pk, role, since=dt.date(2020, 1, 1))
"""


@pytest.fixture(scope="module")
def empty(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    server = empty_data(tmp_path_factory.mktemp("empty"))
    server.shell(FOUND)
    rows = [["", role, "Yunxi-empty-2026", ""] for role in ("clerk", "assigner", "chairperson")]
    (server.data / "demo-sign-ins.json").write_text(json.dumps(rows))
    try:
        server.start()
        yield Crowd(browser, server)
    finally:
        server.stop()


@pytest.mark.parametrize("part", ["clerk", "assigner", "chairperson"])
def test_pages_of_an_empty_house_show_that_they_are_empty(empty: Crowd, part: str) -> None:
    """Writing needs a regulation in force: such a page is refused with a sentence that says so."""
    person = empty.enter(part)
    failed = []
    for path in main_pages(person):
        answer = person.page.goto(person.address + path)
        if answer and answer.status == 409 and person.page.locator("[data-refusal]").count():
            continue
        if not answer or not answer.ok:
            failed.append(
                f"{path}: {answer and answer.status} {person.page.inner_text('main')[:80]}"
            )
        else:
            failed += [f"{path}: {each}" for each in tables.problems(person, 320, 1024)]
    person.allow("status of 4")
    assert failed + person.leave() == []


def test_home_and_list_say_what_will_stand_there(empty: Crowd) -> None:
    person = empty.enter("clerk")
    for path in ("/", "/proposals/", "/public/yunxi/"):
        assert person.go(path).locator(".empty").count() == 1, path
    assert person.leave() == []

"""The rules library, counted by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.days import ahead
from tests.library.making import rule
from tests.signing_in import SignedIn
from tests.world import World
from yizheng.core import clock
from yizheng.core.access import NOTHING
from yizheng.core.refusals import BadInput
from yizheng.library import queries as library
from yizheng.library import services as library_services
from yizheng.library.figures import RULE
from yizheng.library.rules import may_read

DAY = dt.date


def test_rules_adopted_in_a_year_and_their_standing(world: World) -> None:
    """T10: two adopted in 2026, one of them a revision; the revised one and a repealed one are of
    2024.
    """
    old = rule(world, "学习制度", adopted_on=DAY(2024, 1, 1), in_force_from=DAY(2024, 1, 1))
    gone = rule(world, "请假制度", adopted_on=DAY(2024, 1, 1), in_force_from=DAY(2024, 1, 1))
    revised = rule(world, "学习制度（修订）", replaces=old)
    rule(world, "联系制度", in_force_from=ahead(1))
    library_services.repeal(
        gone, by=world.actor("organiser"), on=DAY(2026, 5, 1), meeting="九届常委会第十一次会议"
    )
    assert library.adopted_in(world.actor("officer"), 2026).count() == 2
    today = clock.today()
    standings = {
        each.title: library.standing(each, today)
        for each in library.visible_to(world.actor("officer"))
    }
    assert standings == {
        "学习制度": "replaced",
        "请假制度": "repealed",
        "学习制度（修订）": "in_force",
        "联系制度": "coming",
    }
    found = {
        state: {
            r.title
            for r in library.filtered(
                library.visible_to(world.actor("officer")), {"state": state}, today
            )
        }
        for state in ("in_force", "coming", "ended")
    }
    assert found == {
        "in_force": {"学习制度（修订）"},
        "coming": {"联系制度"},
        "ended": {"学习制度", "请假制度"},
    }
    with pytest.raises(BadInput):
        rule(world, "学习制度（再修订）", replaces=old)
    assert revised.replaces == old


@pytest.mark.parametrize(
    "wrong",
    [
        {"adopted_on": DAY(2099, 1, 1), "in_force_from": DAY(2099, 1, 1)},
        {"in_force_from": DAY(2026, 3, 1)},
        {"number": "云政协〔2026〕1 号"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    rule(world, "甲", number="云政协〔2026〕1 号")
    with pytest.raises(BadInput):
        rule(world, "乙", **wrong)


def test_a_rule_with_its_file_is_read_by_everybody_inside(
    world: World, signed_in: SignedIn, files_apart: Path
) -> None:
    data = {
        "title": "值守制度",
        "meeting": "九届主席会议第三次会议",
        "adopted_on": "2026-03-02",
        "in_force_from": "2026-03-02",
    }
    organiser = signed_in("organiser")
    fake = SimpleUploadedFile("值守.pdf", b"not a pdf")
    assert organiser.post("/library/add/", {**data, "file": fake}).status_code == 422
    assert library.visible_to(world.actor("officer")).count() == 0, (
        "refused with its file, nothing is left behind"
    )
    real = SimpleUploadedFile(
        "值守.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    assert organiser.post("/library/add/", {**data, "file": real}).status_code == 302
    (found,) = library.visible_to(world.actor("officer"))
    page = signed_in("officer").get(f"/library/{found.pk}/").content.decode()
    (address,) = set(lxml.html.fromstring(page).xpath("//a[contains(., '值守.pdf')]/@href"))
    assert signed_in("officer").get(address).status_code == 200


def test_who_has_no_role_and_is_no_member_reads_no_rule(world: World, signed_in: SignedIn) -> None:
    """An account whose roles have ended, and which was never a member's."""
    one = rule(world)
    world.accounts["editor"].grants.all().delete()
    actor = world.actor("editor")
    assert not library.visible_to(actor).exists() and not may_read(actor, one)
    assert (library.years(actor), library.adopted_in(actor, 2026).count()) == ([], 0)
    assert RULE.visible(actor) == NOTHING
    browser = signed_in("editor")
    for page in ("", "export/", f"{one.pk}/"):
        assert "委员履职管理办法" not in browser.get(f"/library/{page}").content.decode()
    assert may_read(world.actor("officer"), one)

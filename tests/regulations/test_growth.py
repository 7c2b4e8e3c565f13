"""What was adopted says what it said, whatever the platform has learnt since."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.signing_in import browser_of
from tests.world import World
from yizheng import regulations
from yizheng.core import clock, tenancy
from yizheng.regulations import SCHEMAS, NoRegulation, UnreadableRegulation, services
from yizheng.regulations.models import RegulationVersion
from yizheng.regulations.problems import BadParameters

from .invented import DUTIES, SUBJECT
from .office import platform, seen, stored

Become = Callable[..., Any]


def adopted(world: World, parameters: dict[str, Any], since: int = 30) -> RegulationVersion:
    """By a meeting so many days ago, as the platform was then."""
    day = clock.today() - dt.timedelta(days=since)
    version = services.draft(SUBJECT, parameters, by=platform(world))
    return services.adopt(
        version, by=platform(world), meeting="主席会议", on=day, in_force_from=day
    )


def rules(schema: Any) -> Any:
    return regulations.in_force(SUBJECT, clock.today(), schema)


def altered(world: World, change: Callable[[dict[str, Any]], Any], subject: str = SUBJECT) -> None:
    """What stands in the database as nobody writes it any more."""
    version = stored(1, subject)
    change(version.parameters)
    RegulationVersion.objects.filter(pk=version.pk).update(parameters=version.parameters)
    tenancy.forget(f"regulation {subject}")


# What it said -------------------------------------------------------------------------------------


def test_an_old_version_says_what_the_house_did_then(
    world: World, platform_becomes: Become
) -> None:
    platform_becomes(1)
    adopted(
        world,
        {"days": 400, "way": "letter", "duties": DUTIES, "limits": {"most": 9}, "stamp": True},
    )
    found = rules(platform_becomes(3))
    assert found.answer_days == 400  # today's schema takes no more than 365; it was adopted
    assert found.limits.most == 9  # today at most 5
    assert found.way == "visit"
    assert found.limits.reminder_days == 0  # today's default is 5
    assert [(duty.code, duty.weight, duty.is_paid) for duty in found.duties] == [("desk", 1, False)]
    assert stored(1, SUBJECT).schema_version == 1


def test_defaults_are_those_of_the_day_it_was_adopted(
    world: World, platform_becomes: Become
) -> None:
    platform_becomes(1)
    adopted(world, {"duties": DUTIES})
    assert rules(platform_becomes(3)).answer_days == 10  # today's default is 30
    adopted(world, {"duties": DUTIES}, since=0)
    found = rules(SCHEMAS[SUBJECT].schema)
    assert (found.answer_days, found.way, found.limits.most, found.duties[0].weight) == (
        30,
        "phone",
        2,
        2,
    )
    assert stored(2, SUBJECT).schema_version == 3


def test_every_key_at_every_depth_stands_in_what_is_saved(
    world: World, platform_becomes: Become
) -> None:
    platform_becomes(1)
    version = services.draft(SUBJECT, {"duties": DUTIES}, by=platform(world))
    version.refresh_from_db()
    assert version.parameters == {
        "days": 10,
        "way": "visit",
        "duties": [{"code": "desk", "label": "接待", "is_paid": False}],
        "limits": {"most": 3},
        "stamp": False,
    }


def test_one_step_up_and_not_two(world: World, platform_becomes: Become) -> None:
    platform_becomes(2)
    adopted(world, {"answer_days": 30, "duties": [{**DUTIES[0], "weight": 7}]})
    found = rules(platform_becomes(3))
    assert (found.answer_days, found.duties[0].weight, found.limits.reminder_days) == (30, 7, 0)


@pytest.mark.parametrize("place", ["top", "group", "row"])
def test_a_key_that_no_schema_knows_is_left_out_and_said(
    world: World, platform_becomes: Become, place: str
) -> None:
    schema = platform_becomes(1)
    adopted(world, {"days": 12, "duties": DUTIES})
    altered(
        world,
        lambda p: {"top": p, "group": p["limits"], "row": p["duties"][0]}[place].update(
            sedan_chairs=4
        ),
    )
    assert rules(schema).days == 12
    text = browser_of(world, "member").get("/regulations/rota/").content.decode()
    assert "平台不再使用" in text and "sedan_chairs" in text
    assert rules(platform_becomes(3)).answer_days == 12


@pytest.mark.parametrize(
    ("without", "asked", "expected"),
    [
        (lambda p: p.pop("days"), lambda r: r.answer_days, 10),
        (lambda p: p.pop("way"), lambda r: r.way, "visit"),
        (lambda p: p.pop("limits"), lambda r: r.limits.most, 3),
        (lambda p: p["limits"].pop("most"), lambda r: r.limits.most, 3),
        (lambda p: p["duties"][0].pop("is_paid"), lambda r: r.duties[0].is_paid, False),
    ],
)
def test_a_missing_key_is_what_was_usual_then_not_today(
    world: World,
    platform_becomes: Become,
    without: Callable[[dict[str, Any]], Any],
    asked: Callable[[Any], Any],
    expected: object,
) -> None:
    platform_becomes(1)
    adopted(world, {"duties": DUTIES})
    altered(world, without)
    assert asked(rules(platform_becomes(3))) == expected
    assert "本版没有写明" in browser_of(world, "member").get("/regulations/rota/").content.decode()


def test_what_was_dropped_on_the_way_stands_on_the_versions_page(
    world: World, platform_becomes: Become
) -> None:
    platform_becomes(1)
    adopted(world, {"duties": DUTIES, "stamp": True})
    platform_becomes(3)
    text = browser_of(world, "member").get("/regulations/rota/1/").content.decode()
    assert "平台不再使用" in text and "stamp" in text
    assert "本版没有写明" not in text


def test_a_schema_that_changed_its_default_alone_does_not_reach_what_is_stored(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered(world, lambda p: p["deadlines"].pop("hand_back_days"), "proposals")
    monkeypatch.setattr(
        SCHEMAS["proposals"]
        .schema.model_fields["deadlines"]
        .annotation.model_fields["hand_back_days"],
        "default",
        99,
    )
    regulations.read.cache_clear()
    assert (
        regulations.in_force(
            "proposals", clock.today(), SCHEMAS["proposals"].schema
        ).deadlines.hand_back_days
        == 5
    )


# What cannot be read ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lambda p: p.pop("duties"), "duties: is missing"),
        (lambda p: p["duties"][0].pop("label"), "duties › row 1 › wording: is missing"),
        (lambda p: p.update(duties="desk"), "duties"),
        (lambda p: p.update(days="soon"), "must be a whole number"),
        (lambda p: p.update(way="pigeon"), "way: is not one of the choices"),
        (lambda p: p.update(limits=[]), "limits"),
        (lambda p: p.update(duties=["desk"]), "row 1"),
    ],
)
@pytest.mark.parametrize("version", [1, 3])
def test_what_can_be_neither_read_nor_carried_is_a_refusal_by_name(
    world: World,
    platform_becomes: Become,
    broken: Callable[[dict[str, Any]], Any],
    reason: str,
    version: int,
) -> None:
    platform_becomes(1)
    adopted(world, {"duties": DUTIES})
    altered(world, broken)
    schema = platform_becomes(version)
    with pytest.raises(UnreadableRegulation) as refused:
        rules(schema)
    assert "“Regulation on the rota”, version 1, cannot be read" in str(refused.value)
    if version == 1:
        assert reason in str(refused.value)


def _fails(_given: dict[str, Any]) -> dict[str, Any]:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "upgrade",
    [_fails, lambda given: None, lambda given: {}, lambda given: [1], lambda given: given],
)
def test_an_upgrade_that_fails_or_says_too_little_is_a_refusal(
    world: World, platform_becomes: Become, upgrade: Any
) -> None:
    """Nor is anything filled from today's defaults: the last one leaves out `reminder_days`, which
    would be 5.
    """
    platform_becomes(1)
    adopted(world, {"duties": DUTIES})
    with pytest.raises(UnreadableRegulation, match="version 1"):
        rules(platform_becomes(3, from_2=upgrade))


def test_a_version_of_a_newer_platform_is_a_refusal(world: World, platform_becomes: Become) -> None:
    schema = platform_becomes(2)
    adopted(world, {"duties": DUTIES})
    RegulationVersion.objects.filter(regulation__subject=SUBJECT).update(schema_version=3)
    tenancy.forget("regulation rota")
    with pytest.raises(UnreadableRegulation, match="newer platform"):
        rules(schema)


def test_an_unreadable_version_stops_no_page_and_the_office_adopts_another(world: World) -> None:
    altered(world, lambda p: p.pop("categories"), "proposals")
    clerk, reviewer = browser_of(world, "clerk"), browser_of(world, "reviewer")
    for page in (
        "/",
        "/regulations/",
        "/regulations/proposals/",
        "/regulations/proposals/1/",
        "/proposals/",
    ):
        assert clerk.get(page).status_code == 200, page
    text = clerk.get("/regulations/proposals/").content.decode()
    assert (
        "提案" in text and "第 1 版" in text and "不能再读" in text and "内容空泛" in text
    )  # the text as it is kept
    assert clerk.get("/regulations/proposals/1/file/").status_code == 200
    form = clerk.get("/regulations/proposals/draft/")
    assert form.status_code == 200 and "不能再读" in form.content.decode()
    model = services.model_of("proposals") or {}
    version = services.draft("proposals", model, by=platform(world))
    answer = clerk.get("/regulations/proposals/compare/")
    assert answer.status_code == 409 and "不能再读" in answer.content.decode()
    assert reviewer.get("/regulations/proposals/draft/adopt/").status_code == 200
    today = clock.today().isoformat()
    data = {
        "meeting": "主席会议",
        "on": today,
        "in_force_from": today,
        "seen": seen(reviewer, page="adopt/"),
    }
    assert reviewer.post("/regulations/proposals/draft/adopt/", data).status_code == 302
    version.refresh_from_db()
    with tenancy.scope(world.organisation):
        assert (
            len(
                regulations.in_force(
                    "proposals", clock.today(), SCHEMAS["proposals"].schema
                ).categories
            )
            == 6
        )


@pytest.mark.parametrize("subject", ["proposals", "opinions", "activities", "contacts"])
def test_nobodys_first_page_breaks_over_a_regulation(world: World, subject: str) -> None:
    altered(world, lambda p: p.clear(), subject)
    for who in ("member", "clerk", "officer", "editor", "organiser", "chairperson"):
        for page in ("/", "/regulations/"):
            assert browser_of(world, who).get(page).status_code == 200, (who, page)


def test_an_unreadable_regulation_opens_nothing_that_it_may_have_closed(world: World) -> None:
    from yizheng.opinions.rules import _editors_read_listed

    assert _editors_read_listed()
    altered(world, lambda p: p.pop("categories"), "opinions")
    assert not _editors_read_listed()
    RegulationVersion.objects.filter(regulation__subject="opinions").delete()
    tenancy.forget("regulation opinions")
    assert _editors_read_listed()


# Drafts and pages across schema versions ----------------------------------------------------------


def test_a_draft_begun_before_the_platform_grew_is_adopted_in_todays_form(
    world: World, platform_becomes: Become
) -> None:
    platform_becomes(1)
    draft = services.draft(
        SUBJECT, {"days": 300, "way": "letter", "duties": DUTIES}, by=platform(world)
    )
    schema = platform_becomes(3)
    today = clock.today()
    services.adopt(draft, by=platform(world), meeting="主席会议", on=today, in_force_from=today)
    version = stored(1, SUBJECT)
    assert version.schema_version == 3
    assert version.parameters == {
        "answer_days": 300,
        "way": "visit",
        "duties": [{"code": "desk", "label": "接待", "is_paid": False, "weight": 1}],
        "limits": {"most": 3, "reminder_days": 0},
    }
    assert rules(schema).answer_days == 300


@pytest.mark.parametrize(("days", "passes"), [(365, True), (366, False)])
def test_a_draft_must_keep_todays_limits_when_it_is_adopted(
    world: World, platform_becomes: Become, days: int, passes: bool
) -> None:
    platform_becomes(1)
    draft = services.draft(SUBJECT, {"days": days, "duties": DUTIES}, by=platform(world))
    platform_becomes(3)
    today = clock.today()
    try:
        services.adopt(draft, by=platform(world), meeting="主席会议", on=today, in_force_from=today)
    except BadParameters as refused:
        assert "must be at most 365" in str(refused)
    draft.refresh_from_db()
    assert (draft.adopted_on is not None) is passes


def test_old_versions_are_shown_compared_and_drafted_from_in_todays_form(
    world: World, platform_becomes: Become
) -> None:
    platform_becomes(1)
    adopted(world, {"days": 400, "duties": DUTIES}, since=60)
    platform_becomes(2)
    adopted(world, {"answer_days": 20, "duties": [{**DUTIES[0], "weight": 1}]}, since=30)
    platform_becomes(3)
    clerk = browser_of(world, "clerk")
    for page in ("", "1/", "2/", "compare/", "compare/?from=1&to=2", "1/file/", "draft/"):
        assert clerk.get(f"/regulations/rota/{page}").status_code == 200, page
    assert "400" in clerk.get("/regulations/rota/1/").content.decode()
    compared = clerk.get("/regulations/rota/compare/").content.decode()
    cells = re.findall(r'<td class="is-prose"[^>]*>([^<]*)</td>', compared)
    assert "answer_days" in compared and ("400", "20") in pairwise(cells)
    assert "reminder_days" not in compared and "weight" not in compared  # both say the same of it
    form = clerk.get("/regulations/rota/draft/").content.decode()
    assert (
        'name="answer_days" value="20"' in form and 'name="limits.reminder_days" value="0"' in form
    )


def test_what_is_kept_is_kept_by_the_schema_it_was_read_with(
    world: World, platform_becomes: Become
) -> None:
    """The same text asked before and after the platform grew, in one scope."""
    first = platform_becomes(1)
    adopted(world, {"days": 12, "duties": DUTIES})
    assert rules(first).days == 12
    assert rules(platform_becomes(2)).answer_days == 12
    assert rules(platform_becomes(2, from_1=lambda p: _twice(p))).answer_days == 24


def _twice(given: dict[str, Any]) -> dict[str, Any]:
    from .invented import to_2

    carried = to_2(given)
    return {**carried, "answer_days": 2 * carried["answer_days"]}


def test_reading_changes_nothing_that_is_stored(world: World, platform_becomes: Become) -> None:
    platform_becomes(1)
    version = adopted(world, {"duties": DUTIES})
    before = copy.deepcopy(version.parameters)
    platform_becomes(3)
    assert version.reading.parameters["duties"][0]["weight"] == 1
    assert version.parameters == before == json.loads(json.dumps(stored(1, SUBJECT).parameters))


def test_a_subject_says_how_each_older_version_is_read(
    platform_becomes: Become, tmp_path: Path
) -> None:
    from .invented import Rota2, Rota3, to_2

    with pytest.raises(ValueError, match="needs an upgrade from each of 1 to 2"):
        regulations.register(SUBJECT, "x", Rota3, version=3, upgrades={1: to_2})
    with pytest.raises(ValueError, match="and no other"):
        regulations.register(SUBJECT, "x", Rota2, version=1, upgrades={1: to_2})


def test_without_any_version_it_is_still_no_regulation(
    world: World, platform_becomes: Become
) -> None:
    schema = platform_becomes(1)
    with pytest.raises(NoRegulation) as refused:
        rules(schema)
    assert not isinstance(refused.value, UnreadableRegulation)

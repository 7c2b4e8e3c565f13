"""Who may write rules, what they must have seen, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.form_browser import Browser
from tests.signing_in import browser_of
from tests.world import World
from yizheng import regulations
from yizheng.core import audit, clock, tenancy
from yizheng.core.access import system
from yizheng.core.refusals import BadInput, NotAllowed, NotNow, StaleState
from yizheng.organisations.services import founding
from yizheng.proposals import parameters
from yizheng.regulations import services
from yizheng.regulations.models import Regulation, RegulationVersion
from yizheng.regulations.problems import BadParameters

from .office import MEETING, adopt, adoption, count, drafted, posted, seen, stored

# Rights -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["member", "officer", "signer", "auditor"])
def test_whoever_has_no_right_writes_nothing_whatever_they_call(world: World, who: str) -> None:
    version = drafted(world)
    entries = audit.AuditEntry.objects.count()
    for write in (
        lambda: services.draft("proposals", version.parameters, by=world.actor(who)),
        lambda: adopt(world, version, who),
        lambda: services.discard(version, by=world.actor(who)),
    ):
        with pytest.raises(NotAllowed):
            write()
    version.refresh_from_db()
    assert (version.adopted_on, count(), audit.AuditEntry.objects.count()) == (None, 3, entries)


def test_who_drafts_need_not_adopt(world: World) -> None:
    version = drafted(world, "clerk")
    with pytest.raises(NotAllowed):
        adopt(world, version, "clerk")
    assert adopt(world, version, "reviewer").adopted_by == MEETING


def test_nobody_writes_the_rules_of_another_organisation(world: World) -> None:
    version = drafted(world)
    elsewhere = founding.found(
        code="linshan", name="政协临山县委员会", short_name="临山县政协", region="临山县"
    )
    stranger = system(elsewhere.pk)
    with tenancy.scope(elsewhere):
        for write in (
            lambda: services.adopt(
                version, by=stranger, meeting=MEETING, on=clock.today(), in_force_from=clock.today()
            ),
            lambda: services.discard(version, by=stranger),
        ):
            with pytest.raises(NotAllowed):
                write()
    with pytest.raises(NotAllowed):
        services.draft("proposals", version.parameters, by=stranger)
    assert Regulation.everywhere.filter(organisation=elsewhere).count() == 0


# What was seen ------------------------------------------------------------------------------------


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(
    world: World, current: dict[str, Any]
) -> None:
    client, other = browser_of(world, "clerk"), browser_of(world, "reviewer")
    mine = seen(client)
    theirs = posted(current) | {"deadlines.hand_back_days": ["7"]}
    other.post("/regulations/proposals/draft/", {**theirs, "seen": seen(other)})
    page = client.post(
        "/regulations/proposals/draft/",
        {**posted(current), "deadlines.hand_back_days": "9", "seen": mine},
    )
    assert page.status_code == 409 and 'value="9"' in page.content.decode()
    assert stored(2).parameters["deadlines"]["hand_back_days"] == 7


def test_who_has_read_the_refusal_may_save_over_the_other_window(world: World) -> None:
    windows = [
        Browser(world, "clerk").get("/regulations/proposals/draft/").form(holding="seen")
        for _ in range(2)
    ]
    for form, days in zip(windows, ("7", "9"), strict=True):
        form.put("deadlines.hand_back_days", days)
    windows[0].send()
    refused = windows[1].send()
    assert refused.status == 409
    assert refused.form(holding="note").send().status == 302
    assert stored(2).parameters["deadlines"]["hand_back_days"] == 9


def test_a_note_alone_is_a_change_that_is_not_written_over(world: World) -> None:
    drafted(world, note="征求意见")
    before = count()
    drafted(world, note="提请审议", seen=before)
    with pytest.raises(StaleState):
        drafted(world, note="征求意见稿", seen=before)
    assert stored(2).note == "提请审议"


def test_a_draft_adopted_meanwhile_is_not_drafted_over(world: World) -> None:
    """The same text stands there, but it is no draft any more."""
    version = drafted(world)
    before = count()
    adopt(world, version)
    with pytest.raises(StaleState):
        drafted(world, seen=before)
    assert RegulationVersion.objects.filter(regulation__subject="proposals").count() == 2


def test_the_model_is_not_put_over_what_somebody_began_meanwhile(world: World) -> None:
    RegulationVersion.objects.all().delete()
    Regulation.objects.all().delete()
    model = services.model_of("proposals")
    services.draft("proposals", model, by=world.actor("clerk"), seen=0, note="第一人")
    with pytest.raises(StaleState):
        services.draft("proposals", model, by=world.actor("reviewer"), seen=0, note="第二人")
    assert stored(1).note == "第一人"


@pytest.mark.parametrize("again", ["saved", "noted", "discarded", "discarded and begun anew"])
def test_what_changed_since_it_was_read_is_neither_adopted_nor_thrown_away(
    world: World, again: str
) -> None:
    in_hand = drafted(world)
    if again in ("saved", "noted"):
        drafted(world, days=9) if again == "saved" else drafted(world, note="提请审议")
    else:
        services.discard(stored(2), by=world.actor("clerk"))
        if again != "discarded":
            drafted(world, days=9)
    for write in (
        lambda: adopt(world, in_hand),
        lambda: services.discard(in_hand, by=world.actor("clerk")),
    ):
        with pytest.raises(StaleState):
            write()
    left = RegulationVersion.objects.filter(regulation__subject="proposals", number=2).first()
    assert (left is None) is (again == "discarded")
    assert left is None or (
        left.adopted_on is None
        and left.parameters["deadlines"]["hand_back_days"] == (7 if again == "noted" else 9)
    )


@pytest.mark.parametrize(("page", "who"), [("adopt", "reviewer"), ("discard", "clerk")])
def test_a_page_opened_before_a_change_does_nothing(world: World, page: str, who: str) -> None:
    drafted(world)
    client = browser_of(world, who)
    token = seen(client, page="adopt/" if page == "adopt" else "")
    drafted(world, days=9)
    answer = client.post(f"/regulations/proposals/draft/{page}/", {**adoption(), "seen": token})
    assert answer.status_code == 409
    assert stored(2).adopted_on is None and stored(2).parameters["deadlines"]["hand_back_days"] == 9


@pytest.mark.parametrize("said", [{}, {"seen": ""}, {"seen": "stale"}, {"seen": "-1"}])
def test_a_page_that_does_not_say_what_it_saw_saves_and_adopts_nothing(
    world: World, current: dict[str, Any], said: dict[str, str]
) -> None:
    drafted(world)
    assert (
        browser_of(world, "clerk")
        .post("/regulations/proposals/draft/", {**posted(current), **said})
        .status_code
        == 409
    )
    assert (
        browser_of(world, "reviewer")
        .post("/regulations/proposals/draft/adopt/", {**adoption(), **said})
        .status_code
        == 409
    )
    assert stored(2).adopted_on is None and stored(2).parameters["deadlines"]["hand_back_days"] == 7


def test_an_adopted_version_is_adopted_and_thrown_away_by_nobody(world: World) -> None:
    version = adopt(world, drafted(world))
    for write in (
        lambda: adopt(world, version, begins=5),
        lambda: services.discard(version, by=world.actor("clerk")),
    ):
        with pytest.raises(NotNow):
            write()
    assert stored(2).in_force_from == clock.today() + dt.timedelta(days=1)


# Days ---------------------------------------------------------------------------------------------


def in_force(days: int) -> int:
    """The days for handing back, as the regulation has them so many days from now."""
    return parameters.in_force(clock.today() + dt.timedelta(days=days)).deadlines.hand_back_days


def test_in_force_on_the_very_day_and_not_the_day_before(world: World) -> None:
    adopt(world, drafted(world, days=7), begins=10)
    adopt(world, drafted(world, days=9), begins=11)
    assert [in_force(n) for n in (0, 9, 10, 11, 400)] == [5, 5, 7, 9, 9]


def test_before_the_first_version_there_is_none(world: World) -> None:
    """The county's first version is in force since 400 days ago."""
    assert in_force(-400) == 5
    with pytest.raises(regulations.NoRegulation, match="提案") as refused:
        in_force(-401)
    assert (clock.today() - dt.timedelta(days=401)).isoformat() in str(refused.value)


@pytest.mark.parametrize(("begins", "passes"), [(9, True), (10, False), (11, True)])
def test_two_versions_do_not_come_into_force_on_one_day(
    world: World, begins: int, passes: bool
) -> None:
    adopt(world, drafted(world, days=7), begins=10)
    version = drafted(world, days=9)
    try:
        adopt(world, version, begins=begins)
    except BadInput as refused:
        assert "同一天" in str(refused) or "same day" in str(refused)
    version.refresh_from_db()
    assert (version.adopted_on is not None) is passes


def test_the_database_too_knows_one_version_of_a_day(world: World) -> None:
    day = adopt(world, drafted(world), begins=10).in_force_from
    version = drafted(world, days=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegulationVersion.objects.filter(pk=version.pk).update(
            adopted_on=clock.today(), adopted_by=MEETING, in_force_from=day
        )


@pytest.mark.parametrize("who", ["reviewer", "platform"])
def test_the_first_version_may_reach_back_before_its_adoption(world: World, who: str) -> None:
    RegulationVersion.objects.filter(regulation__subject="proposals").delete()
    tenancy.forget("regulation proposals")
    version = services.draft("proposals", services.model_of("proposals"), by=world.actor("clerk"))
    assert adopt(
        world, version, who, on=-20, begins=-200
    ).in_force_from == clock.today() - dt.timedelta(days=200)


@pytest.mark.parametrize(
    ("who", "on", "begins", "passes"),
    [
        ("reviewer", 0, 0, True),
        ("reviewer", 0, -1, False),
        ("reviewer", -1, -1, False),
        ("reviewer", -1, 0, True),
        ("reviewer", 1, 2, False),
        ("platform", 1, 2, False),
        ("platform", -9, -9, True),
        ("platform", -9, -10, False),
    ],
)
def test_a_later_version_holds_from_its_meeting_on_and_not_in_the_past(
    world: World, who: str, on: int, begins: int, passes: bool
) -> None:
    """A meeting to come has adopted nothing; what lies behind only the platform enters, when it
    takes over past years.
    """
    version = drafted(world)
    with suppress(BadInput):
        adopt(world, version, who, on=on, begins=begins)
    version.refresh_from_db()
    assert (version.adopted_on is not None) is passes


@pytest.mark.parametrize("meeting", ["", "  ", "会" * 101])
def test_a_meeting_is_named_and_not_at_length(world: World, meeting: str) -> None:
    with pytest.raises(BadInput):
        adopt(world, drafted(world), meeting=meeting)
    with pytest.raises(BadInput):
        drafted(world, note="改" * 201)


# What is kept of it -------------------------------------------------------------------------------


def detail(version: RegulationVersion, action: str) -> dict[str, Any]:
    entry = audit.history(version).filter(action=action).last()
    assert entry is not None
    return dict(entry.detail)


def test_the_audit_says_what_changed_from_what_to_what(world: World) -> None:
    version = drafted(world, days=7, note="缩短期限")
    place = "期限 › 退办"
    assert detail(version, "regulation.drafted") == {
        "note": "缩短期限",
        "changes": [[place, "5 个工作日", "7 个工作日"]],
    }
    version = drafted(world, days=9)
    assert detail(version, "regulation.drafted")["changes"] == [[place, "7 个工作日", "9 个工作日"]]
    adopted = adopt(world, version)
    today = timezone.localdate()
    assert detail(adopted, "regulation.adopted") == {
        "meeting": MEETING,
        "on": today.isoformat(),
        "in_force_from": (today + dt.timedelta(days=1)).isoformat(),
        "changes": [[place, "5 个工作日", "9 个工作日"]],
    }


def test_a_refused_write_leaves_no_trace(world: World) -> None:
    version = drafted(world)
    entries, counted = audit.AuditEntry.objects.count(), count()
    writes: list[Callable[[], Any]] = [
        lambda: adopt(world, version, on=1),
        lambda: adopt(world, version, begins=-400),
        lambda: drafted(world, days=0),
        lambda: drafted(world, seen=0),
    ]
    for write in writes:
        with pytest.raises((BadInput, StaleState, BadParameters)):
            write()
    assert (audit.AuditEntry.objects.count(), count()) == (entries, counted)


# Adopting in two windows --------------------------------------------------------------------------


def test_a_wrong_form_on_a_stale_page_does_not_become_a_fresh_one(world: World) -> None:
    drafted(world, days=7)
    client = browser_of(world, "reviewer")
    mine = seen(client, page="adopt/")
    drafted(world, days=9)
    address = "/regulations/proposals/draft/adopt/"
    wrong = client.post(address, {**adoption(meeting=""), "seen": mine})
    assert wrong.status_code == 422 and f'name="seen" value="{mine}"' in wrong.content.decode()
    refused = client.post(address, {**adoption(), "seen": mine})
    assert refused.status_code == 409 and not stored(2).adopted_on, (
        "the colleague's draft was never looked at"
    )
    told = refused.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert client.post(address, {**adoption(), "seen": told}).status_code == 302, (
        "who has read that may go on"
    )


def test_who_adopts_what_was_adopted_meanwhile_hears_by_whom(world: World) -> None:
    drafted(world)
    client = browser_of(world, "reviewer")
    mine = seen(client, page="adopt/")
    adopt(world, stored(2))
    answer = client.post(
        "/regulations/proposals/draft/adopt/", {**adoption(), "seen": mine}, follow=True
    )
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/regulations/proposals/2/"
    assert (
        "第 2 版在您打开本页后已通过" in text
        and f"{world.accounts['reviewer'].person.name}，{timezone.localtime():%m-%d}" in text
    )

"""Posts and staff, counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Sum

from tests.signing_in import SignedIn
from tests.world import World, morning
from yizheng.core import clock
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.staff import queries, services
from yizheng.staff.forms import ArrivalForm, PostMoveForm

from .making import NEW_YEAR, arrived, post

DAY = dt.date


def test_promoted_out_and_selected_in_by_year(world: World) -> None:
    """D3: in 2026 one was selected in, one promoted out; a change of post here is neither, nor who
    was there before.
    """
    head, clerks = post(world), post(world, "科员", level="clerk", number=3)
    old = arrived(world, head, "邵荻", since=DAY(2021, 5, 1), came="present")
    inner = arrived(world, clerks, "虞蓝", since=DAY(2022, 1, 1), came="recruited")
    arrived(world, clerks, "穆青", since=DAY(2026, 3, 1))
    services.leave(
        old, by=world.actor("organiser"), until=DAY(2026, 6, 30), left="promoted", left_to="县委办"
    )
    services.move(inner, head, by=world.actor("organiser"), since=DAY(2026, 7, 1), title="主任")
    assert queries.by_way(world.actor("organiser"), 2026) == [("选调", 1), ("提拔交流", 1)]
    assert [
        (m.person, m.day, m.where) for m in queries.movements(world.actor("organiser"), 2026)
    ] == [("穆青", DAY(2026, 3, 1), ""), ("邵荻", DAY(2026, 6, 30), "县委办")]
    assert queries.by_way(world.actor("organiser"), 2022) == [("考录", 1)]


def test_posts_added_in_a_year(world: World) -> None:
    """D4: 3 posts at section level and 7 others came in 2026; one of 2025 does not count."""
    post(world, since=DAY(2025, 12, 31))
    post(world, "专委会主任", number=3, since=NEW_YEAR)
    post(world, "科员", level="clerk", number=7, since=DAY(2026, 5, 1))
    added = queries.added_in(world.actor("organiser"), 2026)
    assert added.aggregate(n=Sum("number"))["n"] == 10
    assert added.filter(level="section").aggregate(n=Sum("number"))["n"] == 3
    total = queries.total(queries.posts(world.actor("organiser"), clock.today()))
    assert (total.number, total.filled, total.at_section_level) == (11, 0, 4)


def test_what_a_post_cannot_bear_is_refused(world: World) -> None:
    place, by = post(world), world.actor("organiser")
    here = arrived(world, place, "邵荻")
    with pytest.raises(BadInput):
        arrived(world, place, "虞蓝")
    with pytest.raises(BadInput):
        arrived(world, post(world, "新岗", since=DAY(2026, 6, 1)), "穆青", since=DAY(2026, 5, 1))
    with pytest.raises(NotNow):
        services.end_post(place, by=by, on=clock.today())
    with pytest.raises(BadInput):
        services.leave(here, by=by, until=DAY(2025, 1, 1), left="retired")
    with pytest.raises(NotAllowed):
        services.leave(here, by=world.actor("clerk"), until=clock.today(), left="retired")


def test_a_post_that_is_abolished_next_month_is_still_there(world: World) -> None:
    """It is offered until then; who leaves today is on theirs today, which does not shrink below
    them.
    """
    by, today = world.actor("organiser"), clock.today()
    going, pair = post(world), post(world, "科员", level="clerk", number=2)
    services.end_post(going, by=by, on=today + dt.timedelta(days=30))
    assert list(ArrivalForm(actor=by).fields["post"].queryset) == [going, pair]
    assert list(PostMoveForm(post=pair.pk, actor=by).fields["post"].queryset) == [going]
    here = [arrived(world, pair, name) for name in ("邵荻", "虞蓝")]
    services.leave(here[0], by=by, until=today, left="retired")
    fields = {name: getattr(pair, name) for name in services.POST}
    with pytest.raises(NotNow):
        services.save_post(pair, {**fields, "number": 1}, by=by)
    with clock.at(morning(today + dt.timedelta(days=1))):
        services.save_post(pair, {**fields, "number": 1}, by=by)


def test_staff_in_the_browser(world: World, signed_in: SignedIn) -> None:
    organiser = signed_in("organiser")
    values = {
        "name": "办公室主任",
        "level": "section",
        "kind": "administrative",
        "number": 1,
        "since": "2026-01-01",
    }
    assert organiser.post("/staff/posts/add/", values).status_code == 302
    assert "空缺 1 个" in organiser.get("/staff/").content.decode()
    place = queries.posts(world.actor("organiser"), clock.today())[0].post
    came = {"name": "邵荻", "post": place.pk, "since": "2026-02-01", "came": "selected"}
    assert organiser.post("/staff/arrive/", came).status_code == 302
    assert organiser.post("/staff/arrive/", {**came, "name": "虞蓝"}).status_code == 422
    assert "选调" in organiser.get("/staff/?year=2026").content.decode()


def test_to_whom_the_office_is_closed_there_is_nobody_in_it(world: World) -> None:
    here = arrived(world, post(world), "邵荻")
    services.leave(here, by=world.actor("organiser"), until=clock.today(), left="promoted")
    year = clock.today().year
    for who, there in (("organiser", 1), ("secretary", 1), ("member", 0), ("editor", 0)):
        actor = world.actor(who)
        assert len(queries.posts(actor, clock.today())) == there
        assert queries.left_in(actor, year).count() == there
        assert queries.visible_services(actor).count() == there


def test_a_post_may_end_on_the_last_of_all_days(world: World) -> None:
    place = post(world)
    services.end_post(place, by=world.actor("organiser"), on=dt.date.max)
    place.refresh_from_db()
    assert place.until == dt.date.max

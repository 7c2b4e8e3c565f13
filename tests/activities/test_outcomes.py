"""What is said at an activity and what comes of it: speeches, suggestions, outcomes, results."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.activities.making import activity_at, call_for, offered, outcome, suggestion
from tests.world import World, step, told
from yizheng.activities import services
from yizheng.activities.queries import measured_of
from yizheng.attending.services import sign_in
from yizheng.core import clock
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.promises.models import Promise

# What is said and what comes of it ----------------------------------------------------------------


def test_a_speech_travels_its_stages_and_its_writer_hears_of_each(world: World) -> None:
    made = offered(world, call_for(world))
    step(world, made, "shortlist", "organiser")
    step(world, made, "ask_revision", "organiser", note="请压缩到一千字")
    made = step(world, made, "revise", "member", title="放心水", text="各位委员：")
    step(world, made, "take_oral", "organiser", position=2, minutes=8)
    heard = told(world, "member")
    assert (
        any("请压缩到一千字" in words for words in heard)
        and len([w for w in heard if "喝上放心水" in w or "放心水" in w]) >= 3
    )
    made.refresh_from_db()
    assert (made.title, made.position, made.minutes) == ("放心水", 2, 8)
    with pytest.raises(NotNow):
        step(world, made, "give", "organiser")


def test_after_the_day_nothing_more_is_offered(world: World) -> None:
    called = call_for(world)
    with clock.at(clock.now() + dt.timedelta(days=11)), pytest.raises(NotNow):
        offered(world, called)


def test_the_office_records_a_talk_as_given_once_it_was_held(world: World) -> None:
    held = activity_at(world, "held", days=1)
    values = {"kind": "talk", "title": "节水常识", "speaker_name": "罗教员", "text": ""}
    talk = services.record_contribution(held, by=world.actor("organiser"), **values)
    assert (talk.state, talk.given_on) == ("given", timezone.localdate(held.starts_at))
    with pytest.raises(BadInput):
        services.record_contribution(
            held, by=world.actor("organiser"), **{**values, "speaker_name": ""}
        )
    with pytest.raises(NotAllowed):
        services.record_contribution(held, by=world.actor("member"), **values)


def test_an_adopted_suggestion_with_a_day_is_followed_as_a_promise(world: World) -> None:
    held = activity_at(world, "recorded", days=-1)
    made = suggestion(world, held)
    assert any("农村供水座谈会" in words for words in told(world, "officer"))
    with pytest.raises(NotNow):
        step(world, held, "close", "organiser")
    first = timezone.localdate() + dt.timedelta(days=90)
    step(
        world,
        made,
        "decide",
        "officer",
        adoption="adopted",
        answer="三个月内换完",
        planned_for=first,
    )
    promise = Promise.objects.get()
    assert (promise.unit, promise.promised_for, promise.source) == (
        world.units["水务局"],
        first,
        made,
    )
    step(world, made, "reopen", "organiser", note="请明确到村")
    step(
        world,
        made,
        "decide",
        "officer",
        adoption="partly",
        answer="先换石桥村",
        planned_for=first + dt.timedelta(days=30),
    )
    assert sorted(Promise.objects.values_list("state", flat=True)) == ["open", "replaced"]
    sign_in.confirm(held, by=world.actor("organiser"))
    assert step(world, held, "close", "organiser").state == "closed"


def test_what_is_not_adopted_says_why_and_nobody_else_decides(world: World) -> None:
    made = suggestion(world, activity_at(world, "invited"))
    with pytest.raises(BadInput):
        step(world, made, "decide", "officer", adoption="not_adopted", answer=" ")
    with pytest.raises(NotAllowed):
        step(world, made, "decide", "other_officer", adoption="adopted", answer="好")
    day = timezone.localdate() + dt.timedelta(days=9)
    offices = suggestion(world, made.activity, unit=None)
    assert offices.number == 2
    with pytest.raises(BadInput):
        step(
            world, offices, "decide", "organiser", adoption="adopted", answer="好", planned_for=day
        )


def test_an_outcome_is_numbered_sent_answered_and_followed_before_it_closes(world: World) -> None:
    held = activity_at(world, "recorded", days=-1, form="special_survey")
    sign_in.confirm(held, by=world.actor("organiser"))
    with pytest.raises(NotNow, match="成果"):
        step(world, held, "close", "organiser")
    report = outcome(
        world, held, kind="survey_report", recipient="unit", unit=world.units["水务局"]
    )
    step(world, report, "request_signature", "organiser")
    report = step(world, report, "sign", "chairperson")
    assert report.number == f"调研报告〔{timezone.localdate().year}〕1号"
    assert report.signed_by == "周砚"
    report = step(world, report, "send", "organiser", sent_on=timezone.localdate())
    assert report.due_on is not None and report.due_on >= timezone.localdate() + dt.timedelta(
        days=60
    )
    with pytest.raises(NotNow):
        step(world, held, "close", "organiser")
    report = step(
        world,
        report,
        "answer",
        "officer",
        answer="已列入明年改造计划",
        adoption="adopted",
        answered_on=timezone.localdate(),
    )
    step(world, report, "close", "organiser", effect="石桥村已通水")
    assert step(world, held, "close", "organiser").state == "closed"


def test_the_second_number_follows_the_first(world: World) -> None:
    held = activity_at(world, "held", days=1)
    numbers = []
    for _turn in range(2):
        report = outcome(world, held)
        step(world, report, "request_signature", "organiser")
        numbers.append(step(world, report, "sign", "secretary").number)
    year = timezone.localdate().year
    assert numbers == [f"专报〔{year}〕1号", f"专报〔{year}〕2号"]


def test_measured_results_have_units_and_lower_bounds(world: World) -> None:
    held = activity_at(world, "held", days=1, form="service")
    values = {
        "people_served": (Decimal(320), True, "义诊"),
        "brochures": (Decimal(1500), False, ""),
    }
    services.set_measured(held, values, by=world.actor("organiser"))
    assert [label for label, _words in measured_of(held)] == ["服务群众", "发放宣传资料"]
    assert "320 人次" in measured_of(held)[0][1] and measured_of(held)[1][1] == "1,500 份"
    with pytest.raises(BadInput):
        services.set_measured(
            held, {"donated": (Decimal(-1), False, "")}, by=world.actor("organiser")
        )
    assert held.measured.count() == 2

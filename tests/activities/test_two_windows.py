"""Two windows, and what ended meanwhile: nothing is checked on an object that somebody else has
changed since.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.activities.making import (
    activity,
    activity_at,
    call_for,
    offered,
    outcome,
    suggestion,
    topic,
)
from tests.signing_in import SignedIn
from tests.windows import as_loaded
from tests.world import World, step, told
from yizheng.activities import services
from yizheng.activities.models import (
    Activity,
    ActivitySuggestion,
    Contribution,
    Outcome,
    Participant,
)
from yizheng.attending.services import invitations as attending
from yizheng.attending.services import sign_in
from yizheng.core import audit, clock
from yizheng.core.files import Attachment, attach
from yizheng.core.flow import FLOWS
from yizheng.core.refusals import BadInput, NotNow, StaleState
from yizheng.organisations.services import units
from yizheng.portal.queries.todos import waiting_for

PDF = b"%PDF-1.4\n%%EOF\n"
MINE = (
    "activity",
    "plan_item",
    "contribution",
    "activity_suggestion",
    "outcome",
    "leave",
    "report",
)


# What somebody else has changed since -------------------------------------------------------------


def test_a_draft_handed_in_elsewhere_is_not_thrown_away(world: World) -> None:
    old = activity(world)
    step(world, as_loaded(old), "submit_for_approval", "organiser")
    with pytest.raises(NotNow):
        services.discard(old, by=world.actor("organiser"))
    assert Activity.objects.get().state == "approving"


def test_a_draft_saved_elsewhere_is_not_thrown_away_unread(
    world: World, signed_in: SignedIn
) -> None:
    old, office = activity(world), signed_in("organiser")
    services.save_activity(as_loaded(old), by=world.actor("organiser"), title="另一个窗口改过")
    assert (
        office.post(reverse("activities:discard", args=[old.pk]), {"seen": old.version}).status_code
        == 409
    )
    assert (
        office.post(
            reverse("activities:discard", args=[old.pk]), {"seen": old.version + 1}
        ).status_code
        == 302
    )
    assert not Activity.objects.exists()


def test_what_was_called_off_in_another_window_takes_nothing_more(world: World) -> None:
    old = activity_at(world, "invited")
    mine, other = (
        old.participants.select_related("activity").get(membership=world.members[who])
        for who in ("member", "cosigner")
    )
    sitting = old.sittings.select_related("activity").get()
    step(world, as_loaded(old), "cancel", "organiser", note="并入下月")
    by, member = world.actor("organiser"), world.actor("member")
    refused: list[Callable[[], Any]] = [
        lambda: attending.answer(mine, True, by=member),
        lambda: attending.ask_leave(mine, reason="duty", words="下乡", by=member),
        lambda: attending.add_members(old, [world.members["third"]], role="member", by=by),
        lambda: attending.take_off(other, by=by),
        lambda: attending.add_unit(old, world.units["水务局"], by=by),
        lambda: attending.add_named(old, role="guest", name="来宾", by=by),
        lambda: sign_in.take(
            sitting, [sign_in.SignInReport(mine.pk, old.starts_at, "desk")], by=by
        ),
        lambda: sign_in.confirm(old, by=by),
        lambda: services.set_agenda(old, [("新议程", "")], by=by),
        lambda: services.add_suggestion(old, by=by, text="建议", made_by="委员"),
        lambda: services.record_contribution(
            old, by=by, kind="talk", title="讲话", speaker_name="罗教员"
        ),
        lambda: services.save_activity(old, by=by, title="改题"),
        lambda: services.discard(old, by=by),
    ]
    for act in refused:
        with pytest.raises(NotNow):
            act()
    assert (
        Participant.objects.count(),
        old.agenda.count(),
        ActivitySuggestion.objects.count(),
        Contribution.objects.count(),
    ) == (2, 0, 0, 0)


def test_what_was_closed_in_another_window_takes_no_outcome_and_no_suggestion(world: World) -> None:
    old = activity_at(world, "recorded", days=-1)
    sign_in.confirm(as_loaded(old), by=world.actor("organiser"))
    step(world, as_loaded(old), "close", "organiser")
    values = {"kind": "minutes", "title": "纪要", "text": "会议认为", "recipient": "government"}
    for act in (
        lambda: services.draft_outcome(old, by=world.actor("organiser"), **values),
        lambda: services.add_suggestion(
            old, by=world.actor("organiser"), text="建议", made_by="委员"
        ),
        lambda: services.record_contribution(
            old, by=world.actor("organiser"), kind="talk", title="讲话", speaker_name="罗教员"
        ),
    ):
        with pytest.raises(NotNow):
            act()
    assert not Outcome.objects.exists()


def test_the_second_of_two_windows_says_who_was_first_and_loses_nothing(world: World) -> None:
    held = activity_at(world, "held", days=1)
    by, seen = world.actor("organiser"), held.version
    services.set_agenda(held, [("听取汇报", "罗局长")], by=by, seen=seen)
    for act in (
        lambda: services.set_agenda(held, [("讨论", "")], by=by, seen=seen),
        lambda: services.set_measured(
            held, {"people_served": (Decimal(3), False, "")}, by=by, seen=seen
        ),
    ):
        with pytest.raises(StaleState, match="蓝汀"):
            act()
    assert [item.title for item in held.agenda.all()] == ["听取汇报"]
    report = outcome(world, held)
    services.save_outcome(report, by=by, seen=report.version, title="先存的题目")
    with pytest.raises(StaleState):
        services.save_outcome(report, by=by, seen=report.version, title="后存的题目")
    assert Outcome.objects.get().title == "先存的题目"


def test_measured_results_typed_in_an_old_window_stay_on_the_page(
    world: World, signed_in: SignedIn
) -> None:
    held, office = activity_at(world, "held", days=1), signed_in("organiser")
    address = reverse("activities:measured", args=[held.pk])
    services.set_measured(
        held, {"people_served": (Decimal(3), False, "")}, by=world.actor("organiser")
    )
    answer = office.post(address, {"seen": held.version, "value_people_served": "77"})
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and 'value="77"' in page
        and f'name="seen" value="{held.version + 1}"' in page
    )
    assert (
        office.post(address, {"seen": held.version + 1, "value_people_served": "77"}).status_code
        == 302
    )
    assert held.measured.get().value == 77


def test_a_paper_taken_off_elsewhere_or_sent_is_left_alone(world: World) -> None:
    found, by = activity_at(world, "invited"), world.actor("organiser")
    paper = attach(io.BytesIO(PDF), "材料.pdf", to=found, by=by, purpose="paper")
    old = as_loaded(found)
    step(world, found, "send_papers", "organiser")
    with pytest.raises(NotNow):
        services.take_paper_off(old, paper.pk, by=by)
    draft = activity(world)
    mine = attach(io.BytesIO(PDF), "草稿.pdf", to=draft, by=by, purpose="paper")
    assert services.take_paper_off(draft, mine.pk, by=by) == "草稿.pdf"
    assert services.take_paper_off(draft, mine.pk, by=by) == ""
    assert services.take_paper_off(draft, paper.pk, by=by) == ""
    assert list(Attachment.objects.values_list("name", flat=True)) == ["材料.pdf"]


# What ends with the activity ----------------------------------------------------------------------


def test_a_struck_activity_asks_no_unit_anything_more(world: World) -> None:
    held = activity_at(world, "recorded", days=-1)
    open_one, decided = suggestion(world, held), suggestion(world, held)
    decided = step(world, decided, "decide", "officer", adoption="adopted", answer="照办")
    sent = outcome(world, held, recipient="unit", unit=world.units["水务局"])
    for name, who, data in (
        ("request_signature", "organiser", {}),
        ("sign", "secretary", {}),
        ("send", "organiser", {"sent_on": clock.today()}),
    ):
        sent = step(world, sent, name, who, **data)
    draft = outcome(world, held)
    officer = world.actor("officer")
    assert waiting_for(officer).count == 2
    step(world, held, "annul", "secretary", note="重复登记")
    assert waiting_for(officer).count == 0
    found = {obj.pk: as_loaded(obj).state for obj in (open_one, decided)}
    assert found == {open_one.pk: "lapsed", decided.pk: "adopted"}
    assert (as_loaded(sent).state, as_loaded(sent).effect, as_loaded(draft).state) == (
        "closed",
        "重复登记",
        "dropped",
    )
    heard = told(world, "officer")[-2:]
    assert any("no longer for your unit to decide" in words for words in heard) and any(
        "nothing more is waited for" in words for words in heard
    )
    with pytest.raises(NotNow):
        step(world, decided, "reopen", "organiser", note="再议")


def test_nothing_of_what_ended_is_taken_up_again(world: World) -> None:
    called = call_for(world)
    declined = step(world, offered(world, called), "not_use", "organiser", note="题材重复")
    open_one = offered(world, called, "cosigner")
    step(world, called, "cancel", "organiser", note="与换届冲突")
    assert as_loaded(open_one).state == "not_used"
    for made in (declined, open_one):
        with pytest.raises(NotNow):
            step(world, made, "reconsider", "organiser")
    with pytest.raises(NotNow):
        offered(world, called, "third")


def test_an_answered_outcome_is_not_asked_again_for_a_struck_activity(world: World) -> None:
    held = activity_at(world, "held", days=1)
    made = outcome(world, held, recipient="unit", unit=world.units["水务局"])
    today = timezone.localdate()
    for name, who, data in (
        ("request_signature", "organiser", {}),
        ("sign", "secretary", {}),
        ("send", "organiser", {"sent_on": today}),
        ("answer", "officer", {"adoption": "adopted", "answer": "照办", "answered_on": today}),
    ):
        made = step(world, made, name, who, **data)
    step(world, held, "annul", "secretary", note="重复登记")
    made = as_loaded(made)
    assert (made.state, made.answer, made.effect) == ("closed", "照办", "重复登记")
    with pytest.raises(StaleState):
        step(world, made, "ask_again", "organiser", note="再答")


def test_what_a_form_shows_is_not_written_over_from_a_page_of_before(world: World) -> None:
    invited = activity_at(world, "invited")
    until = clock.today() + dt.timedelta(days=2)
    spoken = step(
        world, offered(world, call_for(world)), "take_oral", "organiser", position=1, minutes=8
    )
    for obj, name, mine, theirs in (
        (
            invited,
            "call",
            {"call_until": until, "call_words": "发言"},
            {"call_until": until, "call_words": "书面"},
        ),
        (spoken, "place", {"position": 2}, {"position": 3}),
    ):
        seen, by = as_loaded(obj).version, world.actor("organiser")
        obj.flow.perform(name, obj, by=by, data=mine, seen=seen)
        with pytest.raises(StaleState):
            obj.flow.perform(name, as_loaded(obj), by=by, data=theirs, seen=seen)
        assert {key: getattr(as_loaded(obj), key) for key in mine} == mine


# The form's rule, wherever a step comes from ------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "state", "name"),
    [
        ("activity", "approving", "send_back"),
        ("activity", "approved", "call"),
        ("activity", "invited", "change"),
        ("activity", "held", "record"),
        ("activity", "recorded", "amend"),
        ("activity", "held", "keep_no_attendance"),
        ("activity", "closed", "reopen"),
        ("activity", "invited", "cancel"),
        ("activity", "held", "annul"),
        ("plan_item", "proposed", "discuss"),
        ("plan_item", "discussed", "approve"),
        ("plan_item", "proposed", "amend"),
        ("plan_item", "approved", "move"),
        ("plan_item", "proposed", "drop"),
        ("contribution", "offered", "ask_revision"),
        ("contribution", "revising", "revise"),
        ("contribution", "offered", "not_use"),
        ("activity_suggestion", "pending", "decide"),
        ("activity_suggestion", "pending", "pass_on"),
        ("activity_suggestion", "adopted", "reopen"),
        ("outcome", "signing", "send_back"),
        ("outcome", "signed", "send"),
        ("outcome", "sent", "answer"),
        ("outcome", "answered", "ask_again"),
        ("outcome", "answered", "close"),
        ("outcome", "sent", "close_unanswered"),
        ("outcome", "draft", "drop"),
    ],
)
def test_a_step_without_what_its_form_requires_is_refused(
    world: World, flow: str, state: str, name: str
) -> None:
    from tests.activities.test_flow_table import AT

    obj = AT[flow, state](world)
    by = world.actor("officer" if (flow, name) == ("outcome", "answer") else "organiser")
    who = by if FLOWS[flow].steps[name].rule.allows(by, obj) else world.actor("secretary")
    with pytest.raises(BadInput):
        FLOWS[flow].perform(name, obj, by=who, data={})
    with pytest.raises(BadInput):
        FLOWS[flow].perform(
            name,
            obj,
            by=who,
            data={"note": "  ", "effect": " ", "answer": " ", "minutes": " ", "meeting": " "},
        )
    assert as_loaded(obj).state == state


def test_a_step_without_a_form_takes_nothing_from_what_is_sent_along(world: World) -> None:
    made = step(
        world, offered(world, call_for(world)), "take_written", "organiser", note="夹带的话"
    )
    assert made.decision_note == ""
    with clock.at(made.activity.starts_at):
        assert step(
            world, made, "give", "organiser", given_on="1999-01-01"
        ).given_on == timezone.localdate(made.activity.starts_at)


def test_a_program_that_only_names_another_time_keeps_the_place(world: World) -> None:
    found = activity_at(world, "invited")
    later = {
        "starts_at": found.starts_at + (found.ends_at - found.starts_at),
        "ends_at": found.ends_at + (found.ends_at - found.starts_at),
    }
    assert step(world, found, "change", "organiser", **later, note="顺延").place == "政协三楼会议室"


# What is told, and what is traced -----------------------------------------------------------------


def test_only_what_is_good_to_know_is_muted() -> None:
    muted = {
        f"{code}.{line.name}"
        for code in MINE
        for line in FLOWS[code].tellers
        if any(tell.may_mute for tell in line.tell)
    }
    assert muted == {
        "activity.send_papers",
        "activity.call",
        "activity.record",
        "contribution.shortlist",
        "contribution.take_written",
        "contribution.give",
        "contribution.reconsider",
        "activity_suggestion.decide",
        "leave.withdraw",
    }
    decided = FLOWS["activity_suggestion"].steps["decide"].tell
    assert [tell.may_mute for tell in decided] == [False, True]  # the member hears it in any case


def test_a_draft_leaves_no_trail_of_its_wordings_until_somebody_else_has_read_it(
    world: World,
) -> None:
    found, by = activity(world), world.actor("organiser")
    services.save_activity(found, by=by, title="初稿")
    assert not audit.history(found).filter(action="activity.save").exists()
    step(world, as_loaded(found), "submit_for_approval", "organiser")
    step(world, as_loaded(found), "send_back", "secretary", note="请改题")
    services.save_activity(as_loaded(found), by=by, title="定稿", agenda=[("听取汇报", "")])
    assert audit.history(found).filter(action="activity.save").get().detail == {
        "agenda": [[], ["听取汇报"]],
        "changed": {"title": ["初稿", "定稿"]},
    }


def test_the_clock_of_a_suggestion_begins_anew_with_the_unit_that_gets_it(world: World) -> None:
    """Thirty days by the members' forum's rule, or what the form says: counted from the day it was
    given, not from the day it was made.
    """
    from yizheng.activities.flow.due_dates import answer_due

    made = suggestion(world, activity_at(world, "invited"))
    with clock.at(made.activity.ends_at + (made.activity.ends_at - made.activity.starts_at)):
        given = step(world, made, "pass_on", "organiser", unit=world.units["财政局"])
        assert given.due_on == answer_due(made.activity, clock.today())
        assert given.state == "pending"


def test_a_topic_of_the_plan_that_is_dropped_has_nothing_put_on_it(world: World) -> None:
    raw = topic(world)
    step(world, raw, "drop", "secretary", note="不再需要")
    with pytest.raises(NotNow):
        activity(world, plan_item=raw)


# What is on record stays --------------------------------------------------------------------------


def test_nothing_is_given_to_a_unit_that_was_closed_in_another_window(world: World) -> None:
    unit, by = world.units["交通运输局"], world.actor("organiser")
    stale = as_loaded(unit)
    held, invited = activity_at(world, "held"), activity_at(world, "invited")
    units.close_unit(unit, by=world.actor("clerk"), on=clock.today())
    for act in (
        lambda: suggestion(world, held, unit=stale),
        lambda: attending.add_unit(invited, stale, by=by),
        lambda: step(world, suggestion(world, held), "pass_on", "organiser", unit=stale),
    ):
        with pytest.raises((NotNow, BadInput)):
            act()
    assert not Participant.objects.filter(unit=unit).exists()


def test_a_draft_handed_in_elsewhere_keeps_what_was_typed_on_its_page(
    world: World, signed_in: SignedIn
) -> None:
    old, office = activity(world), signed_in("organiser")
    step(world, as_loaded(old), "submit_for_approval", "organiser")
    answer = office.post(
        reverse("activities:edit", args=[old.pk]),
        {"seen": old.version, "title": "在这个窗口写的", "summary": "写了很久"},
    )
    text = answer.content.decode()
    assert (
        answer.status_code == 409
        and "在这个窗口写的" in text
        and "写了很久" in text
        and "仍留在本页" in text
    )
    assert office.get(reverse("activities:edit", args=[old.pk])).status_code == 409, (
        "not that it may not be viewed"
    )

"""Two windows on the list of people, and what is on record of them: nothing is checked on an object that somebody else has changed since."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from tests.activities.making import activity_at
from tests.signing_in import SignedIn
from tests.windows import as_loaded, seen_on
from tests.world import World, step
from yizheng.activities.models import Activity, Attendance, Participant
from yizheng.attending.models import SignIn
from yizheng.attending.services import attendance_list, sign_in
from yizheng.attending.services import invitations as attending
from yizheng.core import clock
from yizheng.core.refusals import NotAllowed, NotNow, StaleState


def test_who_signs_in_does_so_at_the_sitting_as_it_is_cut_now(world: World) -> None:
    """A desk that was opened before the activity was moved: its sitting is gone, or begins at
    another hour.
    """
    found, by = activity_at(world, "invited"), world.actor("organiser")
    mine = found.participants.get(membership=world.members["member"])
    old = found.sittings.select_related("activity").get()
    later = {
        "starts_at": found.starts_at + dt.timedelta(days=3),
        "ends_at": found.ends_at + dt.timedelta(days=3),
    }
    step(
        world,
        as_loaded(found),
        "change",
        "organiser",
        place=found.place,
        note="场地临时占用",
        **later,
    )
    with clock.at(later["starts_at"]), pytest.raises(StaleState):
        sign_in.take(old, [sign_in.SignInReport(mine.pk, clock.now(), "desk")], by=by)
    assert not SignIn.objects.exists()


def test_an_answer_the_office_took_down_meanwhile_is_not_overwritten_unread(
    world: World, signed_in: SignedIn
) -> None:
    found = activity_at(world, "invited")
    mine = found.participants.get(membership=world.members["member"])
    phone, address = signed_in("member"), reverse("attending:answer", args=[found.pk])
    old = seen_on(phone.get(reverse("attending:attend", args=[found.pk])))
    attending.answer(mine, False, note="来电", by=world.actor("organiser"))
    refused = phone.post(address, {"comes": "yes", "seen": old}, follow=True)
    assert "内容已被修改" in refused.content.decode()
    assert Participant.objects.get(pk=mine.pk).answer == "cannot"
    now = seen_on(phone.get(reverse("attending:attend", args=[found.pk])))
    assert phone.post(address, {"comes": "yes", "seen": now}).status_code == 302
    assert Participant.objects.get(pk=mine.pk).answer == "comes"


def test_who_answered_in_another_window_stays_on_the_list(world: World) -> None:
    found = activity_at(world, "invited")
    old = found.participants.get(membership=world.members["member"])
    attending.answer(as_loaded(old), True, by=world.actor("member"))
    with pytest.raises(NotNow):
        attending.take_off(old, by=world.actor("organiser"))
    assert found.participants.count() == 2


def test_the_list_of_people_sends_what_it_showed_of_each(world: World, signed_in: SignedIn) -> None:
    found, office = activity_at(world, "invited"), signed_in("organiser")
    one, two = found.participants.order_by("pk")
    page = office.get(reverse("attending:people", args=[found.pk])).content.decode()
    assert (
        page.count(f'name="seen" value="{one.seen}"')
        == page.count(f'name="seen" value="{two.seen}"')
        == 2
    )
    attending.answer(one, True, by=world.actor("member"))
    old = {"comes": "no", "seen": f"{one.pk}-0"}
    refused = office.post(reverse("attending:answer-for", args=[one.pk]), old, follow=True)
    assert "内容已被修改" in refused.content.decode()
    assert (
        office.post(reverse("attending:take-off", args=[two.pk]), {"seen": two.seen}).status_code
        == 302
    )
    assert Participant.objects.get().answer == "comes"


def test_only_the_office_keeps_the_list_and_each_signs_in_for_themselves(world: World) -> None:
    found = activity_at(world, "invited")
    sitting = found.sittings.select_related("activity").get()
    one = found.participants.get(membership=world.members["member"])
    with clock.at(found.starts_at):
        sign_in.take(
            sitting,
            [sign_in.SignInReport(one.pk, found.starts_at, "desk", offset=900)],
            by=world.actor("organiser"),
        )
        came = Attendance.objects.get()
        row = SignIn(
            sitting=sitting,
            participant=one,
            signed_at=clock.now(),
            received_at=clock.now(),
            method="desk",
            waits=True,
        )
        row.save()
        for who in ("member", "secretary", "officer"):
            by = world.actor(who)
            for act in (
                lambda by=by: sign_in.take(
                    sitting, [sign_in.SignInReport(one.pk, found.starts_at, "desk")], by=by
                ),
                lambda by=by: attendance_list.enter_list(sitting, [], by=by),
                lambda by=by: sign_in.settle_doubt(came, by=by),
                lambda by=by: sign_in.decide_waiting(row, takes=True, reason="补", by=by),
                lambda by=by: sign_in.confirm(found, by=by),
            ):
                with pytest.raises(NotAllowed):
                    act()
        sign_in.decide_waiting(row, takes=False, reason="重复", by=world.actor("organiser"))
        with pytest.raises(StaleState):
            sign_in.decide_waiting(row, takes=True, reason="补", by=world.actor("organiser"))
    assert SignIn.objects.get(pk=row.pk).struck_because == "重复"


def test_a_doubt_that_came_since_is_not_settled_with_the_old_one(world: World) -> None:
    found = activity_at(world, "invited")
    sitting = found.sittings.get()
    one = found.participants.get(membership=world.members["member"])
    with clock.at(found.ends_at):
        sign_in.take(
            sitting,
            [sign_in.SignInReport(one.pk, found.starts_at, "desk", offset=900)],
            by=world.actor("organiser"),
        )
        old = Attendance.objects.get()
        Attendance.objects.update(doubt="另一个疑点")
        sign_in.settle_doubt(old, by=world.actor("organiser"))
    assert Attendance.objects.get().doubt == "另一个疑点"


def test_whoever_is_invited_later_is_told_with_a_sentence_nobody_mutes(world: World) -> None:
    from yizheng.core.outbox import OutboxEntry

    found = activity_at(world, "invited")
    attending.add_members(
        found, [world.members["third"]], role="member", by=world.actor("organiser")
    )
    last = OutboxEntry.objects.order_by("id").last()
    assert last is not None and (last.kind, last.may_mute, last.recipients) == (
        "activity.invite",
        False,
        [world.accounts["third"].pk],
    )


def early_and_struck(world: World) -> tuple[Activity, Participant]:
    """Signed in before it began, by mistake, and struck: the receipt stays with who
    did it and why.
    """
    found, by = activity_at(world, "invited"), world.actor("organiser")
    sitting = found.sittings.select_related("activity").get()
    one = found.participants.get(membership=world.members["member"])
    with clock.at(found.starts_at - dt.timedelta(minutes=10)):
        sign_in.take(sitting, [sign_in.SignInReport(one.pk, clock.now(), "desk")], by=by)
        attendance_list.enter_list(
            sitting, [attendance_list.AttendanceLine(one.pk, False, True)], by=by, reason="误签"
        )
    assert (Attendance.objects.count(), SignIn.objects.count()) == (0, 1)
    return found, one


def test_whose_receipt_was_struck_stays_on_the_list(world: World) -> None:
    found, one = early_and_struck(world)
    with clock.at(found.starts_at - dt.timedelta(minutes=5)), pytest.raises(NotNow):
        attending.take_off(one, by=world.actor("organiser"))
    assert SignIn.objects.get().struck_because == "误签"


def test_whose_receipt_waits_stays_on_the_list(world: World) -> None:
    found, by = activity_at(world, "held"), world.actor("organiser")
    sitting = found.sittings.select_related("activity").get()
    one = found.participants.get(membership=world.members["member"])
    with clock.at(found.ends_at + dt.timedelta(days=1)):
        sign_in.confirm(found, by=by)
        assert (
            sign_in.take(
                sitting, [sign_in.SignInReport(one.pk, found.starts_at, "desk")], by=by
            ).waiting
            == 1
        )
        with pytest.raises(NotNow):
            attending.take_off(one, by=by)
    assert SignIn.objects.get().waits


def test_hours_do_not_move_under_a_receipt_that_was_struck(world: World) -> None:
    found, _one = early_and_struck(world)
    later = {
        "starts_at": found.starts_at + dt.timedelta(days=3),
        "ends_at": found.ends_at + dt.timedelta(days=3),
    }
    with clock.at(found.starts_at - dt.timedelta(minutes=5)), pytest.raises(NotNow) as said:
        step(
            world,
            as_loaded(found),
            "change",
            "organiser",
            place=found.place,
            note="场地临时占用",
            **later,
        )
    assert (said.value.field, SignIn.objects.count()) == ("starts_at", 1)

"""What is begun stands on the server from the first pause of typing: as a draft where it can be
one, else as it was typed. It is one, whatever is sent again, and nobody else's.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.activities.making import call_for
from tests.signing_in import SignedIn
from tests.world import World, assignment_of, later, proposal_at, unit_step, write_and_send
from yizheng.activities.models import Activity, Contribution
from yizheng.core import nightly_work, unfinished
from yizheng.core.access import system
from yizheng.core.unfinished import UnfinishedWork
from yizheng.opinions.models import Opinion
from yizheng.proposals.models import Proposal

NEW = "/proposals/new/"
WORDS = "石桥村的水管漏了三年。"


def typed(token: Any, **values: Any) -> dict[str, Any]:
    return {"kind": "individual", "body_form": "text", "attempt": token, **values}


def pause(client: Client, page: str, data: dict[str, Any], to: str = "") -> Any:
    """What the page sends by itself when its writer pauses."""
    sent = {**data, "unfinished-page": page, "unfinished-heading": "写提案"}
    return client.post(to or page, sent, headers={"Accept": "application/json"})


def test_at_the_first_pause_a_draft_is_there(world: World, signed_in: SignedIn) -> None:
    client, token = signed_in("member"), uuid.uuid4()
    told = pause(client, NEW, typed(token, title="修水管", body=WORDS)).json()
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.title, proposal.body) == ("draft", "修水管", WORDS)
    assert told == {
        "version": proposal.version,
        "address": f"/proposals/{proposal.pk}/edit/",
        "autosave": f"/proposals/{proposal.pk}/autosave/",
        "discard": f"/proposals/{proposal.pk}/discard/",
    }
    assert "修水管" in client.get("/").content.decode(), "it waits for its writer"
    assert not UnfinishedWork.objects.exists()


def test_sent_again_after_a_lost_answer_it_is_the_same_draft(
    world: World, signed_in: SignedIn
) -> None:
    client, token = signed_in("member"), uuid.uuid4()
    first = pause(client, NEW, typed(token, title="修水管")).json()
    again = pause(client, NEW, typed(token, title="修水管")).json()
    more = pause(client, NEW, typed(token, title="修水管", body=WORDS)).json()
    assert first["address"] == again["address"] == more["address"]
    assert Proposal.objects.get().body == WORDS


def test_saved_by_hand_from_the_same_page_it_is_the_same_draft(
    world: World, signed_in: SignedIn
) -> None:
    client, token = signed_in("member"), uuid.uuid4()
    pause(client, NEW, typed(token, title="修水管"))
    answer = client.post(NEW, typed(token, title="修水管", body=WORDS))
    proposal = Proposal.objects.get()
    assert answer["Location"] == f"/proposals/{proposal.pk}/edit/"
    assert proposal.body == WORDS


def test_another_page_is_another_draft(world: World, signed_in: SignedIn) -> None:
    client = signed_in("member")
    for _window in range(2):
        pause(client, NEW, typed(uuid.uuid4(), title="修水管"))
    assert Proposal.objects.count() == 2


def test_what_cannot_be_a_draft_yet_is_kept_as_it_was_typed(
    world: World, signed_in: SignedIn
) -> None:
    """Nothing stands in the subject: the flow begins no draft without."""
    client, token = signed_in("member"), uuid.uuid4()
    told = pause(client, NEW, typed(token, body=WORDS, suggestion=["换水管", ""])).json()
    kept = UnfinishedWork.objects.get()
    assert told == {"address": f"/proposals/new/?unfinished={kept.pk}"}
    assert not Proposal.objects.exists()
    found = client.get("/unfinished/", {"unfinished": kept.pk}).json()
    assert ["body", WORDS] in found["values"] and ["suggestion", "换水管"] in found["values"]
    assert found["attempt"] == str(token)
    home = client.get("/").content.decode()
    assert WORDS in home and f"/proposals/new/?unfinished={kept.pk}" in home


def test_once_it_has_its_subject_it_is_a_draft(world: World, signed_in: SignedIn) -> None:
    client, token = signed_in("member"), uuid.uuid4()
    pause(client, NEW, typed(token, body=WORDS))
    pause(client, NEW, typed(token, body=WORDS, title="修水管"))
    assert Proposal.objects.get().body == WORDS
    assert not UnfinishedWork.objects.exists()


@pytest.mark.parametrize("empty", [{}, {"title": "   ", "body": ""}, {"kind": "joint"}])
def test_nothing_typed_nothing_kept(world: World, signed_in: SignedIn, empty: Any) -> None:
    told = pause(signed_in("member"), NEW, typed(uuid.uuid4(), **empty)).json()
    assert told == {}
    assert not Proposal.objects.exists() and not UnfinishedWork.objects.exists()


def test_of_information_and_of_an_activity(world: World, signed_in: SignedIn) -> None:
    page, token = "/opinions/new/", uuid.uuid4()
    told = pause(
        signed_in("member"),
        page,
        {
            "attempt": token,
            "title": "路灯",
            "body_form": "text",
            "urgency": "ordinary",
            "secrecy": "open",
            "who": "self",
        },
    ).json()
    assert told["address"] == f"/opinions/{Opinion.objects.get().pk}/edit/", told
    half = pause(
        signed_in("organiser"), "/activities/new/", {"attempt": uuid.uuid4(), "title": "视察饮水"}
    ).json()
    assert half["address"].startswith("/activities/new/?unfinished=")
    assert not Activity.objects.exists(), "an activity has its day and its form"


def test_a_contribution_that_was_begun_goes_when_it_is_offered(
    world: World, signed_in: SignedIn
) -> None:
    activity = call_for(world)
    client, token = signed_in("member"), uuid.uuid4()
    page = reverse("activities:offer", args=[activity.pk])
    keep = reverse("core:unfinished-keep")
    assert "address" in pause(client, page, {"attempt": token, "text": WORDS}, to=keep).json()
    assert WORDS in client.get("/").content.decode()
    client.post(page, {"attempt": token, "kind": "essay", "title": "水", "text": WORDS})
    assert Contribution.objects.get().text == WORDS
    assert not UnfinishedWork.objects.exists()


def test_what_is_written_into_a_step_is_kept_until_the_step_is_taken(
    world: World, signed_in: SignedIn
) -> None:
    """Also while the draft reply lies with the head of the unit, when no more time can be asked."""
    client, token = signed_in("officer"), uuid.uuid4()
    proposal = proposal_at(world, "accepted")
    handled = assignment_of(proposal)
    page = reverse("core:step", args=["assignment", handled.pk, "ask_extension"])
    shown = client.get(page).content.decode()
    assert 'data-begins="/unfinished/keep/"' in shown and "data-autosave-status" in shown
    until = (handled.reply_due_on + dt.timedelta(days=7)).isoformat()
    data = {"attempt": token, "until": until, "reason": WORDS}
    pause(client, page, data, to="/unfinished/keep/")
    assert WORDS in client.get("/").content.decode(), "it waits for its writer"
    write_and_send(world, proposal)
    assert 'name="reason"' not in client.get(page).content.decode()
    again = client.get(page, {"unfinished": UnfinishedWork.objects.get().pk}).content.decode()
    assert 'name="reason"' in again and "disabled" in again, "where it cannot be handed in any more"
    for other in (UnfinishedWork.objects.get().pk + 1, "x"):
        nothing = client.get(page, {"unfinished": other}).content.decode()
        assert "disabled" not in nothing and 'name="reason"' not in nothing, "nothing is kept there"
    elsewhere = reverse("core:step", args=["assignment", handled.pk, "hand_back"])
    shown = client.get(elsewhere, {"unfinished": UnfinishedWork.objects.get().pk}).content.decode()
    assert 'name="unit"' not in shown, "they belong to another step"
    unit_step(world, proposal, "return_draft", "leader", note="请再到现场看看。")
    handled.refresh_from_db()
    assert client.post(page, {**data, "seen": handled.version}).status_code == 302
    assert handled.extensions.get().reason == WORDS
    assert not UnfinishedWork.objects.exists()


def test_a_pause_that_comes_after_the_form_keeps_nothing(world: World, signed_in: SignedIn) -> None:
    """Typed and sent within a second: the pause of the page that is left arrives last."""
    activity = call_for(world)
    client, token = signed_in("member"), uuid.uuid4()
    page, keep = reverse("activities:offer", args=[activity.pk]), reverse("core:unfinished-keep")
    client.post(page, {"attempt": token, "kind": "essay", "title": "水", "text": WORDS})
    assert Contribution.objects.get().text == WORDS
    assert pause(client, page, {"attempt": token, "text": WORDS}, to=keep).json() == {}
    assert not UnfinishedWork.objects.exists()


def test_a_pause_after_the_proposal_was_handed_in_keeps_nothing(
    world: World, signed_in: SignedIn
) -> None:
    client, token = signed_in("member"), uuid.uuid4()
    client.post(NEW, typed(token, title="修水管", body=WORDS))
    Proposal.objects.update(version=7)  # written on meanwhile, on the page of the draft
    pause(client, NEW, typed(token, title="修水管", body=f"{WORDS}又"))
    assert Proposal.objects.get().body == WORDS
    assert not UnfinishedWork.objects.exists()


def test_nobody_else_sees_it_or_throws_it_away(world: World, signed_in: SignedIn) -> None:
    pause(signed_in("member"), NEW, typed(uuid.uuid4(), body=WORDS))
    kept, other = UnfinishedWork.objects.get(), signed_in("third")
    assert other.get("/unfinished/", {"unfinished": kept.pk}).json() == {}
    assert other.get("/unfinished/", {"page": NEW}).json() == {}
    other.post(f"/unfinished/{kept.pk}/discard/")
    assert WORDS not in other.get("/").content.decode()
    assert UnfinishedWork.objects.filter(pk=kept.pk).exists()


def test_its_writer_throws_it_away(world: World, signed_in: SignedIn) -> None:
    client = signed_in("member")
    pause(client, NEW, typed(uuid.uuid4(), body=WORDS))
    kept = UnfinishedWork.objects.get()
    client.post(f"/unfinished/{kept.pk}/discard/")
    assert not UnfinishedWork.objects.exists()


@pytest.mark.parametrize(
    "page", ["//elsewhere.example/", "https://elsewhere.example/", "/nowhere/"]
)
def test_only_a_page_of_ours_is_kept(world: World, signed_in: SignedIn, page: str) -> None:
    data = typed(uuid.uuid4(), body=WORDS)
    answer = pause(signed_in("member"), page, data, to=reverse("core:unfinished-keep"))
    assert answer.status_code == 422 and not UnfinishedWork.objects.exists()


def test_passwords_are_never_kept(world: World, signed_in: SignedIn) -> None:
    data = {"attempt": uuid.uuid4(), "text": WORDS, "password": "geheim-1"}
    pause(signed_in("member"), NEW, data, to=reverse("core:unfinished-keep"))
    assert "geheim" not in str(UnfinishedWork.objects.get().typed)


def test_the_oldest_make_room_and_the_old_go_in_the_night(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unfinished, "MOST", 2)
    client = signed_in("member")
    for words in ("甲事", "乙事", "丙事"):
        pause(client, NEW, typed(uuid.uuid4(), body=words))
    assert sorted(UnfinishedWork.objects.values_list("words", flat=True)) == ["丙事", "乙事"]
    done = {each.name: each.error for each in nightly_work.run_for(world.organisation)}
    assert done["forms never finished"] == ""
    with later(29):
        assert unfinished.forget_old(system(world.organisation.pk)) == 0
    with later(31):
        assert unfinished.forget_old(system(world.organisation.pk)) == 2
    assert dt.timedelta(days=30) == unfinished.KEPT_FOR


def test_what_cannot_be_kept_or_thrown_away_is_said_as_it_is(
    world: World, signed_in: SignedIn
) -> None:
    client = signed_in("member")
    told = pause(client, "/nowhere/", typed(uuid.uuid4(), body=WORDS), to="/unfinished/keep/")
    assert told.status_code == 422 and "没有说明是本站的哪一页" in told.json()["message"]
    page = client.post("/unfinished/999999/discard/", follow=True).content.decode()
    assert "这份草稿已不在了" in page and "草稿已删除" not in page

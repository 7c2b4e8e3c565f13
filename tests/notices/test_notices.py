"""Notices: delivered once, whatever happens in between; read, muted, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests.signing_in import browser_of
from tests.world import World, draft
from yizheng.core import outbox, tenancy
from yizheng.core.outbox import OutboxEntry
from yizheng.notices import queries, services
from yizheng.notices.models import Mute, Notice
from yizheng.notices.notice_kinds import kinds
from yizheng.proposals.flow import PROPOSAL


def post(
    world: World,
    *whom: str,
    kind: str = "proposal.make_key",
    url: str = "/proposals/1/",
    may_mute: bool = False,
) -> None:
    told = [world.accounts[who].pk for who in whom]
    outbox.post(kind, "“%(title)s” was submitted", {"title": "饮水"}, told, url, may_mute=may_mute)


def test_a_step_tells_and_the_notice_arrives_with_the_commit(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        PROPOSAL.perform("submit", draft(world), by=world.actor("member"))
        assert queries.unread(world.accounts["clerk"]) == 0
    PROPOSAL.perform("pass_check", PROPOSAL.model.objects.get(), by=world.actor("clerk"))
    with django_capture_on_commit_callbacks(execute=True):
        PROPOSAL.perform(
            "return",
            PROPOSAL.model.objects.get(),
            by=world.actor("reviewer"),
            data={"note": "请补充"},
        )
    notice = Notice.objects.get(account=world.accounts["member"])
    assert (
        notice.kind == "proposal.return"
        and notice.url == f"/proposals/{PROPOSAL.model.objects.get().pk}/"
    )


def test_delivering_twice_tells_once(world: World) -> None:
    post(world, "member", "cosigner", "member")
    assert services.deliver_pending() == 1
    assert services.deliver_pending() == 0
    assert Notice.objects.count() == 2


def test_a_crash_between_writing_and_marking_loses_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(world, "member")
    post(world, "cosigner")
    saved = OutboxEntry.save

    def crash(self: OutboxEntry, *args: Any, **kwargs: Any) -> None:
        if self.delivered_at and self.recipients == [world.accounts["cosigner"].pk]:
            raise ConnectionError("the power went")
        saved(self, *args, **kwargs)

    monkeypatch.setattr(OutboxEntry, "save", crash)
    with pytest.raises(ConnectionError):
        services.deliver_pending()
    assert [n.account_id for n in Notice.objects.all()] == [world.accounts["member"].pk]
    monkeypatch.undo()
    assert services.deliver_pending() == 1
    assert sorted(n.account_id for n in Notice.objects.all()) == sorted(
        world.accounts[w].pk for w in ("member", "cosigner")
    )


def test_a_notice_that_was_written_though_the_mark_was_lost_is_not_written_again(
    world: World,
) -> None:
    post(world, "member")
    services.deliver_pending()
    OutboxEntry.objects.update(delivered_at=None)
    services.deliver_pending()
    assert Notice.objects.count() == 1


def test_muted_kinds_are_not_told_legal_ones_always(world: World) -> None:
    services.mute_only(world.actor("member"), {"proposal.file", "assignment.urge"}, seen="0")
    post(world, "member", kind="proposal.file", may_mute=True)
    post(world, "member", kind="assignment.urge")
    services.deliver_pending()
    assert [n.kind for n in Notice.objects.all()] == ["assignment.urge"]


def test_preferences_changed_in_another_window_are_not_undone(world: World) -> None:
    client = browser_of(world, "member")
    url = reverse("notices:preferences")
    known = [kind.code for kind in kinds() if kind.may_mute]
    first, second = known[0], known[1]
    client.post(url, {"seen": "0", "kind": [code for code in known if code != first]})
    late = client.post(
        url, {"seen": "0", "kind": [code for code in known if code != second]}, follow=True
    )
    assert "已在其他窗口改过" in late.content.decode()
    assert set(Mute.objects.values_list("kind", flat=True)) == {first}
    client.post(
        url, {"seen": first, "kind": [code for code in known if code not in (first, second)]}
    )
    assert set(Mute.objects.values_list("kind", flat=True)) == {first, second}


def test_who_left_or_belongs_elsewhere_is_not_told(world: World) -> None:
    from tests.world import build

    other = build("beiling")
    world.accounts["third"].is_active = False
    world.accounts["third"].save()
    outbox.post(
        "x.y",
        "“%(title)s” was submitted",
        {"title": "饮水"},
        [world.accounts["third"].pk, other.accounts["member"].pk, world.accounts["member"].pk],
    )
    services.deliver_pending()
    assert [n.account_id for n in Notice.everywhere.all()] == [world.accounts["member"].pk]


def test_entries_of_every_organisation_are_delivered_without_a_scope(world: World) -> None:
    from tests.world import build

    other = build("beiling")
    post(world, "member")
    with tenancy.scope(other.organisation):
        post(other, "member")
    assert services.deliver_pending() == 2


def test_unread_first_then_newest(world: World) -> None:
    for n in range(3):
        post(world, "member", url=f"/proposals/{n}/")
    services.deliver_pending()
    newest = Notice.objects.first()
    assert newest
    services.mark_read(world.accounts["member"].pk, newest.pk)
    assert [n.url for n in queries.inbox(world.accounts["member"].pk)] == [
        "/proposals/1/",
        "/proposals/0/",
        "/proposals/2/",
    ]
    assert queries.unread(world.accounts["member"]) == 2


def test_opening_marks_it_read_and_leads_there(world: World) -> None:
    post(world, "member")
    services.deliver_pending()
    notice = Notice.objects.get()
    client = browser_of(world, "member")
    assert "饮水" in client.get("/notices/").content.decode()
    page = client.post(f"/notices/{notice.pk}/read/")
    assert page.status_code == 302 and page["Location"] == "/proposals/1/"
    assert queries.unread(world.accounts["member"]) == 0


def test_anothers_notice_is_not_found(world: World) -> None:
    post(world, "member")
    services.deliver_pending()
    assert (
        browser_of(world, "cosigner").post(f"/notices/{Notice.objects.get().pk}/read/").status_code
        == 404
    )
    assert queries.unread(world.accounts["member"]) == 1


def test_an_address_outside_is_not_followed(world: World) -> None:
    post(world, "member", url="//elsewhere.example/")
    services.deliver_pending()
    page = browser_of(world, "member").post(f"/notices/{Notice.objects.get().pk}/read/")
    assert page["Location"] == "/notices/"


def test_all_are_read_at_once_and_only_ones_own(world: World) -> None:
    post(world, "member", "cosigner")
    services.deliver_pending()
    browser_of(world, "member").post("/notices/read-all/")
    assert (
        queries.unread(world.accounts["member"]),
        queries.unread(world.accounts["cosigner"]),
    ) == (0, 1)


def test_preferences_cannot_take_out_what_the_law_wants_told(world: World) -> None:
    client = browser_of(world, "member")
    assert client.get("/notices/preferences/").status_code == 200
    client.post("/notices/preferences/", {"kind": ["proposal.file"]})
    muted = queries.muted(world.accounts["member"].pk)
    assert "proposal.conclude" in muted
    assert not muted & {
        "proposal.file",
        "proposal.answer",
        "proposal.convert",
        "transfer.urge",
        "outcome.send",
        "opinion.return",
        "leave.refuse",
        "activity.cancel",
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_kinds_of_a_flow_read_the_same(language: str) -> None:
    with translation.override(language):
        rows = [(str(kind.flow), str(kind.label)) for kind in kinds()]
    assert [row for row in set(rows) if rows.count(row) > 1] == []


def test_text_is_translated_when_it_is_read(world: World) -> None:
    outbox.post(
        "promise.miss",
        "%(number)s (%(what)s) was recorded as missed",
        {"number": "C-2026-001", "what": "修桥"},
        [world.accounts["officer"].pk],
    )
    services.deliver_pending()
    notice = Notice.objects.get()
    with translation.override("en"):
        assert notice.text == "C-2026-001 (修桥) was recorded as missed"
    with translation.override("zh-hans"):
        assert notice.text == "C-2026-001（修桥）已记为逾期未兑现"


def test_an_empty_inbox_says_what_would_stand_there(world: World) -> None:
    assert browser_of(world, "third").get("/notices/").status_code == 200


def test_a_notice_stands_whole_in_the_inbox(world: World) -> None:
    """A cell of two lines would cut it, and there is no page on which the rest stands."""
    long = "关于加强农村饮水安全工程管护的建议" * 5
    outbox.post("proposal.make_key", long, {}, [world.accounts["third"].pk], "/proposals/1/")
    services.deliver_pending()
    shown = browser_of(world, "third").get("/notices/").content.decode()
    line = shown[shown.index('<th class="is-prose" role="rowheader"') :].partition("</th>")[0]
    assert long in line
    assert 'class="cell"' not in line

"""The audit page: metadata for the auditor alone, verified on demand, and no way into business."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.signing_in import browser_of
from tests.world import World, draft
from yizheng.core import audit
from yizheng.core.audit import AuditEntry, AuditHead
from yizheng.organisations.models import Role
from yizheng.portal.views import audit as audit_views
from yizheng.proposals.flow import PROPOSAL
from yizheng.regulations import SCHEMAS


@pytest.fixture
def auditor(world: World) -> Client:
    Role.objects.update(needs_second_factor=False)
    return browser_of(world, "auditor")


def verified(client: Client, expected: str = "") -> list[Any]:
    """Press the button and ask on until it is done, as the page does."""
    assert client.post("/audit/verify/", {"expected": expected}).status_code == 302
    for _ in range(50):
        answer = client.get(reverse("audit-progress")).json()
        if answer["done"]:
            return list(client.session["audit_verify"]["flaws"])
    raise AssertionError("never done")


def tamper(sql: str) -> None:
    """What somebody with the database in hand could do: drop the trigger first."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)


def test_only_the_auditor_reads_it(world: World, auditor: Client) -> None:
    assert auditor.get("/audit/").status_code == 200
    for who in ("clerk", "administrator", "chairperson", "member", "officer"):
        for page in ("", "head/", "export/", "verify/progress/"):
            assert browser_of(world, who).get(f"/audit/{page}").status_code == 403, (who, page)
        assert browser_of(world, who).post("/audit/verify/").status_code == 403


def test_the_auditor_sees_no_proposals(world: World, auditor: Client) -> None:
    proposal = PROPOSAL.perform("submit", draft(world), by=world.actor("member"))
    assert not PROPOSAL.visible_to(world.actor("auditor")).exists()
    assert auditor.get(f"/proposals/{proposal.pk}/").status_code == 403
    text = auditor.get("/audit/").content.decode()
    assert f"/proposals/{proposal.pk}/" not in text
    assert "漏损率偏高" not in text  # the text of the proposal


def test_filters_by_who_what_object_and_day(world: World, auditor: Client) -> None:
    PROPOSAL.perform("submit", draft(world, title="关于夜间公交的建议"), by=world.actor("member"))

    def rows(**wanted: str) -> int:
        return auditor.get("/audit/", {"who": "", **wanted}).content.decode().count("<code title=")

    everything = AuditEntry.objects.filter(organisation=world.organisation).count()
    assert rows() == everything
    assert rows(who="沈禾") == AuditEntry.objects.filter(actor_name="沈禾").count() > 0
    assert rows(what="regulation") == 2 * len(SCHEMAS)
    own = AuditEntry.objects.filter(organisation=world.organisation)
    assert own.filter(action__startswith="proposal.").count() == 2
    assert rows(what="proposal proposals") == 2  # one word for a proposal and for lists of them
    audit.record("proposals.exported", by=world.actor("clerk"))
    assert rows(what="proposal proposals") == 3
    everything += 1
    assert rows(of="夜间公交") == 2
    assert rows(since=timezone.localdate().isoformat()) == everything
    assert rows(until="2020-01-01") == 0
    assert rows(since="no day", what="nothing") == everything


def test_another_organisations_chain_is_not_shown(world: World, auditor: Client) -> None:
    from tests.world import build

    build("beiling")
    text = auditor.get("/audit/").content.decode()
    assert AuditEntry.objects.exclude(organisation=world.organisation).exists()
    for entry in AuditEntry.objects.exclude(organisation=world.organisation):
        assert entry.hash[:12] not in text


def test_an_untouched_chain_holds_piece_by_piece(
    world: World, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_views, "PART", 3)
    for n in range(10):
        audit.record("file.read", by=world.actor("clerk"), detail={"n": n})
    kept = AuditHead.objects.get(organisation=world.organisation).hash
    assert verified(auditor, expected=kept) == []
    assert AuditEntry.objects.filter(action="audit.verified").count() == 1
    assert "链条完整" in auditor.get("/audit/?verified=1").content.decode()


@pytest.mark.parametrize("part", [2, 5000])
def test_an_altered_entry_is_found(
    world: World, auditor: Client, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    monkeypatch.setattr(audit_views, "PART", part)
    for n in range(5):
        audit.record("file.read", by=world.actor("clerk"), detail={"n": n})
    tamper("UPDATE core_auditentry SET actor_name = 'X' WHERE sequence = 4")
    assert [flaw[0] for flaw in verified(auditor)] == [4]
    assert [flaw.sequence for flaw in audit.verify(world.organisation.pk)] == [4]


def test_a_deleted_entry_is_found(world: World, auditor: Client) -> None:
    for n in range(5):
        audit.record("file.read", by=world.actor("clerk"), detail={"n": n})
    tamper("DELETE FROM core_auditentry WHERE sequence = 3")
    assert {flaw[0] for flaw in verified(auditor)} == {3, 4}


def test_a_head_that_is_not_in_the_chain_is_said(world: World, auditor: Client) -> None:
    flaws = verified(auditor, expected="f" * 64)
    assert [flaw[1] for flaw in flaws] == [audit.NOT_IN_CHAIN]


def test_the_head_can_be_printed_and_the_chain_exported(world: World, auditor: Client) -> None:
    page = auditor.get("/audit/head/")
    assert AuditHead.objects.get(organisation=world.organisation).hash in page.content.decode()
    content = auditor.get("/audit/export/").content
    hashes = [
        row[7].value for row in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)
    ]
    assert (
        hashes[0]
        == AuditEntry.objects.get(organisation=world.organisation, action="audit.exported").hash
    )
    assert len(hashes) == AuditEntry.objects.filter(organisation=world.organisation).count()


def test_progress_without_a_verification_is_said(auditor: Client) -> None:
    assert "error" in auditor.get(reverse("audit-progress")).json()

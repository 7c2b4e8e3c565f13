"""The chain of records: it holds, the database itself keeps it, and whoever gets past that is
found.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests.world import World, proposal_at
from yizheng.core import audit, doors
from yizheng.core.audit import AuditEntry, AuditHead
from yizheng.proposals.models import Proposal


def _entries(world: World) -> list[AuditEntry]:
    proposal_at(world, "review")
    return list(AuditEntry.objects.filter(organisation=world.organisation).order_by("sequence"))


def _flaws(world: World, head: str = "") -> list[tuple[int, str]]:
    return [(flaw.sequence, flaw.reason) for flaw in audit.verify(world.organisation.pk, head)]


def test_each_entry_holds_the_hash_of_the_one_before(world: World) -> None:
    entries = _entries(world)
    assert [e.sequence for e in entries] == list(range(1, len(entries) + 1))
    assert [e.previous for e in entries] == [audit.GENESIS, *(e.hash for e in entries[:-1])]
    assert _flaws(world) == []
    assert _flaws(world, entries[1].hash) == []


def test_what_is_done_together_enters_the_chain_at_its_end(world: World) -> None:
    """Also where one such work holds another: the inner one ends nothing."""
    actor, before = world.actor("clerk"), AuditEntry.objects.count()
    with doors.whole(), audit.together():
        audit.record("first", by=actor)
        with audit.together():
            audit.record("second", by=actor)
        assert AuditEntry.objects.count() == before
        audit.record("third", by=actor)
    entries = AuditEntry.objects.order_by("sequence")[before:]
    assert [entry.action for entry in entries] == ["first", "second", "third"]
    assert _flaws(world) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda e: AuditEntry.objects.filter(pk=e.pk).update(actor_name="某人"),
        lambda e: AuditEntry.objects.filter(pk=e.pk).delete(),
        lambda e: e.save(),
        lambda e: e.delete(),
        lambda e: _sql("UPDATE core_auditentry SET action = 'x'"),
        lambda e: _sql("DELETE FROM core_auditentry"),
    ],
    ids=["update", "delete", "save", "instance delete", "sql update", "sql delete"],
)
def test_the_database_refuses(world: World, change: Callable[[AuditEntry], object]) -> None:
    before = _entries(world)
    with pytest.raises(DatabaseError, match="audit entries cannot be"), transaction.atomic():
        change(before[0])
    assert (
        list(AuditEntry.objects.filter(organisation=world.organisation).order_by("sequence"))
        == before
    )
    assert _flaws(world) == []


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL empties a table at one stroke"
)
def test_the_database_refuses_to_empty_the_table(world: World) -> None:
    _entries(world)
    with pytest.raises(DatabaseError, match="audit entries cannot be"), transaction.atomic():
        _sql("SET CONSTRAINTS ALL IMMEDIATE")
        _sql("TRUNCATE core_auditentry CASCADE")


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="only SQLite replaces a row by inserting over it"
)
def test_the_database_refuses_to_insert_over_an_entry(world: World) -> None:
    before = _entries(world)
    columns = [field.column for field in AuditEntry._meta.concrete_fields]
    taken = ", ".join(f"'某人' AS {name}" if name == "actor_name" else name for name in columns)
    with pytest.raises(DatabaseError, match="audit entries cannot be"), transaction.atomic():
        _sql(
            f"INSERT OR REPLACE INTO core_auditentry ({', '.join(columns)}) SELECT {taken} "
            "FROM core_auditentry"
        )
    assert [entry.actor_name for entry in AuditEntry.objects.order_by("id")] == [
        entry.actor_name for entry in before
    ]


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _without_triggers(statement: str) -> None:
    """As somebody with the database in hand would."""
    table = "" if connection.vendor == "sqlite" else " ON core_auditentry"
    names = {
        "sqlite": ("audit_entry_no_update", "audit_entry_no_delete"),
        "postgresql": ("audit_entry_no_change",),
    }
    for name in names[connection.vendor]:
        _sql(f"DROP TRIGGER {name}{table}")
    _sql(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE core_auditentry SET actor_name = '某人' WHERE sequence = 2",
            [(2, "its content was altered")],
        ),
        (
            "DELETE FROM core_auditentry WHERE sequence = 2",
            [(2, "entry 2 is missing"), (3, "does not follow from the entry before it")],
        ),
        (
            "UPDATE core_auditentry SET hash = previous WHERE sequence = 3",
            [(3, "its content was altered")],
        ),
    ],
)
def test_tampering_is_found_where_it_was_done(
    world: World, statement: str, found: list[tuple[int, str]]
) -> None:
    _entries(world)
    _without_triggers(statement)
    assert _flaws(world)[: len(found)] == found


def test_a_tail_cut_off_is_found_by_the_head_kept_on_paper(world: World) -> None:
    entries = _entries(world)
    _without_triggers(f"DELETE FROM core_auditentry WHERE id = {entries[-1].pk}")
    assert _flaws(world) == [(entries[-2].sequence, "the chain does not end where its head says")]
    AuditHead.objects.filter(organisation=world.organisation).update(
        sequence=entries[-2].sequence, hash=entries[-2].hash
    )
    assert _flaws(world) == []
    assert _flaws(world, entries[-1].hash) == [
        (entries[-2].sequence, "the expected head is not in the chain")
    ]


def test_the_whole_chain_cut_off_is_found_by_its_head(world: World) -> None:
    _entries(world)
    _without_triggers("DELETE FROM core_auditentry")
    assert _flaws(world) == [(0, "the chain does not end where its head says")]


def test_a_long_name_of_what_was_done_to_is_cut_where_the_column_ends(world: World) -> None:
    audit.record("looked", by=world.actor("clerk"), of=Proposal(pk=1, title="长" * 201))
    assert AuditEntry.objects.latest("sequence").object_label == "长" * 200

"""`yizheng audit`: the chain of a real database, whole and tampered with."""

from __future__ import annotations

import re
import sqlite3

import pytest

from .conftest import Installation


def tamper(county: Installation, statement: str) -> None:
    """As somebody with the database file in hand would: without the triggers."""
    with sqlite3.connect(county.database) as database:
        database.execute("DROP TRIGGER audit_entry_no_update")
        database.execute("DROP TRIGGER audit_entry_no_delete")
        database.execute(statement)


def head(output: str) -> str:
    found = re.search(r"head ([0-9a-f]{64})", output)
    assert found
    return found[1]


def test_a_chain_that_holds_is_said_with_its_head(county: Installation) -> None:
    output = county.does("audit", "verify")
    assert "yunxi: 6 entries, every one holds" in output
    assert head(output) == head(county.does("audit", "verify", "--organisation", "yunxi"))


def test_the_database_refuses_to_alter_an_entry(county: Installation) -> None:
    with (
        sqlite3.connect(county.database) as database,
        pytest.raises(sqlite3.IntegrityError, match="cannot be changed"),
    ):
        database.execute("UPDATE core_auditentry SET action = 'nothing' WHERE sequence = 3")


def test_an_altered_entry_is_named(county: Installation) -> None:
    tamper(county, "UPDATE core_auditentry SET actor_name = '某人' WHERE sequence = 3")
    answer = county.run("audit", "verify")
    assert answer.returncode == 1
    assert "yunxi: entry 3: its content was altered" in answer.stdout
    assert answer.stderr.strip() == "The audit chain does not hold: 1 flaw(s)."


def test_a_deleted_entry_is_named(county: Installation) -> None:
    tamper(county, "DELETE FROM core_auditentry WHERE sequence = 2")
    answer = county.run("audit", "verify")
    assert answer.returncode == 1
    assert "yunxi: entry 2: entry 2 is missing" in answer.stdout


def test_an_end_cut_off_together_with_its_head_is_found_by_the_head_on_paper(
    county: Installation,
) -> None:
    on_paper = head(county.does("audit", "verify"))
    tamper(county, "DELETE FROM core_auditentry WHERE sequence = 6")
    with sqlite3.connect(county.database) as database:
        (last,) = database.execute("SELECT hash FROM core_auditentry WHERE sequence = 5").fetchone()
        database.execute("UPDATE core_audithead SET sequence = 5, hash = ?", [last])
    assert county.run("audit", "verify").returncode == 0
    answer = county.run("audit", "verify", "--expect", on_paper)
    assert answer.returncode == 1
    assert "the expected head is not in the chain" in answer.stdout


def test_list_shows_the_newest_first(county: Installation) -> None:
    lines = county.does("audit", "list", "--limit", "2").splitlines()
    assert [line.split()[0] for line in lines] == ["6", "5"]
    assert "file.attached" in lines[0] and "unit.added" in lines[1]
    assert "云溪县政协" in lines[0]


def test_list_can_be_narrowed_to_an_action(county: Installation) -> None:
    assert county.does("audit", "list", "--action", "proposal.") == ""
    assert len(county.does("audit", "list", "--action", "unit.").splitlines()) == 5

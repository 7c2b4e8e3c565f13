"""What is done every night."""

from __future__ import annotations

import datetime as dt
import sqlite3
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from yizheng.core import nightly_work, tenancy
from yizheng.core.access import Actor
from yizheng.organisations.models import Organisation

from .conftest import Installation

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> dict[str, nightly_work.Nightly]:
    registered: dict[str, nightly_work.Nightly] = {}
    monkeypatch.setattr(nightly_work, "_registered", registered)
    return registered


def test_each_function_runs_for_each_organisation_in_its_scope(
    world: World, registry: object
) -> None:
    Organisation.objects.create(code="other", name="另一个", short_name="另一个", region="另")
    seen: list[tuple[str, int]] = []

    def look(by: Actor) -> int:
        assert by.is_system
        seen.append((Organisation.objects.get(pk=by.organisation_id).code, tenancy.current()))
        return 2

    nightly_work.register("look", look)
    outcomes = list(nightly_work.run())
    assert [(o.organisation, o.name, o.changed, o.error) for o in outcomes] == [
        ("yunxi", "look", 2, ""),
        ("other", "look", 2, ""),
    ]
    assert [code for code, _scope in seen] == ["yunxi", "other"]
    assert all(Organisation.objects.get(pk=scope).code == code for code, scope in seen)


def test_one_that_fails_does_not_keep_the_others_from_running(
    world: World, registry: object, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(by: Actor) -> int:
        raise ValueError("no calendar")

    nightly_work.register("first", fail)
    nightly_work.register("second", lambda by: 1)
    outcomes = list(nightly_work.run())
    assert [(o.name, o.changed, o.error) for o in outcomes] == [
        ("first", 0, "ValueError: no calendar"),
        ("second", 1, ""),
    ]
    assert "nightly first failed for yunxi" in caplog.text


def test_two_functions_cannot_share_a_name(registry: object) -> None:
    nightly_work.register("lapse", lambda by: 0)
    with pytest.raises(ValueError, match="lapse"):
        nightly_work.register("lapse", lambda by: 1)


@pytest.mark.parametrize(
    ("now", "next_run"),
    [
        (
            dt.datetime(2026, 3, 5, 1, 29, tzinfo=SHANGHAI),
            dt.datetime(2026, 3, 5, 1, 30, tzinfo=SHANGHAI),
        ),
        (
            dt.datetime(2026, 3, 5, 1, 30, tzinfo=SHANGHAI),
            dt.datetime(2026, 3, 6, 1, 30, tzinfo=SHANGHAI),
        ),
        (
            dt.datetime(2026, 12, 31, 23, 0, tzinfo=SHANGHAI),
            dt.datetime(2027, 1, 1, 1, 30, tzinfo=SHANGHAI),
        ),
    ],
)
def test_the_next_run_is_at_half_past_one(now: dt.datetime, next_run: dt.datetime) -> None:
    assert nightly_work.next_run(now) == next_run


def test_a_worker_runs_it_and_puts_the_next_one_into_the_queue(county: Installation) -> None:
    """Twice, as when a worker is started anew: one run is done, one waits, never two."""
    for _start in range(2):
        county.does("worker", "--once")
    with sqlite3.connect(county.database) as database:
        rows = database.execute(
            "SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY status"
        ).fetchall()
    assert dict(rows) == {"SUCCESSFUL": 1, "READY": 1}


def test_the_command_runs_it_now(county: Installation) -> None:
    assert county.does("nightly").splitlines()[-1] == "Done."

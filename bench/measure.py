"""Measures one filled database, page by page, through the whole stack of middleware. Prints JSON.

Run by `python -m bench`, in a process with its own settings. CPU is that of this process (the
server process of a real installation does the same work); for PostgreSQL the CPU of its backend
stands beside it.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

import yizheng.wsgi  # noqa: F401 - this process is set up as one that serves
from bench import bare, pages
from bench.fill import kept

OFFICES_ASKED = 10
Ask = Callable[[int], HttpResponse]


def backend_seconds() -> float | None:
    """CPU the PostgreSQL backend of this connection has used; None where it cannot be read."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(ask: Ask, rounds: int) -> dict[str, Any]:
    """One kind of request, `rounds` times, each time with a bare page of 50 rows beside it for
    comparison.

    Before that each office was asked twice: its pages are in memory, as they are after the first
    minutes of a day.
    """
    for n in range(2 * OFFICES_ASKED):
        response = ask(n)
    cpu, wall, bare_cpu, backend = [], [], [], 0.0
    for n in range(rounds):
        bare_cpu.append(_cpu(bare.django_page))
        before = backend_seconds()
        started, at = time.process_time(), time.perf_counter()
        response = ask(n)
        cpu.append((time.process_time() - started) * 1000)
        wall.append((time.perf_counter() - at) * 1000)
        backend += (backend_seconds() or 0.0) - (before or 0.0)
        assert response.status_code in (200, 302), (response.status_code, n)
    cuts = statistics.quantiles(wall, n=100, method="inclusive")
    found = {
        "cpu": statistics.median(cpu),
        "p50": cuts[49],
        "p95": cuts[94],
        "p99": cuts[98],
        "bare": statistics.median(bare_cpu),
        "kb": _bytes(response) / 1000,
        "queries": _queries(ask),
        "rounds": rounds,
    }
    if connection.vendor == "postgresql":
        found["backend"] = backend * 1000 / rounds
    return {key: round(value, 2) for key, value in found.items()}


def _cpu(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return (time.process_time() - started) * 1000


def _bytes(response: HttpResponse) -> int:
    return len(response.content) if response.status_code == 200 else 0


def _queries(ask: Ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask(0)
    return len(captured)


def main() -> None:
    database, rounds, only = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    filled = kept(database)
    visitors = [pages.visitors_of(filled.shift, copy) for copy in filled.counties[:OFFICES_ASKED]]
    names = [name for name in pages.PAGES if not only or name in only]
    if not filled.sampled and not only:
        names = [name for name in names if name in pages.OF_ONE_OFFICE]
    found: dict[str, Any] = {}
    with click.progressbar(names, label=f"measuring {filled.proposals:,}", file=sys.stderr) as bar:
        for name in bar:
            page = pages.PAGES[name]
            found[name] = measured(
                lambda n, page=page: page(visitors[n % len(visitors)], n), rounds
            )
    result: dict[str, Any] = {
        "proposals": filled.proposals,
        "offices": filled.copies + 1 if filled.sampled else 1,
        "pages": found,
    }
    if not only:
        result["templates"] = bare.compared(rounds)
        result["first_visit"] = pages.first_visit(visitors[0])
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()

"""How long a search takes among many proposals, on the database that YIZHENG_DATABASE_URL names.

    python -m bench.search_bench --proposals 1000000

Fills an empty database with one county and that many short texts (a few common words, many rare
ones), then measures the whole of `search.queries.find`: index, rights, hits with their snippets. On
a busy machine read the CPU (on PostgreSQL it is the client's alone).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.settings")
CHARACTERS = [chr(0x4E00 + 7 * n) for n in range(900)]
BATCH = 5000


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """4,000 words of two characters; the n-th stands about 1/n as often as the first (Zipf)."""
    words = list(dict.fromkeys("".join(chance.sample(CHARACTERS, 2)) for _ in range(4200)))[:4000]
    return words, [1 / (n + 1) for n in range(len(words))]


def texts(
    count: int, words: list[str], weights: list[float], chance: random.Random
) -> Iterator[str]:
    cumulative = [sum(weights[: n + 1]) for n in range(len(weights))]
    for _ in range(count):
        drawn = chance.choices(words, cum_weights=cumulative, k=40)
        yield (
            "关于"
            + "".join(drawn[:8])
            + "的建议\n"
            + "，".join("".join(drawn[n : n + 4]) for n in range(8, 40, 4))
        )


def fill(count: int) -> tuple[Any, list[str]]:
    from django.core.management import call_command
    from django.db import connection

    from tests.world import build, draft
    from yizheng.core import tenancy
    from yizheng.proposals.flow import PROPOSAL
    from yizheng.proposals.models import Proposal

    call_command("migrate", verbosity=0)
    world = build()
    chance = random.Random(20260318)
    words, weights = vocabulary(chance)
    with tenancy.scope(world.organisation):
        seed = PROPOSAL.perform("submit", draft(world), by=world.actor("member"))
        names = ", ".join(
            connection.ops.quote_name(str(f.column))
            for f in Proposal._meta.concrete_fields
            if not f.primary_key
        )
        numbers = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)"
            if connection.vendor == "sqlite"
            else "WITH n AS (SELECT generate_series(1, %s) AS i)"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"{numbers} INSERT INTO proposals_proposal ({names}) SELECT {names} FROM "
                "proposals_proposal, n "
                "WHERE id = %s"
                if connection.vendor == "postgresql"
                else f"INSERT INTO proposals_proposal ({names}) {numbers} SELECT {names} FROM "
                "proposals_proposal, n "
                "WHERE id = %s",
                [count, seed.pk],
            )
        give(world, range(seed.pk + 1, seed.pk + count + 1, 100))
        write(world, seed.pk + 1, texts(count, words, weights, chance))
    return world, words


def give(world: Any, proposals: range) -> None:
    """Each hundredth proposal is with one unit."""
    from django.utils import timezone

    from yizheng.proposals.models import Assignment

    today = timezone.localdate()
    rows = (
        Assignment(
            organisation=world.organisation,
            proposal_id=pk,
            unit=world.units["水务局"],
            part="sole",
            state="sent",
            assigned_on=today,
            reply_due_on=today,
            hand_back_until=today,
        )
        for pk in proposals
    )
    Assignment.everywhere.bulk_create(rows, batch_size=2000)


def write(world: Any, first: int, made: Iterator[str]) -> None:
    """Index rows straight into the store; each hundredth belongs to a unit as well."""
    from django.db import connection, transaction

    from yizheng.search.index import IndexEntry
    from yizheng.search.index import write as index
    from yizheng.search.store import PostgreSQL

    here, unit = world.organisation.pk, world.units["水务局"].pk
    bulk = connection.vendor == "postgresql"
    if bulk:
        with connection.cursor() as cursor:
            cursor.execute(PostgreSQL.DROP[0])
    entries: list[IndexEntry] = []

    def flush() -> None:
        with transaction.atomic():
            copy(entries) if bulk else index(entries)
        entries.clear()

    for number, text in enumerate(made):
        audience = f"_po{here} _pr{here}" + (f" _pu{unit}" if number % 100 == 0 else "")
        entries.append(IndexEntry("p", first + number, here, text, audience))
        if len(entries) == BATCH:
            flush()
            print(f"\r{number + 1:,}", end="", file=sys.stderr, flush=True)
    flush()
    with connection.cursor() as cursor:
        if bulk:
            cursor.execute(PostgreSQL.SCHEMA[2])
            cursor.execute("ANALYZE search_document")
        else:
            cursor.execute("ANALYZE")


def copy(entries: list[Any]) -> None:
    """PostgreSQL's way for a million rows; the index is made afterwards.

    The rows are numbered as their proposals.
    """
    from django.db import connection

    from yizheng.search.store import IndexedDocument, PostgreSQL

    columns = "id, kind, object_id, organisation_id, text, audience, place, tokens"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY search_document ({columns}) FROM STDIN") as rows,
    ):
        for e in entries:
            row = IndexedDocument(e.object_id, e.organisation_id, e.text, e.audience, e.object_id)
            tokens = " ".join(f"'{lexeme}'" for lexeme in PostgreSQL().lexemes(row))
            rows.write_row(
                (
                    e.object_id,
                    e.kind,
                    e.object_id,
                    e.organisation_id,
                    e.text,
                    e.audience,
                    row.place,
                    tokens,
                )
            )


def measure(world: Any, words: list[str], rounds: int) -> None:
    from yizheng.core import tenancy
    from yizheng.search import queries

    cases = {
        "a word in nearly every text": [words[0]],
        "a common word": words[3:40],
        "a word of middling frequency": words[200:400],
        "a rare word": words[3500:3900],
        "a word nowhere": ["魍魉"],
        "two words": [f"{a} {b}" for a, b in zip(words[5:80], words[100:175], strict=True)],
        "two rare words": [
            f"{a} {b}" for a, b in zip(words[1000:1200], words[2000:2200], strict=True)
        ],
        "a word of four characters": [a + b for a, b in pairwise(words[5:81])],
        "a number": ["47", "〔2026〕047", "123"],
    }
    with tenancy.scope(world.organisation):
        for who in ("clerk", "officer"):
            actor = world.actor(who)
            for name, asked in cases.items():
                times, cpu, hits = [], time.process_time(), 0
                for n in range(rounds):
                    started = time.perf_counter()
                    hits += len(queries.find(actor, asked[n % len(asked)]).hits)
                    times.append((time.perf_counter() - started) * 1000)
                cuts = statistics.quantiles(times, n=100)
                cpu = (time.process_time() - cpu) * 1000 / rounds
                print(
                    f"{who:8} {name:30} p50 {cuts[49]:6.1f}  p95 {cuts[94]:6.1f}  p99 "
                    f"{cuts[98]:6.1f} ms  "
                    f"own CPU {cpu:5.1f} ms  hits {hits / rounds:4.1f}"
                )


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--proposals", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=200)
    chosen = options.parse_args()
    import django

    django.setup()
    started = time.perf_counter()
    world, words = fill(chosen.proposals)
    print(f"\rfilled in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    measure(world, words, chosen.rounds)


if __name__ == "__main__":
    main()

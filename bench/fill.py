"""Fills one database: the demo county, then its copies.

Run by `python -m bench`, in a process with its own settings.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from bench import multiply
from bench.multiply import Shift
from yizheng.search.index import IndexEntry, write
from yizheng.search.models import Document

SAMPLED = 30
"""Counties whose pages are asked for; these alone have their audit entries and their search index.
"""
BATCH = 500


@dataclass(frozen=True)
class Filled:
    """What a filled database holds, kept beside it for the measuring."""

    proposals: int
    copies: int
    sampled: int
    shift: Shift

    @property
    def counties(self) -> range:
        """Copies to ask; 0 is the county itself, when all proposals are in one office."""
        return range(1, self.sampled + 1) if self.sampled else range(1)


def keep(filled: Filled, database: str) -> None:
    content = {
        "proposals": filled.proposals,
        "copies": filled.copies,
        "sampled": filled.sampled,
        "offset": filled.shift.offset,
        "factor": filled.shift.factor,
        "moved": sorted(filled.shift.moved),
    }
    _file(database).write_text(json.dumps(content), encoding="utf-8")


def kept(database: str) -> Filled:
    found = json.loads(_file(database).read_text(encoding="utf-8"))
    shift = Shift(found["offset"], found["factor"], frozenset(found["moved"]))
    return Filled(found["proposals"], found["copies"], found["sampled"], shift)


def _file(database: str) -> Path:
    return Path(settings.DATA) / f"{database}.json"


def seed() -> None:
    """One demo county, walked through the real flow."""
    from demo_county import county

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic(), Bar("demo county") as progress:
        county.build(progress)


def fill(size: int, one_office: bool) -> Filled:
    """Copy the county until there are about `size` proposals; in one office, or in as many as that
    takes.
    """
    from yizheng.proposals.models import Proposal

    have = Proposal.everywhere.count()
    copies = max(1, round(size / have) - 1)
    tables = multiply.tables_of_proposals() if one_office else multiply.tables_of_a_county()
    shift = multiply.shift_for(copies, tables)
    sampled = 0 if one_office else min(SAMPLED, copies)
    multiply.hurry()
    with Bar(f"{size:,} proposals") as progress:
        if sampled:
            multiply.multiply(sampled, multiply.audit_entries(), shift, progress)
        multiply.multiply(copies, tables, shift, progress)
    if sampled:
        index(shift, sampled)
    multiply.analyze()
    return Filled(Proposal.everywhere.count(), copies, sampled, shift)


def index(shift: Shift, counties: int) -> None:
    """The search index of the sampled counties, written as the platform writes it."""
    documents = list(
        Document.everywhere.filter(kind="p").order_by("pk")
    )  # of what is copied, proposals can be found
    entries = [
        _entry(document, shift, copy) for document in documents for copy in range(1, counties + 1)
    ]
    with Bar("search index") as progress:
        for start in range(0, len(entries), BATCH):
            progress(start, len(entries), "")
            with transaction.atomic():
                write(entries[start : start + BATCH])


def _entry(document: Document, shift: Shift, copy: int) -> IndexEntry:
    audience = re.sub(r"\d+", lambda found: str(shift.id(int(found[0]), copy)), document.audience)
    ids = shift.id(document.object_id, copy), shift.id(document.organisation_id, copy)
    return IndexEntry(document.kind, *ids, document.text, audience)


class Bar:
    """A bar on standard error, told how far things are rather than how many steps were made."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.bar = click.progressbar(length=1000, label=label, file=sys.stderr)

    def __enter__(self) -> multiply.TellCopied:
        self.bar.__enter__()
        return self.progress

    def __exit__(self, *exc: object) -> None:
        self.bar.update(1000 - self.bar.pos)
        self.bar.__exit__(None, None, None)

    def progress(self, done: int, total: int, what: str = "") -> None:
        self.bar.label = f"{self.label} {what}".ljust(40)
        self.bar.update(1000 * done // max(total, 1) - self.bar.pos)


def main() -> None:
    what, database, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if what == "seed":
        seed()
    else:
        keep(fill(size, what == "one_office"), database)
    connection.close()


if __name__ == "__main__":
    main()

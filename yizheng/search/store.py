"""The index of tokens in each database: who holds all of these tokens, newest first.

SQLite: an FTS5 table without content, read backwards by row number, so that a common word costs no
more than a rare one. PostgreSQL: GIN gives no order, so each token is kept per organisation and
band of 16,384 of its rows; bands are asked newest first, and however common a word is, one band is
all that is read at a time. An office with fewer things than that has one band, however many offices
share the table.

Tokens are letters and digits (see `tokens`), audience tokens `_`, a letter and a number: nothing in
a query is ever taken for an operator; they are quoted all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from .tokens import tokens

BAND_BITS = 14
_NO_LIMIT = 2**62


@dataclass(frozen=True)
class IndexedDocument:
    """A row of the table of documents, with what its tokens are made of."""

    pk: int
    organisation_id: int
    text: str
    audience: str
    place: int

    @property
    def tokens(self) -> list[str]:
        return tokens(self.text) + self.audience.split()


@dataclass(frozen=True)
class TokenQuery:
    """All of `tokens`, and one of `audience`."""

    organisation_id: int
    audience: Sequence[str]
    tokens: Sequence[str]


class Store(Protocol):
    def put(self, rows: Sequence[IndexedDocument]) -> None: ...
    def forget(self, rows: Sequence[IndexedDocument]) -> None:
        """Before a row is written anew or deleted: with the text and audience it has stood there
        with.
        """

    def newest(self, wanted: TokenQuery, before: int | None, limit: int) -> list[int]: ...


def store() -> Store:
    return Sqlite() if connection.vendor == "sqlite" else PostgreSQL()


class Sqlite:
    SCHEMA = (
        "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, content='', columnsize=0, "
        "detail=none, "
        "tokenize=\"ascii tokenchars '_'\")",
    )
    DROP = ("DROP TABLE search_tokens",)
    _ADD = "INSERT INTO search_tokens (rowid, tokens) VALUES (%s, %s)"
    # A table without content forgets a row only when told exactly what it held.
    _FORGET = "INSERT INTO search_tokens (search_tokens, rowid, tokens) VALUES ('delete', %s, %s)"

    def put(self, rows: Sequence[IndexedDocument]) -> None:
        self._each(self._ADD, rows)

    def forget(self, rows: Sequence[IndexedDocument]) -> None:
        self._each(self._FORGET, rows)

    def _each(self, statement: str, rows: Sequence[IndexedDocument]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(statement, [(row.pk, " ".join(row.tokens)) for row in rows])

    def newest(self, wanted: TokenQuery, before: int | None, limit: int) -> list[int]:
        audience = " OR ".join(_quoted(token, '"') for token in wanted.audience)
        match = " AND ".join([f"({audience})", *(_quoted(token, '"') for token in wanted.tokens)])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s AND rowid < "
                "%s ORDER BY rowid DESC LIMIT %s",
                [match, before or _NO_LIMIT, limit],
            )
            return [row[0] for row in cursor.fetchall()]


class PostgreSQL:
    SCHEMA = (
        "ALTER TABLE search_document ADD COLUMN tokens tsvector",
        # Long values out of the way: what a search reads is the row's head alone.
        "ALTER TABLE search_document SET (toast_tuple_target = 128)",
        "CREATE INDEX search_document_tokens ON search_document USING gin (tokens) WITH "
        "(fastupdate = off)",
    )
    DROP = ("DROP INDEX search_document_tokens", "ALTER TABLE search_document DROP COLUMN tokens")
    _PUT = "UPDATE search_document SET tokens = array_to_tsvector(%s) WHERE id = %s"
    # Materialized: a LIMIT in sight, the planner would rather walk all rows than ask the index.
    _NEWEST = (
        "WITH hits AS MATERIALIZED (SELECT id FROM search_document WHERE tokens @@ %s::tsquery) "
        "SELECT id FROM hits WHERE id < %s ORDER BY id DESC LIMIT %s"
    )

    def put(self, rows: Sequence[IndexedDocument]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(self._PUT, [(self.lexemes(row), row.pk) for row in rows])

    def forget(self, rows: Sequence[IndexedDocument]) -> None:
        """The tokens stand in the row itself."""

    def newest(self, wanted: TokenQuery, before: int | None, limit: int) -> list[int]:
        found: list[int] = []
        with connection.cursor() as cursor:
            for bands in self._bands(wanted.organisation_id, before):
                query = " | ".join(self._query(wanted, band) for band in bands)
                cursor.execute(self._NEWEST, [query, before or _NO_LIMIT, limit - len(found)])
                found += [row[0] for row in cursor.fetchall()]
                if len(found) >= limit:
                    break
        return found

    def _bands(self, organisation_id: int, before: int | None) -> Iterator[range]:
        """Bands newest first: one, then four times as many each time, so that a rare word takes few
        questions too.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce((SELECT place FROM search_document WHERE id = %s), "
                "max(place)) FROM search_document WHERE organisation_id = %s",
                [before, organisation_id],
            )
            (last,) = cursor.fetchone()
        if last is None:
            return
        band, width = last >> BAND_BITS, 1
        while band >= 0:
            yield range(band, max(band - width, -1), -1)
            band, width = band - width, width * 4

    def lexemes(self, row: IndexedDocument) -> list[str]:
        prefix = self._prefix(row.organisation_id, row.place >> BAND_BITS)
        return [prefix + token for token in row.tokens]

    @staticmethod
    def _prefix(organisation_id: int, band: int) -> str:
        return f"{organisation_id:x}.{band:x}."

    def _query(self, wanted: TokenQuery, band: int) -> str:
        prefix = self._prefix(wanted.organisation_id, band)
        audience = " | ".join(_quoted(prefix + token, "'") for token in wanted.audience)
        return (
            "("
            + " & ".join(
                [f"({audience})", *(_quoted(prefix + token, "'") for token in wanted.tokens)]
            )
            + ")"
        )


def _quoted(token: str, quote: str) -> str:
    escaped = token.replace("\\", "\\\\") if quote == "'" else token
    return quote + escaped.replace(quote, quote * 2) + quote

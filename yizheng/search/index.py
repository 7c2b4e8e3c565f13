"""Writes on the search index: refreshed with each step on a thing that can be found, rebuilt from
the records when asked.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.db.models.signals import post_delete

from yizheng.core import derived_rows, tenancy
from yizheng.core.search_registry import SEARCHABLES, Searchable

from .models import Document
from .store import IndexedDocument, store

BATCH = 500
# What of other apps is refreshed when a row of a table changes; filled by `listen`.
_layers: dict[type[Model], list[Searchable]] = defaultdict(list)


@dataclass(frozen=True)
class IndexEntry:
    """A layer of a thing as it goes into the index; without text it is taken out."""

    kind: str
    object_id: int
    organisation_id: int
    text: str
    audience: str


def entry_of(layer: Searchable, obj: Any) -> IndexEntry:
    text = layer.text(obj)
    return IndexEntry(
        layer.mark, obj.pk, obj.organisation_id, text, " ".join(layer.words_of(obj)) if text else ""
    )


def listen() -> None:
    """Hear of every change of what can be found, in its own transaction."""
    for layer in SEARCHABLES.values():
        for model in layer.related:
            if model not in _layers:
                derived_rows.register(model, refresh)
            _layers[model].append(layer)
        post_delete.connect(
            _forget_deleted, sender=layer.flow.model, dispatch_uid=f"search {layer.mark}"
        )


@transaction.atomic
def refresh(changed: Any) -> None:
    write(
        [
            entry_of(layer, obj)
            for layer in _layers[type(changed)]
            for obj in layer.related[type(changed)](changed)
        ]
    )


def write(entries: Sequence[IndexEntry]) -> None:
    """Bring the index to what the entries say; what stands there already is left alone."""
    known = _known(entries)
    changed = [
        e for e in entries if (e.text, e.audience) != _standing(known.get((e.kind, e.object_id)))
    ]
    if not changed:
        return
    old = [document for e in changed if (document := known.get((e.kind, e.object_id)))]
    store().forget([_indexed(document) for document in old])
    gone = {(e.kind, e.object_id) for e in changed if not e.text}
    Document.everywhere.filter(pk__in=[d.pk for d in old if (d.kind, d.object_id) in gone]).delete()
    kept = [e for e in changed if e.text]
    store().put(
        [_indexed(document) for document in (*_rewritten(kept, known), *_added(kept, known))]
    )


def _known(entries: Sequence[IndexEntry]) -> dict[tuple[str, int], Document]:
    kinds, ids = {e.kind for e in entries}, {e.object_id for e in entries}
    return {
        (d.kind, d.object_id): d
        for d in Document.everywhere.filter(kind__in=kinds, object_id__in=ids)
    }


def _standing(document: Document | None) -> tuple[str, str]:
    return (document.text, document.audience) if document else ("", "")


def _rewritten(
    entries: Iterable[IndexEntry], known: dict[tuple[str, int], Document]
) -> list[Document]:
    found = []
    for e in entries:
        if document := known.get((e.kind, e.object_id)):
            document.text, document.audience = e.text, e.audience
            found.append(document)
    for document in found:
        document.save(update_fields=["text", "audience"])
    return found


def _added(entries: Iterable[IndexEntry], known: dict[tuple[str, int], Document]) -> list[Document]:
    new = [e for e in entries if (e.kind, e.object_id) not in known]
    places = {here: count(_last_place(here) + 1) for here in {e.organisation_id for e in new}}
    return Document.everywhere.bulk_create(
        [
            Document(
                organisation_id=e.organisation_id,
                kind=e.kind,
                object_id=e.object_id,
                text=e.text,
                audience=e.audience,
                place=next(places[e.organisation_id]),
            )
            for e in new
        ]
    )


def _last_place(organisation_id: int) -> int:
    found: int | None = Document.everywhere.filter(organisation_id=organisation_id).aggregate(
        last=Max("place")
    )["last"]
    return found or 0


def _indexed(document: Document) -> IndexedDocument:
    return IndexedDocument(
        document.pk, document.organisation_id, document.text, document.audience, document.place
    )


def _forget_deleted(sender: type[Model], instance: Any, **_signal: Any) -> None:
    marks = [layer.mark for layer in SEARCHABLES.values() if layer.flow.model is sender]
    write([IndexEntry(mark, instance.pk, instance.organisation_id, "", "") for mark in marks])


# From nothing -------------------------------------------------------------------------------------


def rebuild(organisation_id: int) -> Iterator[int]:
    """Make the organisation's index anew, in the order in which things came; yields how many are
    done, batch by batch.
    """
    with tenancy.scope(organisation_id):
        with transaction.atomic():
            clear(organisation_id)
        done, batch = 0, list[IndexEntry]()
        for entry in _in_order():
            batch.append(entry)
            if len(batch) == BATCH:
                yield (done := done + _put(batch))
                batch = []
        yield done + _put(batch)


def clear(organisation_id: int) -> None:
    standing = Document.everywhere.filter(organisation_id=organisation_id).order_by("pk")
    while batch := list(standing[:BATCH]):
        store().forget([_indexed(document) for document in batch])
        standing.filter(pk__lte=batch[-1].pk).delete()


def _put(batch: Sequence[IndexEntry]) -> int:
    with transaction.atomic():
        write(batch)
    return len(batch)


def _in_order() -> Iterator[IndexEntry]:
    rows = [_rows(layer) for layer in SEARCHABLES.values()]
    return (entry for _since, entry in heapq.merge(*rows, key=lambda row: row[0]))


def _rows(layer: Searchable) -> Iterator[tuple[dt.datetime, IndexEntry]]:
    """All of a layer with when it came, in the order of its table."""
    last = 0
    while batch := list(
        layer.prepare(layer.flow.model.objects.filter(pk__gt=last)).order_by("pk")[:BATCH]
    ):
        yield from (
            (layer.since(obj), entry) for obj in batch if (entry := entry_of(layer, obj)).text
        )
        last = batch[-1].pk

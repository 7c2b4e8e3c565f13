"""Changes that somebody else made while a form stood open: said under the refusal, and kept where
this form had not touched them.

What a page had seen is its version. What happened to the row since is read from the audit chain, as
far as that tells it; of a draft that leaves no trail, what stands there now is held against what
was typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from yizheng.core.attributes import Attribute

from . import audit
from .access import Words
from .doors import LONGEST_TOLD, UNTRACED, VersionedRow, in_words
from .flow import FLOWS
from .forms import tell
from .punctuation import is_shortened, join_cn, shortened
from .refusals import Refusal, StaleState
from .request_values import whole_number
from .rich_text import readable

LOOKED_THROUGH = 200
"""So many entries of the chain are read back."""


@dataclass(frozen=True)
class FieldChange:
    """A field, and what stands in it now.

    Not shown: what is kept quiet, and what the form does not show either.
    """

    label: Words
    now: str = ""
    is_shown: bool = True
    is_taken: bool = False


@dataclass(frozen=True)
class ConcurrentChanges:
    """What the page says under a stale refusal."""

    url: str
    changed: list[FieldChange] = field(default_factory=list)
    apart: list[FieldChange] = field(default_factory=list)
    """Nobody knows who changed it: typed here, or written by somebody else."""
    is_stale: bool = True
    """Else only the way is shown: nothing can be saved over."""


TOLD: Attribute[ConcurrentChanges | None] = Attribute("meanwhile", None)


def explain(
    form: forms.BaseForm,
    refused: Refusal,
    url: str,
    *others: forms.BaseForm | None,
    leads: bool = False,
) -> None:
    """The refusal at its field or at the head of the form (`others` stand on the page beside it); a
    stale one with what changed, and the way to it (`url`; `leads`: for others too).
    """
    found = since(refused, url, form, of_row=True) or (
        ConcurrentChanges(url, is_stale=False) if leads else None
    )
    tell(refused, form, *others)
    TOLD.put(form, found)


def was_told(form: forms.BaseForm) -> bool:
    """Whether the page that comes back says what changed: who has read that may save over it."""
    found = TOLD.of(form)
    return found is not None and found.is_stale


def onward(form: forms.BaseForm, obj: VersionedRow, seen: int | None) -> int:
    """From which version the page goes on that comes back: the one it was drawn from, except where
    it was told what changed.
    """
    if was_told(form):
        now = type(obj).everywhere.filter(pk=obj.pk).first()
        return now.version if now else obj.version
    return obj.version if seen is None else seen


def since(
    refused: Refusal | None, url: str, form: forms.BaseForm | None = None, *, of_row: bool = False
) -> ConcurrentChanges | None:
    """None unless the refusal is a stale one.

    `of_row`: what the form began with is what stands in the row.
    """
    if not isinstance(refused, StaleState):
        return None
    changes = {} if refused.seen is None else _changes(refused.rows, refused.seen)
    changed = [
        told for name, (row, stood) in changes.items() if (told := _told(form, row, name, stood))
    ]
    return ConcurrentChanges(
        url,
        changed,
        _apart(form, refused.rows, bool(changes)) if form is not None and of_row else [],
    )


# What the chain tells -----------------------------------------------------------------------------


def _changes(rows: Sequence[Any], seen: int | str) -> dict[str, tuple[VersionedRow, Any]]:
    """Field → its row, and what stood there when the page was drawn (None: kept quiet)."""
    there = [row for row in rows if row is not None]
    written = sorted((e for row in there for e in _written(row)), key=lambda entry: -entry.pk)
    found: dict[str, tuple[VersionedRow, Any]] = {}
    for row, version in _behind(rows, seen):
        left = row.version - version
        for entry in written:
            if left <= 0:
                break
            own = _of_row(entry, row)
            left -= bool(own) or _raised(entry, row)
            found |= {name: (row, values[0] if values else None) for name, values in own.items()}
    return found


def _written(row: models.Model) -> list[audit.AuditEntry]:
    entries = (
        audit.history(row).exclude(action__regex=audit.LOOKS).exclude(action__startswith="file.")
    )
    return list(entries.order_by("-id")[:LOOKED_THROUGH])


def _behind(rows: Sequence[Any], seen: int | str) -> Iterator[tuple[VersionedRow, int]]:
    """Each row that the page had seen, with the version it had seen."""
    if isinstance(seen, int):
        yield rows[0], seen
        return
    for row, mark in zip(rows, seen.split("."), strict=False):
        pk, _dash, version = mark.partition("-")
        number = whole_number(version)
        if row is not None and pk == str(row.pk) and number is not None:
            yield row, number


def _of_row(entry: audit.AuditEntry, row: models.Model) -> dict[str, Any]:
    changed = entry.detail.get("changed")
    names = {each.name for each in row._meta.concrete_fields} - UNTRACED
    return (
        {name: values for name, values in changed.items() if name in names}
        if isinstance(changed, dict)
        else {}
    )


def _raised(entry: audit.AuditEntry, row: models.Model) -> bool:
    """Whether the entry, though no field of the row is named in it, raised the version of the row:
    a step, a note.
    """
    if (entry.object_type, entry.object_id) != (
        row._meta.label_lower,
        row.pk,
    ) or "changed" in entry.detail:
        return False
    flow, _dot, name = entry.action.partition(".")
    line = FLOWS[flow].line(name) if flow in FLOWS else None
    return bool(getattr(line, "touches", line is None))


# What is said, and taken over ---------------------------------------------------------------------


def _told(
    form: forms.BaseForm | None, row: VersionedRow, name: str, stood: Any
) -> FieldChange | None:
    """None where it stands again as it stood, and where the field has no words."""
    column: Any = row._meta.get_field(name)
    asked = form.fields.get(name) if form is not None else None
    value = getattr(row, column.attname)
    is_quiet = name in row.KEPT_QUIET
    if not is_quiet and in_words(column, value) == stood:
        return None
    label = _label(column, asked)
    if form is None or asked is None or is_quiet:
        return FieldChange(label, is_shown=False) if label else None
    taken = (
        stood is not None and _is_untouched(form, column, name, stood) and _take(form, name, value)
    )
    return FieldChange(label, shown(asked, getattr(row, name)), is_taken=taken) if label else None


def _label(column: Any, asked: forms.Field | None) -> Words:
    words = column.verbose_name
    return words if isinstance(words, Promise) else (asked and asked.label) or ""


def _is_untouched(form: forms.BaseForm, column: Any, name: str, stood: Any) -> bool:
    """Whether what was sent is what the page began with.

    Of a long text the chain keeps too little to tell.
    """
    if name not in form.cleaned_data or is_shortened(str(stood), LONGEST_TOLD):
        return False
    typed = form.cleaned_data[name]
    return str(in_words(column, typed.pk if isinstance(typed, models.Model) else typed)) == str(
        stood
    )


def _take(form: forms.BaseForm, name: str, value: Any) -> bool:
    """What the other wrote, into the form as it is shown again; False where the form cannot hold
    it.
    """
    asked, key = form.fields[name], form.add_prefix(name)
    if isinstance(asked.widget, forms.MultiWidget | forms.FileInput):
        return False
    data = QueryDict(mutable=True) if not isinstance(form.data, QueryDict) else form.data.copy()
    if isinstance(asked.widget, forms.CheckboxInput):
        texts = ["on"] if value else []
    else:
        told = asked.widget.format_value(asked.prepare_value(value))
        texts = list(told) if isinstance(told, list | tuple) else [told or ""]
    data.setlist(key, texts)
    if not texts:
        del data[key]
    try:
        asked.clean(asked.widget.value_from_datadict(data, form.files, key))
    except ValidationError:
        return False
    form.data = data
    return True


def _apart(form: forms.BaseForm, rows: Sequence[Any], is_known: bool) -> list[FieldChange]:
    """Where what was typed is not what stands there now: of everything where the chain tells
    nothing, else of what it never tells.
    """
    found = []
    for name in form.changed_data:
        column = next((c for row in rows if row is not None and (c := _column(row, name))), None)
        if column is not None and name in form.initial and (not is_known or column.many_to_many):
            found.append(
                FieldChange(
                    form.fields[name].label or column.verbose_name,
                    shown(form.fields[name], form.initial[name]),
                )
            )
    return found


def _column(row: models.Model, name: str) -> Any:
    try:
        return row._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def shown(asked: forms.Field, value: Any) -> str:
    """A value in words, as the form would show it."""
    if isinstance(value, list | tuple):
        return join_cn(shown(asked, each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    text = _chosen(asked, value) or ("" if value is None else str(value))
    return shortened(readable(text), LONGEST_TOLD)


def _chosen(asked: forms.Field, value: Any) -> str:
    """The words of a choice."""
    if isinstance(asked, forms.ModelChoiceField):
        key = value.pk if isinstance(value, models.Model) else value
        return next((asked.label_from_instance(row) for row in _rows(asked, key)), "")
    if isinstance(asked, forms.ChoiceField):
        return next((str(label) for key, label in _choices(asked) if str(key) == str(value)), "")
    return ""


def _rows(asked: Any, key: Any) -> Any:
    return asked.queryset.filter(pk=key) if key else ()


def _choices(asked: Any) -> Any:
    return flatten_choices(asked.choices)

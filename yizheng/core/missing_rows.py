"""Answers to a form that was sent about a row that is not there any more, as far as its reader may
know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.core.access import SIGNED_IN

from . import audit
from .access import Actor
from .refusals import StaleState


class MissingRow(Http404):
    """Not found, and of which model: what Django's own `get_object_or_404` tells by its cause."""

    def __init__(self, model: type[models.Model], pk: int) -> None:
        super().__init__()
        self.model, self.pk = model, pk


class RemovedRow(StaleState):
    """It was there, and somebody removed it."""

    status = 410


def gone(request: HttpRequest, error: Http404) -> RemovedRow | None:
    """The refusal that says who removed what the form had seen, and when.

    None: it never was this organisation's, or is there and closed to the reader; both are simply
    not found.
    """
    actor = SIGNED_IN.of(request)
    if actor is None or request.method != "POST" or "seen" not in request.POST:
        return None
    for model, pk in _wanted(request, error):
        entries = _entries(actor, model, pk)
        if entries and not model._base_manager.filter(pk=pk).exists():
            return RemovedRow(_told(actor, entries))
    return None


def not_found(request: HttpRequest) -> str:
    """The same words for what never was, what is another organisation's and what left no trail."""
    if request.method == "POST" and "seen" in request.POST:
        return _(
            "This is not here, or not any more: it may have been removed since you opened the page."
        )
    return _("There is no such page here.")


def _wanted(request: HttpRequest, error: Http404) -> Iterator[tuple[type[models.Model], int]]:
    if isinstance(error, MissingRow):
        yield error.model, error.pk
        return
    cause = type(error.__context__)
    for model in apps.get_models():
        if getattr(model, "DoesNotExist", None) is cause:
            places: dict[str, Any] = request.resolver_match.kwargs if request.resolver_match else {}
            yield from (
                (model, each) for each in reversed(places.values()) if isinstance(each, int)
            )


def _entries(actor: Actor, model: type[models.Model], pk: int) -> list[audit.AuditEntry]:
    found = audit.AuditEntry.objects.filter(organisation_id=actor.organisation_id)
    return list(found.filter(object_type=model._meta.label_lower, object_id=pk).order_by("id"))


def _told(actor: Actor, entries: list[audit.AuditEntry]) -> str:
    """Whose it was nobody asks any more: its name, and who removed it, are for who wrote on it, and
    for who reads the chain.
    """
    last = entries[-1]
    if not actor.holds(audit.READ) and all(entry.actor_id != actor.account_id for entry in entries):
        return _("This is not there any more: somebody removed it since you opened the page.")
    told = {
        "what": last.object_label,
        "who": last.actor_name or "—",
        "when": timezone.localtime(last.at).strftime("%m-%d %H:%M"),
    }
    return (
        _(
            "“%(what)s” is not there any more: %(who)s removed it (%(when)s) since you "
            "opened the page."
        )
        % told
    )

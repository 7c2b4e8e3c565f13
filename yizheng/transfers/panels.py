"""The panel on the page of an object: what leaders wrote on it, and which units handle it."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from yizheng.core.access import Actor
from yizheng.core.panels import Panel
from yizheng.core.sources import Source
from yizheng.instructions import queries as instructions

from . import queries
from .flow import TRANSFER


def panel_of(source: Source, actor: Actor, obj: Any) -> Panel | None:
    """Instructions and transfers of one object, with the buttons of whoever keeps it; nothing when
    there is neither.
    """
    given = queries.visible_to(actor).filter(content_type=source.kind, object_id=obj.pk)
    enters = source.may_enter(actor, obj)
    context = {
        "instructions": instructions.shown(instructions.on_object(actor, source, obj)),
        "place": source.place,
        "obj": obj,
        "enters": enters,
        "transfers": [(t, TRANSFER.state_of(t), TRANSFER.url(t)) for t in given.order_by("id")],
    }
    if not (enters or context["instructions"] or context["transfers"]):
        return None
    # rendered and escaped by our own template
    body = mark_safe(render_to_string("transfers/panel.html", context))
    return Panel(gettext_lazy("Instructions and handling"), body)

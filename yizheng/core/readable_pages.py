"""Addresses kept beside a label, of pages of other apps: linked only for whom they open."""

from __future__ import annotations

from django.urls import Resolver404, resolve

from .access import Actor
from .flow import FLOWS


def readable(actor: Actor, url: str) -> str:
    """The address, where it is the page of an object that the actor may see; else nothing."""
    try:
        page = resolve(url)
    except Resolver404:
        return ""
    pk = page.kwargs.get("pk")
    for flow in FLOWS.values() if isinstance(pk, int) else ():
        if flow.model._meta.app_label in page.app_names:
            obj = flow.visible_to(actor).filter(pk=pk).first()
            if obj is not None and flow.url(obj) == url:
                return url
    return ""

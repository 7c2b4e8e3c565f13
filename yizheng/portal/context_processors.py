"""The context of the shell around every page: parts open to the reader, badges, account menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yizheng.core import search_registry
from yizheng.core.access import SIGNED_IN, Actor
from yizheng.core.attributes import Attribute
from yizheng.core.navigation import PARTS
from yizheng.organisations.models import Organisation
from yizheng.people.models import Account

from .queries.todos import Badges, badges

PUBLIC_ORGANISATION: Attribute[Organisation | None] = Attribute("public_organisation", None)
"""Whose public page is read."""


def shell(request: HttpRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    actor = SIGNED_IN.of(request)
    if actor is None or not isinstance(account, Account):
        return {"shell": _public(request)}
    return {"shell": SimpleLazyObject(lambda: _inside(request, account, actor))}


def _public(request: HttpRequest) -> dict[str, Any]:
    organisation = PUBLIC_ORGANISATION.of(request) or Organisation.objects.order_by("id").first()
    return {
        "public": True,
        "organisation_name": organisation.short_name if organisation else _("Yizheng"),
        "language": get_language(),
        "language_url": reverse("language"),
        "nav": [],
        "bottom": [],
        "elder": False,
        "home_url": reverse("public", args=[organisation.code]) if organisation else "/",
        **_installed(organisation),
    }


def _installed(organisation: Organisation | None) -> dict[str, str]:
    """What a browser needs to keep the platform like an app of its own."""
    return {
        "manifest_url": reverse("manifest", args=[organisation.code]) if organisation else "",
        "worker_url": reverse("worker") if settings.SERVICE_WORKER else "",
    }


def _link(request: HttpRequest, label: str, name: str, badge: int = 0) -> dict[str, Any]:
    url = reverse(name)
    active = request.path == url or (url != "/" and request.path.startswith(url))
    return {"label": label, "url": url, "active": active, "badge": badge or ""}


def _inside(request: HttpRequest, account: Account, actor: Actor) -> dict[str, Any]:
    count = badges(actor)
    menu = _menu(request, count)
    return {
        "organisation_name": account.organisation.short_name,
        "home_url": reverse("home"),
        "nav": _parts(request, actor, count.waiting, menu),
        "bottom": _bottom(request, actor, count.waiting),
        "account_name": actor.name,
        "account_place": actor.place,
        "unread": count.unread,
        "user_menu": menu,
        "language": get_language(),
        "language_url": reverse("language"),
        "elder": account.elder_mode,
        "elder_url": reverse("elder"),
        "search_url": _maybe("search:find") if search_registry.kinds(actor) else "",
        "public": False,
        "sign_out_url": _maybe("account_logout"),
        "account_key": str(account.pk),
        **_installed(account.organisation),
    }


def _parts(
    request: HttpRequest, actor: Actor, waiting: int, menu: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The bar at the top: each app's own parts, in their order; grouped ones under one word."""
    parts = [_link(request, _("To do"), "home", waiting)]
    groups: dict[str, dict[str, Any]] = {}
    for part in sorted(PARTS, key=lambda part: part.order):
        if not part.is_open(actor):
            continue
        link = _link(request, str(part.label), part.url)
        if not part.group:
            parts.append(link)
            continue
        word = str(part.group)
        if word not in groups:
            groups[word] = {"label": word, "children": []}
            parts.append(groups[word])
        groups[word]["children"].append(link)
    return _nearest_part(parts, menu)


def _nearest_part(parts: list[dict[str, Any]], menu: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where one part's address lies within another's (the calendar within activities, one's own
    account of the menu within the people), only the inner one is where one is.
    """
    links = [link for part in parts for link in part.get("children", [part])]
    longest = _longest([*links, *menu])
    for link in links:
        link["active"] = link["active"] and len(link["url"]) == longest
    for part in parts:
        if "children" in part:
            part["active"] = any(link["active"] for link in part["children"])
    return parts


def _bottom(request: HttpRequest, actor: Actor, waiting: int) -> list[dict[str, Any]]:
    """The bar of five on a phone: what waits, what the actor's parts put there, notices, one's own
    page.
    """
    phone = sorted(
        (part for part in PARTS if part.on_phone is not None and part.is_open(actor)),
        key=lambda p: p.on_phone or 0,
    )
    bar = [
        _link(request, _("To do"), "home", waiting),
        *(_link(request, str(part.label), part.url) for part in phone[:2]),
    ]
    if actor.membership_ids:
        bar.append(_link(request, _("Write one"), "proposals:new"))
    bar.append(_link(request, _("Notices"), "notices:inbox"))
    bar.append(_link(request, _("Mine"), "people:me"))
    return _only_nearest(bar[:5])


def _only_nearest(bar: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where one part lies within another (writing within proposals), only the inner one is where
    one is.
    """
    longest = _longest(bar)
    return [{**item, "active": item["active"] and len(item["url"]) == longest} for item in bar]


def _longest(links: list[dict[str, Any]]) -> int:
    return max((len(link["url"]) for link in links if link["active"]), default=0)


def _menu(request: HttpRequest, count: Badges) -> list[dict[str, Any]]:
    return [
        _link(request, _("Notices"), "notices:inbox", count.unread),
        _link(request, _("My account"), "people:me"),
    ]


def _maybe(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

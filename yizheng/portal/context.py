"""What the shell around every page shows: parts open to the reader, badges, account menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yizheng.core.access import Actor
from yizheng.organisations.models import Organisation
from yizheng.people.models import Account

from .waiting import Badges, badges


def shell(request: HttpRequest) -> dict[str, Any]:
    account = getattr(request, "user", None)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not isinstance(account, Account):
        return {"shell": _public(request)}
    return {"shell": SimpleLazyObject(lambda: _inside(request, account, actor))}


def _public(request: HttpRequest) -> dict[str, Any]:
    organisation = getattr(request, "public_organisation", None) or Organisation.objects.order_by("id").first()
    return {
        "public": True, "organisation_name": organisation.short_name if organisation else _("Yizheng"),
        "language": get_language(), "language_url": reverse("language"), "nav": [], "bottom": [], "elder": False,
        "home_url": reverse("public", args=[organisation.code]) if organisation else "/",
    }  # fmt: skip


def _link(request: HttpRequest, label: str, name: str, badge: int = 0) -> dict[str, Any]:
    url = reverse(name)
    active = request.path == url or (url != "/" and request.path.startswith(url))
    return {"label": label, "url": url, "active": active, "badge": badge or ""}


def _inside(request: HttpRequest, account: Account, actor: Actor) -> dict[str, Any]:
    count = badges(actor)
    parts = _parts(request, actor, count.waiting)
    return {
        "organisation_name": account.organisation.short_name, "home_url": reverse("home"), "nav": parts,
        "bottom": _bottom(request, actor, count.waiting), "account_name": actor.name, "account_place": actor.place,
        "unread": count.unread, "user_menu": _menu(request, count), "language": get_language(),
        "language_url": reverse("language"), "elder": account.elder_mode, "elder_url": reverse("elder"),
        "search_url": _maybe("search:find") if _reads_proposals(actor) else "", "public": False,
        "sign_out_url": _maybe("account_logout"),
    }  # fmt: skip


def _reads_proposals(actor: Actor) -> bool:
    names = ("proposals.read", "proposals.read_filed", "proposals.submit", "proposals.handle")
    return any(actor.holds_somewhere(name) for name in names)


def _parts(request: HttpRequest, actor: Actor, waiting: int) -> list[dict[str, Any]]:
    parts = [_link(request, _("To do"), "home", waiting)]
    if _reads_proposals(actor):
        parts.append(_link(request, _("Proposals"), "proposals:list"))
    if any(actor.holds_somewhere(p) for p in ("commitments.report", "commitments.confirm", "proposals.supervise")):
        parts.append(_link(request, _("Commitments"), "commitments:list"))
    if actor.holds("people.read") or actor.membership_ids:
        parts.append(_link(request, _("Members"), "people:members"))
    if actor.holds("indicators.read"):
        parts.append(_link(request, _("Figures and reports"), "indicators:dashboard"))
    if actor.holds("regulations.draft") or actor.holds("regulations.adopt") or actor.membership_ids:
        parts.append(_link(request, _("Regulations"), "regulations:list"))
    if actor.holds("audit.read"):
        parts.append(_link(request, _("Audit"), "audit"))
    if actor.holds("organisations.manage") or actor.holds("organisations.keep"):
        parts.append(_link(request, _("Settings"), "organisations:settings"))
    if actor.holds("accounts.manage"):
        parts.append(_link(request, _("Accounts"), "people:accounts"))
    return [part for part in parts if part]


def _bottom(request: HttpRequest, actor: Actor, waiting: int) -> list[dict[str, Any]]:
    """The bar of five on a phone."""
    bar = [_link(request, _("To do"), "home", waiting)]
    if _reads_proposals(actor):
        bar.append(_link(request, _("Proposals"), "proposals:list"))
    if actor.membership_ids:
        bar.append(_link(request, _("Write one"), "proposals:new"))
    if actor.holds_somewhere("commitments.report") or actor.holds("commitments.confirm"):
        bar.append(_link(request, _("Commitments"), "commitments:list"))
    bar.append(_link(request, _("Notices"), "notices:inbox"))
    bar.append(_link(request, _("Mine"), "people:me"))
    return _only_nearest(bar[:5])


def _only_nearest(bar: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where one part lies within another (writing within proposals), only the inner one is where one is."""
    longest = max((len(item["url"]) for item in bar if item["active"]), default=0)
    return [{**item, "active": item["active"] and len(item["url"]) == longest} for item in bar]


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

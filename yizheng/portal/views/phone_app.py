"""Pages that make the platform an app on a phone: its manifest, its service worker, and the page
without connection.

The worker keeps static files and that one page. Nothing a signed-in person sees is ever kept by it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from yizheng.organisations.models import Organisation

WORKER = "worker.js"
SHELL = ("build/app.css", "build/app.js", "offline.js", "icon.svg")
ICONS = (
    ("build/icon-192.png", "192x192", "any"),
    ("build/icon-512.png", "512x512", "any"),
    ("build/icon-full-512.png", "512x512", "maskable"),
)
SEAL_RED, PAPER = "#a8322a", "#f7f5f1"


@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest, code: str) -> JsonResponse:
    organisation = get_object_or_404(Organisation, code=code)
    icons = [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        {"src": static(name), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": f"{organisation.short_name} · {_('Yizheng')}",
        "short_name": organisation.short_name,
        "lang": translation.get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": SEAL_RED,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, with the addresses of this build before it; switched off, one that takes itself
    away.
    """
    source = _content(WORKER).decode()
    shell = [reverse("offline"), *map(static, SHELL)]
    told = {
        "version": _version(source, shell),
        "on": settings.SERVICE_WORKER,
        "offline": reverse("offline"),
        "shell": shell,
        "assets": settings.STATIC_URL,
    }
    script = f"const WORKER = {json.dumps(told)};\n{source}"
    return HttpResponse(
        script,
        content_type="text/javascript; charset=utf-8",
        headers={"Service-Worker-Allowed": "/"},
    )


def _content(name: str) -> bytes:
    found = finders.find(name)
    return Path(found).read_bytes() if isinstance(found, str) else b""


def _version(source: str, shell: list[str]) -> str:
    """Another build is another version: the names of hashed files, and the content of those that
    are not.
    """
    digest = hashlib.sha256(source.encode())
    digest.update(json.dumps([shell, _pages()]).encode())
    for name in SHELL:
        digest.update(_content(name))
    return digest.hexdigest()[:16]


@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """In both languages: it is kept for everybody who uses the machine."""
    return render(request, "portal/offline.html", {"pages": _pages()})


def _pages() -> list[dict[str, Any]]:
    pages = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            pages.append(
                {
                    "language": code,
                    "title": _("No connection"),
                    "again": _("Try again"),
                    "lines": [
                        _("The page could not be reached. Nothing was sent, and nothing is lost."),
                        _(
                            "You can wait here: as soon as the connection is back, the page "
                            "opens by itself."
                        ),
                        _(
                            "A form that is still open in another window can be written on: "
                            "your text is kept on this device."
                        ),
                    ],
                    "kept": _(
                        "What you were writing is kept on this device. Open the same form "
                        "again: it offers you your text."
                    ),
                }
            )
    return pages

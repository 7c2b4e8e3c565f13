"""Pages of proposals, and what their form of a draft sends."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.content.decode()[:400]
    return response.content.decode()


def drafted(**changes: Any) -> dict[str, Any]:
    """What the form of a draft sends."""
    return {
        "title": "关于增设公交站点的建议",
        "kind": "individual",
        "category": "社会建设",
        "body_form": "parts",
        "situation": "城东六个小区距最近站点超过一公里。",
        "analysis": "",
        "body": "",
        "may_publish": "on",
        "suggestion": ["增设三处站点", "延长末班时间"],
        **changes,
    }

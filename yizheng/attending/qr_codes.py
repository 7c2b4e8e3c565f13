"""QR codes as SVG without style attributes (the content security policy forbids them), and as PNG
for paper.
"""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def svg(text: str, title: str) -> Markup:
    """To stand in a page; it takes the size its place has."""
    drawn = segno.make(text, error="m", micro=False)
    inline = drawn.svg_inline(
        border=2, light="#fff", omitsize=True, title=title, svgclass="qr", lineclass=None
    )
    return Markup(inline)  # noqa: S704


def png(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=12, border=2)
    return out.getvalue()

"""Pages as PDF, laid out by WeasyPrint from HTML of our own: nothing is fetched, fonts are the
machine's.
"""

from typing import Any

from django.utils.translation import gettext as _

from yizheng.core.refusals import NotNow


def _fetch_nothing(url: str, *_args: Any, **_more: Any) -> Any:
    raise ValueError(f"a paper fetches nothing, not even {url}")


def to_pdf(html: str) -> bytes:
    """Raises NotNow with a sentence on a machine that lacks the Pango library."""
    try:
        from weasyprint import HTML
    except OSError as missing:
        raise NotNow(
            _(
                "This server cannot make PDF: the library Pango is missing. Take the Word "
                "file instead."
            )
        ) from missing
    made: bytes = HTML(string=html, url_fetcher=_fetch_nothing).write_pdf()
    return made

"""Refusals: every one carries a sentence for the person who was refused."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .access import SIGNED_IN
from .faults import number_of
from .punctuation import one_after_the_other
from .rich_text import readable


class Problems(str):
    """Several things that are wrong at once, each with the field it concerns ("" for none); read as
    one text, they are sentences one after the other.
    """

    found: tuple[tuple[str, str], ...]

    def __new__(cls, found: Iterable[tuple[str, object]]) -> Self:
        told = tuple((field, str(sentence)) for field, sentence in found)
        made = super().__new__(cls, one_after_the_other(text for _field, text in told))
        made.found = told
        return made

    @classmethod
    def of(cls, reasons: Iterable[object]) -> Self:
        """Out of sentences, some of which may be several already."""
        return cls(each for reason in reasons for each in problems_in(reason))


def problems_in(sentence: object) -> tuple[tuple[str, object], ...]:
    return sentence.found if isinstance(sentence, Problems) else (("", sentence),)


def all_of(missing: Mapping[str, object]) -> Problems | None:
    """Field → what is wrong there, or nothing: a guard's answer."""
    found = [(field, sentence) for field, sentence in missing.items() if sentence]
    return Problems(found) if found else None


class Refusal(Exception):
    """What was asked cannot be done; `str()` is the sentence that says what, why and what to do.

    `field`: the field of a form that it is about, where it is about one.
    """

    status = 409

    def __init__(self, sentence: object, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def by_field(self) -> tuple[tuple[str, object], ...]:
        """Field and sentence of each thing that is wrong."""
        return ((self.field, self.sentence),) if self.field else problems_in(self.sentence)


class NotAllowed(Refusal):
    """The actor may not do this."""

    status = 403

    def __init__(self, sentence: object = _("You do not have the right to do this.")) -> None:
        super().__init__(sentence)


class StaleState(Refusal):
    """Somebody else was quicker: the object is no longer as the actor saw it.

    `rows` as they stand now, and what the page had `seen` of them: what changed in between is told
    from it (`core/concurrent_changes.py`).
    """

    def __init__(
        self, sentence: object, rows: Sequence[Any] = (), seen: int | str | None = None
    ) -> None:
        super().__init__(sentence)
        self.rows, self.seen = rows, seen


class NotNow(Refusal):
    """The step exists and the actor may take it, but not at this point."""


class BadInput(Refusal):
    """What was handed in cannot be taken as it is."""

    status = 422


class Wrong:
    """Collects what is wrong with what was handed in, so that all of it is said at once."""

    def __init__(self) -> None:
        self._found: list[tuple[str, object]] = []

    def when(self, is_wrong: object, sentence: object, field: str = "") -> None:
        if is_wrong:
            self._found.append((field, sentence))

    @property
    def refusal(self) -> BadInput | None:
        return BadInput(Problems(self._found)) if self._found else None

    def add(self, refused: Refusal) -> None:
        """What something else refuses, beside the rest."""
        self._found.extend(refused.by_field)

    def refuse(self) -> None:
        """Raises BadInput where anything was found."""
        if refusal := self.refusal:
            raise refusal


ASKED_ABOUT = frozenset({401, 403, 404, 405, 410})
"""Whose reader may ask the administrator why; the other sentences say what to do."""


class Onward(NamedTuple):
    """Where what is missing can be made."""

    url: str
    words: str


def refused(
    request: HttpRequest, sentence: str, status: int, onward: Onward | None = None
) -> HttpResponse:
    """A refusal as a page of its own."""
    number = number_of(request) if status in ASKED_ABOUT else ""
    if asks_for_data(request):
        return JsonResponse({"message": sentence, "number": number}, status=status)
    context = {"sentence": sentence, "status": status, "onward": onward, "number": number}
    context |= {"typed": typed_in(request), "back": page_before(request)}
    return render(request, "portal/refused.html", context, status=status)


def asks_for_data(request: HttpRequest) -> bool:
    """A script, which shows the sentence itself."""
    return "application/json" in request.headers.get("Accept", "")


NOT_TYPED = re.compile(
    r"password|token|secret|code|^attempt$|^seen|^shown-|^next$|^rows$|^selected$|^confirmed$"
)
"""Names of what a page sends by itself, and of what is shown to nobody."""
NOT_TEXT = re.compile(r"[\d\s.:,/T+-]*|[a-z_]*")
"""Days, numbers, keys of choices."""


class TypedText(NamedTuple):
    """A text, the name of its field, and its place among those of that name, from 0."""

    name: str
    place: int
    text: str


def typed_in(request: HttpRequest) -> list[TypedText]:
    """The texts of a form that was sent, so that whoever wrote them can copy them from the page
    that refuses it.
    """
    if request.method != "POST" or not _came_from_here(request):
        return []
    return [
        TypedText(name, place, readable(text))
        for name, values in _sent(request)
        if not NOT_TYPED.search(name)
        for place, text in enumerate(values)
        if not NOT_TEXT.fullmatch(text.strip())
    ]


def _came_from_here(request: HttpRequest) -> bool:
    """Of a form that a page of ours held: only then the browser sends our cookies along. Whose
    session it is nobody knows where the database is away, and where it has ended meanwhile; signing
    out leaves the cookie of the forms alone.
    """
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return SIGNED_IN.of(request) is not None or not ours.isdisjoint(request.COOKIES)


def page_before(request: HttpRequest) -> str:
    """Where the form or the link stood that led here, if that is a page of ours."""
    before = str(request.META.get("HTTP_REFERER", ""))
    try:
        here = f"{request.scheme}://{request.get_host()}/"
    except DisallowedHost:
        return ""
    return before if before.startswith(here) else ""


def _sent(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """Nothing where what was sent cannot be read."""
    try:
        return [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
    except (BadRequest, SuspiciousOperation, MultiPartParserError, OSError):
        return []

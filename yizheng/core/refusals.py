"""Refusals: every one carries a sentence for the person who was refused."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import SIGNED_IN


class Refusal(Exception):
    """What was asked cannot be done; `str()` is the sentence that says what, why and what to do."""

    status = 409

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refusal):
    """The actor may not do this."""

    status = 403

    def __init__(self, sentence: object = _("You do not have the right to do this.")) -> None:
        super().__init__(sentence)


class StaleState(Refusal):
    """Somebody else was quicker: the object is no longer as the actor saw it.

    `rows` as they stand now, and what the page had `seen` of them: what changed in between is told
    from it (`core/meanwhile.py`).
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


def refused(request: HttpRequest, sentence: str, status: int, onward: str = "") -> HttpResponse:
    """A refusal as a page of its own. `onward` is where what is missing can be made."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"message": sentence}, status=status)
    context = {"sentence": sentence, "status": status, "onward": onward, "typed": typed_in(request)}
    return render(request, "portal/refused.html", context, status=status)


NOT_TYPED = re.compile(
    r"password|token|secret|code|^attempt$|^seen|^next$|^rows$|^selected$|^confirmed$"
)
"""Names of what a page sends by itself, and of what is shown to nobody."""
NOT_TEXT = re.compile(r"[\d\s.:,/T+-]*|[a-z_]*")
"""Days, numbers, keys of choices."""


def typed_in(request: HttpRequest) -> list[str]:
    """The texts of a form that was sent, so that whoever wrote them can copy them from the page
    that refuses it.
    """
    if request.method != "POST" or SIGNED_IN.of(request) is None:
        return []
    sent = [
        value
        for name, values in request.POST.lists()
        if not NOT_TYPED.search(name)
        for value in values
    ]
    return [value for value in sent if not NOT_TEXT.fullmatch(str(value).strip())]

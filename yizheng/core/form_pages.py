"""Pages with one form: shown, refused in words at its place, or done and left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from . import attempts, concurrent_changes
from .access import Words
from .forms import tell
from .refusals import NotAllowed, Refusal, Wrong

Crumbs = Sequence[tuple[Words, str]]


def seen_in(request: HttpRequest) -> str | None:
    """What the page says it had seen of its rows (`doors.mark`), if it says."""
    return request.POST.get("seen") or None


def pressed(
    request: HttpRequest, act: Callable[[], Any], *, said: Words, then: str
) -> HttpResponse:
    """A button without a form: done, or refused in words, on the page where it stood."""
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(said))
    return redirect(then)


def form_page(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: Words,
    verb: Words,
    crumbs: Crumbs,
    then: str | Callable[[Any], str],
    said: Words | Callable[[Any], Words],
    intro: Words = "",
    seen: Callable[[], str] | None = None,
    makes: bool | Callable[[Any], Model] | None = None,
    page: str = "flow/page_form.html",
    context: Mapping[str, Any] | None = None,
    check: Callable[[Mapping[str, Any]], Wrong] | None = None,
) -> HttpResponse:
    """`act` takes the cleaned data and may refuse; `then` is where it goes on, and the last crumb
    where one turns back.

    `seen` marks what the page shows (`doors.mark`); the page sends it back as `seen`. Who has read
    that somebody else was quicker may save over it. `makes`: the form describes something new that
    `act` makes, and answers where it is one record; else it finds the record in what `act` answers.

    `check`: what the service refuses of the values by themselves, also where only some of them
    could be read: said together with the fields that are wrong.
    """
    if request.method == "POST" and form.is_valid():
        try:
            done = _once(request, form, act, title, makes) if makes else act(form.cleaned_data)
        except NotAllowed:
            raise
        except Refusal as refused:
            concurrent_changes.explain(form, refused, request.get_full_path())
        else:
            messages.success(request, str(said(done) if callable(said) else said))
            return redirect(then(done) if callable(then) else then)
    else:
        _say_the_rest(form, check)
        if makes:
            attempts.explain(request, form)
    shown = {
        "form": form,
        "title": title,
        "verb": verb,
        "intro": intro,
        "back": crumbs[-1][1],
        "makes": bool(makes),
        "seen": ""
        if seen is None
        else seen()
        if concurrent_changes.was_told(form) or not form.is_bound
        else request.POST.get("seen", ""),
        "trail": [*({"label": label, "url": url} for label, url in crumbs), {"label": title}],
        **(context or {}),
    }
    return render(request, page, shown, status=422 if form.is_bound and form.errors else 200)


def _say_the_rest(form: BaseForm, check: Callable[[Mapping[str, Any]], Wrong] | None) -> None:
    """Fields that could not be read do not keep back what is wrong with the others."""
    if check and form.is_bound and (refusal := check(form.cleaned_data).refusal):
        tell(refusal, form)


def _once(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[dict[str, Any]], Any],
    title: Words,
    makes: bool | Callable[[Any], Model],
) -> Any:
    def what(done: Any) -> Model | Words:
        made = makes(done) if callable(makes) else done
        return made if isinstance(made, Model) else title

    return attempts.once(request, lambda: act(form.cleaned_data), what)

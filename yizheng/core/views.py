"""Pages on which a step is taken, alone or for many objects at once, and attachments are handed
out.

One view serves every flow: what can be taken, by whom, with which form, is read from the flow's
table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yizheng.core.access import SIGNED_IN

from . import attempts, audit, concurrent_changes, unfinished
from .access import NOTHING, Actor, Words
from .files import Attachment, opened
from .flow import FLOWS, Flow, Step
from .forms import BadForm, StepForm, told_at_fields
from .missing_rows import MissingRow
from .refusals import NotAllowed, Refusal, StaleState
from .request_values import way_on, whole_number

BULK_LIMIT = 500
UNREADABLE = -1
"""A version that no row has."""
file_readers: dict[str, Callable[[Actor, Any], bool]] = {}
"""Model label → whether an actor may read the attachments of an object of that model."""


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in actor.

    Raises NotAllowed for a stranger (the sign-in middleware redirects before).
    """
    actor = SIGNED_IN.of(request)
    if actor is None:
        raise NotAllowed(_("Please sign in first."))
    return actor


def _flow(code: str) -> Flow[Any]:
    if code not in FLOWS:
        raise Http404
    return FLOWS[code]


def _step(flow: Flow[Any], name: str) -> Step[Any]:
    step = flow.steps.get(name)
    if step is None or step.automatic:
        raise Http404
    return step


def find(flow: Flow[Any], pk: int, actor: Actor) -> Any:
    """The object, if the actor may see it: another organisation's is not found, one's own without
    the right refused.
    """
    obj = flow.visible_to(actor).filter(pk=pk).first()
    if obj is not None:
        return obj
    if flow.model.objects.filter(pk=pk).exists():
        raise NotAllowed(_("This is not open to you."))
    raise MissingRow(flow.model, pk)


def take_step(request: HttpRequest, flow: str, pk: int, step: str) -> HttpResponse:
    """Show the step's form or confirmation; on POST take it."""
    actor, table = actor_of(request), _flow(flow)
    chosen, obj = _step(table, step), find(_flow(flow), pk, actor)
    if not chosen.rule.allows(actor, obj):
        raise NotAllowed(chosen.stranger)
    form: Any = None
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            obj = _performed(request, chosen, obj, actor)
        except BadForm as refused:
            form = refused.form
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("%(title)s: %(said)s.") % {"title": table.title(obj), "said": chosen.said},
            )
            return redirect(
                way_on(request, table.url(obj) if _still_open(table, obj, actor) else "/")
            )
    if isinstance(refusal, StaleState):
        _refresh(obj, refusal)
    form = form or _form(request, chosen, obj, actor)
    status = refusal.status if refusal else 422 if form and form.errors else 200
    refusal = told_at_fields(refusal, form)
    stale = concurrent_changes.since(
        refusal, table.url(obj), form if form and form.is_valid() else None
    )
    offer = next((o for o in table.offers(obj, actor) if o.step is chosen), None)
    context = {
        "flow": table,
        "step": chosen,
        "obj": obj,
        "form": form,
        "refusal": refusal,
        "offer": offer,
        "back": way_on(request, table.url(obj)),
        "title": table.title(obj),
        "state": table.state_of(obj),
        "table_url": table.url(obj),
        "stale": stale,
        "is_kept": unfinished.is_named(request, actor),
        "seen": obj.version if stale or (told := seen_of(request)) is None else told,
    }
    page = form.page if isinstance(form, StepForm) else StepForm.page
    return render(request, page, context, status=status)


def _refresh(obj: Any, refusal: StaleState) -> None:
    """As it stands now. Raises the refusal where it stands nowhere any more."""
    try:
        obj.refresh_from_db()
    except ObjectDoesNotExist:
        raise refusal from None


def _performed(request: HttpRequest, step: Step[Any], obj: Any, actor: Actor) -> Any:
    take = partial(
        obj.flow.perform,
        step.name,
        obj,
        by=actor,
        seen=seen_of(request),
        data=request.POST,
        files=request.FILES,
    )
    return attempts.once(request, take, lambda _obj: step.said) if step.records else take()


def _still_open(flow: Flow[Any], obj: Any, actor: Actor) -> bool:
    """Whether the object is still the actor's to see: it is not, to who declined to take part."""
    return flow.visible_to(actor).filter(pk=obj.pk).exists()


def seen_of(request: HttpRequest) -> int | None:
    """The version the page was drawn from, if it says; what nobody can read is none that stands."""
    seen = request.POST.get("seen", "")
    number = whole_number(seen)
    return UNREADABLE if seen and number is None else number


def _form(request: HttpRequest, step: Step[Any], obj: Any, actor: Actor) -> StepForm | None:
    """The step's form: empty, or with what was typed when the step was refused for
    another reason.
    """
    if step.form_class is None:
        return None
    if request.method == "POST":
        return step.form_class(request.POST, request.FILES, obj=obj, actor=actor)
    return step.form_class(obj=obj, actor=actor)


@dataclass(frozen=True)
class BulkRow:
    """An object of a bulk step: in which version it was shown, and what came of it."""

    obj: Any
    title: str
    url: str
    seen: int | None = None
    refusal: Words | None = None
    again: bool = False

    @property
    def refused(self) -> bool:
        return self.refusal is not None


@dataclass(frozen=True)
class BulkOmissions:
    """How many of the chosen a bulk step passes over; the page to confirm hands it on to the page
    that says what was done.
    """

    closed: int
    beyond: int

    @property
    def count(self) -> int:
        return self.closed + self.beyond

    @property
    def told(self) -> list[str]:
        """Nothing of what may not be seen but how many they are."""
        closed = ngettext(
            "One of the chosen is not open to you any more and was left out.",
            "%(num)s of the chosen are not open to you any more and were left out.",
            self.closed,
        ) % {"num": self.closed}
        beyond = ngettext(
            "At most %(most)s are taken at once: one of the chosen was left out. Choose it "
            "again afterwards.",
            "At most %(most)s are taken at once: %(num)s of the chosen were left out. "
            "Choose them again afterwards.",
            self.beyond,
        ) % {"num": self.beyond, "most": BULK_LIMIT}
        return [
            sentence for sentence, count in ((closed, self.closed), (beyond, self.beyond)) if count
        ]


def _chosen(request: HttpRequest, flow: Flow[Any], actor: Actor) -> tuple[list[Any], BulkOmissions]:
    """The chosen that the actor sees, and how many of them are left out, on this page and on the
    one before.
    """
    pks = list(
        dict.fromkeys(
            number for pk in request.POST.getlist("selected") if (number := whole_number(pk))
        )
    )
    taken = pks[:BULK_LIMIT]
    found = list(flow.visible_to(actor).filter(pk__in=taken))
    before = [whole_number(request.POST.get(name, "")) or 0 for name in ("closed", "beyond")]
    return found, BulkOmissions(
        before[0] + len(taken) - len(found), before[1] + len(pks) - len(taken)
    )


def bulk_steps(flow: Flow[Any], actor: Actor, back: str) -> list[dict[str, Any]]:
    """The steps the actor may take on many rows of a list at once; they lead `back` to the list as
    it is filtered. Row by row the flow decides.
    """
    query = urlencode({"next": back})
    return [
        {
            "name": step.name,
            "label": step.label,
            "url": f"{reverse('core:bulk', args=[flow.code, step.name])}?{query}",
            "primary": bool(step.primary),
        }
        for step in flow.steps.values()
        if step.bulk and step.rule.scope(actor) != NOTHING
    ]


@attempts.piecewise
@require_POST
def take_bulk_step(request: HttpRequest, flow: str, step: str) -> HttpResponse:
    """Take one step on many objects: a page to confirm, then a page that says row by row what was
    refused and why.
    """
    actor, table = actor_of(request), _flow(flow)
    chosen = _step(table, step)
    if not chosen.bulk:
        raise Http404
    if chosen.rule.scope(actor) == NOTHING:
        raise NotAllowed(chosen.stranger)
    chosen_objects, left = _chosen(request, table, actor)
    back = way_on(request, "/")
    if not chosen_objects:
        messages.warning(
            request, " ".join(left.told) or _("Nothing was chosen: tick the rows first.")
        )
        return redirect(back)
    if "confirmed" in request.POST:
        form = _form(request, chosen, chosen_objects[0], actor)
        if form is None or form.is_valid():
            rows = [_try(request, chosen, obj, actor) for obj in chosen_objects]
            if any(row.again for row in rows):
                messages.info(request, str(attempts.SAID))
            found = {"rows": rows, "done": sum(row.refusal is None for row in rows)}
        else:
            found = _to_confirm(request, chosen, chosen_objects, actor, form)
    else:
        found = _to_confirm(request, chosen, chosen_objects, actor)
        attempts.anew(request)
    context = {"flow": table, "step": chosen, "back": back, "left": left, **found}
    return render(request, "flow/bulk.html", context)


def _to_confirm(
    request: HttpRequest,
    step: Step[Any],
    chosen: list[Any],
    actor: Actor,
    form: StepForm | None = None,
) -> dict[str, Any]:
    """The chosen that can take the step, with its form, and the others with the reason: said before
    anything is confirmed.
    """
    rows = [
        BulkRow(obj, _named(obj), obj.flow.url(obj), _seen_in(request, obj), reason)
        for obj in chosen
        for reason in [_against(step, obj, actor)]
    ]
    ready = [row for row in rows if not row.refused]
    if form is None and ready and step.form_class:
        form = step.form_class(obj=ready[0].obj, actor=actor)
    return {
        "objects": ready,
        "not_ready": [row for row in rows if row.refused],
        "question": step.asks(len(ready)) if ready and step.confirm else "",
        "form": form if ready else None,
    }


def _against(step: Step[Any], obj: Any, actor: Actor) -> Words | None:
    flow: Flow[Any] = obj.flow
    try:
        return flow.against(step, obj, actor)
    except Refusal as refused:
        return str(refused)


def _named(obj: Any) -> str:
    """With its number, where it has one: titles are much alike."""
    flow: Flow[Any] = obj.flow
    title, number = flow.title(obj), str(flow.values(obj).get("number") or "")
    return title if number in title else f"{number} {title}"


def _seen_in(request: HttpRequest, obj: Any) -> int | None:
    """The version in which the page showed it when it was confirmed."""
    return whole_number(request.POST.get(f"seen-{obj.pk}", ""))


def _try(request: HttpRequest, step: Step[Any], obj: Any, actor: Actor) -> BulkRow:
    """Each as the page showed it when it was confirmed."""
    flow: Flow[Any] = obj.flow
    title, url = _named(obj), flow.url(obj)
    try:
        with attempts.piece(request, obj.pk) as again:
            if not again:
                flow.perform(
                    step.name,
                    obj,
                    by=actor,
                    seen=_seen_in(request, obj),
                    data=request.POST,
                    files=request.FILES,
                )
    except Refusal as refused:
        return BulkRow(obj, title, url, refusal=str(refused))
    return BulkRow(obj, title, url, again=again)


def download(request: HttpRequest, pk: int) -> FileResponse:
    """An attachment, if the reader may see what it hangs on.

    Always as a download, never shown in the page.
    """
    actor = actor_of(request)
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None:
        raise Http404
    reader = file_readers.get(
        f"{attachment.content_type.app_label}.{attachment.content_type.model}"
    )
    if reader is None or not reader(actor, attachment.of):
        raise NotAllowed(_("This file is not open to you."))
    content = opened(attachment)
    audit.record("file.read", by=actor, of=attachment)
    return FileResponse(content, as_attachment=True, filename=attachment.name)

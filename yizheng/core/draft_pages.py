"""Pages on which drafts are written, alike for every flow.

Saved over and over, handed in when it is ready, files put to it and taken off, thrown away. What
may be changed, and by whom, each app says itself before it comes here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.attributes import Attribute

from . import attempts, concurrent_changes, doors, unfinished
from .access import Words
from .files import Attachment, attach, attached_to, clean_name, read_whole, remove
from .flow import Flow
from .forms import FilesForm, cleaned, tell
from .refusals import BadInput, NotNow, Refusal, Wrong
from .views import actor_of, seen_of

FOR_SOMEBODY_ELSE = gettext_lazy(
    "For whom it is stands in the draft and cannot be changed there: throw the draft away, "
    "or write this on a new page."
)
"""Refuses what was typed on the first page and sent again with another person in it."""
SAVED_SO_FAR: Attribute[Words] = Attribute("saved_so_far", "")
"""Of a form that says what is still missing: that what was typed is kept all the same."""
HAS_MOVED_ON, WAS_REFUSED = Attribute("moved_on", False), Attribute("was_refused", False)
MOVED_ON = gettext_lazy(
    "%(why)s It is now “%(state)s” (%(who)s, %(when)s). Nothing of what you typed was "
    "saved; it is still on this page: copy what you need."
)
SAVE = "save"
"""What every flow of drafts calls the edit that writes one."""
CHECK = "check"
"""In the address of a draft's page: say what keeps it from being handed in."""


FILES: Attribute[FilesForm | None] = Attribute("files_form", None)


def files_form(request: HttpRequest, kind: type[FilesForm] = FilesForm) -> FilesForm:
    """The field of the page where files are chosen; it says what of them was refused."""
    refused = FILES.of(request)
    found = kind() if refused is None else refused
    found.fields["files"].label = kind.label
    FILES.put(request, found)
    return found


def _wrong_files(request: HttpRequest) -> BadInput | None:
    """What keeps any of the files from being taken."""
    wrong = Wrong()
    for upload in request.FILES.getlist("files"):
        try:
            read_whole(upload, clean_name(upload.name or ""))
        except BadInput as refused:
            wrong.when(True, refused.sentence, "files")
        upload.seek(0)
    return wrong.refusal


@dataclass(frozen=True)
class Drafts:
    """The drafts of one kind: the step that hands them in, what is said then, the addresses, where
    their files are.
    """

    flow: Flow[Any]
    step: str
    said: Words
    app: str
    purpose: str = "attachment"

    def created(
        self,
        request: HttpRequest,
        make: Callable[[], Any],
        save: Callable[[Any, int], Any],
        form: forms.Form,
        *others: forms.Form | None,
    ) -> HttpResponse | None:
        """The first save, by hand or at the first pause of typing. None: nothing was sent, or it
        was refused and a form says why.

        Where this form has made a draft already (Back, changed, Save), what was typed is saved into
        that one: `save` is what the edit page uses, given the draft and the version of it that this
        form knows.
        """
        attempt = attempts.of(request)
        earlier = attempt.made if attempt else None

        def write() -> Any:
            return (
                make()
                if earlier is None
                else save(earlier, (attempt and attempt.made_version) or 0)
            )

        obj = self._stored(request, write, form, *others, there=earlier, again=earlier is not None)
        if attempt and obj:
            attempt.note(obj)
        if unfinished.is_pause(request):
            return self._begun(request, obj)
        return self._onward(request, obj) if obj else None

    def _begun(self, request: HttpRequest, obj: Any) -> JsonResponse:
        """The answer to the first pause of typing: the draft that was begun, from which the page
        goes on; what cannot be one yet is kept as it was typed.
        """
        if obj is None:
            attempt = attempts.of(request)
            is_there = attempt is not None and attempt.has_made
            kept = None if is_there else unfinished.keep(request, actor_of(request))
            return JsonResponse({"address": kept.address} if kept else {})
        obj.refresh_from_db()
        addresses = {
            name: reverse(f"{self.app}:{page}", args=[obj.pk])
            for name, page in (
                ("address", "edit"),
                ("autosave", "autosave"),
                ("discard", "discard"),
            )
        }
        return JsonResponse({"version": obj.version, **addresses})

    def saved(
        self, request: HttpRequest, obj: Any, save: Callable[[], Any], form: forms.Form
    ) -> HttpResponse | None:
        """A save by hand. None: nothing was sent, or it was refused and the form says why.

        A page that is opened to see what is missing (`CHECK`) says it at the fields.
        """
        if request.method == "GET" and CHECK in request.GET:
            if missing := self.flow.hindrances(self.step, obj):
                tell(missing, form)
                SAVED_SO_FAR.put(form, _("Saved, but not handed in: something is still missing."))
            return None
        if request.method == "POST" and (moved := self._moved_on(obj)):
            self._explain(form, moved, obj)
            return None
        if not self._stored(request, save, form, there=obj):
            return None
        obj.refresh_from_db()
        return self._onward(request, obj)

    def _stored(
        self,
        request: HttpRequest,
        write: Callable[[], Any],
        form: forms.Form,
        *others: forms.Form | None,
        there: Any = None,
        again: bool = False,
    ) -> Any:
        """`there`: the draft that is written into, where there is one already."""
        if request.method != "POST":
            return None
        asked = [each.is_valid() for each in (form, *others) if each is not None]
        wrong_files = _wrong_files(request)
        if wrong_files:
            tell(wrong_files, files_form(request))
        if not all(asked):
            return None
        try:
            with transaction.atomic():
                obj = write()
                if wrong_files:
                    raise wrong_files
                self._attach(request, obj)
        except Refusal as refused:
            if refused is wrong_files:
                WAS_REFUSED.put(form, True)
            else:
                self._explain(form, refused, there, *others, leads=again)
            return None
        return obj

    def _explain(
        self,
        form: forms.Form,
        refused: Refusal,
        there: Any,
        *others: forms.Form | None,
        leads: bool = False,
    ) -> None:
        moved = self._moved_on(there) if there else None
        HAS_MOVED_ON.put(form, moved is not None)
        WAS_REFUSED.put(form, True)
        concurrent_changes.explain(
            form,
            moved or refused,
            self.flow.url(there) if there else "",
            *others,
            leads=leads or moved is not None,
        )

    def _moved_on(self, obj: Any) -> NotNow | None:
        """The refusal of what was handed in meanwhile: it stands in no state in which it is
        written.
        """
        there = self.flow.model.everywhere.filter(pk=obj.pk).first()
        if there is None or there.state in self.flow.edits[SAVE].sources:
            return None
        told = {
            "why": self.flow.edits[SAVE].closed,
            "state": self.flow.state_of(there).label,
            **doors.last_hand(there),
        }
        return NotNow(MOVED_ON % told)

    def is_late(self, request: HttpRequest, obj: Any) -> bool:
        """Sent by who may write it, from a page on which it could still be written: answered on
        that page, with what was typed.
        """
        line = self.flow.edits[SAVE]
        return (
            request.method == "POST"
            and obj.state not in line.sources
            and line.rule.allows(actor_of(request), obj)
        )

    def status(self, form: forms.Form, *others: forms.Form | None) -> int:
        if HAS_MOVED_ON.of(form):
            return NotNow.status
        wrong = WAS_REFUSED.of(form) or any(
            each.is_bound and each.errors for each in (form, *others) if each is not None
        )
        return BadInput.status if wrong else 200

    def _onward(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Handed in at once when that button was pressed."""
        if "submit" not in request.POST:
            messages.success(request, _("Saved."))
            return redirect(f"{self.app}:edit", obj.pk)
        try:
            self.flow.perform(self.step, obj, by=actor_of(request))
        except Refusal as refused:
            return self._still_missing(request, obj, refused)
        messages.success(request, str(self.said))
        return redirect(f"{self.app}:detail", obj.pk)

    def _still_missing(self, request: HttpRequest, obj: Any, refused: Refusal) -> HttpResponse:
        """Saved and not handed in: its page says all that is missing, where it is missing."""
        address = reverse(f"{self.app}:edit", args=[obj.pk])
        if self.flow.hindrances(self.step, obj) is None:
            messages.error(request, str(refused))
            return redirect(address)
        return redirect(f"{address}?{CHECK}")

    def version(self, request: HttpRequest, obj: Any, form: forms.Form) -> int:
        """From which version the page goes on; who was told what changed may save over the other
        window.
        """
        return concurrent_changes.onward(form, obj, seen_of(request))

    def autosaved(self, form: forms.Form, save: Callable[[], Any]) -> JsonResponse:
        """What was typed so far; answers with the version the page goes on from."""
        cleaned(form)
        return JsonResponse({"version": save().version})

    def attach_all(self, request: HttpRequest, obj: Any) -> None:
        """Put the files to it. Raises BadInput with all that is wrong with any of them."""
        if wrong := _wrong_files(request):
            raise wrong
        self._attach(request, obj)

    def _attach(self, request: HttpRequest, obj: Any) -> None:
        """By the edit `enclose` of its flow: other windows see that it has another paper. What
        hangs there already came with an earlier sending of this form.
        """
        sent = {attempts.digest_of(upload): upload for upload in request.FILES.getlist("files")}
        new = {
            digest: upload
            for digest, upload in sent.items()
            if not attached_to(obj, self.purpose).filter(digest=digest).exists()
        }
        if not new:
            return
        by = actor_of(request)
        with self.flow.editing("enclose", obj, by=by) as edit:
            papers = [
                attach(upload, upload.name or "", to=edit.row, by=by, purpose=self.purpose)
                for upload in new.values()
            ]
            edit.note(papers=[paper.name for paper in papers])
        obj.refresh_from_db()

    def paper(self, obj: Any, file: int) -> Attachment | None:
        """None where somebody else took it off already."""
        return attached_to(obj, self.purpose).filter(pk=file).first()

    def detached(
        self, request: HttpRequest, obj: Any, file: int, back: str = "edit"
    ) -> HttpResponse:
        if attachment := self.paper(obj, file):
            remove(attachment, by=actor_of(request))
            messages.success(request, _("“%(name)s” was removed.") % {"name": attachment.name})
        return redirect(f"{self.app}:{back}", obj.pk)

    def discarded(
        self, request: HttpRequest, discard: Callable[..., None], obj: Any
    ) -> HttpResponse:
        discard(obj, by=actor_of(request))
        messages.success(request, _("The draft was thrown away."))
        return redirect(f"{self.app}:list")

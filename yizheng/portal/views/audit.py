"""Pages of the audit chain as the auditor reads it, verified on demand.

Metadata only; nothing leads into business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import audit, clock
from yizheng.core.access import Actor
from yizheng.core.audit import AuditEntry, AuditHead
from yizheng.core.flow import FLOWS
from yizheng.core.paging import page_of
from yizheng.core.refusals import NotAllowed
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.models import Organisation
from yizheng.organisations.rules import AUDIT_READ

from ..audit_words import NOUNS, words_of
from ..forms import AuditFilterForm

PAGE_SIZE = 100
"""An entry is one line, and whoever looks for one reads through many."""
PART = 5_000
"""Entries verified in one answer to the page, so that it can show how far it has come."""
EXPORT_LIMIT = 200_000


def _auditor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.holds(AUDIT_READ):
        raise NotAllowed(_("The audit chain is read by the auditor alone."))
    return actor


def _kinds() -> list[str]:
    return sorted({*FLOWS, *NOUNS})


def _found(request: HttpRequest, actor: Actor) -> tuple[AuditFilterForm, QuerySet[AuditEntry]]:
    """The chain of the auditor's own organisation, as filtered; an unreadable filter is as good as
    none.
    """
    form = AuditFilterForm(request.GET, kinds=_kinds())
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = AuditEntry.objects.filter(organisation_id=actor.organisation_id).order_by("-sequence")
    if who := wanted.get("who"):
        found = found.filter(
            Q(actor_name__icontains=who) | Q(actor_place__icontains=who) | Q(address=who)
        )
    if what := wanted.get("what"):
        found = found.filter(_any_of(what.split()))
    if of := wanted.get("of"):
        found = found.filter(object_label__icontains=of)
    if since := wanted.get("since"):
        found = found.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        found = found.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return form, found


def _any_of(kinds: Iterable[str]) -> Q:
    return reduce(or_, (Q(action__startswith=f"{kind}.") for kind in kinds))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def flaw_words(reason: str) -> str:
    words = {
        "does not follow from the entry before it": gettext(
            "does not follow from the entry before it"
        ),
        "its content was altered": gettext("its content was altered"),
        "the chain does not end where its head says": gettext(
            "the chain does not end where its head says"
        ),
        audit.NOT_IN_CHAIN: gettext("the expected head is not in the chain"),
    }
    return words.get(reason, gettext("an entry is missing here"))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = _auditor(request)
    form, found = _found(request, actor)
    page = page_of(request, found, PAGE_SIZE)
    if not request.GET:
        audit.record("audit.read", by=actor)
    rows = [{"entry": entry, "words": words_of(entry.action)} for entry in page.object_list]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "count": page.paginator.count,
        "chain_head": _head(actor),
        "work": request.session.get("audit_verify"),
        "flaw_words": flaw_words,
    }
    return render(request, "portal/audit.html", context)


def _head(actor: Actor) -> AuditHead | None:
    return AuditHead.objects.filter(organisation=actor.organisation_id).first()


@require_safe
def head(request: HttpRequest) -> HttpResponse:
    """The head of the chain on one page, to be printed, signed and kept."""
    actor = _auditor(request)
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    context = {
        "chain_head": _head(actor),
        "organisation": organisation,
        "at": timezone.now(),
        "name": actor.name,
    }
    return render(request, "portal/audit_head.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered chain in Excel, with the hashes; the export itself is an entry."""
    actor = _auditor(request)
    _form, found = _found(request, actor)
    audit.record(
        "audit.exported",
        by=actor,
        detail={"count": min(found.count(), EXPORT_LIMIT), "filters": request.GET.dict()},
    )
    columns = [
        SheetColumn(gettext("No."), 6, "number"),
        SheetColumn(gettext("When"), 12, "date"),
        SheetColumn(gettext("Who"), 10),
        SheetColumn(gettext("Place"), 12),
        SheetColumn(gettext("Address"), 10),
        SheetColumn(gettext("What"), 16),
        SheetColumn(gettext("Object"), 30),
        SheetColumn(gettext("Hash"), 34),
    ]
    content = workbook([Sheet(gettext("Audit"), columns, _exported(found[:EXPORT_LIMIT]))])
    return excel(content, f"audit-{clock.today():%Y%m%d}.xlsx")


def _exported(found: QuerySet[AuditEntry]) -> Iterator[list[object]]:
    for e in found.iterator(chunk_size=2000):
        yield [
            e.sequence,
            e.at,
            e.actor_name,
            e.actor_place,
            e.address,
            words_of(e.action),
            e.object_label,
            e.hash,
        ]


# Verifying ----------------------------------------------------------------------------------------


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Begin to verify; the page asks on, part by part, until the head is reached.

    It can be left and come back to.
    """
    _auditor(request)
    request.session["audit_verify"] = {
        "sequence": 0,
        "previous": audit.GENESIS,
        "flaws": [],
        "done": False,
        "expected": request.POST.get("expected", "").strip().lower(),
        "seen": False,
    }
    return redirect(reverse("audit") + "#verify")


@require_safe
def progress(request: HttpRequest) -> JsonResponse:
    """Verify the next part and say how far it has come."""
    actor = _auditor(request)
    work: dict[str, Any] | None = request.session.get("audit_verify")
    if work is None:
        return JsonResponse({"error": gettext("Nothing is being verified.")})
    if not work["done"]:
        _verify_part(actor, work)
        request.session["audit_verify"] = work
    chain = _head(actor)
    total = chain.sequence if chain else 0
    text = gettext("%(n)s of %(all)s entries verified") % {"n": work["sequence"], "all": total}
    answer: dict[str, Any] = {
        "value": work["sequence"],
        "total": max(total, 1),
        "text": text,
        "done": work["done"],
    }
    if work["done"]:
        answer["url"] = reverse("audit") + "?verified=1#verify"
    return JsonResponse(answer)


def _verify_part(actor: Actor, work: dict[str, Any]) -> None:
    """The next entries of the chain; at its end the head is compared and the result recorded."""
    part = audit.verify_stretch(actor.organisation_id, work["sequence"], work["previous"], PART)
    work["flaws"] = [*work["flaws"], *([flaw.sequence, flaw.reason] for flaw in part.flaws)][:50]
    work["seen"] = work["seen"] or work["expected"] in part.hashes
    work["sequence"], work["previous"] = part.sequence, part.previous
    if not part.ended:
        return
    if work["expected"] and not work["seen"]:
        work["flaws"].append([part.sequence, audit.NOT_IN_CHAIN])
    work.update(done=True, at=timezone.localtime().strftime("%Y-%m-%d %H:%M"))
    audit.record(
        "audit.verified",
        by=actor,
        detail={"entries": part.sequence, "flaws": len(work["flaws"]), "head": part.previous},
    )

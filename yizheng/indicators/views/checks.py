"""Pages on which a report is checked: paste or drop a text, look at its figures in colour, put
right what differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yizheng.core import attempts, clock
from yizheng.core.access import Actor
from yizheng.core.files import clean_name
from yizheng.core.forms import tell
from yizheng.core.punctuation import sentences
from yizheng.core.refusals import BadInput
from yizheng.core.request_values import whole_number
from yizheng.documents import downloads

from .. import queries, text_checks, text_files
from ..forms import TextCheckForm
from ..models import CheckedFile
from ..text_checks import CheckFinding, TextCheck
from .number_display import reader

KEPT_FOR = dt.timedelta(days=1)


@dataclass
class CheckInput:
    """What was handed in: a text, and the Word file it came from, if it did and still says the
    same.
    """

    text: str
    name: str = ""
    kept: CheckedFile | None = None


@attempts.repeatable
def check(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    form = TextCheckForm(request.POST or None, request.FILES or None, years=queries.years())
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    try:
        handed = _handed(request, form, actor)
    except BadInput as refused:
        tell(refused, form, at="file" if request.FILES else "text")
        return _form(request, form)
    if request.POST.get("replace"):
        handed = _replaced(handed, request.POST["replace"])
    checked = text_checks.check(handed.text, form.cleaned_data["year"], actor)
    if "download" in request.POST:
        return _annotated(handed, checked, actor)
    return _result(request, handed, checked, form)


def _form(request: HttpRequest, form: TextCheckForm) -> HttpResponse:
    return render(
        request, "indicators/check.html", {"form": form}, status=422 if form.errors else 200
    )


# What was handed in -------------------------------------------------------------------------------


def _handed(request: HttpRequest, form: TextCheckForm, actor: Actor) -> CheckInput:
    """Raises UnreadableText when it cannot be read, BadInput when there is nothing."""
    upload = form.cleaned_data["file"]
    if upload:
        name, content = clean_name(upload.name or "text"), upload.read(text_files.MAX_BYTES + 1)
        text = text_files.text_of(name, content)
        return CheckInput(
            text, name, _keep(actor, name, content) if text_files.is_word(content) else None
        )
    text = text_files.clean(form.cleaned_data["text"])
    if not text.strip():
        raise BadInput(_("Paste a text, or choose a file."), field="text")
    return CheckInput(
        text, request.POST.get("name", "")[:120], _kept(request.POST.get("kept", ""), actor, text)
    )


def _keep(actor: Actor, name: str, content: bytes) -> CheckedFile:
    """Kept for its owner until the next day; what is older goes."""
    CheckedFile.objects.filter(added_at__lt=clock.now() - KEPT_FOR).delete()
    assert actor.account_id is not None
    kept = CheckedFile(owner_id=actor.account_id, name=name[:120], content=content)
    kept.save()
    return kept


def _kept(key: str, actor: Actor, text: str) -> CheckedFile | None:
    """The Word file behind the text, unless the text was changed by hand since."""
    kept = CheckedFile.objects.filter(pk=whole_number(key) or 0, owner_id=actor.account_id).first()
    if kept is None or text_files.text_of(kept.name, bytes(kept.content)) != text:
        return None
    return kept


def _replaced(handed: CheckInput, change: str) -> CheckInput:
    """`start:end:words`: our figure put in place of the text's, in the Word file too."""
    start, end, new = _change(change)
    handed.text = text_checks.replaced(handed.text, start, end, new)
    if handed.kept:
        word = text_files.WordText(bytes(handed.kept.content), handed.kept.name)
        word.replace(start, end, new)
        handed.kept.content = word.to_bytes()
        handed.kept.save(update_fields=["content"])
    return handed


def _change(change: str) -> tuple[int, int, str]:
    start, _colon, rest = change.partition(":")
    end, _colon, new = rest.partition(":")
    begin, behind = whole_number(start), whole_number(end)
    if begin is None or behind is None or not new or len(new) > 40:
        raise BadInput(_("The text has changed; check it again."))
    return begin, behind, new


# What comes back ----------------------------------------------------------------------------------


def _annotated(handed: CheckInput, checked: TextCheck, actor: Actor) -> HttpResponse:
    word = (
        text_files.WordText(bytes(handed.kept.content), handed.kept.name) if handed.kept else None
    )
    stem = PurePath(handed.name).stem or _("Checked text")
    name = _("%(name)s (annotated)") % {"name": stem}
    content = text_checks.annotated(checked, word, actor.name or _("Yizheng"))
    return downloads.word(content, f"{name}.docx")


def _result(
    request: HttpRequest, handed: CheckInput, checked: TextCheck, form: TextCheckForm
) -> HttpResponse:
    tally = checked.tally()
    context = {
        "name": handed.name,
        "kept": handed.kept,
        "form": form,
        "text": handed.text,
        "checked": checked,
        "year": form.cleaned_data["year"],
        "paragraphs": list(_paragraphs(checked)),
        "tally": _tally(tally),
        "cards": [_card(f) for f in checked.findings if f.needs_a_look],
        "found": len(checked.findings),
        "seconds": f"{checked.seconds:.1f}",
    }
    return render(request, "indicators/checked.html", context)


def _tally(tally: dict[str, int]) -> list[dict[str, Any]]:
    rows = (
        (_("agrees"), tally["agrees"], "bamboo"),
        (_("differs"), tally["differs"], "cinnabar"),
        (_("does not add up"), tally["arithmetic"], "ochre"),
        (_("cannot be checked"), tally["unknown"] + tally["unreadable"], "neutral"),
    )
    return [{"label": label, "value": value, "tone": tone} for label, value, tone in rows]


def _paragraphs(checked: TextCheck) -> Iterator[list[dict[str, Any]]]:
    """The text line by line, each a row of plain stretches and marks."""
    place, waiting = 0, list(checked.findings)
    for line in checked.text.split("\n"):
        end = place + len(line)
        here = [f for f in waiting if f.start < end]
        waiting = waiting[len(here) :]
        if line.strip():
            yield list(_pieces(checked.text, place, end, here))
        place = end + 1


def _pieces(
    text: str, start: int, end: int, findings: list[CheckFinding]
) -> Iterator[dict[str, Any]]:
    place = start
    for finding in findings:
        if finding.start < place:
            continue
        yield {"text": text[place : finding.start]}
        yield _mark(finding, text)
        place = finding.end
    yield {"text": text[place:end]}


WORDS = {
    "agrees": lambda: _("agrees"),
    "differs": lambda: _("differs"),
    "arithmetic": lambda: _("does not add up"),
    "unknown": lambda: _("cannot be checked"),
    "unreadable": lambda: _("unreadable"),
}


def _mark(finding: CheckFinding, text: str) -> dict[str, Any]:
    """A mark leads to its card, or where there is none to the records."""
    return {
        "text": text[finding.start : finding.end],
        "kind": finding.kind,
        "id": f"mark-{finding.number}",
        "card": f"finding-{finding.number}" if finding.needs_a_look else "",
        "url": finding.url,
        "words": WORDS[finding.kind](),
        "title": sentences(dict.fromkeys(j.ours.title for j in finding.judged if j.ours)),
    }


def _card(finding: CheckFinding) -> dict[str, Any]:
    rows = [
        _card_row(each)
        for each in finding.judged
        if each.verdict in ("differs", "unreadable") or finding.sums
    ]
    change = f"{finding.start}:{finding.end}:{finding.replacement}" if finding.replacement else ""
    return {
        "id": f"finding-{finding.number}",
        "mark": f"mark-{finding.number}",
        "kind": finding.kind,
        "rows": rows,
        "sums": list(dict.fromkeys(s.expression for s in finding.sums)),
        "why": finding.why,
        "change": change,
        "replacement": finding.replacement,
    }


def _card_row(each: Any) -> dict[str, Any]:
    return {
        "subject": each.mention.subject,
        "said": each.mention.text,
        "verdict": each.verdict,
        "ours": text_checks.ours_text(each.ours) if each.ours else "",
        "title": each.ours.title if each.ours else "",
        "url": each.ours.url if each.ours else "",
        "period": each.mention.period.label if each.mention.period else "",
    }

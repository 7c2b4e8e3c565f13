"""Forms of the shell: what of the audit chain is looked for, and which year is brought in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core.fields import DayField
from yizheng.core.forms import choose_from
from yizheng.organisations.forms import SessionUploadForm
from yizheng.organisations.models import Session

from .audit_words import noun_of


class YearUploadForm(SessionUploadForm):
    session = forms.ModelChoiceField(
        label=_("Session of the year"),
        queryset=Session.everywhere.none(),
        empty_label=None,
        help_text=_("Members are looked up in its term."),
    )


class AuditFilterForm(forms.Form):
    who = forms.CharField(label=_("Who"), required=False, max_length=40)
    what = forms.ChoiceField(label=_("What"), required=False)
    of = forms.CharField(label=_("Object"), required=False, max_length=60)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alike = ((" ".join(codes), label) for label, codes in _alike(kinds).items())
        choose_from(self, "what", alike, _("all"))


def _alike(kinds: Iterable[str]) -> dict[str, list[str]]:
    """Kinds by what they are called: one word for a thing and for the lists of it."""
    found: dict[str, list[str]] = {}
    for kind in kinds:
        found.setdefault(str(noun_of(kind)), []).append(kind)
    return found

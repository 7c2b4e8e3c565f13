"""The form by which an issue is put together."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Actor
from yizheng.core.fields import SeveralRows, TextField
from yizheng.core.forms import choose_from
from yizheng.core.punctuation import bracketed, join_cn

from .. import rules
from ..enums import OpinionState
from ..flow.due_dates import rules_of
from ..models import Opinion


class PiecesField(SeveralRows):
    def label_from_instance(self, obj: Opinion) -> str:
        return f"{obj.number} {obj.heading}{bracketed(obj.reporter_name)}"


class IssueForm(forms.Form):
    journal = forms.ChoiceField(label=_("Journal"))
    addressees = forms.CharField(
        label=_("Reported to"),
        max_length=200,
        required=False,
        help_text=_("As it stands at the foot: 报：县委、县政府"),
    )
    copies = forms.CharField(label=_("Copies to"), max_length=200, required=False)
    remark = TextField(label=_("Editor's remark"), max_length=400, required=False, rows=2)
    opinions = PiecesField(
        label=_("Information in this issue"),
        queryset=Opinion.everywhere.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "In the order in which they are numbered below; signed ones that stand in no "
            "other issue."
        ),
    )
    order = forms.CharField(
        label=_("Order"),
        required=False,
        max_length=200,
        help_text=_("Receipt numbers, the first piece first; left empty, as listed."),
    )

    def __init__(self, *args: Any, actor: Actor, issue: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(j.label, j.label) for j in rules_of().journals]
        journal = [(issue.journal, issue.journal)] if issue else []
        choose_from(self, "journal", labels, also=journal)
        free = Opinion.objects.filter(rules.editor.scope(actor), state__in=OpinionState.of("live"))
        free = (
            free.filter(issue_item=None) | free.filter(issue_item__issue=issue)
            if issue
            else free.filter(issue_item=None)
        )
        self.free = free.order_by("signed_at", "id")
        standing = issue.items.values_list("opinion", flat=True) if issue else ()
        choose_from(self, "opinions", self.free, also=standing)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = {opinion.number for opinion in cleaned.get("opinions", ())}
        if chosen and (unknown := [each for each in self._wanted() if each not in chosen]):
            words = _("No information chosen above has the receipt number %(numbers)s.")
            self.add_error("order", words % {"numbers": join_cn(unknown)})
        return cleaned

    def _wanted(self) -> list[str]:
        """The receipt numbers in the order that was typed."""
        return re.findall(r"[^\s,，、]+", self.cleaned_data.get("order", ""))

    def in_order(self) -> list[Opinion]:
        wanted = self._wanted()
        return sorted(
            self.cleaned_data["opinions"],
            key=lambda o: wanted.index(o.number) if o.number in wanted else len(wanted),
        )

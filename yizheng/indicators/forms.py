"""Forms in which an outline or a text to be checked is handed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import outline


class YearForm(forms.Form):
    """Which year to report on, of those that have a session."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class OutlineForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=100)
    outline = forms.CharField(
        label=_("Outline"),
        max_length=outline.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_(
            "Each line is a paragraph. Figures stand between “{” and “}”; the list beside "
            "the text names them."
        ),
    )


class TextCheckForm(forms.Form):
    """A text pasted, or a file handed in."""

    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt"}),
    )
    year = forms.TypedChoiceField(
        label=_("Checked against the records of"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Where the text names a year or a session itself, that one counts."),
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]

"""Forms in which an outline or a text to be checked is handed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core.fields import TextField
from yizheng.core.forms import OneFile, choose_from
from yizheng.indicators.text_files import MAX_BYTES

from . import outline


class YearsForm(forms.Form):
    """A form whose field `year` offers the years that have a session."""

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "year", [(year, str(year)) for year in years])


class YearForm(YearsForm):
    """Which year to report on."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)


class OutlineForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=100)
    outline = TextField(
        label=_("Outline"),
        max_length=outline.LONGEST,
        strip=False,
        help_text=_(
            "Each line is a paragraph. Figures stand between “{” and “}”; the list beside "
            "the text names them."
        ),
        rows=24,
        spellcheck=False,
    )


class TextCheckForm(YearsForm):
    """A text pasted, or a file handed in."""

    text = TextField(label=_("Text"), required=False, strip=False, rows=14, spellcheck=False)
    file = forms.FileField(label=_("File"), required=False, widget=OneFile(".docx,.txt", MAX_BYTES))
    year = forms.TypedChoiceField(
        label=_("Checked against the records of"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Where the text names a year or a session itself, that one counts."),
    )

"""Fields that many forms ask for, drawn and checked alike everywhere."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import clock
from .files import clean_name, read_whole
from .forms import OneFile
from .refusals import BadInput

if TYPE_CHECKING:
    OneRow = forms.ModelChoiceField[Any]
    SeveralRows = forms.ModelMultipleChoiceField[Any]
else:  # Django's own are generic for the type checker only
    OneRow, SeveralRows = forms.ModelChoiceField, forms.ModelMultipleChoiceField


EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""What lies outside is a slip of the pen."""


def is_of_our_time(day: dt.date) -> None:
    """Also of a moment: only its year is looked at."""
    if not EARLIEST.year <= day.year <= LATEST.year:
        raise forms.ValidationError(
            _("The year must lie between %(first)s and %(last)s.")
            % {"first": EARLIEST.year, "last": LATEST.year}
        )


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar."""

    widget = forms.DateInput(
        attrs={"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()},
        format="%Y-%m-%d",
    )
    default_validators = [is_of_our_time]


def has_come(day: dt.date) -> None:
    if not clock.has_come(day):
        raise forms.ValidationError(clock.NOT_YET)


class PastDayField(DayField):
    """The day of something that happened: today at the latest."""

    default_validators = [is_of_our_time, has_come]


class MomentField(forms.DateTimeField):
    """A day and a time of day."""

    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "min": f"{EARLIEST}T00:00", "max": f"{LATEST}T23:59"},
        format="%Y-%m-%dT%H:%M",
    )
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
    default_validators = [is_of_our_time]


class TimeOfDayField(forms.TimeField):
    """A time of day."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class TextField(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, spellcheck: bool = True, **kwargs: Any) -> None:
        attrs = {"rows": rows} if spellcheck else {"rows": rows, "spellcheck": "false"}
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)


class RemarkField(TextField):
    """What one may want to add to a step."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"label": _("Remark"), "required": False, "max_length": 1000, "rows": 3, **kwargs}
        super().__init__(**given)


class ReasonField(TextField):
    """Why a step is taken that others have to live with."""

    def __init__(self, **kwargs: Any) -> None:
        said = _("Whoever it concerns reads this sentence.")
        super().__init__(**{"label": _("Reason"), "max_length": 1000, "help_text": said, **kwargs})


class SearchField(forms.CharField):
    """Words by which a list is filtered."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(**{"required": False, "max_length": 100, "widget": widget, **kwargs})


MOBILE = r"1[3-9]\d{9}"
"""The number of a mobile telephone, wherever one is read."""


class PhoneField(forms.RegexField):
    """A telephone as people write it: mobile, or with area code and extension."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("Only digits and hyphens, seven to twenty of them.")}
        given = {"label": _("Phone"), "required": False, "error_messages": wrong, **kwargs}
        super().__init__(r"^[\d-]{7,20}$", **given)


class MobileField(forms.RegexField):
    """The number of a mobile telephone and nothing else: one can sign in with it."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": _("A mobile number has eleven digits and begins with 1.")}
        super().__init__(rf"^{MOBILE}$", **{"required": False, "error_messages": wrong, **kwargs})


class PaperField(forms.FileField):
    """A file that may come with a form; a kind that is not taken is said at it."""

    widget = OneFile

    def __init__(self, **kwargs: Any) -> None:
        told = _("PDF, Word (docx), Excel (xlsx), OFD, JPG or PNG; at most 20 MB.")
        super().__init__(**{"required": False, "help_text": told, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = super().clean(data, initial)
        if given and given is not initial:
            try:
                read_whole(given, clean_name(given.name))
            except BadInput as refused:
                raise forms.ValidationError(str(refused)) from refused
            given.seek(0)
        return given

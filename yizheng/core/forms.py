"""The form a step asks for, and a lighter choice.

The form knows the object and the actor, and cleans to what the step's effect expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import Actor, Words
from .files import ALLOWED
from .refusals import BadInput


class FlatChoices(BaseChoiceIterator):
    """Pairs that are choices already: Django does not look through them for groups."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        self.pairs = pairs

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.pairs)


class FlatSelect(forms.Select):
    """A plain choice without groups, written at once; Django's own renders two templates for each
    option.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>\n{}\n</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            options,
        )


SELECTED = SafeString(" selected")


class ManyFiles(forms.FileInput):
    """Takes several files.

    It only draws the field; what comes in is checked file by file when it is attached.
    """

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ",".join(ALLOWED)})


class FilesForm(forms.Form):
    """Only draws the field; what comes in is checked file by file when it is attached."""

    label: ClassVar[Any] = gettext_lazy("Attachments")

    def __init__(self) -> None:
        super().__init__()
        self.fields["files"] = forms.FileField(label=self.label, required=False, widget=ManyFiles())


def choose_from(
    form: forms.BaseForm,
    name: str,
    what: QuerySet[Any] | Iterable[tuple[Any, Any]],
    none: Words | None = None,
) -> None:
    """What there is to choose from in this field, where it depends on who asks and on the day:
    rows of a table, or pairs of key and words. `none`: how not choosing is called.
    """
    field = form.fields[name]
    if isinstance(what, QuerySet):
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = what
    else:
        assert isinstance(field, forms.ChoiceField)
        pairs = [*([] if none is None else [("", none)]), *what]
        field.choices = FlatChoices(pairs) if isinstance(field.widget, FlatSelect) else pairs


class StepForm(forms.Form):
    """`page` is the template that shows it; `wide` forms get the whole width."""

    page: ClassVar[str] = "flow/step.html"
    intro: Any = ""

    def __init__(self, *args: Any, obj: Any = None, actor: Actor, **kwargs: Any) -> None:
        self.obj, self.actor = obj, actor
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that depend on the object."""

    @classmethod
    def spread(cls, data: Mapping[str, Any], obj: Any) -> Mapping[str, Any]:
        """The form's fields out of what a program hands in, where it may say more shortly what the
        fields say together.
        """
        return data

    @classmethod
    def filled(
        cls, data: Mapping[str, Any], files: Mapping[str, Any], *, obj: Any, actor: Actor
    ) -> Self:
        """The form as it was handed in, by a page (its texts and files) or by a program (dates,
        objects and files by name).
        """
        if not isinstance(data, QueryDict):
            data = cls.spread(data, obj)
            files = {
                **{name: value for name, value in data.items() if hasattr(value, "read")},
                **files,
            }
        return cls(data, files, obj=obj, actor=actor)


class BadForm(BadInput):
    """A form that was not filled in rightly: the sentence names the fields, `form` says it at each
    of them.
    """

    def __init__(self, form: forms.BaseForm) -> None:
        self.form = form
        super().__init__(problems_of(form) or _("Not saved yet."))


def problems_of(form: forms.BaseForm) -> str:
    return "；".join(
        f"{form[name].label}：{' '.join(map(str, errors))}"
        if name in form.fields
        else " ".join(map(str, errors))
        for name, errors in form.errors.items()
    )


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """What was filled in. Raises BadForm."""
    if not form.is_valid():
        raise BadForm(form)
    return dict(form.cleaned_data)

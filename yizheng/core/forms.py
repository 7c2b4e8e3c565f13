"""Base classes of forms: the form a step asks for, and a lighter choice.

The form knows the object and the actor, and cleans to what the step's effect expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.choices import BaseChoiceIterator, flatten_choices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yizheng.core.request_values import plain

from .access import Actor, Words
from .files import ALLOWED
from .punctuation import colon, one_after_the_other, sentences
from .refusals import BadInput, Refusal


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


class OneFile(forms.FileInput):
    """Takes one file of these endings; `most_bytes` is said before it is sent."""

    def __init__(self, accept: str = ",".join(ALLOWED), most_bytes: int | None = None) -> None:
        super().__init__(attrs={"accept": accept})
        if most_bytes is not None:
            self.most_bytes = most_bytes


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
    *,
    also: Iterable[Any] = (),
) -> None:
    """What there is to choose from in this field, where it depends on who asks and on the day:
    rows of a table, or pairs of key and words. `none`: how not choosing is called.

    `also`: what stands there already (keys of rows, or pairs), and stays on offer though nobody
    could choose it anew: else it would be lost to whoever saves something beside it.
    """
    field = form.fields[name]
    if isinstance(what, QuerySet):
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _with_chosen(what, also)
    else:
        assert isinstance(field, forms.ChoiceField)
        offered = list(what)
        flat: Any = flatten_choices(offered)
        known = {"", *(str(key) for key, _words in flat)}
        gone = [(key, words) for key, words in also if str(key) not in known]
        pairs = [*([] if none is None else [("", none)]), *offered, *gone]
        field.choices = FlatChoices(pairs) if isinstance(field.widget, FlatSelect) else pairs


def _with_chosen(offered: QuerySet[Any], also: Iterable[Any]) -> QuerySet[Any]:
    chosen = [key for key in also if key is not None]
    if not chosen:
        return offered
    there = offered.model._default_manager.filter(pk__in=chosen)
    found: QuerySet[Any] = offered | (there.distinct() if offered.query.distinct else there)
    return found


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


def tell(refused: Refusal, *shown: forms.BaseForm | None, at: str = "") -> bool:
    """Says a refusal in the forms of a page: at the field it is about, in whichever of them that
    stands, else at the head of the first. Answers whether all of it found its field.

    `at`: the field of the first that what names none is about.
    """
    there = [form for form in shown if form is not None]
    if isinstance(refused, BadForm):
        problems = [
            (name, one_after_the_other(errors), refused.form[name].label)
            if name in refused.form.fields
            else ("", one_after_the_other(errors), "")
            for name, errors in refused.form.errors.items()
        ]
    else:
        problems = [(field or at, str(sentence), "") for field, sentence in refused.by_field]
    at_head = 0
    for field, sentence, label in problems:
        place = next(((form, name) for form in there if (name := _name_in(form, field))), None)
        at_head += place is None
        if place:
            _say(*place, sentence)
        else:
            _say(there[0], None, colon(label, sentence) if label else sentence)
    return not at_head


def told_at_fields(refused: Refusal | None, form: forms.BaseForm | None) -> Refusal | None:
    """Says at its fields a refusal that is about fields of the form alone; answers any other, which
    is said above the form.
    """
    if (
        refused is None
        or form is None
        or not all(field in form.fields for field, _sentence in refused.by_field)
    ):
        return refused
    tell(refused, form)
    return None


def _name_in(form: forms.BaseForm, field: str) -> str:
    """The field's name in this form, if it has it; one of several alike is told by its prefix."""
    name = field.removeprefix(f"{form.prefix}-") if form.prefix else field
    return name if name in form.fields and field == form.add_prefix(name) else ""


def said_of(about: Words, sentence: Words) -> str:
    """A sentence about one of several alike. At the fields of its form (`row_name` of the form) the
    name is left out: the head of the page puts it before the field's label.
    """
    return colon(about, sentence)


def _say(form: forms.BaseForm, field: str | None, sentence: str) -> None:
    if about := getattr(form, "row_name", ""):
        sentence = sentence.removeprefix(colon(about, ""))
    if not form.is_bound and not form.errors:
        form.cleaned_data = {}  # a page that was just opened may say what is still missing
    form.add_error(field, sentence)


class _Several(forms.Widget):
    """Inputs of one name that the template draws itself."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(self.key) if hasattr(data, "getlist") else data.get(name, [])
        return [text for each in given if (text := plain(str(each)).strip())]


class Texts(forms.Field):
    """Numbered texts in inputs of one name (`key`), drawn by hand; empty ones count for nothing."""

    def __init__(self, key: str, **given: Any) -> None:
        super().__init__(required=False, widget=_Several(key), **given)

    def clean(self, value: Any) -> list[str]:
        return list(value or [])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != list(data or [])


def problems_of(form: forms.BaseForm) -> str:
    return sentences(
        colon(form[name].label, one_after_the_other(errors))
        if name in form.fields
        else one_after_the_other(errors)
        for name, errors in form.errors.items()
    )


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """What was filled in. Raises BadForm."""
    if not form.is_valid():
        raise BadForm(form)
    return dict(form.cleaned_data)

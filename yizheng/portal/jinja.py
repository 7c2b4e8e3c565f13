"""The Jinja2 environment of all pages: what a template may call without importing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BoundField, ModelChoiceField
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from jinja2 import Environment

from yizheng.core.case_display import TOLD
from yizheng.core.day_words import day_words
from yizheng.core.files import ALLOWED, KINDS_TAKEN
from yizheng.core.flow import Seals
from yizheng.core.punctuation import (
    bracketed,
    clauses,
    colon,
    join_cn,
    one_after_the_other,
    sentences,
)

LONG_LIST = 12
"""A choice among more than this is found by typing."""

NOTHING = "—"
NAMELESS = (NOTHING, BLANK_CHOICE_DASH[0][1])
"""Empty choices that no form has named: ours and Django's."""
_CONTROL_CLASS = {
    "checkbox": "form-check-input",
    "radio": "form-check-input",
    "select": "form-select",
    "hidden": "",
}


def environment(**options: Any) -> Environment:
    env = Environment(  # noqa: S701 - Django's backend passes autoescape=True
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    cast("Any", env).install_gettext_callables(  # brought by the extension i18n
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        static=static, url=url, now=timezone.localtime, language=translation.get_language
    )
    env.filters.update(
        date_cn=date_cn,
        datetime_cn=datetime_cn,
        cell=cell,
        weekday=weekday,
        number=number,
        percent=percent,
        join_cn=join_cn,
        clauses=clauses,
        sentences=sentences,
        one_after_the_other=one_after_the_other,
        colon=colon,
        bracketed=bracketed,
        querystring=querystring,
        choice_groups=choice_groups,
        choice_tag=choice_tag,
        control=control,
        seal_words=seal_words,
        told=told,
        language_name=language_name,
        filesizeformat=file_size,
        file_choice=file_choice,
    )
    env.tests["ascii"] = str.isascii
    env.tests["needed"] = is_needed
    env.tests["choice_cards"] = is_choice_cards
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


# Dates --------------------------------------------------------------------------------------------


def _day(value: dt.date | dt.datetime | str) -> dt.date:
    if isinstance(value, str):
        parsed = parse_date(value[:10])
        if parsed is None:
            raise ValueError(f"not a date: {value}")
        return parsed
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def date_cn(value: dt.date | dt.datetime | str | None, full: bool = False) -> str:
    """3 月 18 日; with the year when it is not this one, or when asked for."""
    if not value:
        return ""
    return day_words(_day(value), full=full)


def datetime_cn(value: dt.datetime | None, full: bool = False) -> str:
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{date_cn(local.date(), full)} {local:%H:%M}"


def cell(value: object) -> object:
    """What a cell of a list holds: days are written as everywhere, unknown is empty."""
    if isinstance(value, dt.datetime):
        return datetime_cn(value)
    return date_cn(value) if isinstance(value, dt.date) else "" if value is None else value


def weekday(value: dt.date | dt.datetime | str | None) -> str:
    if not value:
        return ""
    names = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return names[_day(value).weekday()]


# Numbers and words --------------------------------------------------------------------------------


def number(value: int | float | Decimal | None) -> str:
    """12,345; a missing number is a dash, never a nought."""
    return "—" if value is None else f"{value:,}"


def percent(value: float | Decimal | None, digits: int = 1) -> str:
    """0.875 → 87.5%.

    What is not quite all never reads 100%, what is not quite nothing never reads 0%.
    """
    if value is None:
        return "—"
    step = Decimal(1).scaleb(-digits)
    share = (Decimal(str(value)) * 100).quantize(step)
    if share >= 100 and value < 1:
        share = 100 - step
    if share == 0 and value > 0:
        share = step
    return f"{share.normalize():f}%"


def file_size(count: int) -> str:
    """1.5 MB; 12 KB, of which a part counts as one."""
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{(count + 1023) // 1024} KB"


def querystring(params: QueryDict | Mapping[str, Any], **changes: Any) -> str:
    """The current filters with changes: None takes one out.

    A change of filter goes back to the first page.
    """
    if isinstance(params, QueryDict):
        query = params.copy()
    else:
        query = QueryDict(mutable=True)
        for key, value in params.items():
            query.setlist(key, _as_list(value))
    if "page" not in changes:
        query.pop("page", None)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query.setlist(key, _as_list(value))
    return "?" + query.urlencode()


def _as_list(value: Any) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]


def language_name(code: str) -> str:
    return str(translation.get_language_info(code)["name_local"])


def told(action: str) -> str:
    """What was done to a row, in the words of its app."""
    return str(TOLD.get(action, action))


def seal_words(seals: Iterable[Any]) -> str:
    """The seals as a sentence for those who hear the page: 已提交、已立案，处于办理环节."""
    if isinstance(seals, Seals):
        return _words_of_state(seals, translation.get_language())
    return _seal_words(list(seals))


@lru_cache(maxsize=512)
def _words_of_state(seals: Seals, _language: str | None) -> str:
    """A list shows the same few states over and over."""
    return _seal_words(seals)


def _seal_words(seals: Sequence[Any]) -> str:
    done = [
        pgettext("seal", "%(label)s done") % {"label": seal.label}
        for seal in seals
        if seal.status == "done"
    ]
    now = [
        pgettext("seal", "%(label)s under way") % {"label": seal.label}
        for seal in seals
        if seal.status == "now"
    ]
    parts = [join_cn(part) for part in (done, now) if part]
    return clauses(parts) or pgettext("seal", "Not begun")


# Forms --------------------------------------------------------------------------------------------


def is_long_list(bound: BoundField) -> bool:
    choices = getattr(bound.field, "choices", None)
    return choices is not None and len(list(choices)) > LONG_LIST


def is_choice_cards(bound: BoundField) -> bool:
    return bound.use_fieldset and getattr(bound.field.widget, "input_type", "") in (
        "checkbox",
        "radio",
    )


def control(bound: BoundField, **extra: Any) -> str:
    """The field's own widget, dressed: class, what describes it, whether it must be filled in,
    whether it is wrong.
    """
    kind = getattr(bound.field.widget, "input_type", "text")
    attrs: dict[str, Any] = {key.replace("_", "-"): value for key, value in extra.items()}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if bound.field.required and kind not in ("hidden", "checkbox", "radio"):
        attrs["aria-required"] = "true"
    if is_needed(bound):
        attrs["data-needed"] = True
    if not bound.use_fieldset and (described := describing_ids(bound)):
        attrs["aria-describedby"] = described
    if kind == "select":
        _name_nothing(bound)
        if is_long_list(bound):
            attrs["data-filter-select"] = True
    attrs["class"] = " ".join(filter(None, _classes(bound, kind)))
    drawn = bound.as_widget(attrs=attrs)
    return file_choice(drawn, bound.field.widget) if kind == "file" else drawn


def _classes(bound: BoundField, kind: str) -> tuple[str, ...]:
    own = str(bound.field.widget.attrs.get("class", ""))
    dressed = "" if kind == "file" else _CONTROL_CLASS.get(kind, "form-control")
    return own, dressed, "is-invalid" if bound.errors else ""


def choice_groups(bound: BoundField) -> list[tuple[str, list[BoundWidget]]]:
    """The choices under the headings they were given with; without any, all under none."""
    drawn = list(bound.subwidgets)
    if not any("_" in option.data["index"] for option in drawn):
        return [("", drawn)]
    options = iter(drawn)
    return [
        (str(heading), [next(options) for _choice in choices])
        for heading, choices in bound.field.choices  # type: ignore[attr-defined]  # of a field with choices
    ]


def choice_tag(option: BoundWidget, bound: BoundField) -> str:
    """The input of one choice; each says whether a choice must be made before it is handed in."""
    if is_needed(bound):
        option.data["attrs"]["data-needed"] = True
    return option.tag()


def _name_nothing(bound: BoundField) -> None:
    """Not to have chosen is called by one rule wherever a form gives it no words of its own: where
    one must choose, one is asked to; where nothing is an answer, it is a dash.
    """
    field = bound.field
    must = field.required or is_needed(bound)
    words = translation.pgettext("choice", "choose") if must else NOTHING
    if isinstance(field, ModelChoiceField):
        if field.empty_label in NAMELESS:
            field.empty_label = words
        return
    choices = list(bound.field.widget.choices)
    if choices and choices[0] in [("", label) for label in NAMELESS]:
        bound.field.widget.choices = [("", words), *choices[1:]]


def is_needed(bound: BoundField) -> bool:
    """Not to save it, but to hand it in."""
    return bound.name in getattr(bound.form, "needed", ())


def file_choice(drawn: str, widget: Any = None, *, many: bool = False, most: int = 0) -> SafeString:
    """A file field in the house's words: the browser's own button says “Choose File” in the
    browser's language. It lies, unseen, over ours; without scripts it is shown instead.
    """
    many = many or bool(getattr(widget, "allow_multiple_selected", False))
    most = most or getattr(widget, "most_bytes", settings.ATTACHMENT_BYTES)
    return format_html(
        '<div class="file-choice" data-file-choice data-most="{}" data-kinds="{}">'
        '<span class="file-pick">'
        '<span class="btn" aria-hidden="true">{}</span>{}</span>'
        '<ul class="file-chosen" data-file-chosen aria-live="polite"></ul></div>',
        most,
        _kinds_in_words(str(getattr(widget, "attrs", {}).get("accept", ""))),
        translation.gettext("Choose files") if many else translation.gettext("Choose a file"),
        drawn,
    )


def _kinds_in_words(accept: str) -> str:
    """What a file field takes, as it is said where something else is chosen."""
    if accept == ",".join(ALLOWED):
        return str(KINDS_TAKEN)
    return join_cn(ending.strip().removeprefix(".") for ending in accept.split(",") if ending)


def describing_ids(bound: BoundField) -> str:
    """Ids of the help and the error text of a field, as `components/field.html` writes them."""
    parts = [("error", bound.errors), ("helptext", bound.help_text)]
    return " ".join(f"{bound.auto_id}_{name}" for name, present in parts if present)

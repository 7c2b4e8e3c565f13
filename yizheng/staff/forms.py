"""Forms of posts and staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.fields import DayField, PastDayField, PhoneField
from yizheng.core.forms import choose_from
from yizheng.organisations.queries import not_ended

from .models import ArrivalWay, DepartureWay, StaffPost
from .queries import visible_posts


def _open_posts(actor: Actor) -> QuerySet[StaffPost]:
    """Those that are still there: a post that is abolished next month can be held until then."""
    return visible_posts(actor).filter(not_ended(clock.today()))


class PostForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("staff", "Post"),
        max_length=60,
        help_text=_("For instance: head of the office."),
    )
    level = forms.ChoiceField(label=pgettext_lazy("staff", "Level"), choices=StaffPost.PostLevel)
    kind = forms.ChoiceField(label=_("Kind of establishment"), choices=StaffPost.PostKind)
    number = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=1)
    since = DayField(label=_("From the day"), initial=clock.today)
    paper = forms.CharField(label=_("By which paper"), max_length=100, required=False)


class StaffDayForm(forms.Form):
    on = DayField(label=_("Last day"), initial=clock.today)


class ArrivalForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)
    phone = PhoneField()
    post = forms.ModelChoiceField(
        StaffPost.everywhere.none(), label=pgettext_lazy("staff", "Post"), empty_label=None
    )
    title = forms.CharField(
        label=pgettext_lazy("staff", "Job title"), max_length=60, required=False
    )
    since = PastDayField(label=_("From the day"), initial=clock.today)
    came = forms.ChoiceField(
        label=_("How they came"),
        choices=[c for c in ArrivalWay.choices if c[0] != ArrivalWay.INTERNAL],
    )
    came_from = forms.CharField(label=_("From where"), max_length=80, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "post", _open_posts(actor))


class DepartureForm(forms.Form):
    until = PastDayField(label=_("Last day"), initial=clock.today)
    left = forms.ChoiceField(
        label=_("How they left"),
        widget=forms.RadioSelect,
        choices=[c for c in DepartureWay.choices if c[0] != DepartureWay.INTERNAL],
    )
    left_to = forms.CharField(label=_("Where to"), max_length=80, required=False)


class PostMoveForm(forms.Form):
    post = forms.ModelChoiceField(
        StaffPost.everywhere.none(), label=_("To the post"), empty_label=None
    )
    since = PastDayField(label=_("From the day"), initial=clock.today)
    title = forms.CharField(
        label=pgettext_lazy("staff", "Job title"), max_length=60, required=False
    )

    def __init__(self, *args: Any, actor: Actor, post: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "post", _open_posts(actor).exclude(pk=post))

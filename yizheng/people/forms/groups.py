"""Forms of sectors, groups, and parties and bodies: who answers for each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.forms import choose_from
from yizheng.organisations.forms import NamedForm
from yizheng.organisations.queries import not_ended

from ..models import Collective, Membership
from ..services.persons import of_the_house


def _members() -> QuerySet[Membership]:
    """Who serves, or is to."""
    found = Membership.objects.filter(not_ended(clock.today())).select_related("person")
    return found.order_by("person__name")


def _choice(label: Any, **more: Any) -> forms.ModelChoiceField[Membership]:
    return forms.ModelChoiceField(
        Membership.everywhere.none(), label=label, required=False, empty_label=_("none"), **more
    )


class SectorForm(NamedForm):
    convener = _choice(_("Convener"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "convener", _members())


class GroupForm(SectorForm):
    branch_secretary = _choice(_("Branch secretary"))
    deputy_secretary = _choice(
        _("Deputy secretary-general"), help_text=_("Who of the office answers for the group.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "branch_secretary", _members())
        choose_from(self, "deputy_secretary", of_the_house())


class CollectiveForm(NamedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Collective.CollectiveKind)
    contact = _choice(_("Contact"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "contact", _members())

"""Forms of sectors, groups, and parties and bodies: who answers for each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core.forms import choose_from
from yizheng.organisations.forms import NamedForm

from ..models import Collective, Membership
from ..queries import serving_members
from ..services.persons import of_the_house


def _choice(label: Any, **more: Any) -> forms.ModelChoiceField[Membership]:
    return forms.ModelChoiceField(Membership.everywhere.none(), label=label, required=False, **more)


class SectorForm(NamedForm):
    convener = _choice(_("Convener"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "convener", serving_members(), also=self.chosen("convener"))


class GroupForm(SectorForm):
    branch_secretary = _choice(_("Branch secretary"))
    deputy_secretary = _choice(
        _("Deputy secretary-general"), help_text=_("Who of the office answers for the group.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self, "branch_secretary", serving_members(), also=self.chosen("branch_secretary")
        )
        deputy = self.chosen("deputy_secretary")
        choose_from(self, "deputy_secretary", of_the_house(), also=deputy)


class CollectiveForm(NamedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=Collective.CollectiveKind)
    contact = _choice(_("Contact"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "contact", serving_members(), also=self.chosen("contact"))

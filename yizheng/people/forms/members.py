"""Forms of the roster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.fields import DayField, PhoneField, SearchField
from yizheng.core.forms import choose_from
from yizheng.organisations.forms import YES_NO
from yizheng.organisations.models import Committee, Term

from ..models import Group, Membership, Person, Sector
from ..queries import parties

STATES = [("", _("serving")), ("left", _("left")), ("all", _("all"))]


class MemberFilterForm(forms.Form):
    q = SearchField(label=_("Name or employer"))
    sector = forms.ModelChoiceField(
        Sector.everywhere.none(), label=_("Sector"), required=False, empty_label=_("all")
    )
    party = forms.ChoiceField(label=_("Party"), required=False)
    committee = forms.ModelChoiceField(
        Committee.everywhere.none(), label=_("Committee"), required=False, empty_label=_("all")
    )
    group = forms.ModelChoiceField(
        Group.everywhere.none(), label=_("Group"), required=False, empty_label=_("all")
    )
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=YES_NO)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    term = forms.ModelChoiceField(
        Term.everywhere.none(), label=_("Term"), required=False, empty_label=_("all")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill_places(self)
        choose_from(self, "term", Term.objects.all())
        choose_from(self, "party", ((p, p) for p in parties() if p), _("all"))


def _fill_places(form: forms.Form) -> None:
    for name, model in (("sector", Sector), ("committee", Committee), ("group", Group)):
        choose_from(form, name, model.objects.order_by("pk"))


class MemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[("", "—"), *Person._meta.get_field("sex").flatchoices],
    )
    phone = PhoneField()
    employer = forms.CharField(label=_("Employer and post"), max_length=80, required=False)
    number = forms.CharField(label=_("Member number"), max_length=20, required=False)
    sector = forms.ModelChoiceField(Sector.everywhere.none(), label=_("Sector"))
    party = forms.CharField(
        label=_("Party"),
        max_length=20,
        help_text=_("As the roster writes it: 中共, 民盟, 无党派, 群众 …"),
    )
    committee = forms.ModelChoiceField(
        Committee.everywhere.none(), label=_("Committee"), required=False
    )
    group = forms.ModelChoiceField(Group.everywhere.none(), label=_("Group"), required=False)
    post = forms.CharField(
        label=_("Post in the committee"),
        max_length=20,
        required=False,
        help_text=_("Chair, vice-chair, secretary-general …"),
    )
    is_standing = forms.BooleanField(label=_("Standing member"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill_places(self)


class ChangeMemberForm(MemberForm):
    on = DayField(
        label=_("From the day"),
        required=False,
        help_text=_(
            "From which day sector, committee, group, party, post and standing membership are so; "
            "it may be one to come. Empty: they were entered wrongly and are put right."
        ),
    )
    decided_by = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        required=False,
        help_text=_("The meeting and its record."),
    )


class NewMemberForm(MemberForm):
    term = forms.ModelChoiceField(Term.everywhere.none(), label=_("Term"), empty_label=None)
    since = DayField(label=_("Member since"), initial=clock.today)
    open_account = forms.BooleanField(
        label=_("Open an account"),
        required=False,
        initial=True,
        help_text=_("The first password is shown once."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "term", Term.objects.all())


class MembershipEndForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why"), choices=Membership.End, widget=forms.RadioSelect)
    on = DayField(label=_("Last day"), initial=clock.today)
    record = forms.CharField(
        label=_("Record of the Standing Committee"),
        max_length=200,
        required=False,
        help_text=_(
            "Which meeting decided, on which day, under which number. Needed for a "
            "resignation or revocation."
        ),
    )

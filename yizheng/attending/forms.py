"""Forms of inviting, leave and the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.activities.enums import ParticipantRole
from yizheng.activities.models import Activity
from yizheng.core.fields import TextField
from yizheng.core.forms import StepForm, choose_from
from yizheng.core.punctuation import bracketed
from yizheng.organisations.models import Committee
from yizheng.organisations.queries import open_units
from yizheng.people.fields import name_and_sector
from yizheng.people.models import Group, Sector
from yizheng.people.queries import serving_on

from . import leave_limits
from .models import Leave
from .services.invitations import MemberSelection
from .services.sign_in import SAY_WHY

WHO = [
    ("all", _("all members")),
    ("standing", _("the Standing Committee")),
    ("sector", _("a sector")),
    ("committee", _("a special committee")),
    ("group", _("a group")),
    ("members", _("single members")),
]
MEMBER_ROLES = [ParticipantRole.MEMBER, ParticipantRole.OBSERVER, ParticipantRole.STAFF]
NAMED_ROLES = [ParticipantRole.OBSERVER, ParticipantRole.GUEST, ParticipantRole.STAFF]


def _choices(roles: list[ParticipantRole]) -> list[tuple[str, Any]]:
    return [(role.value, role.label) for role in roles]


class MemberSelectionForm(forms.Form):
    """Which members to add; checked before anybody is added."""

    who = forms.ChoiceField(label=_("Which members"), choices=WHO, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    committee = forms.ChoiceField(label=_("Special committee"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    members = forms.MultipleChoiceField(label=_("Members by name"), required=False)
    role = forms.ChoiceField(
        label=_("In which capacity"), choices=_choices(MEMBER_ROLES), required=False
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        for name, model in (("sector", Sector), ("committee", Committee), ("group", Group)):
            rows = model.objects.values_list("pk", "name")
            choose_from(self, name, [("", "—"), *((str(pk), label) for pk, label in rows)])
        serving = (
            serving_on(timezone.localdate(activity.starts_at))
            .select_related("person", "sector")
            .order_by("sector", "pk")
        )
        choose_from(self, "members", [(str(m.pk), name_and_sector(m)) for m in serving])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        who = found.get("who") or "all"
        if who in ("sector", "committee", "group") and not found.get(who):
            self.add_error(who, _("Choose which one."))
        if who == "members" and not found.get("members"):
            self.add_error("members", _("Choose at least one member."))
        return {**found, "who": who, "role": found.get("role") or ParticipantRole.MEMBER}

    def choice(self) -> MemberSelection:
        data = self.cleaned_data
        wanted = data.get(data["who"]) if data["who"] in ("sector", "committee", "group") else ""
        return MemberSelection(
            data["who"], int(wanted) if wanted else None, tuple(map(int, data["members"]))
        )


class NamedGuestForm(forms.Form):
    """A guest, observer or staff by name."""

    role = forms.ChoiceField(label=_("In which capacity"), choices=_choices(NAMED_ROLES))
    name = forms.CharField(label=_("Name"), max_length=40)
    post = forms.CharField(label=_("Employer and post"), max_length=80, required=False)


class UnitInvitationForm(forms.Form):
    unit = forms.ChoiceField(label=pgettext_lazy("participant", "Unit"))
    name = forms.CharField(label=_("Who comes, if known"), max_length=40, required=False)
    post = forms.CharField(label=_("Post"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in open_units()}
        choices = [(pk, unit.short_name) for pk, unit in self.units.items()]
        choose_from(self, "unit", choices)

    def clean_unit(self) -> Any:
        return self.units[self.cleaned_data["unit"]]


class LeaveNoteForm(StepForm):
    note = TextField(label=_("Remark"), max_length=200, required=False, rows=2)


class RefuseForm(StepForm):
    note = TextField(label=_("Why"), max_length=200, rows=2)


class GrantForm(LeaveNoteForm):
    """Says how often the member had leave; beyond the limit the note is asked for."""

    def prepare(self) -> None:
        if isinstance(self.obj, Leave):
            self.intro = leave_limits.sentence(self.obj)
            if leave_limits.is_beyond(self.obj):
                self.fields["note"].required = True
                self.fields["note"].error_messages["required"] = self.intro + str(
                    _(" To grant it all the same, say why.")
                )
                self.fields["note"].label = _("Why it is granted all the same")


class LeaveRequestForm(StepForm):
    """Asking for leave: a kind of reason from the regulation, and a few words."""

    reason = forms.ChoiceField(label=_("Kind of reason"), widget=forms.RadioSelect)
    words = TextField(
        label=_("Reason"),
        max_length=200,
        help_text=_("One sentence is enough. No certificate is asked for."),
        rows=2,
    )

    def prepare(self) -> None:
        activity = self.obj.participant.activity if isinstance(self.obj, Leave) else self.obj
        reasons, exempt = (
            leave_limits.rules_for(activity).reasons,
            _("does not count towards the limit"),
        )
        choose_from(
            self,
            "reason",
            [
                (reason.code, reason.label + bracketed(reason.is_exempt and exempt))
                for reason in reasons
            ],
        )


class AttendanceReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why it is changed"), max_length=200, required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = activity.attendance_is_settled
        self.fields["reason"].error_messages["required"] = SAY_WHY


class OwnCodeForm(forms.Form):
    """What the desk reads off somebody's telephone."""

    code = forms.CharField(
        label=_("The digits their telephone shows"),
        max_length=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class WaitingReasonForm(forms.Form):
    """Why a sign-in that came after the confirmation is taken in or left out; one for each."""

    reason = forms.CharField(label=_("Why"), max_length=200, error_messages={"required": SAY_WHY})

    def __init__(self, sign_in: int, data: Any = None) -> None:
        super().__init__(data, auto_id=f"why-{sign_in}-%s")
        self.sign_in = sign_in

"""Choosing members and accounts by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from .models import Account, Membership

if TYPE_CHECKING:
    OneMember = forms.ModelChoiceField[Membership]
    SeveralMembers = forms.ModelMultipleChoiceField[Membership]
    SeveralAccounts = forms.ModelMultipleChoiceField[Account]
else:
    OneMember = forms.ModelChoiceField
    SeveralMembers = SeveralAccounts = forms.ModelMultipleChoiceField


def name_and_sector(member: Membership) -> str:
    return f"{member.person.name}（{member.sector.name}）"


class MemberField(OneMember):
    def label_from_instance(self, obj: Membership) -> str:
        return name_and_sector(obj)


class MembersField(SeveralMembers):
    def label_from_instance(self, obj: Membership) -> str:
        return name_and_sector(obj)


class AccountsField(SeveralAccounts):
    def label_from_instance(self, obj: Account) -> str:
        return str(obj.person.name)

"""Choosing members and accounts by name."""

from __future__ import annotations

from yizheng.core.fields import OneRow, SeveralRows
from yizheng.core.punctuation import bracketed

from .models import Account, Membership


def name_and_sector(member: Membership) -> str:
    return member.person.name + bracketed(member.sector.name)


class MemberField(OneRow):
    def label_from_instance(self, obj: Membership) -> str:
        return name_and_sector(obj)


class MembersField(SeveralRows):
    def label_from_instance(self, obj: Membership) -> str:
        return name_and_sector(obj)


class AccountsField(SeveralRows):
    def label_from_instance(self, obj: Account) -> str:
        return str(obj.person.name)

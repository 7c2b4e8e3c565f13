"""Form fields in which members are chosen by name and sector."""

from __future__ import annotations

from typing import Any

from django import forms


class MemberChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}（{obj.sector.name}）"


class MembersChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}（{obj.sector.name}）"

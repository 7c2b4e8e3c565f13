"""The form a step asks for, and a lighter choice. The form knows the object and the actor, and cleans to what the step's effect expects."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from .access import Actor
from .files import ALLOWED


class FlatSelect(forms.Select):
    """A plain choice drawn by one template; Django's own includes two more for each option."""

    template_name = "core/flat_select.html"


class ManyFiles(forms.FileInput):
    """Takes several files. It only draws the field; what comes in is checked file by file when it is attached."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ",".join(ALLOWED)})


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

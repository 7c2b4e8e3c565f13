"""Types of regulations' parameters that every subject uses: what a page can show as a form and
explain in words.
"""

from __future__ import annotations

from typing import Annotated, Any

import pydantic
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict

from yizheng.core.numbering import check_pattern
from yizheng.core.refusals import BadInput

Field: Any = (
    pydantic.Field
)  # its types know no lazily translated titles; pydantic itself only hands them on
Days = Annotated[int, Field(ge=1, le=365)]
Months = Annotated[int, Field(ge=1, le=24)]


NUMBERED_BY = frozenset({"term", "session", "year", "unit"})
"""What a number may name besides its serial."""


def checked_pattern(pattern: str) -> str:
    try:
        return check_pattern(pattern, NUMBERED_BY)
    except BadInput as refused:
        raise ValueError(refused.sentence) from refused


Pattern = Annotated[str, AfterValidator(checked_pattern), Field(max_length=60)]
# A key that records keep; people read the label. Forms make it from the label.
Code = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        max_length=60,
        title=_("code"),
        json_schema_extra={"key": True},
    ),
]
Line = Annotated[str, Field(min_length=1, max_length=60)]
Label = Annotated[Line, Field(title=_("wording"))]


def choices(**words: Any) -> Any:
    """What the values of a choice are called, for whoever reads or edits the regulation."""
    return {"choices": words}


def counted(default: int, title: Any, unit: str) -> Any:
    """`unit` is a word the regulation's pages know: working_days, days, months, times, items,
    percent.
    """
    return Field(default, title=title, json_schema_extra={"unit": unit})


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

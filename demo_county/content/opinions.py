"""Public-opinion information of 云溪县 in a year: what was reported, and how far
each piece went.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from .reading import one_of, read
from .text import template
from .units import NameOfUnit

Category = Literal["经济", "城市建设与管理", "教科文卫体", "人力资源和社会保障", "统战外事", "其他"]
FATES = (
    *("answered", "unit_done", "closed", "instructed", "transferred", "unit_answered"),
    *("up_adopted", "up_taken", "up_waiting", "sent", "published", "signed", "signing"),
    *("checking", "editing", "merged_main", "merged", "submitted", "returned", "empty"),
    *("repeated", "personal", "solved", "withdrawn", "draft", "desk"),
)


@dataclass(frozen=True)
class OpinionText:
    """`fate` names the last thing that happened to it; `unit` is whose answer was asked, `answer`
    what it said.
    """

    fate: Annotated[str, one_of("fate", FATES)]
    title: str
    category: Category
    situation: str
    suggestion: str
    unit: NameOfUnit = ""
    answer: str = ""

    @property
    def text(self) -> str:
        return f"{self.situation}\n{self.suggestion}"


class Leader(NamedTuple):
    name: str
    post: str
    level: Literal["county", "city"]


@dataclass(frozen=True)
class Opinions:
    orders: tuple[Annotated[str, template("unit")], ...]
    feedback: tuple[str, ...]
    leaders: tuple[Leader, ...]
    for_the_desk: OpinionText
    reports: tuple[OpinionText, ...]

    def __post_init__(self) -> None:
        fates = [report.fate for report in self.reports]
        if fates.count("merged") != 1 or fates.count("merged_main") != 1:
            raise ValueError("one piece must be merged into one other (merged, merged_main)")


_READ = read("opinions.toml", Opinions)
REPORTS = _READ.reports
FOR_THE_DESK = _READ.for_the_desk
LEADERS = _READ.leaders
ORDERS = _READ.orders
FEEDBACK = _READ.feedback
MERGED = next(report.title for report in REPORTS if report.fate == "merged")

"""Blocks a document is made of: immutable pieces, drawn by `writer`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right", "both"]
ChartKind = Literal["column", "bar", "stacked", "line"]

_BOOKMARK = re.compile(r"[^\W\d_][\w]{0,39}")
_SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Hyperlink:
    """Text that opens an address: a figure that opens its records."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.lower().startswith(_SCHEMES):
            raise ValueError(f"A link in a document needs a full address, not {self.url!r}.")


@dataclass(frozen=True)
class Reference:
    """Text that jumps to a bookmark of the same document."""

    text: str
    bookmark: str


Inline = str | Hyperlink | Reference
Text = str | Sequence[Inline]


def plain(text: Text) -> str:
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else part.text for part in text)


@dataclass(frozen=True)
class BookmarkedBlock:
    bookmark: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if self.bookmark and not _BOOKMARK.fullmatch(self.bookmark):
            raise ValueError(f"Not a name Word accepts for a bookmark: {self.bookmark!r}.")


@dataclass(frozen=True)
class Paragraph(BookmarkedBlock):
    """Body text. Line breaks in it start new paragraphs."""

    text: Text
    align: Align = "both"
    indent: bool = True


@dataclass(frozen=True)
class Heading(BookmarkedBlock):
    """Level 1 一、 level 2 （一） level 3 1. level 4 （1）; numbers are counted unless the text
    brings its own.

    `run_in` is body text that goes on in the same paragraph, as offices write
    （一）加强领导。各单位要……
    """

    level: Literal[1, 2, 3, 4]
    text: Text
    numbered: bool = field(default=True, kw_only=True)
    run_in: Text = field(default="", kw_only=True)


@dataclass(frozen=True)
class Note:
    """Small print under a table or at the end of a form."""

    text: Text


@dataclass(frozen=True)
class TableColumn:
    title: str
    width: float = 1  # share of the table's width
    align: Align = "center"


@dataclass(frozen=True)
class ListTable(BookmarkedBlock):
    """Rows under a header that is repeated on each page."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Text]]
    caption: str = ""
    total: bool = field(default=False, kw_only=True)  # the last row is a sum and stands out


@dataclass(frozen=True)
class FormField:
    """A label and its value in a form; without a label the value takes the whole width."""

    label: str
    value: Text = ""
    height_mm: float = 0  # at least so high, to be filled in by hand


@dataclass(frozen=True)
class FormTable(BookmarkedBlock):
    """A bordered form: each row holds one field, or two side by side."""

    rows: Sequence[Sequence[FormField]]
    label_mm: float = 30


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart(BookmarkedBlock):
    """A native chart that can be edited in Word; `alt` is read out by screen readers."""

    kind: ChartKind
    categories: Sequence[str]
    series: Sequence[Series]
    caption: str = ""
    alt: str = field(default="", kw_only=True)
    height_mm: float = field(default=75, kw_only=True)
    number_format: str = field(default="General", kw_only=True)


@dataclass(frozen=True)
class Picture:
    """A PNG in the middle of the line; `alt` is read out by screen readers."""

    content: bytes
    width_mm: float
    alt: str


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Annex(BookmarkedBlock):
    """Starts an annex on a new page: 附件1 at the left, its title centred."""

    title: str
    number: int | None = None


@dataclass(frozen=True)
class Signature:
    """Who signs and when; two characters of room above for the seal."""

    organs: Sequence[str]
    day: str


Block = (
    Paragraph
    | Heading
    | Note
    | ListTable
    | FormTable
    | Chart
    | Picture
    | PageBreak
    | Annex
    | Signature
)


def ticks(choices: Sequence[str], chosen: str | Sequence[str] = ()) -> str:
    """满意 ticked of three: `☑满意　□基本满意　□不满意`."""
    picked = {chosen} if isinstance(chosen, str) else set(chosen)
    return "　".join(f"{'☑' if choice in picked else '□'}{choice}" for choice in choices)

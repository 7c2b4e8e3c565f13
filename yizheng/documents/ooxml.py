"""The few elements of WordprocessingML that python-docx does not offer."""

from collections.abc import Mapping
from typing import Literal, cast

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
TWIPS_PER_MM = 1440 / 25.4


def twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)


def element(
    tag: str, attributes: Mapping[str, object] | None = None, *children: Element
) -> Element:
    made = cast(Element, OxmlElement(tag))
    for name, value in (attributes or {}).items():
        made.set(qn(name), str(value))
    for child in children:
        made.append(child)
    return made


def value(tag: str, val: object) -> Element:
    return element(tag, {"w:val": val})


def border(side: str, *, eighths: int, colour: str = "000000", space: int = 0) -> Element:
    """A border of `eighths` of a point; `space` in points from the text."""
    return element(
        f"w:{side}", {"w:val": "single", "w:sz": eighths, "w:space": space, "w:color": colour}
    )


def frame(
    *, x: int | None, y: int | None, width: int, anchor: Literal["page", "margin"] = "page"
) -> Element:
    """Puts a paragraph at a place of the page (twips), without `x` in the middle, without `y` at
    the foot.

    Consecutive paragraphs with equal frames share one.
    """
    attributes: dict[str, object] = {
        "w:w": width,
        "w:hSpace": 0,
        "w:wrap": "notBeside",
        "w:vAnchor": anchor,
        "w:hAnchor": anchor,
    }
    attributes |= {"w:x": x} if x is not None else {"w:xAlign": "center"}
    attributes |= {"w:y": y} if y is not None else {"w:yAlign": "bottom"}
    return element("w:framePr", attributes)


def field_runs(instruction: str, shown: str) -> list[Element]:
    """A field such as PAGE, with the text shown until it is worked out."""
    pieces = [
        element("w:fldChar", {"w:fldCharType": "begin"}),
        _text("w:instrText", f" {instruction} "),
        element("w:fldChar", {"w:fldCharType": "separate"}),
        _text("w:t", shown),
        element("w:fldChar", {"w:fldCharType": "end"}),
    ]
    return [element("w:r", None, piece) for piece in pieces]


def _text(tag: str, text: str) -> Element:
    made = element(tag, {"xml:space": "preserve"})
    made.text = text
    return made


def text_run(text: str, properties: Element | None = None) -> Element:
    """A run; tabs become tab stops."""
    made = element("w:r", None, *([properties] if properties is not None else []))
    for place, piece in enumerate(text.split("\t")):
        if place:
            made.append(element("w:tab"))
        if piece:
            made.append(_text("w:t", piece))
    return made

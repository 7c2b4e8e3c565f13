"""Charts: drawn as wide as their frame, whatever becomes of the window."""

from __future__ import annotations

from typing import Any

from .people import Enter

WIDTHS = """() => {
  const frame = document.querySelector(".chart-drawn .chart-canvas");
  return [frame.clientWidth, Math.round(frame.querySelector("canvas").getBoundingClientRect().width)];
}"""
FITS = f"() => {{ const [frame, canvas] = ({WIDTHS})(); return frame === canvas; }}"
NAMES = [f"{kind}方面的专题协商会议" for kind in ("教育", "卫生", "农业", "交通")]
"""Eleven characters each, of thirteen pixels: 143, and a space between them."""
SPEC: dict[str, Any] = {
    "kind": "bar",
    "categories": NAMES,
    "series": [{"name": "次数", "values": [3, 1, 2, 4]}],
}
CHARACTER = 13
LISTENS = """
const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...place) {
  this.canvas.words = [];
  return clearRect.apply(this, place);
};
CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
  (this.canvas.words ||= []).push(text);
  return fillText.call(this, text, ...place);
};"""
"""Each canvas knows which words stand on it since it was last wiped."""
LINES = """(names) => document.querySelector(".chart-drawn canvas").words.filter(
  (text) => text && names.some((name) => name.includes(text)))"""
NAMES_FIT = f"""([names, most]) => {{
  const lines = ({LINES})(names);
  return lines.join("") === names.join("") && Math.max(...lines.map((line) => line.length)) <= most;
}}"""


def test_a_chart_follows_its_frame(enter: Enter) -> None:
    """Also the names under it: each is broken so that it keeps clear of its neighbours."""
    clerk = enter("clerk")
    clerk.page.add_init_script(LISTENS)
    clerk.page.route("**/figures/**/chart/*", lambda route: route.fulfill(json=SPEC))
    page = clerk.go("/figures/")
    seen, longest = set(), {}
    for width in (1600, 800, 1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_selector(".chart-drawn canvas")
        page.wait_for_function(FITS)
        frame, _canvas = page.evaluate(WIDTHS)
        assert 0 < frame <= width
        seen.add(frame)
        page.wait_for_function(NAMES_FIT, arg=[NAMES, frame // len(NAMES) // CHARACTER])
        longest[frame] = max(map(len, page.evaluate(LINES, NAMES)))
    assert len(seen) >= 3  # of two columns, each is as wide as some narrower page
    assert longest[max(seen)] > longest[min(seen)]
    assert clerk.violations() == []


LYING: dict[str, Any] = {
    "kind": "bar",
    "horizontal": True,
    "categories": ["B类（列入计划拟解决）", "尚未答复"],
    "series": [{"name": "件数", "values": [51, 22]}],
}
MONTHS: dict[str, Any] = {
    "kind": "bar",
    "categories": [f"{month}月" for month in range(1, 13)],
    "series": [{"name": "次数", "values": list(range(12))}],
}


def test_on_a_telephone_names_leave_room_for_bars_and_numbers(enter: Enter) -> None:
    """Names beside lying bars take two fifths at most; months for which there is no room are left
    out whole.
    """
    clerk = enter("clerk")
    clerk.page.add_init_script(LISTENS)
    clerk.page.set_viewport_size({"width": 320, "height": 900})
    spec = LYING
    clerk.page.route("**/figures/**/chart/*", lambda route: route.fulfill(json=spec))
    page = clerk.go("/figures/")
    page.wait_for_selector(".chart-drawn canvas")
    frame, _canvas = page.evaluate(WIDTHS)
    lines = page.evaluate(LINES, spec["categories"])
    assert "".join(lines) == "".join(spec["categories"])
    assert max(map(len, lines)) * CHARACTER <= frame * 0.4 + CHARACTER
    spec = MONTHS
    clerk.go("/figures/")
    page.wait_for_selector(".chart-drawn canvas")
    months = [text for text in page.evaluate(LINES, spec["categories"]) if "月" in text]
    assert months and set(months) < set(spec["categories"]), "whole names, and not all of them"
    assert clerk.violations() == []

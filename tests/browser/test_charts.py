"""Charts: drawn as wide as their frame, whatever becomes of the window."""

from __future__ import annotations

from collections.abc import Callable

from .people import Person

Enter = Callable[..., Person]
WIDTHS = """() => {
  const frame = document.querySelector(".chart-drawn .chart-canvas");
  return [frame.clientWidth, Math.round(frame.querySelector("canvas").getBoundingClientRect().width)];
}"""
FITS = f"() => {{ const [frame, canvas] = ({WIDTHS})(); return frame === canvas; }}"


def test_a_chart_follows_its_frame(enter: Enter) -> None:
    clerk = enter("clerk")
    page = clerk.go("/figures/")
    seen = set()
    for width in (1600, 800, 1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_selector(".chart-drawn canvas")
        page.wait_for_function(FITS)
        frame, _canvas = page.evaluate(WIDTHS)
        assert 0 < frame <= width
        seen.add(frame)
    assert len(seen) >= 3  # of two columns, each is as wide as some narrower page
    assert clerk.violations() == []

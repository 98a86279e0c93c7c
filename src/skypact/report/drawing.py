"""From an Altair chart to SVG that stands in the page.

Charts are drawn when the report is made and put into the page as SVG: no script runs in the page, it
prints as it looks, and nothing can be loaded from elsewhere.  The script that interactive charts need
would alone be 0.9 MB.  Colours are variables of the page's style sheet, so that one drawing serves the
light and the dark scheme.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from skypact.report.lettering import beyond, lines, room

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"
WIDE, NARROW = 700, 336
SLACK_PX = 4
"""What a drawing may be too wide: the frame of a map has lines."""
INK, FAINT, RULE = "var(--ink)", "var(--faint)", "var(--rule)"

CONFIG: dict[str, Any] = {
    "background": None,
    "aria": False,
    "font": FONT,
    "padding": {"left": 1, "right": 1, "top": 2, "bottom": 5},
    "view": {"stroke": None},
    "axis": {
        "labelColor": FAINT,
        "titleColor": FAINT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": FAINT,
        "tickColor": FAINT,
        "labelOverlap": "greedy",
    },
    "legend": {"labelColor": INK, "columnPadding": 26},
    "header": {"labelColor": INK, "labelFontSize": 13, "titleColor": INK},
    "text": {"color": INK, "fontSize": 12},
}


def data(values: list[dict[str, Any]]) -> Any:
    """Values as the data of a chart."""
    return {"values": values}


def reported_marks(values: list[dict[str, Any]]) -> Any:
    """A diamond for each value: what was reported."""
    return alt.Chart(data(values)).mark_point(
        shape="diamond", color="var(--reported)", fill="var(--paper)", size=90, strokeWidth=2, opacity=1
    )


def label_axis(names: list[str], width: int, size_px: int = 12) -> tuple[Any, int, int]:
    """An axis with names beside the rows, broken into lines so that none is cut.

    Returns the axis, the room that it takes in pixels, and the height of its tallest name in lines.
    The names must be given to the chart as `on_lines` makes them.
    """
    broken = [lines(name, width / 3, size_px) for name in names]
    axis = alt.Axis(
        title=None,
        labelExpr="split(datum.label, '\\n')",
        labelLimit=width,
        labelFontSize=size_px,
        labelColor=INK,
        labelLineHeight=size_px + 2,
        labelOverlap=False,
        grid=True,
    )
    longest = max(room(line, size_px) for part in broken for line in part)
    return axis, round(longest) + 12, max(map(len, broken))


def on_lines(name: str, width: int, size_px: int = 12) -> str:
    """A name as `label_axis` shows it."""
    return "\n".join(lines(name, width / 3, size_px))


def svg(chart: Any, label: str) -> Markup:
    """Draw a chart; `label` says what it shows to those who cannot see it.

    The drawing has room for its texts in any of the usual fonts, so it may be wider than the chart.
    """
    spec = chart.to_dict(validate=False)
    spec["config"] = CONFIG
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=".".join(alt.SCHEMA_VERSION[1:].split(".")[:2]))
    drawn = _with_room(drawn)
    opening = f'<svg role="img" aria-label="{escape(label)}" '
    drawn = re.sub(r"<svg ", lambda _: opening, drawn, count=1)
    drawn = re.sub(r' (?:aria-hidden|aria-roledescription|pointer-events)="[^"]*"', "", drawn)
    drawn = re.sub(r' role="graphics-[a-z]+"', "", drawn)
    drawn = re.sub(r'<path class="(?:background|foreground)" d="[^"]*"(?: display="none")?/>', "", drawn)
    drawn = drawn.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    drawn = drawn.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return Markup(drawn)


def _with_room(drawn: str) -> str:
    """The same drawing in a frame that is wide enough for its texts in any of the usual fonts."""
    width, height = _size(drawn)
    left, right = map(math.ceil, beyond(drawn, width))
    whole = f"{width + left + right:g}"
    drawn = re.sub(r'width="[\d.]+"', f'width="{whole}"', drawn, count=1)
    return re.sub(r'viewBox="[^"]*"', f'viewBox="{-left:g} 0 {whole} {height:g}"', drawn, count=1)


def _size(drawn: str) -> tuple[float, float]:
    found = re.search(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', drawn)
    assert found is not None
    return float(found[1]), float(found[2])


def both_widths(draw: Callable[[int], Any], label: str) -> Markup:
    """The same chart for wide and for narrow screens; the style sheet shows one of them.

    `draw` makes the chart for a width in pixels.  A drawing is not scaled down, so that its text stays
    readable; where its texts may need more room than is there, it is drawn again with a smaller width.
    """
    wide, narrow = fitted(draw, WIDE, label), fitted(draw, NARROW, label)
    return Markup('<div class="wide-only">{}</div><div class="narrow-only">{}</div>').format(wide, narrow)


def fitted(draw: Callable[[int], Any], width: int, label: str) -> Markup:
    """The chart with its frame, so that both are of one width in pixels."""
    drawn = svg(draw(width), label)
    over = math.ceil(_size(drawn)[0] - width)
    return drawn if over <= SLACK_PX else svg(draw(width - over), label)

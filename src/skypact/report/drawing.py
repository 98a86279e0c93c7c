"""From an Altair chart to SVG that stands in the page.

Charts are drawn when the report is made and put into the page as SVG: no script runs in the page, it
prints as it looks, and nothing can be loaded from elsewhere.  The script that interactive charts need
would alone be 0.9 MB.  Colours are variables of the page's style sheet, so that one drawing serves the
light and the dark scheme.
"""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"
WIDE, NARROW = 700, 336
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
    "header": {"labelColor": INK, "labelFontSize": 13, "titleColor": INK},
    "text": {"color": INK, "fontSize": 12},
}


def data(values: list[dict[str, Any]]) -> Any:
    """Values as the data of a chart."""
    return {"values": values}


def svg(chart: Any, label: str) -> Markup:
    """Draw a chart; `label` says what it shows to those who cannot see it."""
    spec = chart.to_dict(validate=False)
    spec["config"] = CONFIG
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=".".join(alt.SCHEMA_VERSION[1:].split(".")[:2]))
    opening = f'<svg role="img" aria-label="{escape(label)}" '
    drawn = re.sub(r"<svg ", lambda _: opening, drawn, count=1)
    drawn = re.sub(r' (?:aria-hidden|aria-roledescription|pointer-events)="[^"]*"', "", drawn)
    drawn = re.sub(r' role="graphics-[a-z]+"', "", drawn)
    drawn = re.sub(r'<path class="(?:background|foreground)" d="[^"]*"(?: display="none")?/>', "", drawn)
    drawn = drawn.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    drawn = drawn.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return Markup(drawn)


def both_widths(draw: Any, label: str) -> Markup:
    """The same chart for wide and for narrow screens; the style sheet shows one of them.

    `draw` makes the chart for a width in pixels.  A drawing is not scaled down, so that its text stays
    readable.
    """
    wide, narrow = svg(draw(WIDE), label), svg(draw(NARROW), label)
    return Markup('<div class="wide-only">{}</div><div class="narrow-only">{}</div>').format(wide, narrow)

"""Charts of the public record: what was launched by month, and what became of it as one side reports."""

from __future__ import annotations

from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.evidence.counts import CLASS_NAMES
from skypact.report.drawing import INK, both_widths, data
from skypact.report.lettering import lines
from skypact.report.material import Record
from skypact.report.section import Key

PARTS = {"destroyed": "var(--c1)", "not_reached": "var(--c5)", "through": "var(--c2)"}
"""What became of those launched, with its colour; from below."""
KEYS = (
    Key("square", "var(--c1)", "destroyed"),
    Key("square", "var(--c5)", "did not reach, where reported"),
    Key("square", "var(--c2)", "through: neither claimed"),
)
SIDE_PX = 44


def months(document: Record) -> Markup | None:
    """A row of columns for each class, one column a month."""
    counts = document["counts"]
    if not counts:
        return None
    classes = [name for name in CLASS_NAMES if any(one["class"] == name for one in counts)]
    first, last = counts[0]["month"], _following(counts[-1]["month"])

    def draw(width: int) -> Any:
        rows = []
        for name in classes:
            shown = [
                {
                    "from": f"{one['month']}-01",
                    "to": f"{_following(one['month'])}-01",
                    "low": sum(one[other] or 0 for other in list(PARTS)[:number]),
                    "high": sum(one[other] or 0 for other in list(PARTS)[: number + 1]),
                    "colour": PARTS[part],
                }
                for one in counts
                if one["class"] == name
                for number, part in enumerate(PARTS)
                if one[part]
            ]
            domain = [f"{first}-01", f"{last}-01"]
            axis = alt.Axis(title=None, grid=False, format="%Y-%m", tickCount=max(3, width // 110))
            x = alt.X("from:T", scale=alt.Scale(domain=domain), axis=axis if name == classes[-1] else None)
            y = alt.Y("low:Q").axis(title=None, tickCount=3, grid=True, minExtent=36, maxExtent=36)
            bars = (
                alt.Chart(data(shown))
                .mark_rect(stroke="var(--paper)", strokeWidth=0.6)
                .encode(
                    x=x, x2=alt.X2("to:T"), y=y, y2=alt.Y2("high:Q"), color=alt.Color("colour:N", scale=None)
                )
            )
            title = alt.TitleParams(
                lines(CLASS_NAMES[name], width - SIDE_PX, 13),
                anchor="start",
                frame="group",
                fontSize=13,
                fontWeight="normal",
                color=INK,
                offset=4,
            )
            rows.append(bars.properties(width=width - SIDE_PX, height=84, title=title))
        return alt.vconcat(*rows, spacing=10)

    label = "Weapons launched by month and class, and what became of them as reported: " + "; ".join(
        f"{CLASS_NAMES[one['class']]} {one['launched']} launched, {one['destroyed']} destroyed, "
        f"{one['through']} through"
        for one in document["totals"]
    )
    return both_widths(draw, label)


def _following(month: str) -> str:
    """The next month.

    >>> _following("2024-12")
    '2025-01'
    """
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"

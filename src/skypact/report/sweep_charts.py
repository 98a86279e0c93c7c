"""A chart of a sweep: for each outcome the share of every axis, alone and with others."""

from __future__ import annotations

from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.report.drawing import FAINT, INK, both_widths, data
from skypact.report.lettering import lines
from skypact.report.material import Record
from skypact.report.section import Key
from skypact.report.tables.sweep import MEASURES, axis_words

LINE_PX, ROW_PX = 15, 24
KEYS = (
    Key("bar", "var(--link)", "alone: what knowing this axis would remove; dot, and 95 % interval"),
    Key("bar", "var(--faint)", "with others: what would be left if all other axes were known"),
)


def shares(document: Record) -> Markup | None:
    """A group of rows for each outcome, a row for each axis."""
    found = [one for one in document["outcomes"] if one["shares"]]
    if not found:
        return None
    ends = [
        share[part][end]
        for one in found
        for share in one["shares"]
        for part in share
        if part != "axis"
        for end in ("low", "high")
    ]

    def draw(width: int) -> Any:
        marks, texts, y = [], [], 0.0
        for one in found:
            for text in lines(f"{one['policy']}: {MEASURES[one['measure']]}", width - 30, 14):
                texts.append({"text": text, "text_y": y + LINE_PX, "weight": "bold"})
                y += LINE_PX
            y += 6
            for share in one["shares"]:
                for text in lines(axis_words(share["axis"]), width - 30, 13):
                    texts.append({"text": text, "text_y": y + LINE_PX, "weight": "normal"})
                    y += LINE_PX
                for part, down, colour in (("total", 12, FAINT), ("first", 6, "var(--link)")):
                    if part in share:
                        shown = {name: 100 * share[part][name] for name in ("value", "low", "high")}
                        marks.append({**shown, "y": y + down, "colour": colour})
                y += ROW_PX
            y += 8
        low, high = min(0, *(100 * one for one in ends)), max(100, *(100 * one for one in ends))
        axis = alt.Axis(
            title=lines("% of the variance over the points", width - 30, 12), grid=True, tickCount=5
        )
        x = alt.X("low:Q", scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
        at = alt.Y("y:Q", scale=alt.Scale(domain=[y, 0], nice=False), axis=None)
        coloured = alt.Color("colour:N", scale=None)
        bars = alt.Chart(data(marks)).mark_rule(strokeWidth=4, strokeCap="round")
        dots = alt.Chart(data(marks)).mark_point(filled=True, size=55, opacity=1)
        words = alt.Chart(data(texts)).mark_text(align="left", baseline="bottom", fontSize=13, color=INK)
        return alt.layer(
            bars.encode(x=x, x2=alt.X2("high:Q"), y=at, color=coloured),
            dots.encode(x=alt.X("value:Q"), y=at, color=coloured),
            words.encode(x=alt.value(5), y=alt.Y("text_y:Q", axis=None), text=alt.Text("text:N")),
        ).properties(width=width - 16, height=y)

    label = "How much of what differs from point to point goes with each axis; the table has the numbers."
    return both_widths(draw, label)

"""A chart of a calibration: what sets gave before and after, and the record."""

from __future__ import annotations

from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.report.drawing import FAINT, INK, both_widths, data, reported_marks
from skypact.report.lettering import lines
from skypact.report.material import Record
from skypact.report.tables.calibration import kinds

LINE_PX, ROW_PX = 15, 40


def outcomes(calibrated: Record) -> Markup:
    """A row for each night and class: shares through, before above after, and the record across both."""

    def draw(width: int) -> Any:
        marks, texts, records, y = [], [], [], 0.0
        for one in calibrated["outcomes"]:
            title = f"{one['night']}, {kinds(one['kind'])}"
            written = lines(title, width - 30, 13)
            for number, text in enumerate(written):
                texts.append({"text": text, "text_y": y + LINE_PX * (number + 0.8)})
            y += LINE_PX * len(written)
            scale = 100 / max(1, one["launched"])
            for when, down in (("prior", 7), ("posterior", 15)):
                shown = {name: scale * one[when][name] for name in ("mean", "low", "high")}
                after = when == "posterior"
                colour = "var(--accent)" if after else FAINT
                marks.append({**shown, "y": y + down, "colour": colour, "strength": 0.9 if after else 0.4})
            records.append({"at": scale * one["through"], "y": y + 11})
            y += ROW_PX - LINE_PX
        axis = alt.Axis(
            title=lines("% of those launched that get through", width - 30, 12), grid=True, tickCount=5
        )
        x = alt.X("low:Q", scale=alt.Scale(domain=[-2, 102], nice=False), axis=axis)
        at = alt.Y("y:Q", scale=alt.Scale(domain=[y, 0], nice=False), axis=None)
        coloured = alt.Color("colour:N", scale=None)
        strength = alt.Opacity("strength:Q", scale=None)
        bars = alt.Chart(data(marks)).mark_rule(strokeWidth=5, strokeCap="round")
        dots = alt.Chart(data(marks)).mark_point(filled=True, size=50, opacity=1)
        words = alt.Chart(data(texts)).mark_text(align="left", baseline="bottom", fontSize=13, color=INK)
        return alt.layer(
            bars.encode(x=x, x2=alt.X2("high:Q"), y=at, color=coloured, opacity=strength),
            dots.encode(x=alt.X("mean:Q"), y=at, color=coloured),
            reported_marks(records).encode(x=alt.X("at:Q"), y=at),
            words.encode(x=alt.value(5), y=alt.Y("text_y:Q", axis=None), text=alt.Text("text:N")),
        ).properties(width=width - 16, height=y)

    label = "Shares that get through by night and class, before and after calibration, and as recorded; the table has the numbers."
    return both_widths(draw, label)

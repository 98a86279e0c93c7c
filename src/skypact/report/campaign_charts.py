"""Charts of a campaign: stocks over time, what has run out by when, arrivals by month, and what decisions change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import fixed, percent
from skypact.report.charts import interval_rows
from skypact.report.drawing import NARROW, both_widths, data, fitted, reported_marks, svg
from skypact.report.section import Key
from skypact.report.told_campaign import through

Found = Mapping[str, Any]
COLOURS = ("var(--accent)", "var(--a1)", "var(--a3)", "var(--a2)", "var(--a4)")
DASHES = ("", "7,3", "2,3", "9,3,2,3", "4,2")
SIDE_PX, HIGH_PX = 52, 130
MOST_POINTS = 120


def look(document: Found) -> dict[str, tuple[str, str]]:
    """Colour and dashes of each policy, the baseline's first."""
    names = [
        document["baseline"],
        *(name for name in document["policies"] if name != document["baseline"]),
    ]
    return {name: (COLOURS[row % len(COLOURS)], DASHES[row % len(DASHES)]) for row, name in enumerate(names)}


def keys(document: Found, recorded: bool = False) -> list[Key]:
    """The legend: a line for each policy, and a diamond for the record."""
    found = [
        Key("line", colour, document["titles"][name], dash) for name, (colour, dash) in look(document).items()
    ]
    return [*found, *([Key("diamond", "var(--reported)", "by the record")] if recorded else [])]


def stock(document: Found, owner: str, munition: str) -> Markup:
    """What is there after each night: medians of all policies, and the baseline's band."""
    days = document["played"]
    step = max(1, len(days) // MOST_POINTS)
    shown = [*range(0, len(days), step), *([len(days) - 1] if (len(days) - 1) % step else [])]
    bands, lines = [], []
    for name, (colour, dash) in look(document).items():
        nights = document["policies"][name]["stock"][owner][munition]["by_night"]
        for row in shown:
            one = {"day": days[row], "policy": name, "colour": colour, "middle": nights["p50"][row]}
            lines.append({**one, "dash": _dash(dash)})
            if name == document["baseline"]:
                bands.append({**one, "low": nights["p05"][row], "high": nights["p95"][row]})
    x = _time(document, 6)
    y = alt.Axis(title=None, tickCount=4, grid=True, minExtent=40, maxExtent=40)
    scale = alt.Scale(domainMin=0, nice=True)
    area = (
        alt.Chart(data(bands))
        .mark_area(opacity=0.25, interpolate="step-after")
        .encode(
            x=x,
            y=alt.Y("low:Q", scale=scale, axis=y),
            y2=alt.Y2("high:Q"),
            color=alt.Color("colour:N", scale=None),
        )
    )
    chart = alt.layer(area, *_policy_lines(document, lines, x, "middle", scale, y)).properties(
        width=NARROW - SIDE_PX, height=HIGH_PX
    )
    last = lines[-1]["middle"] if lines else 0
    return svg(
        chart, f"Rounds of {munition} of {owner} after each night, by policy; at the end {fixed(last, 0)}"
    )


def run_out(document: Found, owner: str, munition: str, part: str = "empty") -> Markup:
    """The share of the replications in which it has run out by each day, by policy."""
    rows = []
    for name, (colour, dash) in look(document).items():
        found = document["policies"][name]["stock"][owner][munition][part]
        points = [(document["from"], 0.0), *((one["by"], one["share"]) for one in found)]
        rows += [
            {"day": day, "policy": name, "colour": colour, "dash": _dash(dash), "share": 100 * share}
            for day, share in points
        ]
    x = _time(document, 6)
    y = alt.Axis(title="% of replications", tickCount=4, grid=True, minExtent=40, maxExtent=40)
    scale = alt.Scale(domain=[0, 100])
    chart = alt.layer(*_policy_lines(document, rows, x, "share", scale, y, points=True)).properties(
        width=NARROW - SIDE_PX - 14, height=HIGH_PX
    )
    said = "; ".join(
        f"{document['titles'][name]} {percent(one['stock'][owner][munition][part][-1]['share'])} %"
        for name, one in document["policies"].items()
    )
    return svg(chart, f"{munition} of {owner}, by the end: {said}")


def months(document: Found) -> Markup:
    """Arrivals by month: a point and a bar for each policy, and the record."""
    looks = look(document)
    names = list(looks)
    found, claims = [], []
    for place, month in enumerate(one["month"] for one in document["policies"][names[0]]["by_month"]):
        for row, name in enumerate(names):
            one = document["policies"][name]["by_month"][place]["leakers"]
            found.append(
                {
                    "month": month,
                    "at": place + (row + 1) / (len(names) + 2),
                    "mean": one["mean"],
                    "low": one.get("p05", one["mean"]),
                    "high": one.get("p95", one["mean"]),
                    "colour": looks[name][0],
                }
            )
        claimed = through(document, month)
        if claimed is not None:
            claims.append({"at": place + (len(names) + 1) / (len(names) + 2), "value": claimed})
    labels = [one["month"] for one in document["policies"][names[0]]["by_month"]]

    def draw(width: int) -> Any:
        each = max(1, round(len(labels) * 60 / width))
        ticks = [place + 0.5 for place in range(0, len(labels), each)]
        words = "[" + ",".join(f"'{label}'" for label in labels) + "]"
        axis = alt.Axis(
            title=None, grid=False, values=ticks, labelExpr=f"{words}[floor(datum.value)]", labelAngle=0
        )
        x = alt.X("at:Q", scale=alt.Scale(domain=[0, len(labels)], nice=False), axis=axis)
        y = alt.Y("low:Q", scale=alt.Scale(domainMin=0)).axis(title="threats", grid=True, tickCount=5)
        colour = alt.Color("colour:N", scale=None)
        bars = alt.Chart(data(found)).mark_rule(strokeWidth=4, opacity=0.55, strokeCap="round")
        dots = alt.Chart(data(found)).mark_point(filled=True, size=42, opacity=1)
        between = alt.Chart(data([{"at": place} for place in range(1, len(labels))])).mark_rule(
            color="var(--rule)"
        )
        return alt.layer(
            between.encode(x=x),
            bars.encode(x=x, y=y, y2=alt.Y2("high:Q"), color=colour),
            dots.encode(x=x, y=alt.Y("mean:Q"), color=colour),
            reported_marks(claims).encode(x=x, y=alt.Y("value:Q")),
        ).properties(width=width - SIDE_PX, height=260)

    label = "Arrivals by month under each policy and by the record; the table has the numbers."
    return both_widths(draw, label)


def differences(
    document: Found, rows: Sequence[Found], called: Sequence[str], title: str, small: bool = False
) -> Markup | None:
    """Paired differences in arrivals with their ranges, a row each; `small` to stand beside others."""
    if not rows:
        return None
    drawn = []
    for one, name in zip(rows, called, strict=True):
        change = one["leakers"]
        low, high = change.get("ci95") or (change["p05"], change["p95"])
        drawn.append({"title": name, "mean": change["mean"], "low": low, "high": high})
    label = f"{title}: " + "; ".join(
        f"{one['title']} {fixed(one['mean'])} ({fixed(one['low'])} to {fixed(one['high'])})" for one in drawn
    )

    def draw(width: int) -> Any:
        return interval_rows(drawn, width, title, zero=True)

    return fitted(draw, NARROW, label) if small else both_widths(draw, label)


def _time(document: Found, ticks: int) -> Any:
    first, last = date.fromisoformat(document["from"]), date.fromisoformat(document["until"])
    days = "timeFormat(datum.value, '%-d %b')"
    months = "timeFormat(datum.value, month(datum.value) == 0 ? '%b %Y' : '%b')"
    said = days if (last - first).days < 62 else months
    axis = alt.Axis(title=None, grid=False, labelExpr=said, tickCount=ticks, labelOverlap="greedy")
    return alt.X("day:T", scale=alt.Scale(domain=[str(first), str(last)]), axis=axis)


def _dash(text: str) -> list[int]:
    return [int(one) for one in text.split(",")] if text else [1, 0]


def _policy_lines(
    document: Found,
    rows: list[dict[str, Any]],
    x: Any,
    value: str,
    scale: Any,
    axis: Any,
    points: bool = False,
) -> list[Any]:
    """A line for each policy."""
    found = []
    for name, (colour, dash) in look(document).items():
        mine = data([row for row in rows if row["policy"] == name])
        y = alt.Y(f"{value}:Q", scale=scale, axis=axis)
        style: dict[str, Any] = {} if points else {"interpolate": "step-after"}
        line = alt.Chart(mine).mark_line(color=colour, strokeWidth=2, strokeDash=_dash(dash), **style)
        found.append(line.encode(x=x, y=y))
        if points:
            dots = alt.Chart(mine).mark_point(filled=True, color=colour, size=28, opacity=1)
            found.append(dots.encode(x=x, y=y))
    return found

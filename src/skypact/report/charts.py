"""Charts of what was simulated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import at, fixed
from skypact.report.distributions import distributions
from skypact.report.drawing import FAINT, INK, both_widths, data, label_axis, on_lines, reported_marks
from skypact.report.lettering import lines
from skypact.report.material import Material, Record
from skypact.report.tables.cells import interval
from skypact.report.tables.reported import counted, reports

ENDS = ("low", "high", "mean", "reported", "reported_low", "reported_high")


def headline(material: Material) -> Markup | None:
    """The chart that says most: how many arrive, or how long a fire lasts."""
    return distributions(material) if material.counts_arrivals else minutes_of_fire(material)


def differences(material: Material) -> Markup | None:
    """Paired differences with their ranges, a row a policy."""
    if not material.differences:
        return None
    rows = [
        {
            "title": material.title(name),
            "mean": record["leakers"]["mean"],
            "low": interval(record["leakers"])[0],
            "high": interval(record["leakers"])[1],
        }
        for name, record in material.differences.items()
    ]
    title = "Difference in threats that arrive (negative: fewer arrive)"
    label = "Paired differences in threats that arrive, with their ranges: " + "; ".join(
        f"{one['title']} {fixed(one['mean'])} ({fixed(one['low'], 2)} to {fixed(one['high'], 2)})"
        for one in rows
    )
    return both_widths(lambda width: interval_rows(rows, width, title, zero=True), label)


def reported(material: Material) -> Markup | None:
    """Reported beside simulated, as a share of the threats of those classes in the scenario."""
    launched = (
        {
            name: record.get("launched", 0)
            for name, record in at(
                material.policies.get(material.scenario.reported_under), "by_class"
            ).items()
        }
        if material.scenario.reported_under in material.policies
        else {}
    )
    rows = []
    for entry in reports(material):
        classes = entry.get("classes")
        number = sum(launched.get(name, 0) for name in (classes or launched))
        if entry["what"] in ("rounds", "launched") or not number:
            continue
        simulated = entry["simulated"]
        low = entry["value"] if entry.get("low") is None else entry["low"]
        high = entry["value"] if entry.get("high") is None else entry["high"]
        rows.append(
            {
                "title": f"{counted(material, entry)} ({entry['by']})",
                "mean": 100 * simulated["mean"] / number,
                "low": 100 * simulated.get("p05", simulated["mean"]) / number,
                "high": 100 * simulated.get("p95", simulated["mean"]) / number,
                "reported": 100 * entry["value"] / number,
                "reported_low": 100 * low / number,
                "reported_high": 100 * high / number,
            }
        )
    if not rows:
        return None
    title = "% of the threats of these classes in the scenario"
    label = (
        "Reported and simulated counts as a share of the threats launched; the table below has the numbers."
    )
    return both_widths(lambda width: interval_rows(rows, width, title, zero=False), label)


def minutes_of_fire(material: Material) -> Markup:
    """Minutes of fire, a bar from the 5th to the 95th percentile and a point at the mean."""
    rows = [
        {"policy": material.title(name), **one["minutes_of_fire"]} for name, one in material.policies.items()
    ]

    def draw(width: int) -> Any:
        axis, side, high = label_axis([entry["policy"] for entry in rows], width)
        shown = [{**entry, "policy": on_lines(entry["policy"], width)} for entry in rows]
        y = alt.Y("policy:N", sort=[entry["policy"] for entry in shown], axis=axis)
        x = alt.X("p05:Q", scale=alt.Scale(zero=True), axis=alt.Axis(title="Minutes of fire", grid=True))
        bar = alt.Chart(data(shown)).mark_rule(color="var(--accent)", strokeWidth=5, opacity=0.55)
        dot = alt.Chart(data(shown)).mark_point(
            color="var(--accent)", fill="var(--accent)", size=55, opacity=1
        )
        return alt.layer(
            bar.encode(x=x, x2=alt.X2("p95:Q"), y=y), dot.encode(x=alt.X("mean:Q"), y=y)
        ).properties(width=width - side, height=(16 + 14 * high) * len(rows))

    means = "; ".join(f"{entry['policy']} {fixed(entry['mean'], 0)}" for entry in rows)
    return both_widths(draw, f"Mean minutes of fire by policy: {means}")


def domain_of(values: Iterable[float]) -> tuple[float, float]:
    """From where to where an axis goes: all values and zero, with room for half a mark beyond each end.

    >>> domain_of([-2.0, -1.0])
    (-2.08, 0.08)
    >>> domain_of([0.0, 0.0])
    (-1.0, 1.0)
    """
    found = list(values)
    low, high = min(0.0, *found), max(0.0, *found)
    if low == high:
        return -1.0, 1.0
    spare = 0.04 * (high - low)
    return low - spare, high + spare


def interval_rows(rows: list[Record], width: int, title: str, zero: bool) -> Any:
    """A row for each record: its title above, a point for the mean and a bar for its interval."""
    line_px, gap = 15, 24
    drawn, y = [], 0.0
    for record in rows:
        parts = lines(record["title"], width - 30, 13)
        height = line_px * len(parts) + gap
        for number, text in enumerate(parts):
            drawn.append({**record, "text": text, "text_y": y + line_px * (number + 0.8), "y": None})
        drawn.append({**record, "text": "", "text_y": None, "y": y + height - gap / 2})
        y += height
    domain = domain_of(value for record in rows for name, value in record.items() if name in ENDS)
    marks = [record for record in drawn if record["y"] is not None]
    texts = [record for record in drawn if record["text"]]
    x_axis = alt.Axis(title=lines(title, width - 30, 12), grid=True, tickCount=5)
    x = alt.X("low:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=x_axis)
    y_at = alt.Y("y:Q", scale=alt.Scale(domain=[y, 0], nice=False), axis=None)
    layers = []
    if zero:
        layers.append(
            alt.Chart(data([{"at": 0}])).mark_rule(color=FAINT).encode(x=alt.X("at:Q", axis=x_axis))
        )
    layers.append(
        alt.Chart(data(marks))
        .mark_rule(color="var(--accent)", strokeWidth=5, opacity=0.55, strokeCap="round")
        .encode(x=x, x2=alt.X2("high:Q"), y=y_at)
    )
    layers.append(
        alt.Chart(data(marks))
        .mark_point(color="var(--accent)", fill="var(--accent)", size=55, opacity=1)
        .encode(x=alt.X("mean:Q"), y=y_at)
    )
    if "reported" in rows[0]:
        layers.append(
            alt.Chart(data(marks))
            .mark_rule(color="var(--reported)", strokeWidth=2)
            .encode(x=alt.X("reported_low:Q"), x2=alt.X2("reported_high:Q"), y=y_at)
        )
        layers.append(reported_marks(marks).encode(x=alt.X("reported:Q"), y=y_at))
    place = {"x": alt.value(5), "y": alt.Y("text_y:Q", axis=None), "text": alt.Text("text:N")}
    style: dict[str, Any] = {"align": "left", "baseline": "bottom", "fontSize": 13}
    halo = alt.Chart(data(texts)).mark_text(**style, stroke="var(--paper)", strokeWidth=4, strokeJoin="round")
    layers += [halo.encode(**place), alt.Chart(data(texts)).mark_text(**style, color=INK).encode(**place)]
    return alt.layer(*layers).properties(width=width - 16, height=y)

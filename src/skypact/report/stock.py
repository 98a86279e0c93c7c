"""What runs out, over the hours: a panel a system, the share of its stock that is left."""

from __future__ import annotations

from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import at, fixed, percent
from skypact.report.drawing import FAINT, INK, NARROW, both_widths, data
from skypact.report.lettering import lines
from skypact.report.material import Material, Record

MOST_PANELS = 9
WORTH_SHOWING = 0.02
"""A system that spends less than this share of its stock under every policy is left out."""
HIGH_PX, AXIS_PX, GAP_PX = 70, 34, 14


def systems_shown(material: Material) -> tuple[str, ...]:
    """The systems of which most is spent under any policy, that first; in every chart the same."""
    spent: dict[str, float] = {}
    for run in material.policies.values():
        for name, band in (at(run, "stock_over_time", "by_system") or {}).items():
            spent[name] = max(spent.get(name, 0.0), 1 - band["p50"][-1])
    chosen = [name for name in spent if spent[name] >= WORTH_SHOWING]
    return tuple(sorted(chosen, key=lambda name: -spent[name])[:MOST_PANELS])


def over_time(material: Material, policy: str) -> Markup | None:
    """The stock under a policy; behind it, of another policy, the baseline's median."""
    found = at(material.policies[policy], "stock_over_time")
    names = [name for name in systems_shown(material) if name in at(found, "by_system")] if found else []
    if not names:
        return None
    base = (
        at(material.policies[material.baseline], "stock_over_time") if policy != material.baseline else None
    )
    hours = [seconds / 3600 for seconds in found["times_s"]]

    def draw(width: int) -> Any:
        columns = 2 if width == NARROW or width < 500 else 3
        each = (width - (columns - 1) * GAP_PX) // columns - AXIS_PX
        panels = [
            _panel(material, name, found["by_system"][name], at(base, "by_system", name), hours, each)
            for name in names
        ]
        rows = [
            alt.hconcat(*panels[start : start + columns], spacing=GAP_PX)
            for start in range(0, len(panels), columns)
        ]
        return alt.vconcat(*rows, spacing=6)

    ends = "; ".join(
        f"{material.system(name)} {percent(found['by_system'][name]['p50'][-1])} %" for name in names
    )
    return both_widths(
        draw, f"Share of the stock left after the raid under “{material.title(policy)}”: {ends}"
    )


def _panel(
    material: Material, name: str, band: Record, base: Record | None, hours: list[float], width: int
) -> Any:
    rows = [
        {"at": hour, "low": 100 * low, "middle": 100 * middle, "high": 100 * high}
        for hour, low, middle, high in zip(hours, band["p05"], band["p50"], band["p95"], strict=True)
    ]
    x_axis = alt.Axis(title=None, grid=False, tickCount=max(2, width // 50), format="~f")
    y_axis = alt.Axis(
        title=None, values=[0, 50, 100], grid=True, labelOverlap=False, minExtent=24, maxExtent=24
    )
    x = alt.X("at:Q", scale=alt.Scale(domain=[hours[0], hours[-1]], nice=False, zero=False), axis=x_axis)

    def y(name: str) -> Any:
        return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, 100]), axis=y_axis)

    shown = alt.Chart(data(rows))
    layers = [
        shown.mark_area(color="var(--accent)", opacity=0.3).encode(x=x, y=y("low"), y2=alt.Y2("high:Q")),
        shown.mark_line(color="var(--accent)", strokeWidth=2).encode(x=x, y=y("middle")),
    ]
    if base is not None:
        other = [{"at": hour, "middle": 100 * part} for hour, part in zip(hours, base["p50"], strict=True)]
        line = alt.Chart(data(other)).mark_line(color=FAINT, strokeWidth=1.2, strokeDash=[4, 2])
        layers.append(line.encode(x=x, y=y("middle")))
    title = alt.TitleParams(
        lines(f"{material.system(name)}: {fixed(band['stock'], 0)}", width + AXIS_PX - 6, 12),
        anchor="start",
        frame="group",
        fontSize=12,
        fontWeight="normal",
        color=INK,
        offset=4,
    )
    return alt.layer(*layers).properties(width=width, height=HIGH_PX, title=title)

"""What is held over time, as a chart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import fixed
from skypact.policy.holdings import AidTimeline
from skypact.report.drawing import FAINT, INK, both_widths, data
from skypact.report.lettering import lines
from skypact.report.material import Material
from skypact.scenario.dates import first_day

LINE_PX = 34


def over_time(material: Material) -> Markup | None:
    """What each recipient holds of each item over time under the baseline, a row an item."""
    steps = _steps(material)
    if not steps:
        return None
    first = min(min(days) for days in steps.values())
    domain = [_year(first) - 0.1, _year(_last(material))]

    def draw(width: int) -> Any:
        rows = []
        for number, (name, days) in enumerate(steps.items()):
            points, total = [{"at": domain[0], "held": 0}], 0
            for day, amount in sorted(days.items()):
                total += amount
                points.append({"at": _year(day), "held": total})
            points.append({"at": domain[1], "held": total})
            axis = alt.Axis(title=None, format="d", grid=True, tickMinStep=1)
            x = alt.X("at:Q", scale=alt.Scale(domain=domain, nice=False, zero=False))
            x = x.axis(axis if number == len(steps) - 1 else None)
            y = alt.Y("held:Q", axis=None, scale=alt.Scale(domain=[0, total]), stack=None)
            area = alt.Chart(data(points)).mark_area(
                color="var(--accent)", opacity=0.55, interpolate="step-after"
            )
            area = area.encode(x=x, y=y)
            today = alt.Chart(data([{"at": _year(first_day(material.scenario.date))}]))
            line = today.mark_rule(color=FAINT, strokeDash=[3, 3]).encode(x=alt.X("at:Q"))
            title = alt.TitleParams(
                lines(f"{name}: {fixed(total, 0)}", width - 24, 12),
                anchor="start",
                frame="group",
                fontSize=12,
                fontWeight="normal",
                color=INK,
                offset=2,
            )
            rows.append(alt.layer(area, line).properties(width=width - 24, height=LINE_PX, title=title))
        return alt.vconcat(*rows, spacing=6)

    label = "What is held over time: " + "; ".join(
        f"{name} {fixed(sum(days.values()), 0)} by {max(days).isoformat()}" for name, days in steps.items()
    )
    return both_widths(draw, label)


def _steps(material: Material) -> dict[str, dict[date, int]]:
    """By recipient and item, how many arrive on which day under the baseline, up to a year after."""
    scenario = material.scenario
    found: dict[str, dict[date, int]] = {}
    for holding in AidTimeline(scenario, material.baseline).holdings():
        if holding.arrives is None or holding.arrives > _last(material):
            continue
        transfer = holding.transfer
        name = f"{material.actor(transfer.recipient)}, {scenario.items[transfer.item].name}"
        days = found.setdefault(name, {})
        days[holding.arrives] = days.get(holding.arrives, 0) + holding.quantity
    return found


def _last(material: Material) -> date:
    """A year after the scenario's day: what comes later is not drawn."""
    return first_day(material.scenario.date) + timedelta(365)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25

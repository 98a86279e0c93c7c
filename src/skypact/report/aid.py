"""Aid in the report: who may hand over what under each policy, and what is held over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import fixed
from skypact.policy.holdings import AidTimeline
from skypact.report.drawing import FAINT, INK, both_widths, data
from skypact.report.lettering import lines
from skypact.report.material import Material, Record
from skypact.report.table import Cell, Column, Table, row
from skypact.scenario.dates import first_day
from skypact.study.aid import aid_table

LINE_PX = 34


@dataclass(frozen=True)
class Aid:
    """What the section shows."""

    table: Table
    holdings: Markup | None
    day: str


def section(material: Material) -> Aid | None:
    """The section on aid; None for a scenario that hands nothing over."""
    scenario = material.scenario
    if not (scenario.transfers or scenario.asked):
        return None
    return Aid(_table(material), _holdings(material), scenario.date)


def _table(material: Material) -> Table:
    """A row for each donor, recipient, item and channel, a column for each policy."""
    scenario, day = material.scenario, first_day(material.scenario.date)
    found = {name: aid_table(scenario, name, day) for name in material.policies}
    columns = [Column("Item"), Column("From, to, by")]
    columns += [Column(material.title(name)) for name in found]
    columns.append(Column(f"Why, under “{material.title(material.baseline)}”"))
    rows = []
    for number, base in enumerate(found[material.baseline]):
        names = list(dict.fromkeys(source for why in _sources(material, base) for source in why))
        reasons = [_why(material, why) for why in base["because"]]
        rows.append(
            row(
                Cell(scenario.items[base["system"]].name, note=f"{base['category']} to the donor"),
                Cell(
                    f"{material.actor(base['donor'])} to {material.actor(base['recipient'])}",
                    note=base["channel"].replace("-", " "),
                ),
                *(_status(rows_of[number]) for rows_of in found.values()),
                Cell("" if reasons else "No rule is about it.", items=reasons, sources=names),
            )
        )
    note = (
        "Allowed: no rule on record forbids it, not that it was offered. Contested: the accounts differ, and"
        " each is given. Held: in the recipient’s hands on that day, by this channel."
    )
    return Table("aid", f"Who may hand over what on {scenario.date}, by policy", columns, rows, note)


def _status(found: Record) -> Cell:
    text = found["status"]
    if "versions" in found:
        text = "contested: " + ", ".join(f"{status} ({name})" for name, status in found["versions"].items())
    held = f"{fixed(found['held'], 0)} held" if found["held"] else ""
    return Cell(text, note=held)


def _sources(material: Material, found: Record) -> list[tuple[str, ...]]:
    rules = {rule.id: rule.sources for rule in material.scenario.rules}
    for decision in material.scenario.decisions.values():
        rules |= {rule.id: rule.sources for rule in decision.adds}
        rules |= {transfer.id: transfer.sources for transfer in decision.transfers}
    rules |= {transfer.id: transfer.sources for transfer in material.scenario.transfers}
    return [rules.get(why["rule"], ()) for why in found["because"]]


def _why(material: Material, why: Record) -> str:
    since = f", since {why['since']}" if why["since"] else ""
    said = f": {why['condition'].rstrip('.')}" if why.get("condition") else f" ({why['rule']})"
    version = f" [{why['version']}]" if why.get("version") else ""
    return f"{material.actor(why['by'])}{since}{said}{version}."


# ------------------------------------------------------------------------------ holdings over time


def _holdings(material: Material) -> Markup | None:
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

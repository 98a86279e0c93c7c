"""How many arrive under each policy, as a histogram a row, with what was reported marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import at, fixed
from skypact.report.drawing import FAINT, INK, both_widths, data, reported_marks
from skypact.report.lettering import lines
from skypact.report.material import Material, Record
from skypact.report.recorded import Recorded, recorded

MOST_BARS = 60
SIDE_PX = 36
FEW, LOW_PX, HIGH_PX = 3, 30, 52
"""Up to so many policies the rows are high, above they are low: the picture is to fit on a screen."""

Shares = dict[int, float]
"""Share of the replications in per cent, by number of the bar."""


def distributions(material: Material) -> Markup | None:
    """Histograms of leakers, a row a policy, with the baseline's outline behind each; the axis begins at zero."""
    found = {
        name: histogram
        for name, run in material.policies.items()
        if (histogram := at(run, "leakers", "histogram")) and sum(histogram["counts"])
    }
    if not found:
        return None
    label = "Histograms of the number of threats that arrive, one for each policy. Means: " + "; ".join(
        f"{material.title(name)} {fixed(material.policies[name]['leakers']['mean'])}" for name in found
    )
    marked = recorded(material)
    if marked:
        label += ". Marked: " + "; ".join(one.text for one in marked)
    return both_widths(_Rows(material, found, marked).drawn, label)


@dataclass(frozen=True)
class _Rows:
    material: Material
    histograms: Mapping[str, Record]
    marked: tuple[Recorded, ...]

    @cached_property
    def last(self) -> int:
        """One more than the most that arrive in any replication."""
        return max(int(one["first"]) + len(one["counts"]) for one in self.histograms.values())

    @cached_property
    def step(self) -> int:
        """How many numbers of arrivals a bar stands for."""
        first = min(int(one["first"]) for one in self.histograms.values())
        return max(1, -(-(self.last - first) // MOST_BARS))

    @cached_property
    def shares(self) -> Mapping[str, Shares]:
        return {name: _shares(one, self.step) for name, one in self.histograms.items()}

    def edge(self, bar: int) -> float:
        """Where a bar begins; nobody arrives fewer than zero times."""
        return max(0.0, self.step * bar - 0.5)

    def drawn(self, width: int) -> Any:
        """The rows, one below the other."""
        rows = [self._row(name, width - SIDE_PX) for name in self.shares]
        return alt.vconcat(*rows, spacing=6)

    def _row(self, name: str, width: int) -> Any:
        material, mean = self.material, self.material.policies[name]["leakers"]["mean"]
        top = max([self.last - 0.5, *(one.high for one in self.marked)])
        scale = alt.Scale(domain=[0, top * 1.02], nice=False, zero=True)
        axis = None
        if name == list(self.shares)[-1]:
            said = lines("Threats that arrive in a replication", width, 12)
            axis = alt.Axis(title=said, grid=False, tickCount=width // 60, labelSeparation=8)
        highest = max(max(part.values()) for part in self.shares.values())
        y_axis = alt.Axis(
            title=None, tickCount=1, grid=True, minExtent=24, maxExtent=24, labels=False, ticks=False
        )
        y = alt.Y("share:Q", scale=alt.Scale(domain=[0, highest]), axis=y_axis)
        x = alt.X("from:Q", scale=scale, axis=axis)
        bars = [
            {"from": self.edge(bar), "to": self.edge(bar + 1), "share": share}
            for bar, share in self.shares[name].items()
        ]
        layers = [
            alt.Chart(data(bars))
            .mark_rect(color="var(--accent)", opacity=0.75)
            .encode(x=x, x2=alt.X2("to:Q"), y=y, y2=alt.Y2Datum(0))
        ]
        if name != material.baseline and material.baseline in self.shares:
            layers.append(
                alt.Chart(data(self._outline(self.shares[material.baseline])))
                .mark_line(color=FAINT, strokeWidth=1.2, interpolate="linear")
                .encode(x=alt.X("at:Q"), y=alt.Y("share:Q"), order=alt.OrderValue(0))
            )
        layers.append(
            alt.Chart(data([{"at": mean}])).mark_rule(color=INK, strokeWidth=2).encode(x=alt.X("at:Q"))
        )
        if name == material.scenario.reported_under:
            layers += self._marks(highest / 2)
        title = alt.TitleParams(
            lines(f"{material.title(name)}: mean {fixed(mean)}", width, 13),
            anchor="start",
            frame="group",
            fontSize=13,
            fontWeight="normal",
            color=INK,
            offset=3,
        )
        high = HIGH_PX if len(self.shares) <= FEW else LOW_PX
        return alt.layer(*layers).properties(width=width, height=high, title=title)

    def _outline(self, part: Shares) -> list[dict[str, float]]:
        bars = range(max(0, min(part) - 1), max(part) + 2)
        return [{"at": self.edge(bar + side), "share": part.get(bar, 0.0)} for bar in bars for side in (0, 1)]

    def _marks(self, height: float) -> list[Any]:
        """What was reported, with its bounds."""
        if not self.marked:
            return []
        values = [{"low": one.low, "high": one.high, "at": one.value, "share": height} for one in self.marked]
        y = alt.Y("share:Q")
        span = alt.Chart(data(values)).mark_rule(color="var(--reported)", strokeWidth=2)
        return [
            span.encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), y=y),
            reported_marks(values).encode(x=alt.X("at:Q"), y=y),
        ]


def _shares(histogram: Record, step: int) -> Shares:
    total = sum(histogram["counts"])
    shares: Shares = {}
    for offset, count in enumerate(histogram["counts"]):
        bar = (histogram["first"] + offset) // step
        shares[bar] = shares.get(bar, 0.0) + 100 * count / total
    return shares

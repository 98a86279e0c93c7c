"""Pictures of what more units would change: a bar for each place, and a map."""

from __future__ import annotations

from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.report.canvas import canvas_around
from skypact.report.charts import interval_rows
from skypact.report.drawing import both_widths, data
from skypact.report.layers import ground, home_land, labels, pixels_of, place_of, sheet
from skypact.report.material import Material, Record
from skypact.report.section import Key
from skypact.report.tables.placing import TELLS
from skypact.study.setup import Study

MOST_PX = 900
LEAST_PX = 14
KEYS = (Key("bar", "var(--accent)", "mean over raids and sets, and nine sets of ten"),)
MAP_KEYS = (
    Key("circle", "var(--link)", "fewer arrive with it there: the larger, the fewer"),
    Key("circle", "var(--faint)", "cannot tell, or nothing changes"),
)


def changes(document: Record) -> Markup:
    """A bar for each place, in order."""
    rows = [
        {
            "title": one["name"] if one["tells"] == "fewer" else f"{one['name']}: {TELLS[one['tells']]}",
            "mean": one["change"]["mean"],
            "low": one["change"]["p05"],
            "high": one["change"]["p95"],
        }
        for one in document["places"]
    ]
    label = "The change in arrivals with the unit at each place; the table has the numbers."
    title = "change in arrivals, threats in a raid"
    return both_widths(lambda width: interval_rows(rows, width, title, zero=True), label)


def where(document: Record, study: Study) -> Markup | None:
    """The places on a map; the area of a circle is by how much fewer arrive."""
    material = Material(study.scenario, study.catalog)
    points = {one["place"]: place_of(material, one["place"]) for one in document["places"]}
    most = max((-one["change"]["mean"] for one in document["places"]), default=0.0)
    if len(points) < 2:
        return None
    canvas = canvas_around(study.atlas, sorted(points.values()), home_land(study.atlas, material))

    def draw(width: int) -> Any:
        spots = []
        for one, (x, y) in zip(
            document["places"], pixels_of(canvas, width, list(points.values())), strict=True
        ):
            share = max(0.0, -one["change"]["mean"]) / most if most > 0 else 0.0
            colour = "var(--link)" if one["tells"] == "fewer" else "var(--faint)"
            spots.append({"x": x, "y": y, "size": LEAST_PX + MOST_PX * share * width / 700, "colour": colour})
        marked = (
            alt.Chart(data(spots))
            .mark_point(shape="circle", filled=True, opacity=0.6, stroke="var(--paper)")
            .encode(
                longitude=alt.Longitude("x:Q"),
                latitude=alt.Latitude("y:Q"),
                size=alt.Size("size:Q", scale=None),
                color=alt.Color("colour:N", scale=None),
            )
        )
        layers = [*ground(canvas, width, material), marked, *labels(canvas, width, points, material)]
        return sheet(canvas, width, layers)

    return both_widths(draw, "Map: the places, by how much fewer arrive with the unit there.")

"""The time line of statements: who asked, refused, decided, reported or claimed what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import day_words
from skypact.report.drawing import FAINT, INK, NARROW, both_widths, data, label_axis, on_lines
from skypact.report.material import Material
from skypact.report.section import Key
from skypact.scenario.dates import first_day

KINDS = {
    "request": ("triangle-right", INK),
    "refusal": ("cross", INK),
    "decision": ("square", INK),
    "report": ("circle", INK),
    "claim": ("diamond", INK),
}
"""Each kind by its shape alone: colours are for classes of threat, and nobody's word is to stand out."""
SHAPES = {"diamond": "rhomb"}
"""What a legend calls a shape, where it is not the same word."""


def time_line(material: Material) -> Markup | None:
    """Statements by date, a row an actor; None where there are fewer than two."""
    statements = sorted(material.scenario.statements, key=lambda said: said.date)
    if len(statements) < 2:
        return None
    actors = list(dict.fromkeys(material.actor(said.actor) for said in statements))
    points = [
        {
            "at": f"{first_day(said.date).isoformat()}T00:00:00",
            "who": material.actor(said.actor),
            "kind": said.kind,
        }
        for said in statements
    ]
    kinds = kinds_of(material)

    days = sorted(first_day(said.date) for said in statements)
    spare = max((days[-1] - days[0]) * 0.03, timedelta(1))
    span = [f"{day.isoformat()}T00:00:00" for day in (days[0] - spare, days[-1] + spare)]

    def draw(width: int) -> Any:
        domain = alt.Scale(domain=kinds, range=[KINDS[kind][1] for kind in kinds])
        shapes = alt.Scale(domain=kinds, range=[KINDS[kind][0] for kind in kinds])
        axis, side, high = label_axis(actors, width)
        shown = [{**point, "who": on_lines(point["who"], width)} for point in points]
        return alt.layer(
            _asked(days, material),
            alt.Chart(data(shown))
            .mark_point(filled=True, size=60, opacity=0.85)
            .encode(
                x=alt.X(
                    "at:T",
                    scale=alt.Scale(domain=span, nice=False),
                    axis=alt.Axis(
                        title=None, grid=True, tickCount=6 if width > NARROW else 3, labelSeparation=16
                    ),
                ),
                y=alt.Y("who:N", sort=[on_lines(name, width) for name in actors], axis=axis),
                color=alt.Color("kind:N", scale=domain, legend=None),
                shape=alt.Shape("kind:N", scale=shapes, legend=None),
            ),
        ).properties(width=width - side, height=(10 + 14 * high) * len(actors))

    label = (
        f"{len(statements)} statements by {len(actors)} actors, {statements[0].date} to {statements[-1].date}"
    )
    return both_widths(draw, f"{label}; the table below has each of them.")


def _asked(days: Sequence[date], material: Material) -> Any:
    """An upright line at the day that the scenario asks about, where it lies among the statements."""
    day = first_day(material.scenario.date)
    shown = [{"at": f"{day.isoformat()}T00:00:00"}] if days[0] <= day <= days[-1] else []
    return alt.Chart(data(shown)).mark_rule(color=FAINT, strokeDash=[4, 2]).encode(x="at:T")


def kinds_of(material: Material) -> list[str]:
    """The kinds of statements of a scenario, in the order of `KINDS`."""
    return [kind for kind in KINDS if any(said.kind == kind for said in material.scenario.statements)]


def keys(material: Material) -> list[Key]:
    """The legend of the time line."""
    return [
        *(
            Key(SHAPES.get(KINDS[kind][0], KINDS[kind][0]), KINDS[kind][1], kind)
            for kind in kinds_of(material)
        ),
        Key("line", "var(--faint)", day_words(material.scenario.date), "4,2"),
    ]

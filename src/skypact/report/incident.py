"""An incident in the report: how long the fire lasts under each policy, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
from markupsafe import Markup

from skypact.formatting import at, fixed, listed
from skypact.report.drawing import both_widths, data, label_axis, on_lines
from skypact.report.material import Material, Record
from skypact.report.table import Cell, Column, Table, numbers, row

MEASURES = (
    ("minutes_of_fire", "Fire", "minutes"),
    ("rounds_fired", "Rounds", "rounds"),
    ("harm", "Harm, both sides", "persons"),
)


@dataclass(frozen=True)
class SettledIncident:
    """What the section shows."""

    question: str
    answer: list[str]
    results: Table
    chart: Markup
    differences: Table | None
    variations: Table
    doubt: Table | None
    ladder: Table
    accounts: Table | None
    caution: str


def section(material: Material) -> SettledIncident | None:
    """The section on the incident; None for a scenario that has none."""
    incident, found = material.scenario.incident, material.comparison.get("incident")
    if incident is None or found is None:
        return None
    return SettledIncident(
        question="How long would the fire have lasted under other responses, and what would it have done?",
        answer=_answer(material, found),
        results=_results(material),
        chart=_chart(material),
        differences=_differences(material),
        variations=_variations(material, found),
        doubt=_doubt(material),
        ladder=_ladder(material),
        accounts=_accounts(material, found),
        caution=str(found["caution"]),
    )


def _answer(material: Material, found: Record) -> list[str]:
    said = []
    for name, one in material.policies.items():
        minutes, harm = one["minutes_of_fire"], one["harm"]
        ended = sorted(
            ((step, share["mean"]) for step, share in one["ended_by"].items()), key=lambda item: -item[1]
        )
        by = [
            f"{_step(material, step)} in {fixed(100 * share, 0)} %" for step, share in ended if share > 0.005
        ]
        said.append(
            f"Under “{material.title(name)}” the fire lasts {fixed(minutes['mean'], 0)} minutes on average"
            f" ({fixed(minutes['p05'], 0)} to {fixed(minutes['p95'], 0)} in nine replications of ten) and harms"
            f" {fixed(harm['mean'])} persons on both sides; it is ended by {listed(by)} of the replications."
        )
    for step, other in found["if_it_did_not_end_it"].items():
        means = [
            f"{fixed(means['minutes_of_fire'], 0)} minutes under “{material.title(name)}”"
            for name, means in other["policies"].items()
            if any(at(material.policies[name], "ended_by", one, "mean") for one in other["steps"])
        ]
        if means:
            said.append(
                f"That “{_step(material, step)}” ended the fire is the account of {other['account_of']}. "
                f"If it did not, the fire lasts {listed(means)}."
            )
    return [*said, str(found["caution"])]


def _step(material: Material, name: str) -> str:
    incident = material.scenario.incident
    if name == "none":
        return "nothing (it burns out)"
    return incident.ladder[name].title if incident and name in incident.ladder else name


def _results(material: Material) -> Table:
    columns = [Column("Policy")]
    columns += [numbers(title, unit) for _, title, unit in MEASURES]
    columns += [numbers("Line crossed", "%"), Column("Ended by")]
    rows = []
    for name, one in material.policies.items():
        ended = [
            f"{_step(material, step)}: {fixed(100 * share['mean'])} %"
            for step, share in one["ended_by"].items()
        ]
        rows.append(
            row(
                material.title(name),
                *(_spread(one[measure]) for measure, _, _ in MEASURES),
                fixed(100 * one["line_crossed"]["mean"]),
                Cell("", items=ended),
            )
        )
    note = "Means; below them standard deviation and the 5th to 95th percentile by chance alone."
    return Table("incident", "The fire under each policy", columns, rows, note)


def _spread(found: Record) -> Cell:
    between = f"{fixed(found['p05'], 0)} to {fixed(found['p95'], 0)}"
    return Cell(fixed(found["mean"]), note=f"sd {fixed(found['sd'])}, {between}")


def _chart(material: Material) -> Markup:
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


def _differences(material: Material) -> Table | None:
    if not material.differences:
        return None
    columns = [Column("Policy"), *(numbers(title, unit) for _, title, unit in MEASURES)]
    rows = []
    for name, one in material.differences.items():
        cells = []
        for measure, _, _ in MEASURES:
            low, high = one[measure]["ci95"]
            cells.append(Cell(fixed(one[measure]["mean"]), note=f"{fixed(low)} to {fixed(high)}"))
        rows.append(row(material.title(name), *cells))
    caption = f"Paired differences from “{material.title(material.baseline)}”"
    return Table("incident-differences", caption, columns, rows, "Below each mean its 95 % interval.")


def _variations(material: Material, found: Record) -> Table:
    columns = [Column("If"), *(numbers(material.title(name), "minutes") for name in material.policies)]
    rows = []
    for step, other in found["if_it_did_not_end_it"].items():
        rows.append(
            row(
                Cell(
                    f"“{_step(material, step)}” did not end the fire", note=f"it did: {other['account_of']}"
                ),
                *(fixed(other["policies"][name]["minutes_of_fire"]) for name in material.policies),
            )
        )
    for one in found["depends_on"]:
        for end, word in (("at_low", "low"), ("at_high", "high")):
            chance = f"{100 * one['chance'][word]:.0f} %"
            rows.append(
                row(
                    f"“{_step(material, one['step'])}” ends the fire with chance {chance}",
                    *(fixed(one[end][name]["minutes_of_fire"]) for name in material.policies),
                )
            )
    note = "Mean minutes of fire with one chance moved to an end of its range, all else as before."
    return Table("incident-depends", "How far the answer follows each chance", columns, rows, note)


def _doubt(material: Material) -> Table | None:
    found = material.uncertain
    if not found:
        return None
    columns = [
        Column("Policy"),
        numbers("Fire", "minutes"),
        numbers("5th to 95th percentile", "minutes"),
        Column("The minutes follow most (rank correlation)"),
    ]
    rows = []
    for name in material.policies:
        minutes = found["policies"][name]["minutes_of_fire"]
        follows = [
            f"{one['name'].removeprefix('incident.')} ({fixed(one['correlation'], 2)})"
            for one in found["strongest"].get(name, [])[:4]
        ]
        between = f"{fixed(minutes['p05'], 0)} to {fixed(minutes['p95'], 0)}"
        rows.append(row(material.title(name), fixed(minutes["mean"]), between, Cell("", items=follows)))
    note = (
        f"Replications of {found['draws']} sets of numbers, each drawn from its range; the same sets for all:"
        " chance and ignorance together."
    )
    return Table("incident-doubt", "With every number drawn from its range", columns, rows, note)


def _ladder(material: Material) -> Table:
    incident = material.scenario.incident
    assert incident is not None
    columns = [
        Column("Step"),
        Column("Channel"),
        numbers("Delay", "minutes"),
        numbers("Chance", "%"),
        Column("Basis"),
    ]
    rows = []
    for step in incident.ladder.values():
        chance, delay = step.chance, step.delay_min
        between = "" if chance.low is None else f"{100 * chance.low:.0f} to {100 * (chance.high or 0):.0f}"
        rows.append(
            row(
                Cell(step.title, note=material.actor(step.actor)),
                step.response.replace("-", " "),
                f"{fixed(delay.low, 0)} to {fixed(delay.high, 0)}",
                Cell(fixed(100 * chance.value, 0), note=between),
                Cell(chance.note or step.note, mark=chance.kind, sources=chance.sources or step.sources),
            )
        )
    return Table("ladder", "The ladder of responses", columns, rows)


def _accounts(material: Material, found: Record) -> Table | None:
    if not found["accounts"]:
        return None
    columns = [Column("Whose account"), Column("On what"), Column("What it says")]
    rows = [
        row(one["by"], one["point"], Cell(one["text"], sources=one["sources"])) for one in found["accounts"]
    ]
    return Table("accounts", "Accounts of the incident", columns, rows)

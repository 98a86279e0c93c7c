"""What arrives under each policy, and what would change."""

from __future__ import annotations

from skypact.formatting import at, fixed, ordered
from skypact.report.material import Material
from skypact.report.table import Column, Format, Number, Table, numbers, row
from skypact.report.tables.cells import (
    COST,
    COST_NOTE,
    COST_UNIT,
    WHY_NOTE,
    average,
    by_class,
    change_ranges,
    paired,
    policy,
    ranges,
    reasons,
    same_sign,
    simulation_error,
    spread,
)


def summary(material: Material) -> Table | None:
    """One row a policy: what arrives, what that changes, what is fired and spent, what allies do."""
    if not material.counts_arrivals:
        return None
    columns = [
        Column("Policy"),
        numbers("Arrive", "threats"),
        *_change_columns(material),
        numbers("Killed", "threats"),
        numbers("Failed", "threats"),
        numbers("Rounds fired", "rounds", Format.COUNT),
        numbers(COST, COST_UNIT, Format.MILLIONS),
    ]
    allies = bool(material.exposure)
    if allies:
        columns += [numbers("Allied engagements", "engagements"), numbers("Allied rounds", "rounds")]
    rows = []
    for name, run in material.policies.items():
        record, exposed = material.differences.get(name), material.exposure.get(name)
        changed = at(record, "leakers")
        change = Number(said="baseline") if name == material.baseline else paired(changed)
        sure = [same_sign(changed), Number(simulation_error(material, changed))] if material.sets else []
        rows.append(
            row(
                policy(material, name),
                spread(run["leakers"]),
                *([change, *sure] if material.differences else []),
                *(average(run, key) for key in ("kills", "failed", "rounds", "cost_usd")),
                *(
                    average(exposed, key)
                    for key in (("allied_engagements", "allied_rounds") if allies else ())
                ),
            )
        )
    launched = fixed(material.policies[material.baseline]["launched"], 0)
    note = f"Means; below arrivals {ranges(material)}.{COST_NOTE}"
    if material.differences:
        note += f" Change: from “{material.title(material.baseline)}”; below it {change_ranges(material)}."
    if material.differences and material.sets:
        note += (
            " Same sign: the share of the draws in which the change has the sign of its mean, below it an approximate 95 %"
            " interval. Simulation error: what chance alone leaves unsure in the mean change (standard error)."
        )
    return Table(
        "summary",
        f"What becomes of {launched} threats, by policy{material.central}",
        tuple(columns),
        tuple(rows),
        note,
    )


def _change_columns(material: Material) -> list[Column]:
    """The change, and over sets how often its sign holds."""
    if not material.differences:
        return []
    found = [numbers("Change", "threats", Format.CHANGE)]
    if material.sets:
        found.append(numbers("Same sign", "% of draws", Format.SHARE))
        found.append(numbers("Simulation error", "threats", Format.BRIEF))
    return found


def arrivals(material: Material) -> Table | None:
    """Leakers by class and policy."""
    if not material.counts_arrivals:
        return None
    columns = (Column("Policy"), numbers("All classes", "threats"), *by_class(material))
    rows = tuple(
        row(
            policy(material, name),
            spread(record["leakers"]),
            *(spread(at(record, "by_class", one, "leakers")) for one in material.classes),
        )
        for name, record in material.policies.items()
    )
    note = f"Mean, and below it {ranges(material)}."
    return Table(
        "arrivals", f"Threats that arrive, by class and policy{material.central}", columns, rows, note
    )


def because(material: Material) -> Table | None:
    """Why threats arrive, by policy."""
    if not material.counts_arrivals:
        return None
    found = reasons(material.policies[material.baseline])
    rows = tuple(
        row(
            policy(material, name),
            average(record, "leakers"),
            *(average(record, *path) for _, path in found),
        )
        for name, record in material.policies.items()
    )
    columns = (Column("Policy"), numbers("Arrive", "threats"), *(column for column, _ in found))
    return Table("because", f"Why threats arrive, by policy{material.central}", columns, rows, WHY_NOTE)


def by_asset(material: Material) -> Table | None:
    """Leakers by defended asset and policy."""
    assets = ordered(
        {name for run in material.policies.values() for name in run.get("by_asset", {})},
        list(material.scenario.assets),
    )
    if not assets:
        return None
    base = material.policies[material.baseline].get("by_asset", {})
    columns = (
        Column("Defended asset"),
        numbers("Aimed at it", "threats", Format.COUNT),
        *(numbers(material.title(name), "threats") for name in material.policies),
    )
    rows = []
    for name in assets:
        asset = material.scenario.assets.get(name)
        label = material.area_name(asset.place) if asset else name
        means = (average(run, "by_asset", name, "leakers") for run in material.policies.values())
        rows.append(row(label, at(base, name, "launched"), *means))
    note = "Mean number that arrives. Aim points are notional, no finer than a city or a region."
    return Table("assets", "Threats that arrive, by defended asset and policy", columns, tuple(rows), note)


def differences(material: Material) -> Table | None:
    """Paired differences from the baseline."""
    if not material.differences or not material.counts_arrivals:
        return None
    classes = [
        Column(one.head.split(",")[0], one.unit, one.format) for one in by_class(material, Format.CHANGE)
    ]
    columns = (
        Column("Policy"),
        numbers("Arrive", "threats", Format.CHANGE),
        *classes,
        numbers("Rounds fired", "rounds", Format.CHANGE),
        numbers(COST, COST_UNIT, Format.CHANGE_MILLIONS),
        numbers("Threats with another fate", "%", Format.SHARE),
    )
    rows = tuple(
        row(
            policy(material, name),
            paired(record.get("leakers")),
            *(paired(at(record, "by_class", one, "leakers")) for one in material.classes),
            paired(record.get("rounds")),
            paired(record.get("cost_usd")),
            record.get("fate_changed_share"),
        )
        for name, record in material.differences.items()
    )
    note = (
        f"Mean of the paired differences, and below it {change_ranges(material)}. The same replication meets the "
        "same luck under both policies. The last column is the share of threats, over all replications, "
        "whose fate differs from the one under the baseline."
        f"{COST_NOTE}"
    )
    caption = f"Differences from “{material.title(material.baseline)}”{material.central}"
    return Table("differences", caption, columns, rows, note)

"""Tables of what was simulated."""

from __future__ import annotations

from skypact.formatting import (
    at,
    between,
    brief,
    class_name,
    class_names,
    decimals_for,
    fixed,
    is_number,
    mean,
    millions,
    ordered,
    percent,
    signed,
)
from skypact.report.material import Material, Record
from skypact.report.table import Cell, Column, Table, numbers, row

WHAT = {
    "launched": "launched",
    "killed": "shot down or jammed",
    "leaked": "arrived",
    "failed": "failed on their own",
    "rounds": "rounds fired",
}


def summary(material: Material) -> Table:
    """One row a policy: what arrives, the difference, what allies do."""
    columns = [
        Column("Policy"),
        numbers("Arrive, mean", "threats"),
        numbers("5th to 95th percentile", "threats"),
        numbers("Difference from the baseline, mean", "threats"),
        numbers("95 % interval of the difference", "threats"),
        numbers("Allied engagements, mean", "engagements"),
        numbers("Allied rounds, mean", "rounds"),
    ]
    rows = []
    for name, run in material.policies.items():
        leakers, difference = run["leakers"], material.differences.get(name)
        exposure = material.exposure.get(name)
        rows.append(
            row(
                _policy(material, name),
                fixed(leakers["mean"]),
                between(leakers.get("p05"), leakers.get("p95"), 0),
                "baseline" if difference is None else _change(difference["leakers"]),
                "–" if difference is None else _interval(difference["leakers"]),
                fixed(mean(at(exposure, "allied_engagements"))),
                fixed(mean(at(exposure, "allied_rounds"))),
            )
        )
    launched = fixed(material.policies[material.baseline]["launched"], 0)
    caption = f"What arrives of {launched} threats launched, by policy"
    return Table("summary", caption, columns, rows)


def arrivals(material: Material) -> Table:
    """Leakers by class and policy."""
    run = material.policies[material.baseline]
    columns = [Column("Policy"), numbers("All classes", "threats")]
    for name in material.classes:
        launched = at(run, "by_class", name, "launched")
        head = class_name(name).capitalize()
        columns.append(numbers(head if launched is None else f"{head}, of {launched}", "threats"))
    rows = [
        row(
            _policy(material, policy),
            _spread(record["leakers"]),
            *(_spread(at(record, "by_class", name, "leakers")) for name in material.classes),
        )
        for policy, record in material.policies.items()
    ]
    note = "Mean, and below it the range from the 5th to the 95th percentile of the replications."
    return Table("arrivals", "Threats that arrive, by class and policy", columns, rows, note)


def by_asset(material: Material) -> Table | None:
    """Leakers by defended asset and policy."""
    assets = ordered(
        {name for run in material.policies.values() for name in run.get("by_asset", {})},
        list(material.scenario.assets),
    )
    if not assets:
        return None
    base = material.policies[material.baseline].get("by_asset", {})
    columns = [Column("Defended asset"), numbers("Aimed at it", "threats")]
    columns += [numbers(material.title(policy), "threats") for policy in material.policies]
    rows = []
    for name in assets:
        asset = material.scenario.assets.get(name)
        label = material.area_name(asset.place) if asset else name
        launched = at(base, name, "launched")
        means = [mean(at(run, "by_asset", name, "leakers")) for run in material.policies.values()]
        rows.append(row(label, fixed(launched, 0), *(fixed(value) for value in means)))
    note = "Mean number that arrives. Aim points are notional, no finer than a city or a region."
    return Table("assets", "Threats that arrive, by defended asset and policy", columns, rows, note)


def differences(material: Material) -> Table | None:
    """Paired differences from the baseline."""
    if not material.differences:
        return None
    columns = [
        Column("Policy"),
        numbers("Arrive", "threats"),
        *(numbers(class_name(name).capitalize(), "threats") for name in material.classes),
        numbers("Rounds fired", "rounds"),
        numbers("Cost of rounds", "million USD"),
        numbers("Threats with another fate", "%"),
    ]
    rows = [
        row(
            _policy(material, policy),
            _paired(record.get("leakers")),
            *(_paired(at(record, "by_class", name, "leakers")) for name in material.classes),
            _paired(record.get("rounds")),
            _paired(record.get("cost_usd"), 1e-6),
            percent(record.get("fate_changed_share")),
        )
        for policy, record in material.differences.items()
    ]
    note = (
        "Mean of the paired differences, and below it the 95 % interval. The same replication meets the "
        "same luck under both policies. The last column is the share of threats, over all replications, "
        "whose fate differs from the one under the baseline."
    )
    caption = f"Differences from “{material.title(material.baseline)}”"
    return Table("differences", caption, columns, rows, note)


def spent_by_system(material: Material) -> Table | None:
    """Interceptors spent by system, and the share of the stock in the scenario."""
    systems = ordered(
        {name for run in material.policies.values() for name in run.get("by_system", {})},
        list(material.catalog.effectors),
    )
    fired = [
        name
        for name in systems
        if any((mean(at(r, "by_system", name, "rounds")) or 0) > 0 for r in material.policies.values())
    ]
    if not fired:
        return None
    columns = [Column("System")]
    columns += [numbers(material.title(policy), "rounds") for policy in material.policies]
    rows = [
        [
            Cell(material.system(name)),
            *(
                _spent(at(r, "by_system", name), counted=not material.is_soft(name))
                for r in material.policies.values()
            ),
        ]
        for name in fired
    ]
    note = (
        "Mean rounds fired; below it the share of the rounds that the fire units had, ready and in reserve. "
        "A dash: the system is not there under the policy. For guns a round is one burst, as the catalogue "
        "says; for jamming it is one attempt, and there is no stock."
    )
    return Table("systems", "Interceptors spent, by system and policy", columns, rows, note)


def by_owner(material: Material) -> Table | None:
    """Kills, rounds and cost by owner and policy."""
    columns = [
        Column("Policy and owner"),
        numbers("Engagements", "engagements"),
        numbers("Rounds fired", "rounds"),
        numbers("Cost of rounds", "million USD"),
        numbers("Kills", "threats"),
        *(numbers(f"Kills: {class_name(name)}", "threats") for name in material.classes),
    ]
    rows = []
    for policy, run in material.policies.items():
        owners: Record = run.get("by_owner", {})
        for name in ordered(owners, list(material.scenario.actors)):
            record = owners[name]
            if not any(mean(record.get(key)) for key in ("rounds", "kills", "engagements")):
                continue
            rows.append(
                row(
                    Cell(material.actor(name), note=material.title(policy)),
                    fixed(mean(record.get("engagements"))),
                    fixed(mean(record.get("rounds"))),
                    millions(mean(record.get("cost_usd"))),
                    fixed(mean(record.get("kills"))),
                    *(fixed(mean(at(record, "by_class", name, "kills"))) for name in material.classes),
                )
            )
    note = "Means. An owner that fires nothing under a policy is left out."
    return (
        Table("owners", "Who fires and what it costs, by policy and owner", columns, rows, note)
        if rows
        else None
    )


def reported(material: Material) -> Table | None:
    """What was reported beside what was simulated, every contested version."""
    entries = material.comparison.get("reported", [])
    if not entries:
        return None
    columns = [
        Column("Count"),
        numbers("Reported", "number"),
        numbers("Simulated, mean", "number"),
        numbers("Simulated, 5th to 95th percentile", "number"),
        Column("Within the simulated range"),
        Column("Who says so"),
    ]
    rows = []
    for entry in entries:
        simulated, low, high = entry["simulated"], entry.get("low"), entry.get("high")
        value = brief(entry["value"])
        span = ""
        if low is not None or high is not None:
            span = f"{brief(low)} or more" if high is None else f"{brief(low)} to {brief(high)}"
            span = f"up to {brief(high)}" if low is None else span
        rows.append(
            row(
                Cell(_counted(material, entry), mark="contested" if entry.get("contested") else ""),
                Cell(value, note=span),
                fixed(simulated["mean"]),
                between(simulated.get("p05"), simulated.get("p95"), 0),
                _agreement(entry),
                Cell(entry["by"], note=entry.get("note", ""), sources=tuple(entry.get("sources", ()))),
            )
        )
    under = material.title(material.scenario.reported_under)
    caption = f"Reported beside simulated, under “{under}”"
    note = (
        "Where parties contradict each other, each version has its row. Counts of different parties overlap "
        "and must not be added up. What kind of outlet a source is stands in the list of sources."
    )
    return Table("reported", caption, columns, rows, note)


def _agreement(entry: Record) -> str:
    if entry["what"] == "launched" or entry.get("input"):
        return "an input"
    return "yes" if entry["agrees"] else "no"


def _counted(material: Material, entry: Record) -> str:
    classes = entry.get("classes")
    whom = class_names(tuple(classes) if classes else None)
    text = f"{whom.capitalize()}: {WHAT.get(entry['what'], entry['what'])}"
    return text + (f" by {material.actor(entry['owner'])}" if entry.get("owner") else "")


def exposure(material: Material) -> Table | None:
    """What each policy exposes and spends."""
    if not material.exposure:
        return None
    records = {name: material.exposure[name] for name in material.policies if name in material.exposure}
    abroad = ordered(
        {a for record in records.values() for a in record.get("allied_engagements_abroad", {})},
        list(material.scenario.actors),
    )
    near = ordered(
        {
            a
            for record in records.values()
            for a, km in record.get("nearest_approach_km", {}).items()
            if is_number(km)
        },
        list(material.scenario.actors),
    )
    columns = [
        Column("Policy"),
        numbers("Allied engagements", "engagements"),
        *(numbers(f"of these over {material.actor(name)}", "engagements") for name in abroad),
        numbers("Allied rounds", "rounds"),
        numbers("Cost of allied rounds", "million USD"),
        numbers("Aircraft over another country", "hours"),
        *(numbers(f"Nearest approach to {material.actor(name)}", "km") for name in near),
        numbers("Training before use", "days"),
    ]
    rows = [
        row(
            _policy(material, policy),
            fixed(mean(record.get("allied_engagements"))),
            *(fixed(mean(at(record, "allied_engagements_abroad", name)) or 0.0) for name in abroad),
            fixed(mean(record.get("allied_rounds"))),
            millions(mean(record.get("allied_cost_usd"))),
            fixed(record.get("aircraft_hours_abroad"), 0),
            *(fixed(at(record, "nearest_approach_km", name), 0) for name in near),
            _training(record.get("training_days", {})),
        )
        for policy, record in records.items()
    ]
    note = (
        "Means over the replications. Allied: owned by anyone but the defended country. A dash: nobody "
        "allied is near, or no units change hands."
    )
    caption = "What each policy exposes and spends, for the raid as a whole"
    return Table("exposure", caption, columns, rows, note)


def _training(decisions: Record) -> Cell:
    if not decisions:
        return Cell("–")
    longest = max(decisions.values(), key=lambda record: record["value"])
    low, high = longest.get("low"), longest.get("high")
    note = "" if low is None else between(low, high, 0)
    return Cell(fixed(longest["value"], 0), note=note)


def _policy(material: Material, name: str) -> Cell:
    return Cell(material.title(name), mark="baseline" if name == material.baseline else "")


def _spread(record: Record | None) -> Cell:
    if record is None:
        return Cell("–")
    low, high = record.get("p05"), record.get("p95")
    return Cell(fixed(mean(record)), note="" if low is None else between(low, high, 0))


def _change(record: Record) -> str:
    low, high = record["ci95"]
    return signed(record["mean"], max(1, decimals_for(high - low)))


def _interval(record: Record) -> str:
    low, high = record["ci95"]
    return between(low, high, max(1, decimals_for(high - low)), sign=True)


def _paired(record: Record | None, scale: float = 1.0) -> Cell:
    if record is None:
        return Cell("–")
    low, high = (scale * end for end in record["ci95"])
    if low == high == 0:
        return Cell("0")
    decimals = decimals_for(high - low)
    return Cell(signed(scale * record["mean"], decimals), note=between(low, high, decimals, sign=True))


def _spent(record: Record | None, counted: bool) -> Cell:
    if record is None:
        return Cell("–")
    rounds, stock = mean(record.get("rounds")) or 0.0, record.get("stock")
    text = "under 0.1" if 0 < rounds < 0.05 else fixed(rounds)
    if not stock or not counted:
        return Cell(text)
    share = rounds / stock
    return Cell(text, note=f"{percent(share)} % of {fixed(stock, 0)}", bar=min(1.0, share))

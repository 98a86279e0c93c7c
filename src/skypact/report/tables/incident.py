"""An incident: how long the fire lasts under each policy, and what that rests on."""

from __future__ import annotations

from skypact.formatting import fixed, mean
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.cells import average, change_ranges, paired, policy, ranges
from skypact.scenario.incident import central_end

MEASURES = (
    ("minutes_of_fire", "Fire", "minutes"),
    ("rounds_fired", "Rounds", "rounds"),
    ("harm", "Harm by the notional rule, both sides", "persons"),
)


def step_title(material: Material, name: str) -> str:
    """What a step of the ladder is called."""
    incident = material.scenario.incident
    if name == "none":
        return "nothing (it burns out)"
    return incident.ladder[name].title if incident and name in incident.ladder else name


def ended_by(run: Record) -> dict[str, float]:
    """By step, the share of replications whose fire it ended, the most frequent first."""
    shares = {step: mean(share) or 0.0 for step, share in run["ended_by"].items()}
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def fires(material: Material) -> Table | None:
    """Minutes, rounds and harm under each policy, and which step ends the fire."""
    if material.incident is None:
        return None
    columns = (
        Column("Policy"),
        *(numbers(title, unit) for _, title, unit in MEASURES),
        numbers("Line crossed", "%", Format.SHARE),
        Column("Ended by"),
    )
    rows = tuple(
        row(
            policy(material, name),
            *(
                Number(
                    one[key]["mean"],
                    note=f"standard deviation {fixed(one[key]['sd'])}, {fixed(one[key]['p05'], 0)} to {fixed(one[key]['p95'], 0)}",
                )
                for key, _, _ in MEASURES
            ),
            average(one, "line_crossed"),
            Words(
                items=tuple(
                    f"{step_title(material, step)}: {fixed(100 * share)} %"
                    for step, share in ended_by(one).items()
                    if share
                )
            ),
        )
        for name, one in material.policies.items()
    )
    note = f"Means; below them standard deviation and {ranges(material)}."
    return Table("incident", "The fire under each policy", columns, rows, note)


def differences(material: Material) -> Table | None:
    """Paired differences from the baseline."""
    if material.incident is None or not material.differences:
        return None
    columns = (Column("Policy"), *(numbers(title, unit, Format.CHANGE) for _, title, unit in MEASURES))
    rows = tuple(
        row(policy(material, name), *(paired(one[key]) for key, _, _ in MEASURES))
        for name, one in material.differences.items()
    )
    caption = f"Paired differences from “{material.title(material.baseline)}”"
    return Table(
        "incident-differences", caption, columns, rows, f"Below each mean {change_ranges(material)}."
    )


def variations(material: Material) -> Table | None:
    """The minutes of fire if a step had not ended it, or its chance were another."""
    found = material.incident
    if found is None:
        return None
    columns = (Column("If"), *(numbers(material.title(name), "minutes") for name in material.policies))
    rows = []
    for step, other in found["if_it_did_not_end_it"].items():
        rows.append(
            row(
                Words(
                    f"“{step_title(material, step)}” did not end the fire",
                    note=f"it did: {other['account_of']}",
                ),
                *(average(other["policies"].get(name), "minutes_of_fire") for name in material.policies),
            )
        )
    for one in found["depends_on"]:
        for end, word in (("at_low", "low"), ("at_high", "high")):
            chance = f"{fixed(100 * one['chance'][word], 0)} %"
            rows.append(
                row(
                    f"“{step_title(material, one['step'])}” ends the fire with chance {chance}",
                    *(average(one[end].get(name), "minutes_of_fire") for name in material.policies),
                )
            )
    for one in found["lasts"]:
        for end, word in (("at_low", "low"), ("at_high", "high")):
            rows.append(
                row(
                    f"If nothing ends it, the fire lasts at {one['end']} {fixed(one['minutes'][word], 0)} minutes",
                    *(average(one[end].get(name), "minutes_of_fire") for name in material.policies),
                )
            )
    note = "Mean minutes of fire with one number moved to an end of its range, all else at its central value."
    return Table("incident-depends", "How far the answer follows each number", columns, tuple(rows), note)


def ladder(material: Material) -> Table | None:
    """The steps that a policy may take."""
    incident = material.scenario.incident
    if incident is None:
        return None
    columns = (
        Column("Step"),
        Column("Channel"),
        numbers("Delay", "minutes", Format.BRIEF),
        numbers("Chance", "%", Format.SHARE),
        Column("Basis"),
    )
    rows = tuple(
        row(
            Words(step.title, note=material.actor(step.actor)),
            step.response.replace("-", " "),
            Number(low=central_end(step.delay_min.low), high=central_end(step.delay_min.high)),
            Number(step.chance.value, step.chance.low, step.chance.high),
            Words(
                step.chance.note or step.note,
                mark=step.chance.kind,
                sources=tuple(step.chance.sources or step.sources),
            ),
        )
        for step in incident.ladder.values()
    )
    return Table("ladder", "The ladder of responses", columns, rows)


def accounts(material: Material) -> Table | None:
    """What each side says happened."""
    found = material.incident
    if found is None or not found["accounts"]:
        return None
    columns = (Column("Whose account"), Column("On what"), Column("What it says"))
    rows = tuple(
        row(one["by"], one["point"], Words(one["text"], sources=tuple(one["sources"])))
        for one in found["accounts"]
    )
    return Table("accounts", "Accounts of the incident", columns, rows)

"""Chance and ignorance apart: what numbers drawn from their ranges give."""

from __future__ import annotations

from skypact.formatting import at, fixed, ordered
from skypact.report.material import Material, Record
from skypact.report.quantities import readable
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.cells import policy, spread


def ignorance(material: Material) -> Table | None:
    """Chance and ignorance apart."""
    found: Record = at(material.uncertain, "policies") or {}
    if not found or material.incident is not None:
        return None
    pairs = {record["policy"]: record["leakers"] for record in at(material.uncertain, "differences") or ()}
    columns = [
        Column("Policy"),
        numbers("Arrive", "threats"),
        numbers("Standard deviation from chance", "threats"),
        numbers("Standard deviation from ignorance", "threats"),
        numbers("Variance from ignorance", "%", Format.SHARE),
    ]
    if pairs:
        columns += [
            numbers("Change over the draws", "threats", Format.CHANGE),
            numbers("Draws with the same sign", "%", Format.SHARE),
        ]
    rows = []
    for name in ordered(found, list(material.policies)):
        leakers, pair = found[name]["leakers"], pairs.get(name)
        chance, unknown = leakers["variance"]["chance"], leakers["variance"]["ignorance"]
        whole = chance + unknown
        drawn = [
            Number(at(pair, "mean"), at(pair, "over_draws", "p05"), at(pair, "over_draws", "p95")),
            Number(at(pair, "same_sign_share")),
        ]
        rows.append(
            row(
                policy(material, name),
                spread(leakers),
                max(0.0, chance) ** 0.5,
                max(0.0, unknown) ** 0.5,
                Number(unknown / whole if whole else None),
                *(drawn if pairs else ()),
            )
        )
    draws = fixed(at(material.uncertain, "draws"), 0)
    note = (
        f"The uncertain numbers were drawn {draws} times from their ranges. Below arrivals the 5th to the 95th"
        " percentile of chance and ignorance together"
    )
    note += (
        "; below the change from the baseline that of its mean over the draws. The last column is the share"
        " of the draws in which the change has the sign of its mean."
        if pairs
        else "."
    )
    return Table("ignorance", "Chance and ignorance apart", tuple(columns), tuple(rows), note)


def strongest(material: Material) -> Table | None:
    """The uncertain numbers that go most with the result."""
    found: list[Record] = at(material.uncertain, "strongest", material.baseline) or []
    if not found or material.incident is not None:
        return None
    parameters = {one["name"]: one for one in at(material.uncertain, "parameters") or []}
    columns = (
        Column("Number"),
        numbers("Value", "in its own unit", Format.BRIEF),
        numbers("Range", "in its own unit", Format.BRIEF),
        numbers("Correlation with arrivals", "−1 to 1", Format.CORRELATION),
    )
    rows = []
    for one in found:
        parameter = parameters.get(one["name"], {})
        rows.append(
            row(
                Words(parameter_name(material, one["name"]), mark=parameter.get("kind", "")),
                Number(parameter.get("value")),
                Number(low=parameter.get("low"), high=parameter.get("high")),
                one["correlation"],
            )
        )
    return Table("strongest", "Uncertain numbers that go most with what arrives", columns, tuple(rows))


def parameter_name(material: Material, name: str) -> str:
    """The name of a number in words: ``effectors.nasams.against.cruise.p_kill``."""
    part, *rest = name.split(".")
    if part in ("effectors", "threats", "sensors") and rest:
        rest[0] = material.system(rest[0])
    return ": ".join([rest[0], readable(" · ".join(rest[1:]))]) if rest[1:] else name

"""Chance and unknown numbers apart."""

from __future__ import annotations

from skypact.formatting import at
from skypact.report.material import Material
from skypact.report.table import Column, Format, Number, Table, numbers, row
from skypact.report.tables.cells import played_words, policy, spread


def ignorance(material: Material) -> Table | None:
    """Chance and unknown numbers apart; None with central values alone."""
    headline = "minutes_of_fire" if material.incident is not None else "leakers"
    if material.sets is None or not material.policies:
        return None
    title, unit = ("Fire", "minutes") if material.incident is not None else ("Arrive", "threats")
    columns = (
        Column("Policy"),
        numbers(title, unit),
        numbers("With central values", unit),
        numbers("Standard deviation from unknown numbers", unit),
        numbers("Standard deviation from chance", unit),
        numbers("Variance from unknown numbers", "%", Format.SHARE),
    )
    rows = []
    for name, run in material.policies.items():
        found = run[headline]
        chance, unknown = found["variance"]["chance"], found["variance"]["ignorance"]
        whole = chance + unknown
        rows.append(
            row(
                policy(material, name),
                spread(found),
                Number(at(found, "central")),
                unknown**0.5,
                chance**0.5,
                Number(unknown / whole if whole else None),
            )
        )
    note = (
        f"Over {played_words(material)}: mean, and the"
        " range of nine results of ten, chance and unknown numbers together. Central values were played"
        f" {material.comparison['central_replications']:,} times with the same seed."
    )
    return Table("ignorance", "Chance and unknown numbers apart", columns, tuple(rows), note)

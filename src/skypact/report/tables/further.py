"""Further measures: those that say of themselves that they are to be listed."""

from __future__ import annotations

from skypact.formatting import at
from skypact.report.material import Material
from skypact.report.table import Column, Format, Table, numbers, row
from skypact.report.tables.cells import policy, ranges, spread


def further(material: Material) -> Table | None:
    """A column for each listed measure (`skypact.study.measures.Shown`), a row for each policy."""
    listed = {key: how for key, how in material.shown.items() if how.listed and len(key) == 1}
    if not listed or not material.policies:
        return None
    columns = (
        Column("Policy"),
        *(numbers(how.title, how.unit, Format.BRIEF) for how in listed.values()),
    )
    rows = tuple(
        row(policy(material, name), *(spread(at(result, key[0])) for key in listed))
        for name, result in material.policies.items()
    )
    note = f"Means; below them {ranges(material)}."
    return Table("further", "Further measures, by policy", columns, rows, note)

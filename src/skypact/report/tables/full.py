"""What a report in full adds: Sobol indices, other correlations, other placements of what is given."""

from __future__ import annotations

from skypact.formatting import capital
from skypact.policy.families import family_words
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.cells import paired, policy
from skypact.study.full import STATED
from skypact.study.pick_freeze import OTHERS

LEAST = 0.05
"""Families with a smaller total index are left out."""


def _found(material: Material) -> Record:
    found: Record = material.comparison.get("full", {})
    return found


def sobol(material: Material) -> Table | None:
    """By policy and family, what its numbers make of the variance alone, and with others."""
    found = _found(material).get("sobol")
    if not found:
        return None
    rows = []
    for name, families in found["policies"].items():
        for one in families:
            if one["total"]["value"] >= LEAST:
                family = one["family"]
                words = "all other families" if family == OTHERS else family_words(family, material.catalog)
                cells = (
                    Number(one[what]["value"], one[what]["low"], one[what]["high"])
                    for what in ("first", "total")
                )
                rows.append(row(policy(material, name), Words(capital(words)), *cells))
    if not rows:
        return None
    note = (
        "Alone: the share of the variance of the difference that knowing these numbers would remove. With others: the"
        " share that would be left if all other numbers were known. Sobol indices, grouped by family, from"
        f" {found['samples']} draws and as many again, with 95 % intervals of the bootstrap; an estimate may lie below 0"
        " or above 100 %."
    )
    columns = (
        Column("Policy"),
        Column("Family of numbers"),
        numbers("Alone", "%", Format.SHARE),
        numbers("With others", "%", Format.SHARE),
    )
    return Table("sobol", "Families drawn anew, one by one", columns, tuple(rows), note)


def correlations(material: Material) -> Table | None:
    """What each policy changes if numbers of a family go together less, or more."""
    found = _found(material).get("correlations")
    if not found:
        return None
    stated = material.comparison.get("correlation")
    columns = [Column("Policy")]
    for one in found:
        mark = ", as stated" if one["correlation"] == stated else ""
        columns.append(numbers(f"Correlation {one['correlation']:g}{mark}", "threats", Format.CHANGE))
    rows = [
        row(policy(material, name), *(paired(one["leakers"].get(name)) for one in found))
        for name in material.differences
    ]
    note = (
        "Mean change in arrivals, and below it the range of nine draws of ten. The correlation is of any two numbers of"
        " one family; nobody has measured it."
    )
    return Table(
        "correlations",
        "If numbers of a family went together less, or more",
        tuple(columns),
        tuple(rows),
        note,
    )


def placements(material: Material) -> Table | None:
    """The order of the policies if what is given stood elsewhere."""
    found = _found(material).get("placements")
    if not found:
        return None
    columns = [Column("Policy")]
    for one in found:
        name = one["placement"]
        title = "As the decisions say" if name == STATED else material.scenario.placements[name].title
        columns.append(numbers(title, "threats", Format.CHANGE))
    rows = []
    for name in material.differences:
        cells = []
        for one in found:
            change = one["leakers"][name]
            place = 1 + one["order"].index(name)
            cells.append(Number(change["mean"], change["p05"], change["p95"], note=f"place {place}"))
        rows.append(row(policy(material, name), *cells))
    note = (
        "Mean change in arrivals, and the place of the policy in the order by that mean, where units that change hands"
        " stand elsewhere. Both other placements are ours: cities that a reader might choose instead."
    )
    return Table("placements", "If what is given stood elsewhere", tuple(columns), tuple(rows), note)

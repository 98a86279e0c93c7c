"""Every number that a scenario rests on, a table a section."""

from __future__ import annotations

from skypact.report.material import Material
from skypact.report.quantities import Used
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row


def quantities(material: Material) -> dict[str, list[Table]]:
    """Every number used, by group, a table a section; the caption counts how many are notional."""
    sections: dict[tuple[str, str], list[Used]] = {}
    for used in material.quantities:
        sections.setdefault((used.group, used.section), []).append(used)
    groups: dict[str, list[Table]] = {}
    for number, ((group, name), part) in enumerate(sections.items(), 1):
        groups.setdefault(group, []).append(_section(number, name, part))
    return groups


def _section(number: int, name: str, part: list[Used]) -> Table:
    columns = (
        Column("Number"),
        Column("Kind"),
        numbers("Value", "in the unit beside it", Format.BRIEF),
        numbers("Range", "in the unit beside it", Format.BRIEF),
        Column("Unit"),
        Column("Source or reason"),
    )
    rows = tuple(
        row(
            Words(used.name, code=used.code),
            Words(mark=used.kind),
            "" if used.value is None else used.value,
            "" if used.low is None else Number(low=used.low, high=used.high),
            used.unit,
            Words(". ".join(filter(None, [used.text.rstrip("."), used.note])), sources=tuple(used.sources)),
        )
        for used in part
    )
    notional = sum(used.kind == "notional" for used in part)
    entries = "1 entry" if len(part) == 1 else f"{len(part)} entries"
    return Table(f"numbers-{number}", f"{name}: {entries}, {notional} notional", columns, rows)


def kinds(material: Material) -> str:
    """How many of the numbers used are reported, estimated and notional."""
    used = material.quantities
    counts = {kind: sum(one.kind == kind for one in used) for kind in ("reported", "estimated", "notional")}
    return (
        f"Of {len(used)} entries, {counts['reported']} are reported, {counts['estimated']} estimated by a "
        f"source and {counts['notional']} notional."
    )


def sources_used(material: Material) -> list[str]:
    """Names of all sources of the scenario, then those that its systems name."""
    named = [name for one in material.quantities for name in one.sources]
    return list(dict.fromkeys([*material.scenario.sources, *(n for n in named if n in material.sources)]))

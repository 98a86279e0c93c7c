"""What was reported beside what was simulated."""

from __future__ import annotations

from skypact.formatting import brief, class_names
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row

WHAT = {
    "launched": "launched",
    "killed": "shot down or jammed",
    "leaked": "arrived",
    "failed": "failed on their own",
    "rounds": "rounds fired",
}


def reported(material: Material) -> Table | None:
    """What was reported beside what was simulated, every contested version."""
    entries = reports(material)
    if not entries:
        return None
    columns = (
        Column("Count"),
        numbers("Reported", "number", Format.BRIEF),
        numbers("Simulated", "number"),
        Column("Within the simulated range"),
        Column("Who says so"),
    )
    rows = []
    for entry in entries:
        simulated = entry["simulated"]
        rows.append(
            row(
                Words(counted(material, entry), mark="contested" if entry.get("contested") else ""),
                Number(entry["value"], note=_span(entry)),
                Number(simulated["mean"], simulated.get("p05"), simulated.get("p95")),
                _agreement(entry),
                Words(entry["by"], note=entry.get("note", ""), sources=tuple(entry.get("sources", ()))),
            )
        )
    under = material.title(material.scenario.reported_under)
    spread = "chance" if material.uncertain is None else "chance, and of numbers drawn from their ranges"
    note = (
        f"Simulated: mean, and the 5th to the 95th percentile of {spread}. "
        "Where parties contradict each other, each version has its row. Counts of different parties overlap "
        "and must not be added up."
    )
    return Table("reported", f"Reported beside simulated, under “{under}”", columns, tuple(rows), note)


def reports(material: Material) -> list[Record]:
    """The reports, with numbers drawn from their ranges where that was asked for."""
    drawn = (material.uncertain or {}).get("reported")
    found: list[Record] = drawn or material.comparison.get("reported", [])
    return found


def counted(material: Material, entry: Record) -> str:
    """What a report counts, in words."""
    classes = entry.get("classes")
    whom = class_names(tuple(classes) if classes else None)
    text = f"{whom.capitalize()}: {WHAT.get(entry['what'], entry['what'])}"
    return text + (f" by {material.actor(entry['owner'])}" if entry.get("owner") else "")


def _span(entry: Record) -> str:
    low, high = entry.get("low"), entry.get("high")
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {brief(high)}"
    return f"{brief(low)} or more" if high is None else f"{brief(low)} to {brief(high)}"


def _agreement(entry: Record) -> str:
    if entry["what"] == "launched" or entry.get("input"):
        return "an input"
    return "yes" if entry["agrees"] else "no"

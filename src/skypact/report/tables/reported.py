"""What was reported beside what was simulated."""

from __future__ import annotations

from skypact.formatting import at, brief, class_names
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.cells import ranges, spread

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
        numbers("Its place", "% of the simulation below it", Format.SHARE),
        numbers("Off by", "in the count's unit (CRPS)", Format.BRIEF),
        numbers("A plain forecast", "number"),
        numbers("Off by (plain)", "in the count's unit (CRPS)", Format.BRIEF),
        Column("Who says so"),
    )
    rows = []
    # What was launched is an input of the model, and says nothing about it.
    for entry in sorted(entries, key=lambda entry: entry["what"] == "launched"):
        simulated, plain = entry["simulated"], entry.get("baseline")
        rows.append(
            row(
                Words(counted(material, entry), mark="contested" if entry.get("contested") else ""),
                Number(entry["value"], note=_span(entry)),
                spread(simulated),
                _place(entry),
                Number(entry.get("crps")),
                spread(plain),
                Number(at(plain, "crps")),
                Words(entry["by"], note=entry.get("note", ""), sources=tuple(entry.get("sources", ()))),
            )
        )
    under = material.title(material.scenario.reported_under)
    note = (
        f"Simulated: mean, and {ranges(material)}. Its place: the share of the simulated counts below the reported one, from"
        " those less to those not more; near 0 or 100 % it was not foreseen. Off by: the continuous ranked"
        f" probability score; less is better, and a wide forecast pays for its width. {_plainly(material)}"
        " Where parties contradict each other, each version has its row. Counts of different parties overlap "
        "and must not be added up."
    )
    return Table("reported", f"Reported beside simulated, under “{under}”", columns, tuple(rows), note)


def _plainly(material: Material) -> str:
    if not material.scenario.record:
        return "No public record of the time before says what a plain forecast would have been."
    return (
        "A plain forecast: the share shot down of each class in the public record before the day, with its spread from"
        " report to report."
    )


def _place(entry: Record) -> Number:
    found = entry.get("place")
    return Number(said="an input") if not found else Number(found["middle"], found["low"], found["high"])


def reports(material: Material) -> list[Record]:
    """The reports, each with what was simulated."""
    found: list[Record] = material.comparison.get("reported", [])
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

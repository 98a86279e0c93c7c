"""The result of one run: by class of threat, and by system."""

from __future__ import annotations

from collections.abc import Callable

from skypact.formatting import class_name, mean
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Row, Table, Words, numbers, row
from skypact.report.tables.cells import COST, COST_NOTE, COST_UNIT, WHY_NOTE, average, reasons, spread

NAMED: Callable[[str], str] = str


def by_class(run: Record) -> Table:
    """What becomes of the threats of each class, and of all."""
    columns = (
        Column("Class"),
        numbers("Launched", "threats", Format.COUNT),
        numbers("Arrive", "threats"),
        numbers("Killed", "threats"),
        numbers("Of these by jamming", "threats"),
        numbers("Failed", "threats"),
    )
    rows = [_fates(class_name(name).capitalize(), part) for name, part in run["by_class"].items()]
    rows.append(_fates("All classes", run))
    over = "chance alone" if run.get("sets") is None else "chance and unknown numbers together"
    note = f"Means; below arrivals the range of nine results of ten, {over}."
    return Table("classes", "What becomes of the threats, by class", columns, tuple(rows), note)


def _fates(name: str, part: Record) -> Row:
    return row(
        name,
        part["launched"],
        spread(part["leakers"]),
        *(average(part, key) for key in ("kills", "soft_kills", "failed")),
    )


def because(run: Record) -> Table:
    """Why threats arrive."""
    found = reasons(run)
    columns = (Column("Threats"), numbers("Arrive", "threats"), *(column for column, _ in found))
    means = (average(run, *path) for _, path in found)
    rows = (row("All classes", average(run, "leakers"), *means),)
    return Table("because", "Why threats arrive", columns, rows, WHY_NOTE)


def by_system(run: Record, named: Callable[[str], str] = NAMED) -> Table | None:
    """What each system fires and kills, and what share of its stock that is."""
    if not run["by_system"]:
        return None
    columns = (
        Column("System"),
        numbers("Fire units", "units", Format.COUNT),
        numbers("Rounds fired", "rounds"),
        numbers("Of its stock", "%", Format.SHARE),
        numbers("Kills", "threats"),
        numbers(COST, COST_UNIT, Format.MILLIONS),
    )
    rows = []
    for name, part in run["by_system"].items():
        stock, fired = part["stock"], mean(part["rounds"]) or 0.0
        rows.append(
            row(
                Words(named(name), name),
                part["units"],
                fired,
                Number(fired / stock if stock else None),
                average(part, "kills"),
                average(part, "cost_usd"),
            )
        )
    return Table("systems", "What each system fires", columns, tuple(rows), f"Means.{COST_NOTE}")

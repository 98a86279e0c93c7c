"""What became of each class before a day, by a record of reports: the numbers of a scenario's `record`.

Usage: python tools/record_rates.py FILE DAY [--since DAY]

FILE is a table of reports as the UA AirDefense Tracker publishes it (Open Data Commons Attribution License 1.0): columns
time_start, time_end, model, launched, destroyed, source.  It is not part of this repository; only what is computed here is.
Counted are reports of the Air Force that end before the day and give both numbers, for names of weapons
that are of one class.  Other commands report what they shot down and not what they missed.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections.abc import Iterable
from pathlib import Path

CLASSES = {
    "drone": ("Shahed",),
    "cruise": ("X-101/X-555", "X-101/", "X-555", "Kalibr", "Iskander-K", "X-59", "X-59/X-69", "X-69"),
    "fast-cruise": ("X-22", "X-32", "X-22/X-32"),
    "ballistic-short": ("Iskander-M", "KN-23", "Iskander-M/KN-23"),
    "aeroballistic": ("X-47 Kinzhal",),
}
AIR_FORCE = "kpszsu"


def class_of(model: str) -> str | None:
    """The class of a weapon, or of several that the report does not tell apart; None if it is not known.

    >>> class_of("X-101/X-555 and Kalibr"), class_of("X-22 and Kalibr"), class_of("Shahed-136/131")
    ('cruise', None, 'drone')
    """
    found = {_one(name.strip()) for name in model.split(" and ")}
    return found.pop() if len(found) == 1 else None


def _one(name: str) -> str | None:
    if name.startswith("Shahed"):
        return "drone"
    return next((kind for kind, names in CLASSES.items() if name in names), None)


def between(counts: Iterable[tuple[int, int]]) -> tuple[int, int, int, float]:
    """Reports, launched, killed, and the standard deviation of the share from report to report.

    By moments (Kleinman, Journal of the American Statistical Association 68, 1973): what the squares of the
    distances from the common share have beyond what chance gives them.
    """
    rows = list(counts)
    launched, killed = sum(n for n, _ in rows), sum(x for _, x in rows)
    share = killed / launched
    most = share * (1 - share)
    if len(rows) < 2 or most == 0:
        return len(rows), launched, killed, 0.0
    squares = sum(n * (x / n - share) ** 2 for n, x in rows) / most
    room = launched - sum(n * n for n, _ in rows) / launched - (len(rows) - 1)
    together = (squares - (len(rows) - 1)) / room if room > 0 else 0.0
    return len(rows), launched, killed, math.sqrt(max(0.0, together) * most)


def main() -> None:
    """Print the scenario's section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("day")
    parser.add_argument("--since", default="")
    asked = parser.parse_args()
    found: dict[str, list[tuple[int, int]]] = {}
    days: dict[str, list[str]] = {}
    with asked.file.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = class_of(row["model"])
            ended = row["time_end"][:10]
            if kind is None or not row["source"].startswith(AIR_FORCE):
                continue
            if not row["launched"] or not row["destroyed"] or not asked.since <= ended < asked.day:
                continue
            launched, killed = round(float(row["launched"])), round(float(row["destroyed"]))
            if launched > 0 and killed <= launched:
                found.setdefault(kind, []).append((launched, killed))
                days.setdefault(kind, []).append(ended)
    print("record:")
    for kind in CLASSES:
        if kind in found:
            reports, launched, killed, spread = between(found[kind])
            print(
                f"  {kind}: {{kind: reported, since: {min(days[kind])!r}, until: {max(days[kind])!r},"
                f" reports: {reports}, launched: {launched}, killed: {killed}, between: {spread:.2f},"
                " sources: [air-defense-tracker]}"
            )


if __name__ == "__main__":
    main()

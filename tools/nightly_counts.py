"""Make the small record in the package: nightly counts by class, from a published file that you give.

    python tools/nightly_counts.py FILE.csv [--until 2025-06-30]

Sums over national bulletins, a line for each night, publisher and class of weapon; weapons of several classes that were
reported together have a line of their own.  Reports without a number launched or destroyed are left out.  Figures
alone: no texts, places or addresses of the original.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
from pathlib import Path

import numpy as np

from skypact.evidence.arrays import reports_of, understand
from skypact.evidence.read import read_table
from skypact.evidence.reports import UNREPORTED, Reports
from skypact.evidence.weapons import names
from skypact.reading.write import write_text

TARGET = Path(__file__).resolve().parents[1] / "src/skypact/evidence/data/ukraine-to-2025-06.csv"
HEAD = """\
# Nightly counts of weapons launched at Ukraine and stopped, by class, as Ukraine's Air Force Command (kpszsu) reported
# them, and on a few nights others for the whole country (General Staff, Commander-in-Chief, Defence Intelligence).
# One side's reports, not independently verified.  A night has the date of its morning.
# Made by tools/nightly_counts.py from "UA AirDefense Tracker: Ukraine air defense aggregated data" by Petro Ivaniuk and
# the UA AirDefense Tracker (https://ua-airdefense-tracker.org/), which aggregates the daily bulletins of the Air Force
# Command (https://www.facebook.com/kpszsu).
# Both that database and this extract of figures are made available under the Open Data Commons Attribution License
# ODC-BY 1.0: https://opendatacommons.org/licenses/by/1-0/
# A blank under not_reached or still_attacking was not reported, which is not zero.
"""


PUBLISHER = re.compile(r"(?:https://t\.me/)?[^/]*")
"""The part of a source that says who publishes."""


def counts(reports: Reports) -> list[dict[str, object]]:
    """A line for each night and class."""
    first = {strike: models[0] for strike, models in names().eligible.items()}
    use = (
        (reports.level == "national")
        & np.isin(reports.kind, ("strike", "several"))
        & (reports.launched >= 1)
        & (reports.destroyed != UNREPORTED)
    )
    used = reports.take(use)
    groups: dict[tuple[str, str, str], list[int]] = {}
    for at in range(len(used)):
        name = first[used.strike[at]] if used.strike[at] else str(used.model[at])
        found = PUBLISHER.match(str(used.source[at]))
        groups.setdefault((str(used.night[at]), name, found[0] if found else ""), []).append(at)
    lines = []
    for (night, name, source), which in groups.items():
        some = used.take(which)
        lines.append(
            {
                "night": night,
                "weapons": name,
                "source": source,
                "reports": len(which),
                "launched": int(some.launched.sum()),
                "destroyed": int(some.destroyed.sum()),
                "not_reached": _sum(some.not_reached),
                "still_attacking": _sum(some.still_attacking),
            }
        )
    return lines


def _sum(values: np.ndarray) -> int | str:
    given = values[values != UNREPORTED]
    return int(given.sum()) if len(given) else ""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", help="the published CSV file")
    asked.add_argument("--until", default="2025-06-30", help="the last night (default: 2025-06-30)")
    given = asked.parse_args()
    reports = reports_of(understand(read_table(given.file))[0])
    lines = counts(reports.take(reports.night <= np.datetime64(given.until)))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    write_text(TARGET, HEAD + text.getvalue())
    print(f"Written: {TARGET}: {len(lines)} lines")


if __name__ == "__main__":
    main()

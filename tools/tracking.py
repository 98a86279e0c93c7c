"""The tables of docs/model.md about tracks that are handed over, and about where fighters start from.

Plays ukraine-2024-08-26 with tracks handed over more or less often, with and without second shots when late; and
raids with fighters that fly back after each engagement, or need no way at all.

Run: python tools/tracking.py           (prints the tables, from the stored figures)
     python tools/tracking.py --again   (plays anew, and stores the figures)
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skypact.policy.situation import Situation
    from skypact.raid import Raid
    from skypact.study import Study

STORE = Path(__file__).parents[1] / "docs" / "figures" / "tracking.json"
REPLICATIONS = 2000
READINGS = (
    ("handed over everywhere", 0.9999),
    ("as the model has it", None),
    ("found anew everywhere", 1e-30),
)
FIGHTERS = (
    ("Ukraine, status quo", "ukraine-2024-08-26", "status-quo"),
    ("Ukraine, Sky Shield", "ukraine-2024-08-26", "sky-shield"),
    ("Ukraine, joint as over Israel", "ukraine-2024-08-26", "joint-as-over-israel"),
    ("Israel, alone", "israel-2024-04-13", "israel-alone"),
    ("Israel, as happened", "israel-2024-04-13", "as-happened"),
)


def settled(study: Study, policy: str) -> Situation:
    """The situation under a policy, at the central numbers."""
    from skypact.policy import build_situation

    return build_situation(study.scenario, study.catalog, policy)


def compiled(study: Study, situation: Situation) -> Raid:
    """Its raid."""
    from skypact.geometry.windows import opportunities
    from skypact.raid.compile import compile_raid

    return compile_raid(situation, opportunities(situation, study.atlas), {})


def readings() -> list[dict[str, Any]]:
    """The status quo of Ukraine by when a track is handed over."""
    from skypact.geometry import looks
    from skypact.study import RunSettings, Study, simulate

    study = Study.ask("ukraine-2024-08-26", ("status-quo",))
    situation = settled(study, "status-quo")
    usual, rows = looks.RARELY, []
    for name, rarely in READINGS:
        looks.RARELY = usual if rarely is None else rarely
        raids = [compiled(study, one) for one in (situation, replace(situation, concurrency_late={}))]
        found = [simulate(raid, RunSettings(REPLICATIONS)) for raid in raids]
        means = [one.leakers.mean for one in found]
        sizes = {"windows": len(raids[0].windows), "tracks": len(raids[0].tracks)}
        rows.append({"reading": name, **sizes, "arrive": means[0], "not_late": means[1]})
    looks.RARELY = usual
    return rows


def fighters() -> list[dict[str, Any]]:
    """Raids by where fighters start from."""
    from skypact.study import RunSettings, Study, simulate

    rows = []
    for name, scenario, policy in FIGHTERS:
        study = Study.ask(scenario, (policy,))
        situation = settled(study, policy)
        raid = compiled(study, situation)
        air = {unit.id for unit in situation.units if unit.aircraft is not None}
        flights = defaultdict(list)
        for window in raid.windows:
            flights[window.unit].append((window.flight_open_s + window.flight_close_s) / 2)
        way = {unit: sum(own) / len(own) for unit, own in flights.items() if unit in air}
        back = replace(
            raid,
            units=tuple(u._replace(recover_s=u.recover_s + way.get(u.id, 0.0)) for u in raid.units),
        )
        quick = tuple(
            unit if unit.aircraft is None else replace(unit, aircraft=replace(unit.aircraft, dash_m_s=1e7))
            for unit in situation.units
        )
        raids = (raid, back, compiled(study, replace(situation, units=quick)))
        found = [simulate(one, RunSettings(REPLICATIONS)) for one in raids]
        kills = [sum(row.kills.mean for unit, row in one.by_unit.items() if unit in air) for one in found]
        rows.append({"raid": name, "kills": kills, "arrive": [one.leakers.mean for one in found]})
    return rows


def play() -> dict[str, Any]:
    """Play every variant anew."""
    import skypact

    head = {"made": date.today().isoformat(), "skypact": skypact.__version__, "seed": 1}
    return {**head, "replications": REPLICATIONS, "readings": readings(), "fighters": fighters()}


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The rows of the tables as the page has them."""
    for row in figures["readings"]:
        sizes = f"{row['windows']:,} | {row['tracks']:,}"
        yield f"| {row['reading']} | {sizes} | {row['arrive']:.2f} | {row['not_late']:.2f} |"
    for row in figures["fighters"]:
        (here, back, there), (base, *others) = row["kills"], row["arrive"]
        change = [f"{other - base:+.1f}".replace("-", "−") for other in others]
        yield (
            f"| {row['raid']} | {here:.1f} | {base:.1f} | {back:.1f}, {change[0]} | {there:.1f}, {change[1]} |"
        )


def main() -> None:
    """Print the rows."""
    if "--again" in sys.argv[1:]:
        STORE.write_text(json.dumps(play(), indent=1) + "\n", encoding="utf-8")
    for line in lines(json.loads(STORE.read_text(encoding="utf-8"))):
        print(line)


if __name__ == "__main__":
    main()

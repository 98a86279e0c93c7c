"""The table of docs/model.md that shows what doctrine changes.

Plays the status quo of ukraine-2024-08-26 with and without its doctrine, with the stocks of the scenario and with
long-range batteries that have only a few rounds and no reserve.

Run: python tools/doctrine.py           (prints the table, from the stored figures)
     python tools/doctrine.py --again   (plays anew, and stores the figures)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skypact.scenario.model import Scenario

STORE = Path(__file__).parents[1] / "docs" / "figures" / "doctrine.json"
LONG_RANGE = ("patriot-pac-2-gem-t", "patriot-pac-3-mse", "samp-t")
CLASSES = ("aeroballistic", "ballistic-short", "cruise")


def thin(scenario: Scenario, rounds: int) -> Scenario:
    """The scenario with so many rounds in each of Ukraine's long-range fire units, and no reserve."""
    from skypact.quantity import Quantity

    ready, none = (Quantity(value=n, kind="notional", note="a variant") for n in (rounds, 0))
    laydown = [
        entry.model_copy(update={"ready": ready, "reserve": none})
        if entry.owner == "UKR" and entry.system in LONG_RANGE
        else entry
        for entry in scenario.laydown
    ]
    return scenario.model_copy(update={"laydown": tuple(laydown)})


def play() -> dict[str, Any]:
    """Play every variant anew."""
    import skypact
    from skypact.study import RunSettings, Study, simulate

    study = Study.ask("ukraine-2024-08-26", ("status-quo",))
    stocks = {"as in the scenario": study.scenario}
    stocks |= {f"{n} rounds a unit, no reserve": thin(study.scenario, n) for n in (4, 2)}
    rows = []
    for stock, scenario in stocks.items():
        for doctrine in (True, False):
            asked = scenario if doctrine else scenario.model_copy(update={"doctrine": ()})
            raid = replace(study, scenario=asked).compile("status-quo").raid
            found = simulate(raid, RunSettings(10_000))
            fired = sum(
                row.rounds.mean
                for unit, row in found.by_unit.items()
                if unit.startswith(("ukr-patriot", "ukr-samp"))
            )
            means = [found.leakers.mean, *(found.by_class[name].leakers.mean for name in CLASSES)]
            rows.append(
                {
                    "stock": stock,
                    "doctrine": doctrine,
                    "means": [*means, fired, found.by_system["s-300ps"].rounds.mean],
                }
            )
    made = date.today().isoformat()
    return {"made": made, "skypact": skypact.__version__, "seed": 1, "replications": 10_000, "rows": rows}


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """The rows of the table as the page has them."""
    for row in figures["rows"]:
        cells = " | ".join(f"{mean:.1f}" for mean in row["means"])
        yield f"| {row['stock']} | {'yes' if row['doctrine'] else 'no'} | {cells} |"


def main() -> None:
    """Print the rows."""
    if "--again" in sys.argv[1:]:
        STORE.write_text(json.dumps(play(), indent=1) + "\n", encoding="utf-8")
    for line in lines(json.loads(STORE.read_text(encoding="utf-8"))):
        print(line)


if __name__ == "__main__":
    main()

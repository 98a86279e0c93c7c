"""Print what doctrine changes, as docs/model.md quotes it.

Plays the status quo of ukraine-2024-08-26 with and without its doctrine, with the stocks of the scenario and with
long-range batteries that have only a few rounds and no reserve.

Run: .venv/bin/python tools/doctrine.py
"""

from __future__ import annotations

from dataclasses import replace

from skypact.quantity import Quantity
from skypact.scenario.model import Scenario
from skypact.study import RunSettings, Study, simulate

LONG_RANGE = ("patriot-pac-2-gem-t", "patriot-pac-3-mse", "samp-t")


def thin(scenario: Scenario, rounds: int) -> Scenario:
    """The scenario with so many rounds in each of Ukraine's long-range fire units, and no reserve."""
    ready, none = (Quantity(value=n, kind="notional", note="a variant") for n in (rounds, 0))
    laydown = [
        entry.model_copy(update={"ready": ready, "reserve": none})
        if entry.owner == "UKR" and entry.system in LONG_RANGE
        else entry
        for entry in scenario.laydown
    ]
    return scenario.model_copy(update={"laydown": tuple(laydown)})


def main() -> None:
    """Print one line a variant."""
    question = Study.ask("ukraine-2024-08-26", ("status-quo",))
    stocks = {"as in the scenario": question.scenario}
    stocks |= {f"{n} rounds each": thin(question.scenario, n) for n in (4, 2)}
    print(
        "| long-range stock | doctrine | leakers | aeroballistic | ballistic-short | cruise | long-range rounds | S-300 rounds |"
    )
    for stock, scenario in stocks.items():
        for doctrine in (True, False):
            asked = scenario if doctrine else scenario.model_copy(update={"doctrine": ()})
            raid = replace(question, scenario=asked).compile("status-quo").raid
            found = simulate(raid, RunSettings(10_000)).to_dict()
            by_class = [
                found["by_class"][c]["leakers"]["mean"]
                for c in ("aeroballistic", "ballistic-short", "cruise")
            ]
            fired = sum(
                row["rounds"]["mean"]
                for unit, row in found["by_unit"].items()
                if unit.startswith(("ukr-patriot", "ukr-samp"))
            )
            soviet = found["by_system"]["s-300ps"]["rounds"]["mean"]
            cells = [found["leakers"]["mean"], *by_class, fired, soviet]
            print(
                f"| {stock} | {'yes' if doctrine else 'no'} | "
                + " | ".join(f"{cell:.1f}" for cell in cells)
                + " |"
            )


if __name__ == "__main__":
    main()

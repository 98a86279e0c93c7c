"""The tables of docs/validation.md: reported beside simulated, and how sure the differences are.

Run: python tools/validation.py           (prints the tables, from the stored figures)
     python tools/validation.py --again   (plays anew, some minutes, stores the figures and puts them into the page)

With ``--sets N`` and ``--replications N`` fewer are played; the page says how many.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from pages import put  # noqa: E402  the folder of the tools is no package

STORE = ROOT / "docs" / "figures" / "validation.json"
PAGE = ROOT / "docs" / "validation.md"
RAIDS = ("ukraine-2024-08-26", "ukraine-2024-08-11", "israel-2024-04-13")
KEPT = ("owner", "classes", "what", "by", "contested", "value", "low", "high", "place", "crps", "baseline")

Figures = dict[str, Any]


def play(sets: int, replications: int) -> Figures:
    """Play everything anew."""
    import skypact

    raids = {}
    for name in RAIDS:
        found = skypact.compare(name, sets=sets, replications=replications)
        under = found.of.data.reported_under
        leakers = found.policies[under].leakers.to_dict()
        del leakers["histogram"]
        raids[name] = {
            "policy": under,
            "baseline": found.baseline,
            "reported": [
                {**{key: row[key] for key in KEPT}, "simulated": row["simulated"]}
                for row in found.reported
                if row["crps"] is not None
            ],
            "leakers": leakers,
            "differences": {one.policy: one.leakers.to_dict() for one in found.differences},
        }
    return {
        "made": date.today().isoformat(),
        "skypact": skypact.__version__,
        "seed": 1,
        "sets": sets,
        "replications": replications,
        "raids": raids,
    }


def tables(figures: Figures) -> dict[str, list[str]]:
    """The parts of the page that are made of figures, by name."""
    found = {
        "how": [
            f"Computed on {figures['made']} with version {figures['skypact']}: {figures['sets']} sets of"
            f" {figures['replications']} replications, seed {figures['seed']}."
        ]
    }
    for name, raid in figures["raids"].items():
        leakers, parts = raid["leakers"], raid["leakers"]["variance"]
        found[f"reported {name}"] = [
            "| what | says | reported | simulated: mean, 5th to 95th | central | its place | off by | plain: mean, off by |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *map(_reported, raid["reported"]),
            "",
            f"Leakers: {leakers['mean']:.1f} ({leakers['p05']}–{leakers['p95']}), with central values"
            f" {leakers['central']:.1f}; variance by chance {parts['chance']:.1f}, by ignorance {parts['ignorance']:.1f}.",
        ]
        if raid["differences"]:
            found[f"differences {name}"] = [
                f"| policy, less `{raid['baseline']}` | mean, 5th to 95th of the sets | central | same sign, 95 % interval |",
                "| --- | --- | --- | --- |",
                *(_difference(policy, one) for policy, one in raid["differences"].items()),
            ]
    return found


def lines(figures: Figures) -> list[str]:
    """Every line of the tables."""
    return [line for table in tables(figures).values() for line in table if line]


def _reported(row: Figures) -> str:
    what = " ".join(filter(None, [row["owner"], "+".join(row["classes"] or ()), row["what"]]))
    low, high, drawn, place = row["low"], row["high"], row["simulated"], row["place"]
    bounds = "" if low is None and high is None else f" ({_end(low)}–{_end(high)})"
    contested = ", contested" if row["contested"] else ""
    plain = row["baseline"]
    beside = "none" if plain is None else f"{plain['mean']:.1f}, {plain['crps']:.2f}"
    return (
        f"| {what} | {row['by']}{contested} | {row['value']:g}{bounds} |"
        f" {drawn['mean']:.1f}, {drawn['p05']}–{drawn['p95']} | {drawn['central']:.1f} |"
        f" {100 * place['low']:.0f}–{100 * place['high']:.0f} % | {row['crps']:.2f} | {beside} |"
    )


def _difference(policy: str, one: Figures) -> str:
    sign = one["same_sign"]
    return (
        f"| `{policy}` | {_signed(one['mean'])}, {_signed(one['p05'])} to {_signed(one['p95'])} |"
        f" {_signed(one['central'])} | {100 * sign['share']:.0f} %, {100 * sign['low']:.0f}–{100 * sign['high']:.0f} % |"
    )


def _end(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--sets", type=int, default=64)
    parser.add_argument("--replications", type=int, default=200)
    asked = parser.parse_args()
    if asked.again:
        figures = play(asked.sets, asked.replications)
        STORE.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        put(PAGE, tables(figures))
    for line in lines(json.loads(STORE.read_text(encoding="utf-8"))):
        print(line)


if __name__ == "__main__":
    main()

"""The tables of docs/validation.md: reported beside simulated, and how sure the differences are.

Chance alone is 10,000 replications with central values; chance and ignorance is 100 sets of drawn numbers with
100 replications each, for the differences 40 sets.

Run: python tools/validation.py           (prints the tables, from the stored figures)
     python tools/validation.py --again   (plays anew, some minutes, and stores the figures)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

STORE = Path(__file__).parents[1] / "docs" / "figures" / "validation.json"
RAIDS = ("ukraine-2024-08-26", "ukraine-2024-08-11", "israel-2024-04-13")
COMPARED = ("ukraine-2024-08-26", "israel-2024-04-13")
SETS, SETS_OF_DIFFERENCES = 100, 40

Figures = dict[str, Any]


def play() -> Figures:
    """Play everything anew."""
    import skypact

    reported, differences = {}, {}
    for name in RAIDS:
        found = skypact.compare(name, [skypact.load(name).data.reported_under], sets=SETS)
        assert found.uncertain is not None
        rows = [
            {
                **{
                    key: alone[key]
                    for key in ("owner", "classes", "what", "by", "contested", "value", "low", "high")
                },
                "central": alone["simulated"]["mean"],
                "drawn": {key: drawn["simulated"][key] for key in ("mean", "p05", "p95")},
                "agrees": drawn["agrees"],
            }
            for alone, drawn in zip(found.reported, found.uncertain["reported"], strict=True)
            if alone["what"] != "launched" and not alone["input"]
        ]
        (policy,) = found.policies
        leakers = found.uncertain["policies"][policy]["leakers"]
        reported[name] = {"policy": policy, "rows": rows, "leakers": leakers}
    for name in COMPARED:
        found = skypact.compare(name, sets=SETS_OF_DIFFERENCES, replications=100 * SETS_OF_DIFFERENCES)
        assert found.uncertain is not None
        drawn = {one["policy"]: one["leakers"] for one in found.uncertain["differences"]}
        differences[name] = {
            one.policy: {"central": one.leakers.mean, "drawn": drawn[one.policy]} for one in found.differences
        }
    return {
        "made": date.today().isoformat(),
        "skypact": skypact.__version__,
        "seed": 1,
        "reported": reported,
        "differences": differences,
    }


def lines(figures: Figures) -> Iterator[str]:
    """The tables as the page has them, line by line."""
    for name, found in figures["reported"].items():
        yield f"## {name}, {found['policy']}"
        yield "| what | says | reported | central values | drawn values: mean, 5th to 95th | within |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for row in found["rows"]:
            yield _reported(row)
        leakers, parts = found["leakers"], found["leakers"]["variance"]
        yield (
            f"Leakers: {leakers['mean']:.1f} ({leakers['p05']}–{leakers['p95']}); variance by chance"
            f" {parts['chance']:.1f}, by ignorance {parts['ignorance']:.1f}."
        )
    for policies in figures["differences"].values():
        yield "| policy | central values | drawn values: mean, 5th to 95th | same sign in |"
        yield "| --- | --- | --- | --- |"
        for policy, one in policies.items():
            drawn, spread = one["drawn"], one["drawn"]["over_draws"]
            yield (
                f"| `{policy}` | {_signed(one['central'])} | {_signed(drawn['mean'])}, {_signed(spread['p05'])} to"
                f" {_signed(spread['p95'])} | {100 * drawn['same_sign_share']:.0f} % of sets |"
            )


def _reported(row: Figures) -> str:
    what = " ".join(filter(None, [row["owner"], "+".join(row["classes"] or ()), row["what"]]))
    low, high, drawn = row["low"], row["high"], row["drawn"]
    bounds = "" if low is None and high is None else f" ({_end(low)}–{_end(high)})"
    contested = ", contested" if row["contested"] else ""
    return (
        f"| {what} | {row['by']}{contested} | {row['value']:g}{bounds} | {row['central']:.1f} |"
        f" {drawn['mean']:.1f}, {drawn['p05']}–{drawn['p95']} | {'yes' if row['agrees'] else 'no'} |"
    )


def _end(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def main() -> None:
    """Print the tables."""
    if "--again" in sys.argv[1:]:
        STORE.write_text(json.dumps(play(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for line in lines(json.loads(STORE.read_text(encoding="utf-8"))):
        print(line)


if __name__ == "__main__":
    main()

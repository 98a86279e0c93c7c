"""The tables of docs/verification.md about common sense: more of what defends lets no more through.

Plays the changes of tests/sense on 300 made raids, and on the shipped scenarios.

Run: python tools/common_sense.py           (prints the tables, from the stored figures)
     python tools/common_sense.py --again   (plays anew, a quarter of an hour, and stores the figures)
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from pages import put  # noqa: E402  the folder of the tools is no package

STORE = ROOT / "docs" / "figures" / "common_sense.json"
RAIDS = 300
WORTH_NAMING = 0.0002
"""Share of what was launched from which an increase is named, if it is clear of chance."""


def on_made() -> list[dict[str, Any]]:
    """By change, over the made raids: the mean increase and the largest bound."""
    from tests.sense.bounds import MARGIN, increase
    from tests.sense.changes import CHANGES
    from tests.sense.made import made_raid

    found: dict[str, list[Any]] = {name: [] for name in CHANGES}
    for number in range(RAIDS):
        raid = made_raid(number)
        for name, (before, after) in CHANGES.items():
            pair = before(raid, number), after(raid, number)
            found[name].append(increase(*pair, RAIDS * len(CHANGES)))
        print(f"\r{number + 1} of {RAIDS} raids", end="", file=sys.stderr)
    return [
        {
            "change": name,
            "mean": sum(one.mean for one in rows) / len(rows),
            "bound": max(one.bound for one in rows),
            "above": sum(one.bound >= MARGIN for one in rows),
        }
        for name, rows in found.items()
    ]


def on_shipped() -> list[dict[str, Any]]:
    """Every comparison on the shipped scenarios."""
    from skypact.study.setup import Study
    from tests.sense.bounds import increase
    from tests.sense.shipped import SCENARIOS, comparisons

    asked = [(name, *one) for name in SCENARIOS for one in comparisons(Study.ask(name))]
    found = []
    for number, (scenario, change, before, after) in enumerate(asked):
        more = increase(before, after, len(asked))
        found.append(
            {
                "scenario": scenario,
                "change": change,
                "mean": more.mean,
                "error": more.error,
                "bound": more.bound,
            }
        )
        print(f"\r{number + 1} of {len(asked)} comparisons", end="", file=sys.stderr)
    return found


def tables(figures: dict[str, Any]) -> dict[str, list[str]]:
    """The tables by their names on the page."""
    margin = figures["margin"]
    every = figures["on_shipped"]
    above = [one for one in every if one["bound"] >= margin]
    more = [one for one in every if one["mean"] > WORTH_NAMING and one["mean"] > 4 * one["error"]]
    return {
        "common sense, made": [
            f"| on {figures['raids']} made raids | mean increase | largest bound | raids above the margin |",
            "| --- | ---: | ---: | ---: |",
            *(
                f"| {one['change']} | {_share(one['mean'])} | {_share(one['bound'])} | {one['above']} |"
                for one in figures["on_made"]
            ),
        ],
        "common sense, shipped": [
            f"On the shipped scenarios {len(every)} comparisons were made; {len(above)} are above the margin. Clear of"
            " chance, though within the margin, more lets more through in these:",
            "",
            "| shipped scenario | policy: change | increase | bound |",
            "| --- | --- | ---: | ---: |",
            *(
                f"| {one['scenario']} | {one['change']} | {_share(one['mean'])} | {_share(one['bound'])} |"
                for one in sorted(more, key=lambda one: -one["bound"])
            ),
        ],
    }


def lines(figures: dict[str, Any]) -> list[str]:
    """Every line of the tables."""
    return [line for table in tables(figures).values() for line in table if line]


def _share(value: float) -> str:
    return f"{100 * value:+.2f} %".replace("-", "−")


def main() -> None:
    """Print the tables; with ``--again`` after playing anew."""
    if "--again" in sys.argv:
        sys.path.insert(0, str(ROOT))
        from tests.sense.bounds import LEVEL, MARGIN

        figures = {
            "made": date.today().isoformat(),
            "margin": MARGIN,
            "level": LEVEL,
            "raids": RAIDS,
            "on_made": on_made(),
            "on_shipped": on_shipped(),
        }
        STORE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        put(ROOT / "docs" / "verification.md", tables(figures))
    print("\n".join(lines(json.loads(STORE.read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()

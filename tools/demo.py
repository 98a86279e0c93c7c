"""Answer the questions of the shipped scenarios and write their reports.

Each line that begins with $ is a command that can be typed as it stands; here they run one after the other in
one process, which spares the time to load the program each time.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from skypact.cli.commands import skypact

OUT = Path("out")
DEMO = (
    (
        "What would have changed, had allies been allowed to intercept? The raid on Ukraine, 26 August 2024",
        ["compare ukraine-2024-08-26 --replications 1000 --report out/ukraine-2024-08-26.html"],
    ),
    (
        "And over Israel, 13-14 April 2024?",
        ["compare israel-2024-04-13 --replications 1000 --report out/israel-2024-04-13.html"],
    ),
    (
        "Why could a unit not engage a threat, and under which decision could it?",
        [
            "explain ukraine-2024-08-26 --policy status-quo --unit usa-patriot-gem-t --threat drone",
            "explain ukraine-2024-08-26 --policy neighbours-drones-70km --unit usa-patriot-gem-t --threat drone",
        ],
    ),
    (
        "Are these two very different landscapes, as the Pentagon said?",
        ["landscapes ukraine-2024-08-26 israel-2024-04-13 --replications 1000"],
    ),
    (
        "What could allies hand to Ukraine on 26 October 2021, and what if they lifted their restrictions?",
        [
            "aid lethal-aid-2021-10 --date 2021-10-26",
            "explain lethal-aid-2021-10 --donor NSPA --system anti-drone-rifle --date 2021-11-20",
            "compare lethal-aid-2021-10 --replications 1000 --report out/lethal-aid-2021-10.html",
        ],
    ),
    (
        "The fire at Hranitne, 26 October 2021: what if only words, or the drone at once, or no drone?",
        [
            "compare hranitne-2021-10-26 --replications 1000 --report out/hranitne-2021-10-26.html",
            "explain hranitne-2021-10-26",
            "ledger hranitne-2021-10-26",
        ],
    ),
)


def main() -> None:
    """Run the demonstration."""
    OUT.mkdir(exist_ok=True)
    for question, commands in DEMO:
        print(f"\n== {question}", flush=True)
        for command in commands:
            print(f"\n$ skypact {command}\n", flush=True)
            skypact(shlex.split(command), standalone_mode=False)
    print("\nOpen these in a browser:")
    for path in sorted(OUT.glob("*.html")):
        print(f"  {path.resolve()}")
    print(
        "\nThe numbers above are simulation with central values. For how sure they are: docs/validation.md,"
    )
    print("or add --uncertain to run, compare or report.")


if __name__ == "__main__":
    sys.exit(main())

"""Play the changes over many made raids: ``python -m tests.sense.study --raids 300``."""

from __future__ import annotations

import argparse
from collections import defaultdict

from tests.sense.bounds import MARGIN, Increase, increase
from tests.sense.changes import CHANGES
from tests.sense.made import made_raid


def study(raids: range, most: int = 64_000) -> dict[str, list[tuple[int, Increase]]]:
    """By change: the increase on every raid."""
    found = defaultdict(list)
    for number in raids:
        raid = made_raid(number)
        for name, (before, after) in CHANGES.items():
            found[name].append(
                (
                    number,
                    increase(before(raid, number), after(raid, number), len(raids) * len(CHANGES), most=most),
                )
            )
    return found


def main() -> None:
    """Print for every change the largest bound and the exceptions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raids", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    for name, rows in study(range(asked.first, asked.first + asked.raids)).items():
        above = [(number, one) for number, one in rows if one.bound >= MARGIN]
        mean = sum(one.mean for _, one in rows) / len(rows)
        print(
            f"{name:30} mean {100 * mean:+.3f} %  largest bound {100 * max(r.bound for _, r in rows):+.3f} %"
            f"  above the margin {len(above)}"
        )
        for number, one in above[:5]:
            print(
                f"    raid {number}: {100 * one.mean:+.3f} % ± {100 * one.error:.3f}, {one.replications} replications"
            )


if __name__ == "__main__":
    main()

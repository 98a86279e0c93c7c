"""Answer the questions of the shipped scenarios, a sentence each, and write their reports to ``out``.

Everything is made with the library, as anyone can: the calls below are the whole of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import skypact
from skypact.formatting import between, fixed, signed
from skypact.study.kernels import warm

OUT = Path("out")
SETS, RUNS = 8, 50
"""Fewer than the defaults (64 and 200), and nothing besides that takes another minute, so that nobody waits."""
UKRAINE, ISRAEL = "ukraine-2024-08-26", "israel-2024-04-13"
AID, FIRE = "lethal-aid-2021-10", "hranitne-2021-10-26"


def compared(name: str, beside: skypact.Landscapes | None = None) -> tuple[skypact.Comparison, Path]:
    """A scenario under all its policies, and its report."""
    found = skypact.compare(name, sets=SETS, replications=RUNS, besides=False)
    return found, found.report(OUT / f"{name}.html", beside)


def raid(name: str) -> Iterator[str]:
    """What arrives, and how far apart the policies are."""
    found, page = compared(name)
    base = found.policies[found.baseline]
    titles = {key: policy.title for key, policy in found.of.data.policies.items()}
    low, high = base.leakers.p05, base.leakers.p95
    yield (
        f"{between(low, high, 0)} of {base.launched} threats arrive under “{titles[found.baseline]}”; other"
        f" policies change that, from set to set of {SETS}, by"
    )
    for one in found.differences:
        change = one.leakers
        sign = fixed(100 * change.same_sign.share, 0)
        yield (
            f"  {between(change.p05, change.p95, 1, sign=True)} under “{titles[one.policy]}”"
            f" (same sign in {sign} % of the sets)"
        )
    yield f"So few sets show no sign for sure: skypact compare {name} plays 64. Report: {page.resolve()}"


def why() -> Iterator[str]:
    """One unit and one class of threat under two policies."""
    for policy in ("status-quo", "neighbours-drones-70km"):
        (said,) = skypact.explain(UKRAINE, policy, unit="usa-patriot-gem-t", threat="drone")
        yield f"Under {policy}: {' '.join(said.document['lines'])}"


def landscapes() -> Iterator[str]:
    """Two raids side by side."""
    both = skypact.landscapes(UKRAINE, ISRAEL, replications=SETS * RUNS)
    rows = {row["what"]: row["values"] for row in both}
    flown, attacker = (
        rows["Flown over the defended country"],
        rows["Share of the way over the attacker's territory"],
    )
    warned = rows["Warning time, drones"]
    yield (
        f"They differ in what can be counted: a weapon flew {fixed(flown[0], 0)} km over Ukraine and {fixed(flown[1], 0)} km over"
        f" Israel, {fixed(attacker[0], 0)} % and {fixed(attacker[1], 0)} % of the way lay over the attacker's land, and the"
        f" defender's own sensors gave {fixed(warned[0], 0)} and {fixed(warned[1], 0)} minutes' warning of drones."
    )
    yield f"All rows: skypact landscapes {UKRAINE} {ISRAEL}"


def aid() -> Iterator[str]:
    """What could be handed over, and what it would have changed."""
    rows = skypact.aid(AID, day="2021-10-26")
    asked = skypact.aid(AID, "us-request", "2021-10-26")
    counts = [sum(row["status"] != "blocked" for row in table) for table in (rows, asked)]
    found, page = compared(AID)
    base = found.policies[found.baseline].leakers
    ends = [end for one in found.differences for end in (one.leakers.p05, one.leakers.p95)]
    yield (
        f"Of {len(rows)} transfers on record {counts[0]} were not blocked that day, and {counts[1]} had the restrictions"
        f" been lifted as asked; of {found.policies[found.baseline].launched} threats of the notional raid"
        f" {between(base.p05, base.p95, 0)} arrive, and the policies change that by {signed(min(ends))} to {signed(max(ends))}."
    )
    yield f"Report: {page.resolve()}"


def fire() -> Iterator[str]:
    """How long the fire lasts under each policy."""
    found, page = compared(FIRE)
    said = found.headline()
    assert said is not None
    yield said.sentence
    yield "How long it lasts follows from the chances assumed for each step."
    yield f"Report: {page.resolve()}"


QUESTIONS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    (
        "What would have changed over Ukraine on 26 August 2024, had allies been allowed to intercept?",
        lambda: raid(UKRAINE),
    ),
    (
        "And over Israel on 13-14 April 2024, without the help of others or without the airspace?",
        lambda: raid(ISRAEL),
    ),
    ("Why could a Patriot battery in Poland not engage drones, and under which decision could it?", why),
    ("Are these two very different landscapes, as the Pentagon said?", landscapes),
    (
        "What could allies hand to Ukraine and Georgia on 26 October 2021, and what if they lifted restrictions?",
        aid,
    ),
    ("The fire at Hranitne, 26 October 2021: how long does it last under other responses?", fire),
)


def main() -> None:
    """Run the demonstration."""
    warm(print)
    OUT.mkdir(exist_ok=True)
    for question, answer in QUESTIONS:
        print(f"\n{question}", flush=True)
        for line in answer():
            print(f"  {line}", flush=True)
    print(
        "\nRanges are of nine results of ten, chance and unknown numbers together; of a change nine draws of ten, unknown numbers"
        f"\nalone. {SETS} draws of the unknown numbers, each played {RUNS} times: fewer than the"
        "\ndefaults (64 and 200), and without what each decision and number changes, to be quick: skypact report NAME has"
        "\nall of it. Leakers are arrivals, not damage; no policy is called best."
    )


if __name__ == "__main__":
    sys.exit(main())

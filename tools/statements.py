"""Make the page docs/validation-stocks.md: what the campaigns had given to dated statements about stocks.

    python tools/statements.py [--sets 16] [--replications 20] [--resume FOLDER]

Plays every campaign that a statement is about, all policies, and writes the page anew.  With a folder each set is kept
there as it is played, and a run that was killed goes on.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from skypact.campaigns.load import ask
from skypact.campaigns.measures import Counted
from skypact.campaigns.recorded import recorded_by_month
from skypact.campaigns.sets import play_sets
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.statements import Statement, probability, statements
from skypact.reading.write import write_text
from skypact.study.draw import Sets
from skypact.study.play import RunSettings

PAGE = Path(__file__).resolve().parents[1] / "docs/validation-stocks.md"
FITS = 0.25
"""A set fits the record where the arrivals of all its months together differ by no more than this part."""
HEAD = """\
# Stocks, held against what was said of them

<!-- Made by tools/statements.py; do not edit. -->

Stocks were secret, statements about them were not. The file `src/skypact/campaigns/statements.yaml` has dated statements with
speaker and source, and what each is taken to mean in a campaign: which stocks were at or under which number of rounds by which
day. The meanings are ours and were set before any result was seen. The table has **all** of them, those that nothing can be
played for, and the official forecasts that did not come true. The probability is the share of the replications of all
drawn sets in which the statement holds.

It is no score. Opening stocks are notional with wide ranges, so that most probabilities are those of the ranges, and for
most statements nobody outside knows whether they were true.

"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sets", type=int, default=16)
    asked.add_argument("--replications", type=int, default=20)
    asked.add_argument("--resume", type=Path)
    given = asked.parse_args()
    said = statements().statements
    played = {
        name: _played(name, given.sets, given.replications, given.resume)
        for name in sorted({one.campaign for one in said if one.campaign is not None})
    }
    text = HEAD + _table(said, played)
    text += f"\n{given.sets} drawn sets of {given.replications} replications for each campaign, seed 1.\n"
    text += "\n## Which stocks fit, and what holds for all that do\n\n" + _fitting(played)
    write_text(PAGE, text)
    print(f"Written: {PAGE}")


Found = Mapping[str, tuple[CampaignStudy, Sequence[Mapping[str, Counted]]]]


def _played(
    name: str, sets: int, replications: int, resume: Path | None
) -> tuple[CampaignStudy, list[dict[str, Counted]]]:
    study = ask(name)
    settings = RunSettings(replications=replications, seed=1)
    return study, play_sets(study, settings, Sets(sets, 1), None if resume is None else str(resume / name))[
        1:
    ]


def _table(said: Sequence[Statement], played: Found) -> str:
    lines = [
        "| date | who | what | probability | came true | sources |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    sources = statements().sources
    for one in said:
        share = "no campaign"
        if one.campaign is not None and one.policy is not None:
            study, sets = played[one.campaign]
            share = f"{100 * probability(one, study, [found[one.policy] for found in sets]):.0f} %"
        links = ", ".join(f"[{sources[name].publisher}]({sources[name].url})" for name in one.sources)
        what = one.text if not one.note else f"{one.text} *{one.note}*"
        lines.append(
            f"| {one.date} | {one.speaker} | {what} | {share} | {one.came.replace('-', ' ')} | {links} |"
        )
    return "\n".join(lines) + "\n"


def _fitting(played: Found) -> str:
    text = f"""\
The record of arrivals does not tell what the stocks were. Of each campaign over a record that claims arrivals, those drawn sets
are taken whose arrivals in all months together differ from the record's by at most {100 * FITS:.0f} % under what happened, and their
opening stocks are set beside those of all sets.

| campaign | munition | opening, all sets | opening, sets that fit |
| --- | --- | --- | --- |
"""
    orders = []
    for name, (study, sets) in played.items():
        rows = recorded_by_month(study.nights)
        if any(row["destroyed"] is None for row in rows):
            continue
        claimed = sum(row["launched"] - row["destroyed"] - (row["not_reached"] or 0) for row in rows)
        base = study.baseline
        arrive = {
            policy: np.array([_mean(one[policy], "leakers") for one in sets]) for policy in study.policies
        }
        fits = np.abs(arrive[base] / claimed - 1) <= FITS
        for stock in study.campaign.ledger.stocks:
            opening = np.array(
                [_mean(one[base], "stock", stock.owner, stock.munition, "opening") for one in sets]
            )
            text += (
                f"| {name} | {stock.owner} {stock.munition} | {_span(opening)} | {_span(opening[fits])} |\n"
            )
        line = f"**{name}**: the record claims {claimed} arrivals; {fits.sum()} of {len(sets)} sets fit."
        for policy in study.policies:
            if policy == base:
                continue
            less = arrive[policy] - arrive[base]
            line += f" {study.campaign.policies[policy].title}: {_signs(less)} of all sets, {_signs(less[fits])} of those that fit."
        orders.append(line)
    return (
        text
        + "\nIn how many sets a policy lets fewer through than what happened, as many, or more:\n\n"
        + "\n\n".join(orders)
        + AFTER
    )


AFTER = """

What holds in every set that fits does not rest on knowing the stocks; what does not, does. Where the range of opening stocks that
fit is as wide as the range of all, the record says nothing of them, and no calibration by arrivals can.
"""


def _mean(counted: Counted, *key: str) -> float:
    return float(counted.values[:, counted.keys.index(key)].mean())


def _span(values: np.ndarray) -> str:
    return f"{values.min():.0f} to {values.max():.0f}" if len(values) else "none"


def _signs(less: np.ndarray) -> str:
    fewer, more = int((less < 0).sum()), int((less > 0).sum())
    return f"fewer in {fewer}, as many in {len(less) - fewer - more}, more in {more}"


if __name__ == "__main__":
    main()

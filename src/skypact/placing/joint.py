"""Whether a sum holds: what units at several places change together, beside what each place's change alone.

It is played with other luck than the solver saw, so that what looked best by chance does not look best again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from skypact.placing.allocate import PURPOSES, Purpose, allocate
from skypact.placing.pairs import Known, both_of, learnt, offers_of
from skypact.placing.play import Gains, mean_of_raids, play_stands
from skypact.placing.question import Asked, Stand, stand_of
from skypact.study.draw import Sets
from skypact.study.estimates import Change
from skypact.study.over_sets import differences_over_sets
from skypact.study.play import RunSettings

OTHER_LUCK = 1
DIGITS = 12
"""Of a difference of sums: beyond these is rounding alone."""


@dataclass(frozen=True)
class Allocation:
    """One way to place several units.

    Attributes
    ----------
    purposes
        What it was sought for: one that serves several stands once.
    stand
        How many where.
    solver
        The change in arrivals over the raids as the solver added it up: places alone, and pairs that were played.
    alone
        What places alone change, added up, played anew.
    summed
        The solver's sum, played anew: that, and what pairs change beyond it.
    together
        The change when all stand at once, of the same replications.
    apart
        Together less the places alone: what the units do to each other.
    rest
        Together less the solver's sum: what it did not know.
    pairs, all_pairs
        How many of its pairs were played, and whether those are all.
    by_raid
        By raid, together.
    most_at
        The place at which most arrive with all of them, and how many: the mean over raids and sets.
    chosen
        By purpose and place, in which share of the sets the solver would have put a unit there.
    """

    purposes: tuple[Purpose, ...]
    stand: Stand
    solver: float
    alone: Change
    summed: Change
    together: Change
    apart: Change
    rest: Change
    pairs: int
    all_pairs: bool
    by_raid: tuple[Change, ...]
    most_at: tuple[str, float]
    chosen: dict[Purpose, dict[str, float]]


def allocations(asked: Asked, gains: Gains, settings: RunSettings, sets: Sets) -> tuple[Allocation, ...]:
    """Allocations for every purpose, each checked by simulation; those that are the same stand once."""
    several = len(asked.studies) > 1
    purposes: list[Purpose] = [name for name in PURPOSES if several or name != "least-helped-raid"]
    known, best = learnt(asked, gains, settings, sets, purposes)
    found: dict[tuple[int, ...], list[Purpose]] = {}
    for purpose, rows in best.items():
        found.setdefault(rows, []).append(purpose)
    chosen = {}
    for done, purpose in enumerate(purposes):
        settings.progress("allocating in every set", done / len(purposes))
        chosen[purpose] = _chosen(asked, gains, known, purpose, sets)
    settings.progress("allocating in every set", 1.0)
    wanted = {rows: stand_of(dict(gains.stands[row][0] for row in rows)) for rows in found if rows}
    singles = [gains.stands[row] for row in sorted({row for rows in wanted for row in rows})]
    pairs = [both_of(gains, pair) for pair in known.pairs if any(set(pair) <= set(rows) for rows in wanted)]
    stands = list(dict.fromkeys([*singles, *pairs, *wanted.values()]))
    if not stands:
        return ()
    anew = play_stands(asked, stands, settings, sets, OTHER_LUCK, "playing them together")
    return tuple(
        _checked(
            gains, known, anew, rows, stand, tuple(found[rows]), {name: chosen[name] for name in found[rows]}
        )
        for rows, stand in wanted.items()
    )


def _chosen(asked: Asked, gains: Gains, known: Known, purpose: Purpose, sets: Sets) -> dict[str, float]:
    count = dict.fromkeys(asked.places, 0)
    for drawn in range(sets.count):
        for row in allocate(offers_of(gains, known, [drawn]), asked.count, purpose):
            count[gains.stands[row][0][0]] += 1
    return {place: number / sets.count for place, number in count.items() if number}


def _checked(
    gains: Gains,
    known: Known,
    anew: Gains,
    rows: tuple[int, ...],
    stand: Stand,
    purposes: tuple[Purpose, ...],
    chosen: dict[Purpose, dict[str, float]],
) -> Allocation:
    alone = [anew.of(gains.stands[row]) for row in rows]
    own = [pair for pair in known.pairs if set(pair) <= set(rows)]
    whole = anew.change[:, :, anew.of(stand)]
    added = anew.change[:, :, alone].sum(axis=2)
    beyond = np.zeros_like(added)
    for pair in own:
        one, other = (anew.change[:, :, anew.of(gains.stands[row])] for row in pair)
        beyond = beyond + (anew.change[:, :, anew.of(both_of(gains, pair))] - one - other)
    changes = np.stack(
        [added, added + beyond, whole, (whole - added).round(DIGITS), (whole - added - beyond).round(DIGITS)],
        axis=2,
    )
    # Common luck binds the parts of a difference.  How much is not kept: their ranges have the chance in them.
    noise = np.zeros_like(changes)
    noise[:, :, 0] = anew.noise[:, :, alone].sum(axis=2)
    noise[:, :, 2] = anew.noise[:, :, anew.of(stand)]
    raids = len(changes)
    alone_, summed, together, apart, rest = (
        replace(one, variance=None)
        for one in differences_over_sets(
            mean_of_raids(changes), mean_of_raids(noise) / raids, anew.replications
        )
    )
    by_raid = [
        differences_over_sets(changes[raid], noise[raid], anew.replications)[2] for raid in range(raids)
    ]
    left = mean_of_raids((anew.at_asset + anew.change_at[:, :, anew.of(stand)]).mean(axis=1))
    most = int(left.argmax()) if len(left) else -1
    return Allocation(
        purposes,
        stand,
        -offers_of(gains, known).value(rows, "all-raids"),
        alone=alone_,
        summed=summed,
        together=together,
        apart=apart,
        rest=rest,
        pairs=len(own),
        all_pairs=len(own) == len(rows) * (len(rows) - 1) // 2,
        by_raid=tuple(by_raid),
        most_at=(anew.assets[most], float(left[most])) if len(left) else ("", 0.0),
        chosen=chosen,
    )

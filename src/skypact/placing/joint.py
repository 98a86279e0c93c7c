"""Whether a sum holds: what units at several places change together, beside what each place's change alone.

It is played with other luck than the solver saw, so that what looked best by chance does not look best again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from skypact.placing.allocate import PURPOSES, Offers, Purpose, allocate
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
        The change in arrivals over the raids as the solver added it up.
    alone
        The same sum, played anew.
    together
        The change when all stand at once, of the same replications.
    apart
        Together less the sum: what the units do to each other.
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
    together: Change
    apart: Change
    by_raid: tuple[Change, ...]
    most_at: tuple[str, float]
    chosen: dict[Purpose, dict[str, float]]


def offers_of(gains: Gains, drawn: slice | Sequence[int] = slice(None)) -> Offers:
    """What the solver is offered: the mean over some sets."""
    return Offers(
        gains.stands,
        -gains.change[:, drawn].mean(axis=1),
        mean_of_raids(gains.at_asset[:, drawn].mean(axis=1)),
        -mean_of_raids(gains.change_at[:, drawn].mean(axis=1)),
    )


def allocations(asked: Asked, gains: Gains, settings: RunSettings, sets: Sets) -> tuple[Allocation, ...]:
    """Allocations for every purpose, each checked by simulation; those that are the same stand once."""
    whole = offers_of(gains)
    several = len(asked.studies) > 1
    purposes: list[Purpose] = [name for name in PURPOSES if several or name != "least-helped-raid"]
    found: dict[tuple[int, ...], list[Purpose]] = {}
    for purpose in purposes:
        found.setdefault(allocate(whole, asked.count, purpose), []).append(purpose)
    chosen = {}
    for done, purpose in enumerate(purposes):
        settings.progress("allocating in every set", done / len(purposes))
        chosen[purpose] = _chosen(asked, gains, purpose, sets)
    settings.progress("allocating in every set", 1.0)
    wanted = {rows: stand_of(dict(gains.stands[row][0] for row in rows)) for rows in found if rows}
    singles = [gains.stands[row] for row in sorted({row for rows in wanted for row in rows})]
    stands = list(dict.fromkeys([*singles, *wanted.values()]))
    if not stands:
        return ()
    anew = play_stands(asked, stands, settings, sets, OTHER_LUCK, "playing them together")
    return tuple(
        _checked(gains, anew, rows, stand, tuple(found[rows]), {name: chosen[name] for name in found[rows]})
        for rows, stand in wanted.items()
    )


def _chosen(asked: Asked, gains: Gains, purpose: Purpose, sets: Sets) -> dict[str, float]:
    count = dict.fromkeys(asked.places, 0)
    for drawn in range(sets.count):
        for row in allocate(offers_of(gains, [drawn]), asked.count, purpose):
            count[gains.stands[row][0][0]] += 1
    return {place: number / sets.count for place, number in count.items() if number}


def _checked(
    gains: Gains,
    anew: Gains,
    rows: tuple[int, ...],
    stand: Stand,
    purposes: tuple[Purpose, ...],
    chosen: dict[Purpose, dict[str, float]],
) -> Allocation:
    alone = [anew.of(gains.stands[row]) for row in rows]
    whole = anew.of(stand)
    changes = np.stack(
        [
            anew.change[:, :, alone].sum(axis=2),
            anew.change[:, :, whole],
            (anew.change[:, :, whole] - anew.change[:, :, alone].sum(axis=2)).round(DIGITS),
        ],
        axis=2,
    )
    sums, own = anew.noise[:, :, alone].sum(axis=2), anew.noise[:, :, whole]
    # Common luck binds the two parts of the difference.  How much is not kept: the range has the chance in it.
    noise = np.stack([sums, own, np.zeros_like(own)], axis=2)
    raids = len(changes)
    added, together, apart = differences_over_sets(
        mean_of_raids(changes), mean_of_raids(noise) / raids, anew.replications
    )
    by_raid = [
        differences_over_sets(changes[raid], noise[raid], anew.replications)[1] for raid in range(raids)
    ]
    left = mean_of_raids((anew.at_asset + anew.change_at[:, :, whole]).mean(axis=1))
    most = int(left.argmax()) if len(left) else -1
    return Allocation(
        purposes,
        stand,
        -offers_of(gains).value(rows, "all-raids"),
        added,
        together,
        apart=replace(apart, variance=None),
        by_raid=tuple(by_raid),
        most_at=(anew.assets[most], float(left[most])) if len(left) else ("", 0.0),
        chosen=chosen,
    )

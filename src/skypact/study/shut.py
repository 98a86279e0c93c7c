"""What became of the windows of some units: why nothing was fired in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skypact.engine import PreparedRaid, Trace, trace
from skypact.raid import Raid

Pair = tuple[str, str]
"""A unit and a threat, by their ids."""

TRACED = 20
"""Replications that are looked at in full, to see why windows stay unused."""

LOST = ("unavailable", "not_seen", "unacquired", "held_back", "others_first")
"""Why nothing is fired in a window, in the order in which it is found out."""


@dataclass(frozen=True)
class Shut:
    """What became of windows, means over the replications that were looked at.

    Attributes
    ----------
    windows
        How many there are.
    lost
        Of these, how many stay unused for each reason of `LOST`.
    rounds
        Rounds fired in them.
    of_rounds
        Rounds fired by everybody.
    """

    windows: int
    lost: Mapping[str, float]
    rounds: float
    of_rounds: float

    @property
    def mostly(self) -> str:
        """The reason for which most of them stay unused."""
        return max(LOST, key=lambda why: self.lost[why])


@dataclass(frozen=True)
class Traced:
    """Some replications of a raid in full."""

    raid: Raid
    prepared: PreparedRaid
    seed: int
    first: int = 0
    runs: int = TRACED

    def shut(self, pairs: frozenset[Pair] | None = None, units: frozenset[str] | None = None) -> Shut:
        """What became of the windows of some pairs of unit and threat, or of some units."""
        windows = self.raid.window_columns
        own, threats = windows.column("unit"), windows.column("threat")
        if pairs is not None:
            chosen = [pair in pairs for pair in zip(own, threats, strict=True)]
        else:
            chosen = [units is None or unit in units for unit in own]
        here = np.array(chosen, dtype=np.bool_)
        lost, fired, everything = np.zeros(len(LOST)), 0, 0
        for found, why in self._looked_at:
            lost += np.bincount(why[here], minlength=len(LOST) + 1)[: len(LOST)]
            rounds = found.fired["rounds"]
            everything += int(rounds.sum())
            fired += int(rounds[here[found.fired["window"]]].sum())
        shares = (lost / self.runs).tolist()
        return Shut(
            int(here.sum()),
            dict(zip(LOST, shares, strict=True)),
            fired / self.runs,
            everything / self.runs,
        )

    @cached_property
    def _looked_at(self) -> Sequence[tuple[Trace, NDArray[np.int64]]]:
        return tuple(self._one(self.first + run) for run in range(self.runs))

    def _one(self, replication: int) -> tuple[Trace, NDArray[np.int64]]:
        """A replication, and for each window the number of the reason why nothing was fired in it."""
        found = trace(self.prepared, replication, self.seed)
        before, table = found.before, self._windows
        shift = before.offset_us[table["threat"]]
        track = np.where(table["track"] < 0, table["opens"] + shift, before.track_us[table["track"]])
        opens = np.maximum(table["opens"] + shift, track)
        unused = np.ones(len(opens), np.bool_)
        unused[found.fired["window"]] = False
        why = np.select(
            [
                ~unused,
                ~before.available[table["unit"]],
                opens > table["closes"] + shift,
                ~before.acquired,
                table["held"] != 0,
            ],
            [len(LOST), 0, 1, 2, 3],
            4,
        )
        return found, why

    @cached_property
    def _windows(self) -> Mapping[str, NDArray[np.int64]]:
        raid = self.raid
        threats = {one.id: number for number, one in enumerate(raid.threats)}
        units = {one.id: number for number, one in enumerate(raid.units)}
        tracks = {one.id: number for number, one in enumerate(raid.tracks)}
        most = {one.id: max(one.ready, one.magazine or 0) for one in raid.units}
        rows = np.array(
            [
                (
                    threats[one.threat],
                    units[one.unit],
                    -1 if one.track is None else tracks[one.track],
                    round(one.opens_s * 1e6),
                    round(one.closes_s * 1e6),
                    one.hold >= most[one.unit],
                )
                for one in raid.windows
            ],
            dtype=np.int64,
        ).reshape(-1, 6)
        return dict(zip(("threat", "unit", "track", "opens", "closes", "held"), rows.T, strict=True))

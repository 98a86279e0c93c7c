"""What a sweep says: how much of what differs from point to point goes with each axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.study.pick_freeze import indices
from skypact.sweeps.design import FIRST, SECOND

Floats = NDArray[np.float64]
Interval = tuple[float, float, float]
RESAMPLED = 500
BINS = 8
"""Parts of an axis, of a Latin hypercube, whose means are compared."""


@dataclass(frozen=True)
class AxisShare:
    """The share of an axis.

    Attributes
    ----------
    axis
        Its name.
    first
        The share of the variance that knowing this axis would remove: value, and its 95 % interval.
    total
        The share that would be left if all other axes were known; None where the design does not tell.
    """

    axis: str
    first: Interval
    total: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        found: dict[str, Any] = {"axis": self.axis}
        for name, ends in (("first", self.first), ("total", self.total)):
            if ends is not None:
                found[name] = dict(zip(("value", "low", "high"), ends, strict=True))
        return found


@dataclass(frozen=True)
class Outcome:
    """One outcome over the points.

    Attributes
    ----------
    policy
        Under which policy.
    measure
        ``leakers``, or ``leakers_change`` from the baseline.
    mean, p05, p95
        Over the points, each the mean of its sets.
    shares
        By axis, largest first; empty where nothing varies, or points are missing that the design needs.
    """

    policy: str
    measure: str
    mean: float
    p05: float
    p95: float
    shares: tuple[AxisShare, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "policy": self.policy,
            "measure": self.measure,
            **{name: getattr(self, name) for name in ("mean", "p05", "p95")},
            "shares": [one.to_dict() for one in self.shares],
        }


def outcomes(question: Mapping[str, Any], table: Mapping[str, NDArray[Any]]) -> tuple[Outcome, ...]:
    """The outcomes of a folder (`skypact.sweeps.folder.read_folder`): arrivals by policy, and what they change."""
    found = []
    for policy in question["policies"]:
        for measure in ("leakers", "leakers_change"):
            if measure not in table or (measure == "leakers_change" and policy == question["baseline"]):
                continue
            chosen = table["policy"] == policy
            points = _by_point(table, chosen, measure)
            values = np.array([value for value, _ in points.values()])
            if not len(values):
                continue
            low, high = np.quantile(values, (0.05, 0.95))
            shares = _shares(question, points)
            found.append(Outcome(policy, measure, float(values.mean()), float(low), float(high), shares))
    return tuple(found)


Points = dict[tuple[str, int], tuple[float, tuple[float, ...]]]


def _by_point(table: Mapping[str, NDArray[Any]], chosen: NDArray[np.bool_], measure: str) -> Points:
    """By block and row, the mean over the sets of a point, and its place."""
    axes = [name for name in table if name.startswith("place.")]
    keys = list(zip(table["block"][chosen].tolist(), table["row"][chosen].astype(int).tolist(), strict=True))
    values = table[measure][chosen].astype(np.float64)
    places = np.stack([table[name][chosen] for name in axes], axis=1).tolist()
    sums: dict[tuple[str, int], list[float]] = {}
    where = {}
    for key, value, place in zip(keys, values.tolist(), places, strict=True):
        sums.setdefault(key, []).append(value)
        where[key] = tuple(place)
    return {key: (float(np.mean(sums[key])), where[key]) for key in sorted(sums)}


def _shares(question: Mapping[str, Any], points: Points) -> tuple[AxisShare, ...]:
    design, seed, axes = question["sweep"]["design"], question["sweep"]["seed"], question["axes"]
    if design["kind"] == "sobol":
        return _pick_freeze(points, axes, design["points"], seed)
    values = np.array([value for value, _ in points.values()])
    places = np.array([place for _, place in points.values()])
    if len(values) < 2 * BINS or np.ptp(values) == 0:
        return ()
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, len(values), (RESAMPLED, len(values)))
    found = []
    for column, axis in enumerate(axes):
        group = _groups(places[:, column], design["kind"])
        whole = design["kind"] == "grid"
        again = [_explained(values[one], group[one], whole) for one in rows]
        low, high = np.quantile(again, (0.025, 0.975))
        found.append(AxisShare(axis, (_explained(values, group, whole), float(low), float(high)), None))
    return tuple(sorted(found, key=lambda one: -one.first[0]))


def _pick_freeze(points: Points, axes: list[str], rows: int, seed: int) -> tuple[AxisShare, ...]:
    """Of the rows whose points are all there."""
    blocks = [FIRST, SECOND, *axes]
    whole = [row for row in range(rows) if all((block, row) in points for block in blocks)]
    if len(whole) < 2:
        return ()
    of = {block: np.array([points[block, row][0] for row in whole]) for block in blocks}
    found = indices(of[FIRST], of[SECOND], {axis: of[axis] for axis in axes}, seed)
    return tuple(AxisShare(one.family, one.first, one.total) for one in found)


def _groups(place: Floats, kind: str) -> NDArray[np.int64]:
    """In which part of an axis each point lies; of a grid, at which level."""
    if kind == "grid":
        return np.asarray(np.unique(place, return_inverse=True)[1], dtype=np.int64)
    return np.asarray(np.minimum(BINS - 1, (place * BINS).astype(np.int64)))


def _explained(values: Floats, group: NDArray[np.int64], whole: bool) -> float:
    """The share of the variance between groups.

    Of a whole grid, where every group meets all levels of the other axes, as it is; else without what groups differ
    by from chance alone: epsilon squared (Kelley, Proceedings of the National Academy of Sciences 21, 1935).
    """
    sizes = np.bincount(group)
    used = sizes > 0
    means = np.bincount(group, values)[used] / sizes[used]
    total = float(((values - values.mean()) ** 2).sum())
    if total == 0:
        return 0.0
    between = float((sizes[used] * (means - values.mean()) ** 2).sum())
    if whole:
        return between / total
    count, left = int(used.sum()), len(values) - int(used.sum())
    return (between - (count - 1) * (total - between) / max(1, left)) / total

"""Placement forces: a national total spread over cities by a stated rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skypact.scenario.forces import Asset, Entry, Spread


def apportion(total: int, weights: Sequence[float], at_most: int | None = None) -> list[int]:
    """Share out whole units in proportion to weights by Sainte-Laguë's method.

    Each unit in turn goes where weight / (2 * already there + 1) is largest; ties go to the first.
    Units that no place may take any more are left out.

    Examples
    --------
    >>> apportion(7, [53, 24, 23])
    [3, 2, 2]
    >>> apportion(4, [90, 5, 5], at_most=2)
    [2, 1, 1]
    """
    shares = [0] * len(weights)
    for _ in range(total):
        open_places = [
            place
            for place, weight in enumerate(weights)
            if weight > 0 and (at_most is None or shares[place] < at_most)
        ]
        if not open_places:
            break
        best = max(open_places, key=lambda place: (weights[place] / (2 * shares[place] + 1), -place))
        shares[best] += 1
    return shares


def placed(entry: Entry, total: int, assets: Mapping[str, Asset]) -> list[str]:
    """The place of each unit of an entry, as names of places, in order.

    Parameters
    ----------
    entry
        The entry; its `at` fixes the places, or its `spread` gives the rule.
    total
        How many units a spread shares out.
    assets
        The scenario's assets.
    """
    if entry.at is not None:
        return [place for place, number in entry.at.items() for _ in range(number)]
    spread = entry.spread or Spread()
    names = spread.over if spread.over is not None else tuple(assets)
    shares = apportion(total, [assets[name].weight for name in names], spread.at_most)
    return [assets[name].place for name, share in zip(names, shares, strict=True) for _ in range(share)]

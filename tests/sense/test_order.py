"""What a raid is called and in which order it is written down does not matter."""

import random
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ks_2samp

from skypact.engine import LEAKED, prepare, replicate
from skypact.raid import Raid
from tests.sense.made import made_raid

REPLICATIONS = 400
NUMBERS = range(4)


def _fates(raid: Raid, seed: int = 1) -> dict[str, np.ndarray]:
    fates = np.concatenate([one.fate for one in replicate(prepare(raid), REPLICATIONS, seed)])
    return {threat.id: fates[:, index] for index, threat in enumerate(raid.threats)}


def _equal(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("number", NUMBERS)
def test_order_does_not_matter(number: int) -> None:
    """Made raids have no ties: every list in another order gives every threat the same fate."""
    raid, choose = made_raid(number), random.Random(number)
    mixed = {}
    for name in ("threats", "units", "looks", "tracks", "windows"):
        rows = list(getattr(raid, name))
        choose.shuffle(rows)
        mixed[name] = tuple(rows)
    assert _equal(_fates(raid), _fates(replace(raid, **mixed)))


@pytest.mark.parametrize("number", NUMBERS)
def test_the_time_of_day_does_not_matter(number: int) -> None:
    """All times later by 2048 s: the same fates."""
    raid = made_raid(number)
    later = replace(
        raid,
        threats=tuple(t._replace(impact_s=t.impact_s + 2048) for t in raid.threats),
        looks=tuple(k._replace(at_s=k.at_s + 2048) for k in raid.looks),
        windows=tuple(w._replace(opens_s=w.opens_s + 2048, closes_s=w.closes_s + 2048) for w in raid.windows),
    )
    assert _equal(_fates(raid), _fates(later))


@pytest.mark.parametrize("number", NUMBERS)
def test_names_do_not_matter(number: int) -> None:
    """Other names: other luck, the same distribution of arrivals (Kolmogorov and Smirnov, 1 in 1,000 each)."""
    raid = made_raid(number)
    renamed = replace(
        raid,
        threats=tuple(t._replace(id="x" + t.id, wave=f"x{t.wave}") for t in raid.threats),
        units=tuple(u._replace(id="y" + u.id, family=f"y{u.family}") for u in raid.units),
        looks=tuple(k._replace(id="z" + k.id, threat="x" + k.threat, family="w") for k in raid.looks),
        tracks=tuple(
            k._replace(id="k" + k.id, threat="x" + k.threat, looks=tuple("z" + look for look in k.looks))
            for k in raid.tracks
        ),
        windows=tuple(
            w._replace(threat="x" + w.threat, unit="y" + w.unit, track=f"k{w.track}") for w in raid.windows
        ),
    )
    one, other = (
        sum((fates == LEAKED).astype(int) for fates in _fates(each).values()) for each in (raid, renamed)
    )
    assert not np.array_equal(one, other)
    assert ks_2samp(one, other).pvalue > 0.001

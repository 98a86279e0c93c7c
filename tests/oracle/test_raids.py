"""The random raids are what they are said to be: valid, with every mechanism, half of them crowded."""

from collections import Counter

import pytest

from . import features
from .campaign import nights
from .constraints import broken
from .parts import microseconds
from .raids import random_raid
from .shrink import shrunk

RAIDS = 1500


def test_random_raids_keep_the_constraints():
    for number in range(RAIDS):
        assert not broken(random_raid(number)), f"raid {number}"


def test_every_mechanism_occurs():
    """Each at least fifteen times, so some thousand times in a campaign of a hundred thousand."""
    found = Counter()
    for number in range(RAIDS // 2):
        raid = random_raid(number)
        seen = [features.of_raid(raid)]
        for stocks, results in nights(raid, number):
            seen += (
                features.of_result(raid, r, s) for r, s in zip(results, stocks or [None] * 3, strict=True)
            )
        found.update(dict.fromkeys(set().union(*seen), 0))
        found.update(features.present(*seen))
    assert {name: n for name, n in found.items() if n < 15} == {}


def test_half_of_the_raids_are_full_of_coincidences():
    def coincident(raid):
        """The share of windows whose opening or close is at the moment of another's."""
        moments = Counter(microseconds(w[name]) for w in raid["windows"] for name in ("opens_s", "closes_s"))
        return sum(n for n in moments.values() if n > 1) > 0.8 * sum(moments.values()) > 0

    crowded = sum(coincident(random_raid(number)) for number in range(RAIDS))
    assert 0.45 * RAIDS < crowded < 0.8 * RAIDS


BREAKS = {
    "an id twice": lambda raid: raid["units"].append(dict(raid["units"][0])),
    "susceptible under the chance": lambda raid: raid["windows"][0].update(p_kill=0.5, susceptible=0.4),
    "intercept after the impact": lambda raid: raid["windows"][0].update(flight_open_s=10**9),
    "track of another threat": lambda raid: raid["windows"][0].update(track="nobody's"),
    "concurrency of none": lambda raid: raid.update(concurrency={"drone": 0}),
    "fewer when late": lambda raid: raid.update(concurrency={"drone": 2}, concurrency_late={"drone": 1}),
    "a level as high as the magazine": lambda raid: raid["units"][0].update(
        magazine=3, reload_at=3, reserve=1
    ),
    "fails after the impact": lambda raid: raid["threats"][0].update(fails_s=10**9),
    "endless": lambda raid: (
        raid["units"][0].update(attempts=None, assess_s=0, recover_s=0),
        raid["windows"].append(raid["windows"][0] | {"unit": raid["units"][0]["id"], "flight_open_s": 0}),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_raid_is_told(name):
    raid = next(r for r in map(random_raid, range(100)) if r["windows"] and len(r["units"]) > 1)
    BREAKS[name](raid)
    assert broken(raid)


def test_shrinking_goes_on_to_nothing():
    for number in range(100):
        small = shrunk(random_raid(number), lambda raid: True)
        assert not any(small[part] for part in ("threats", "units", "looks", "tracks", "windows"))

"""Common random numbers on random raids: what takes no part changes nothing, replication by replication."""

import copy
import random

import pytest

from .raids import random_raid
from .shrink import without

RAIDS = range(300)
REPLICATIONS = 3


def histories(play_all, raid):
    """What happened in each replication, by id: threats' ends, reasons, stocks, and shots in order."""
    threats, units = ([entry["id"] for entry in raid[part]] for part in ("threats", "units"))
    found = []
    for seen in play_all(raid, REPLICATIONS, 7):
        killers = [units[k] if k >= 0 else None for k in seen.killer]
        found.append(
            {
                "threats": dict(
                    zip(threats, zip(seen.fate, killers, seen.kill_rounds, strict=True), strict=True)
                ),
                "reasons": dict(zip(threats, seen.reason, strict=True)),
                "units": dict(zip(units, zip(seen.ready, seen.reserve, strict=True), strict=True)),
                "shots": [(e[0], e[1], threats[e[2]], units[e[3]], *e[5:]) for e in seen.engagements],
            }
        )
    return found


@pytest.mark.parametrize(("part", "place"), [("threats", 2), ("units", 3)])
def test_leaving_out_what_never_takes_part_changes_nothing(play_all, part, place):
    """A unit that never fires, or a threat that is never fired at, leaves all else as it was.

    But for the reasons of leakers: a unit that never fires can be the reason.
    """
    compared = 0
    for number in RAIDS:
        raid = random_raid(number)
        before = histories(play_all, raid)
        for index, entry in enumerate(raid[part]):
            idle = [r for r, h in enumerate(before) if entry["id"] not in {s[place] for s in h["shots"]}]
            if not idle:
                continue
            after = histories(play_all, without(raid, part, index))
            for r in idle:
                expected = copy.deepcopy(before[r])
                del expected[part][entry["id"]]
                if part == "threats":
                    del expected["reasons"][entry["id"]]
                else:
                    expected["reasons"] = after[r]["reasons"]
                assert after[r] == expected, f"raid {number}, {entry['id']}, replication {r}"
                compared += len(before[r]["shots"]) > 0
    assert compared > 200


def test_a_look_that_no_track_has_changes_nothing(play_all):
    compared = 0
    for number in RAIDS:
        raid = random_raid(number)
        used = {name for track in raid["tracks"] for name in track["looks"]}
        smaller = raid | {"looks": [e for e in raid["looks"] if e["id"] in used]}
        if smaller != raid:
            assert histories(play_all, smaller) == histories(play_all, raid), f"raid {number}"
            compared += 1
    assert compared > 50


def test_order_of_all_but_windows_does_not_matter(play_all):
    """Luck goes by id: only the order of windows is a rule of the model, as the last tie-break."""
    shots = 0
    for number in RAIDS:
        raid = random_raid(number)
        mixed, rng = copy.deepcopy(raid), random.Random(number)
        for part in ("threats", "units", "looks", "tracks"):
            rng.shuffle(mixed[part])
        for track in mixed["tracks"]:
            rng.shuffle(track["looks"])
        before = histories(play_all, raid)
        assert histories(play_all, mixed) == before, f"raid {number}"
        shots += sum(len(h["shots"]) for h in before)
    assert shots > 1000


def test_a_shift_of_all_times_shifts_all_that_happens(play_all):
    """In whole seconds, so that no time is rounded otherwise."""
    compared = 0
    for number in RAIDS:
        raid = random_raid(number)
        moved = copy.deepcopy(raid)
        for part in ("threats", "looks", "windows"):
            for entry in moved[part]:
                for name in ("impact_s", "fails_s", "at_s", "opens_s", "closes_s"):
                    if entry.get(name) is not None:
                        entry[name] += 60
        if any(t["impact_s"] != round(t["impact_s"]) for t in raid["threats"]):
            continue
        before, after = histories(play_all, raid), histories(play_all, moved)
        for history in before:
            history["shots"] = [(s[0] + 60_000_000, s[1] + 60_000_000, *s[2:]) for s in history["shots"]]
        assert after == before, f"raid {number}"
        compared += len(raid["windows"]) > 0
    assert compared > 40

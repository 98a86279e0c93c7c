"""Common random numbers on random raids: what takes no part changes nothing, replication by replication."""

import copy
import random

import pytest

from skypact.engine import prepare, trace
from skypact.raid import parse_raid

from .raids import random_raid
from .shrink import drop

RAIDS = range(400)
REPLICATIONS = 3


def histories(raid, replications=REPLICATIONS):
    """What happened in each replication, by id: threats' ends and engagements, in order."""
    prepared = prepare(parse_raid(raid))
    threats = [t["id"] for t in raid["threats"]]
    units = [u["id"] for u in raid["units"]]
    found = []
    for replication in range(replications):
        seen = trace(prepared, replication, seed=7)
        ends = {
            name: (seen.fate[i], units[seen.killer[i]] if seen.killer[i] >= 0 else None, seen.kill_rounds[i])
            for i, name in enumerate(threats)
        }
        shots = [(e[0], e[1], threats[e[2]], units[e[3]], *e[5:]) for e in seen.engagements]
        found.append((ends, shots))
    return found


def without(raid, part, entry):
    smaller = copy.deepcopy(raid)
    smaller[part] = [e for e in smaller[part] if e["id"] != entry["id"]]
    drop(smaller, part[:-1], entry["id"], ("windows", "detections") if part == "threats" else ("windows",))
    return smaller


@pytest.mark.parametrize(("part", "place"), [("threats", 2), ("units", 3)])
def test_leaving_out_what_never_takes_part_changes_nothing(part, place):
    """A unit that never fires, or a threat that is never fired at, leaves all else as it was."""
    compared = 0
    for number in RAIDS:
        raid = random_raid(number)
        before = histories(raid)
        for entry in raid[part]:
            idle = [r for r, (_, shots) in enumerate(before) if entry["id"] not in {s[place] for s in shots}]
            if not idle:
                continue
            after = histories(without(raid, part, entry))
            for r in idle:
                ends = {name: end for name, end in before[r][0].items() if name != entry["id"]}
                assert after[r] == (ends, before[r][1]), f"raid {number}, {entry['id']}, replication {r}"
                compared += len(before[r][1]) > 0
    assert compared > 200


def test_order_of_threats_units_and_detections_does_not_matter():
    """Luck goes by id: only the order of windows is a rule of the model, as the last tie-break."""
    shots = 0
    for number in RAIDS:
        raid = random_raid(number)
        mixed = copy.deepcopy(raid)
        for part in ("threats", "units", "detections"):
            random.Random(number).shuffle(mixed[part])
        before = histories(raid)
        assert histories(mixed) == before, f"raid {number}"
        shots += sum(len(s) for _, s in before)
    assert shots > 1000

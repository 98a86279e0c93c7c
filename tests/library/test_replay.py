"""A replay is the replication that a study counts, told as events."""

from collections import Counter

import numpy as np
import pytest

import skypact
from skypact.engine import LEAKED, REASONS, prepare, replicate
from skypact.study.draw import Sets
from skypact.study.setup import Study

RAID = "ukraine-2024-08-11"


@pytest.mark.parametrize(("replication", "of_set"), [(0, None), (17, None), (400, 2)])
def test_it_is_the_very_replication(replication: int, of_set: int | None) -> None:
    """Fates, reasons and engagements are those of the engine."""
    found = skypact.replay(RAID, replication=replication, of_set=of_set, seed=5, sets=4)
    study = Study.ask(RAID)
    if of_set is None:
        raid = study.compile(study.baseline).raid
    else:
        raid = study.compile(study.baseline, Sets(4, 5).drawn(study.catalog).of(of_set)).raid
    counted = next(iter(replicate(prepare(raid), 1, seed=5, first=replication)))
    leaked = {raid.threats[place].id for place in np.flatnonzero(counted.fate[0] == LEAKED)}
    assert {name for name, fate in found.fates.items() if fate == "leaked"} == leaked
    assert {event.threat for event in found.events if event.kind == "impact"} == leaked
    reasons = Counter(REASONS[why] for why in counted.reason[0] if why)
    assert Counter(event.reason for event in found.events if event.kind == "impact") == reasons
    kinds = Counter(event.kind for event in found.events)
    assert kinds["launch"] == counted.engagements.sum() == kinds["kill"] + kinds["miss"]
    assert [event.at_s for event in found.events] == sorted(event.at_s for event in found.events)


def test_nobody_shoots_before_the_track() -> None:
    """A launch that needs a track comes no sooner than the first find of its threat."""
    found = skypact.replay(RAID, replication=1)
    first: dict[str, float] = {}
    for event in found.events:
        if event.kind == "found":
            first.setdefault(event.threat, event.at_s)
    launches = [event for event in found.events if event.kind == "launch"]
    assert launches
    assert all(first[event.threat] <= event.at_s for event in launches)


def test_as_table_and_text() -> None:
    found = skypact.replay(RAID)
    assert len(found.to_frame()) == len(found.events) == len(found.to_dict()["events"])
    assert "leaked" in repr(found)


def test_wrong_numbers_are_said_together() -> None:
    with pytest.raises(skypact.Problems) as caught:
        skypact.replay(RAID, replication=-1, of_set=64)
    assert len(caught.value.problems) == 2

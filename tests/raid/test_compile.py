"""What the compiler makes of a situation keeps to the rules of the raid file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from skypact.geometry.atlas import atlas_of
from skypact.geometry.tracked import tracked
from skypact.geometry.windows import opportunities
from skypact.policy.situation import Situation
from skypact.raid import Raid, dump_raid, read_raid
from skypact.raid.compile import compile_raid
from tests.geometry import cases

ATLAS = atlas_of(cases.GEOGRAPHY)


def compiled(situation: Situation) -> Raid:
    return compile_raid(situation, opportunities(situation, ATLAS), {"scenario": "made"})


@pytest.mark.parametrize("seed", range(30, 35))
def test_a_compiled_raid_can_be_read(seed: int, tmp_path: Path) -> None:
    """Reading checks every constraint of the format, and gives the same raid."""
    situation = cases.situation(seed, units=12, paths=6)
    units = tuple(
        replace(unit, assess_s=5.0 * (n % 2), recover_s=40.0) for n, unit in enumerate(situation.units)
    )
    raid = compiled(replace(situation, units=units))
    file = tmp_path / "raid.json"
    file.write_text(dump_raid(raid))
    assert read_raid(file) == raid
    assert raid.windows
    assert len({track.looks for track in raid.tracks}) == len(raid.tracks)
    assert {track.id for track in raid.tracks} == {window.track for window in raid.windows}
    assert {look.id for look in raid.looks} == {look for track in raid.tracks for look in track.looks}


def test_windows_are_those_of_geometry_in_milliseconds() -> None:
    situation = cases.situation(31, units=12, paths=6)
    found = opportunities(situation, ATLAS)
    held, raid = tracked(situation, found).windows, compile_raid(situation, found, {})
    reaction = {unit.id: unit.reaction_s for unit in situation.units}
    looks = {look.id: look for look in raid.looks}
    tracks = {track.id: track for track in raid.tracks}
    assert len(held) == len(raid.windows) > 20
    for row, window in enumerate(raid.windows):
        assert window.opens_s == pytest.approx(held.opens_s[row], abs=1e-3)
        assert window.flight_open_s == pytest.approx(held.flight_open_s[row], abs=1e-3)
        assert window.closes_s == pytest.approx(held.closes_s[row], abs=1e-3)
        assert window.flight_close_s == pytest.approx(held.flight_close_s[row], abs=2e-3)
        assert window.track is not None
        own = [looks[name] for name in tracks[window.track].looks]
        usable = min(look.at_s + sum(look.delay_s) / 2 for look in own)
        assert window.opens_s >= usable + reaction[window.unit] - 2e-3


def test_looks_have_the_same_ids_whoever_shares_them() -> None:
    situation = cases.situation(33, units=8, paths=6, sites=8)
    sites = tuple(replace(site, owner=("UKR", "POL")[n % 2]) for n, site in enumerate(situation.sites))
    alone = compiled(replace(situation, sites=sites))
    joint = compiled(replace(situation, sites=sites, tracks={"ukr": ("UKR", "POL")}))
    ours, all_of_them = {look.id: look for look in alone.looks}, {look.id: look for look in joint.looks}
    assert ours
    assert len(all_of_them) > len(ours)
    assert all(all_of_them.get(name, look) == look for name, look in ours.items())
    assert {look.id.split("/")[0] for look in joint.looks} <= {site.id for site in sites}


def test_families_and_chances_come_with_looks_windows_and_units() -> None:
    situation = cases.situation(33, units=8, paths=6, sites=8)
    classes = ("drone", "cruise", "ballistic-short")
    sites = tuple(
        replace(site, family="radar", susceptible=dict.fromkeys(classes, 0.95)) for site in situation.sites
    )
    units = tuple(
        replace(
            unit,
            family="fragments" if n % 2 else None,
            availability=0.9,
            engages={
                name: replace(one, p_acquire=0.8, susceptible=0.85) for name, one in unit.engages.items()
            },
        )
        for n, unit in enumerate(situation.units)
    )
    limits = {"drone": {"ukr": 2}}
    raid = compiled(replace(situation, sites=sites, units=units, concurrency_late=limits))
    family = {unit.id: unit.family for unit in raid.units}
    assert {(look.family, look.susceptible) for look in raid.looks} == {("radar", 0.95)}
    assert {unit.availability for unit in raid.units} == {0.9}
    assert {window.p_acquire for window in raid.windows} == {0.8}
    assert all((window.susceptible == 0.85) == (family[window.unit] is not None) for window in raid.windows)
    assert raid.concurrency_late_of("drone", "ukr") == 2
    assert raid.concurrency_late_of("cruise", "ukr") == 1


def test_times_are_whole_milliseconds() -> None:
    raid = compiled(cases.situation(34, units=8, paths=6))
    times = np.array([(w.opens_s, w.closes_s, w.flight_open_s, w.flight_close_s) for w in raid.windows])
    assert (times == np.round(times, 3)).all()

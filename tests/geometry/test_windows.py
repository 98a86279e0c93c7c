"""Windows agree with the plain loop (pyproj, Shapely) on random situations, edge by edge."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench import geometry_plain as plain
from skypact.geometry.atlas import atlas_of
from skypact.geometry.windows import Opportunities, for_threats, on_station, opportunities

from . import cases

ATLAS = atlas_of(cases.GEOGRAPHY)


def intervals(found: Opportunities, path: int, unit: int) -> list[tuple[float, float]]:
    """Intervals of intercept times, adjoining windows joined."""
    windows = found.windows
    mine = np.flatnonzero((windows.threat == path) & (windows.unit == unit))
    sides = np.stack(
        [windows.opens_s + windows.flight_open_s, windows.closes_s + windows.flight_close_s], axis=1
    )[mine]
    sides = np.sort(sides, axis=1)
    joined: list[tuple[float, float]] = []
    for low, high in sides[np.argsort(sides[:, 0])]:
        if joined and low - joined[-1][1] < 0.01:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((float(low), float(high)))
    return joined


@pytest.mark.parametrize("permission", [False, True])
def test_every_possible_intercept_is_in_a_window_and_no_other(permission: bool) -> None:
    compared = np.sum([agreed(seed, permission) for seed in range(5)], axis=0)
    assert (compared > 300).all()


def agreed(seed: int, permission: bool) -> tuple[int, int]:
    """How many intercepts of the plain loop, and of the windows, were found in the other."""
    situation = cases.situation(seed, units=8, permission=permission)
    found = opportunities(situation, ATLAS, permission)
    windows = found.windows
    atlas = ATLAS if permission else None
    both = [0, 0]
    for p, path in enumerate(situation.paths):
        flight, usable = found.flights[p], found.detections.usable_s[0, p]
        step = 0.5 if path.ballistic else 10.0
        for u, unit in enumerate(situation.units):
            mine = np.flatnonzero((windows.threat == p) & (windows.unit == u))
            for time, flown in plain.intercepts(path, flight, unit, usable, atlas, step):
                # Within 0.3 s of an edge the two may differ: the plain loop has other roundings.
                assert covered(found, mine, time - flown, flown, 0.3), (seed, p, u, time, flown)
                both[0] += 1
            for low, high in intervals(found, p, u):
                for time in np.linspace(low + 0.3, high - 0.3, 25 if high - low > 2 else 0):
                    # Intervals less than a second apart are joined.
                    assert any(
                        plain.is_possible(path, flight, unit, usable, atlas, time + shift)
                        for shift in (0.0, -0.6, 0.6)
                    ), (seed, p, u, time)
                    both[1] += 1
    return both[0], both[1]


def covered(found: Opportunities, mine: np.ndarray, launch: float, flown: float, slack: float) -> bool:
    """Whether a window holds the launch and makes the same intercept, or an earlier one."""
    windows = found.windows
    for n in mine:
        if windows.opens_s[n] - slack <= launch <= windows.closes_s[n] + slack:
            length = max(windows.closes_s[n] - windows.opens_s[n], 1e-9)
            part = min(max((launch - windows.opens_s[n]) / length, 0.0), 1.0)
            flight = windows.flight_open_s[n] + part * (windows.flight_close_s[n] - windows.flight_open_s[n])
            if flight <= flown + 1.1 + slack:
                return True
    return False


def test_half_the_step_moves_no_edge() -> None:
    edges = 0
    for seed in range(100, 120):
        situation = cases.situation(seed, units=12, paths=6)
        usual, half, tenth = (opportunities(situation, ATLAS, step=step) for step in (1.0, 0.5, 0.1))
        for p in range(6):
            for u in range(12):
                expected = np.array(intervals(tenth, p, u)).ravel()
                for found in (usual, half):
                    got = np.array(intervals(found, p, u)).ravel()
                    assert got.shape == expected.shape
                    np.testing.assert_allclose(got, expected, atol=0.05)
                edges += len(expected)
    assert edges > 300


def test_the_flight_time_interpolated_is_right_to_a_second() -> None:
    """The intercept of a launch lies within 1 s of where the window puts it."""
    looked_at = 0
    for seed in range(200, 210):
        situation = cases.situation(seed, units=12, paths=6)
        found = opportunities(situation, ATLAS)
        windows = found.windows
        for n in range(len(windows)):
            path, flight = situation.paths[windows.threat[n]], found.flights[windows.threat[n]]
            unit = situation.units[windows.unit[n]]
            rules = unit.engages[path.threat_class]
            unit = replace(unit, site=None, reaction_s=0.0)
            rules = replace(rules, from_range_km=np.inf, max_altitude_m=1e6, min_altitude_m=-1e6)
            sides = (
                windows.opens_s[n] + windows.flight_open_s[n],
                windows.closes_s[n] + windows.flight_close_s[n],
            )
            for part in np.linspace(0.1, 0.9, 5):
                launch = windows.opens_s[n] + part * (windows.closes_s[n] - windows.opens_s[n])
                flown = windows.flight_open_s[n] + part * (
                    windows.flight_close_s[n] - windows.flight_open_s[n]
                )
                off = []
                for time in np.clip([launch + flown - 1.0, launch + flown + 1.0], min(sides), max(sides)):
                    exact = plain.intercept(path, flight, unit, rules, -np.inf, time)
                    if exact is not None:
                        off.append(time - exact - launch)
                if len(off) == 2:
                    assert min(off) <= 0.01
                    assert max(off) >= -0.01
                    looked_at += 1
    assert looked_at > 1000


def test_windows_are_few() -> None:
    situation = cases.situation(7, units=30, paths=30)
    windows = opportunities(situation, ATLAS).windows
    pairs = set(zip(windows.threat.tolist(), windows.unit.tolist(), strict=True))
    assert len(windows) / len(pairs) < 10


def test_windows_hold_the_rules_of_the_raid_file() -> None:
    situation = cases.situation(8, units=20, paths=20)
    found = opportunities(situation, ATLAS)
    windows = found.windows
    duration = np.array([flight.duration_s for flight in found.flights])[windows.threat]
    usable = found.detections.usable_s[0][windows.threat]
    reaction = np.array([unit.reaction_s for unit in situation.units])[windows.unit]
    assert len(windows) > 50
    assert (windows.closes_s >= windows.opens_s).all()
    assert (windows.opens_s >= usable + reaction - 1e-6).all()
    assert (windows.flight_open_s >= 0).all()
    assert (windows.flight_close_s >= 0).all()
    assert (windows.opens_s + windows.flight_open_s < duration).all()
    assert (windows.closes_s + windows.flight_close_s < duration).all()


def test_times_on_station_cut_windows() -> None:
    situation = cases.situation(9, units=10, paths=10)
    found = opportunities(situation, ATLAS)
    free = for_threats(situation, found)
    longest = int(np.argmax(free.closes_s - free.opens_s))
    unit, middle = int(free.unit[longest]), float(free.opens_s[longest] + free.closes_s[longest]) / 2
    hours = [unit.on_station_s for unit in situation.units]
    hours[unit] = ((-np.inf, middle - 1.0), (middle, np.inf))
    cut = on_station(free, hours)
    others = free.unit != unit
    assert others.sum() == (cut.unit != unit).sum()
    mine = cut.unit == unit
    assert mine.any()
    assert not ((cut.closes_s[mine] > middle - 1) & (cut.opens_s[mine] < middle)).any()
    edge = np.flatnonzero(mine & (cut.closes_s == middle - 1))[0]
    whole = np.flatnonzero(
        (free.unit == unit) & (free.threat == cut.threat[edge]) & (free.opens_s == cut.opens_s[edge])
    )[0]
    part = (middle - 1 - free.opens_s[whole]) / (free.closes_s[whole] - free.opens_s[whole])
    flown = free.flight_open_s[whole] + part * (free.flight_close_s[whole] - free.flight_open_s[whole])
    assert cut.flight_close_s[edge] == pytest.approx(flown)


def test_a_path_of_two_threats_has_the_same_windows_later() -> None:
    situation = cases.situation(10, units=10, paths=3)
    first = situation.incoming[0]
    twice = replace(situation, incoming=(first, replace(first, id="later", launch_s=first.launch_s + 1000.0)))
    windows = for_threats(twice, opportunities(twice, ATLAS))
    early, late = windows.threat == 0, windows.threat == 1
    np.testing.assert_allclose(windows.opens_s[early] + 1000.0, windows.opens_s[late])
    np.testing.assert_array_equal(windows.unit[early], windows.unit[late])

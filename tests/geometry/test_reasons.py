"""Each reason for one pair made to have it, with its number checked by hand."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from skypact.geometry.atlas import atlas_of
from skypact.geometry.reasons import Appraisal, appraise
from skypact.policy.situation import Antenna, Engagement, FireUnit, Path, Site, Situation
from skypact.scenario.rules import Area

from . import cases

ATLAS = atlas_of(cases.GEOGRAPHY)
# From Kursk westwards over Kyiv to Lviv, at 200 m/s and 500 m.
ROUTE = Path("x", "cruise", ((51.7, 36.2), (50.4, 30.5), (49.8, 24.0)), 0.0, False, 200.0, 500.0, 1.0, 1.0)
RULES = Engagement(0.7, 1.0, 1.0, 0.0, 50.0, 0.0, 20_000.0, inf, 1, 0, 0.0, cases.FREE)


def battery(lat: float, lon: float, rules: Engagement | None = RULES) -> FireUnit:
    base = cases.situation(0).units[0]
    return replace(
        base,
        id="battery",
        lat=lat,
        lon=lon,
        site=None,
        aircraft=None,
        radius_km=0.0,
        reaction_s=10.0,
        interceptor_m_s=1000.0,
        engages={} if rules is None else {"cruise": rules},
        leaves={"cruise": "left-to-others"} if rules is None else {},
    )


def own(antenna: Antenna) -> Site:
    return cases.radar("battery-own", 50.8, 30.5, antenna, {})


def ask(unit: FireUnit, range_km: float = 400.0) -> Appraisal:
    base = cases.situation(0)
    site = replace(
        base.sites[0], lat=50.4, lon=30.5, antenna=Antenna(range_km, 1.0, 9000.0), delay_s=(10.0, 20.0)
    )
    situation: Situation = replace(
        base, units=(unit,), sites=(site,), paths=(ROUTE,), incoming=(replace(base.incoming[0], path=0),)
    )
    return appraise(situation, ATLAS, "battery", 0)


def test_a_window() -> None:
    answer = ask(battery(50.4, 30.5))
    assert answer.reason == "window"
    assert answer.windows >= 1
    assert answer.nearest_km == pytest.approx(0.5, abs=0.4)  # overhead, at 500 m
    assert answer.depth_km == 0.0
    assert answer.decided_by == cases.FREE[0]
    assert answer.late_s == 0.0
    assert answer.in_range_s == pytest.approx(2 * 50.0 / 0.2, rel=0.02)
    assert answer.first_intercept_s is not None
    assert answer.usable_s == answer.sight_s + 15.0


def test_a_class_left_to_others() -> None:
    answer = ask(battery(50.4, 30.5, None))
    assert (answer.reason, answer.leaves) == ("class", "left-to-others")


def test_out_of_range() -> None:
    answer = ask(battery(48.4, 30.5))
    assert answer.reason == "range"
    assert answer.nearest_km == pytest.approx(222.5, abs=10)  # two degrees of latitude
    assert answer.beyond_range_km == pytest.approx(answer.nearest_km - 50.0, abs=0.5)
    assert answer.depth_km is None


def test_outside_the_altitude_band() -> None:
    assert ask(battery(50.4, 30.5, replace(RULES, min_altitude_m=2000.0))).reason == "altitude"


def test_below_the_own_antennas_horizon() -> None:
    low = replace(battery(50.8, 30.5), site=own(Antenna(300.0, 1.0, 0.0)))
    # The horizon of a target at 500 m is 92 km away; that of one at 20 m would be 18 km.
    assert ask(low).reason == "window"
    blind = replace(low, site=own(Antenna(5.0, 1.0, 20.0)))
    answer = ask(blind)
    assert answer.reason == "horizon"
    assert answer.horizon_km is not None
    assert answer.horizon_km < 0


def test_too_late() -> None:
    # Kursk is 400 km from Kyiv; a unit there has passed before the only sensor, at Kyiv, sees anything.
    answer = ask(battery(51.6, 35.8), range_km=100.0)
    assert answer.reason == "late"
    assert answer.late_s is not None
    assert answer.late_s > 100.0


def test_never_seen() -> None:
    answer = ask(battery(50.4, 30.5), range_km=0.01)
    assert answer.reason == "unseen"
    assert answer.sight_s == inf


def test_too_deep() -> None:
    rule = replace(
        cases.FREE[0], over=(Area(inside=("UKR",), within=(cases.depth(("POL",), 70.0),)),), airspace=("UKR",)
    )
    answer = ask(battery(50.4, 30.5, replace(RULES, clauses=(rule,))))
    assert answer.reason == "permission"
    assert answer.decided_by is None
    assert answer.nearest_permission == rule
    # Kyiv is about 430 km from Poland along the route; 50 km of range and 70 km of depth are off that.
    assert answer.depth_km == pytest.approx(430 - 50 - 70, abs=30)


def test_forbidden() -> None:
    ban = replace(cases.FREE[0], allow=False, over=(Area(inside=("UKR",)),))
    answer = ask(battery(50.4, 30.5, replace(RULES, clauses=(cases.FREE[0], ban))))
    assert answer.reason == "permission"
    assert answer.decided_by == ban
    assert answer.depth_km is not None
    assert answer.depth_km > 0


def test_nothing_permitted_anywhere() -> None:
    answer = ask(battery(50.4, 30.5, replace(RULES, clauses=())))
    assert answer.reason == "permission"
    assert answer.depth_km == inf


def test_off_station() -> None:
    answer = ask(replace(battery(50.4, 30.5), on_station_s=((-200.0, -100.0),)))
    assert answer.reason == "off-station"
    assert answer.windows == 0


def test_doctrine_that_waits_too_long() -> None:
    answer = ask(battery(50.8, 30.5, replace(RULES, from_range_km=20.0)))
    assert answer.reason == "from-range"

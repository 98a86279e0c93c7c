"""The catalogue as shipped: complete, sourced, and physically and economically sane."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from skypact.catalog import Catalog, ThreatClass, load_catalog
from skypact.catalog.families import exceeding
from skypact.catalog.load import DATA
from skypact.quantity import Quantity
from skypact.reading import Problems

THREATS = {
    "geran-2": "drone",
    "shahed-131": "drone",
    "shahed-136-iran": "drone",
    "kh-101": "cruise",
    "kalibr": "cruise",
    "kh-59-69": "cruise",
    "iskander-k": "cruise",
    "kh-35": "cruise",
    "paveh": "cruise",
    "oniks": "fast-cruise",
    "zircon": "fast-cruise",
    "kh-31": "fast-cruise",
    "kh-22-32": "fast-cruise",
    "iskander-m": "ballistic-short",
    "kn-23": "ballistic-short",
    "s-300-ground": "ballistic-short",
    "kinzhal": "aeroballistic",
    "emad": "ballistic-medium",
    "ghadr": "ballistic-medium",
    "kheibar-shekan": "ballistic-medium",
    "armoured-vehicle": "armour",
}
GROUND = {
    "patriot-pac-2-gem-t",
    "patriot-pac-3-mse",
    "samp-t",
    "iris-t-slm",
    "nasams",
    "hawk",
    "s-300ps",
    "buk-m1",
    "gepard",
    "mobile-fire-group",
    "electronic-warfare",
    "iron-dome",
    "davids-sling",
    "arrow-2",
    "arrow-3",
    "javelin-team",
}
FIGHTERS = {
    "f-16-ukraine",
    "mirage-2000-5-ukraine",
    "mig-29-ukraine",
    "su-27-ukraine",
    "allied-fighter",
    "f-15e",
    "israeli-fighter",
    "jordanian-fighter",
}
UNMANNED = {"bayraktar-tb2"}
AGAINST_THE_GROUND = {"javelin-team", "bayraktar-tb2"}
SHIPS = {"aegis-sm-3", "aegis-sm-6"}
SENSORS = {
    "long-range-radar",
    "medium-radar",
    "gap-filler-radar",
    "acoustic-network",
    "early-warning-x-band",
    "early-warning-green-pine",
    "airborne-early-warning",
    "observation-post",
}
LEVEL = {"drone", "cruise", "fast-cruise", "armour"}
SPEED_M_S = {"drone": (30, 70), "cruise": (150, 320), "fast-cruise": (600, 1800), "armour": (2, 20)}
ALTITUDE_M = {
    "drone": (50, 4000),
    "cruise": (20, 1000),
    "fast-cruise": (1000, 30000),
    "armour": (0, 10),
}
REACH_KM = {
    "drone": (500, 3000),
    "cruise": (100, 6000),
    "fast-cruise": (100, 1100),
    "ballistic-short": (80, 1000),
    "aeroballistic": (400, 2500),
    "ballistic-medium": (1000, 3000),
    "armour": (200, 600),
}
STATE_OUTLETS = ("TASS", "Tass", "Sputnik", "RIA", "Ukrinform", "Tasnim", "Xinhua")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def quantities(thing: object, path: str = "") -> Iterator[tuple[str, Quantity]]:
    """Every quantity below `thing`, with its path."""
    if isinstance(thing, Quantity):
        yield path, thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from quantities(getattr(thing, name), f"{path}.{name}")
    elif isinstance(thing, dict):
        for name, value in thing.items():
            yield from quantities(value, f"{path}.{name}")


def span(quantity: Quantity) -> tuple[float, float]:
    low = quantity.value if quantity.low is None else quantity.low
    high = quantity.value if quantity.high is None else quantity.high
    return low, high


def inside(quantity: Quantity, bounds: tuple[float, float]) -> bool:
    low, high = span(quantity)
    return bounds[0] <= low and high <= bounds[1]


def test_every_promised_system_is_there(catalog: Catalog) -> None:
    assert {name: threat.threat_class for name, threat in catalog.threats.items()} == THREATS
    by_basing = {
        basing: {name for name, effector in catalog.effectors.items() if effector.basing == basing}
        for basing in ("ground", "air", "ship")
    }
    assert by_basing == {"ground": GROUND, "air": FIGHTERS | UNMANNED, "ship": SHIPS}
    assert set(catalog.sensors) == SENSORS


def test_every_number_has_a_kind_and_a_source_or_a_reason(catalog: Catalog) -> None:
    found = list(quantities(catalog))
    assert len(found) > 500
    for path, quantity in found:
        if quantity.kind == "notional":
            assert len(quantity.note) >= 10, path
        else:
            assert quantity.sources, path
        assert not quantity.note or quantity.note.endswith("."), path


def test_every_source_is_used_and_every_used_source_exists(catalog: Catalog) -> None:
    used = {source for _, quantity in quantities(catalog) for source in quantity.sources}
    assert used == set(catalog.sources)


def test_a_source_can_be_followed(catalog: Catalog) -> None:
    for name, source in catalog.sources.items():
        assert source.title, name
        assert source.publisher, name
        assert source.url.startswith("http"), name
        assert "1990" <= source.date[:4] <= "2026", name


def test_state_directed_outlets_are_named_as_such(catalog: Catalog) -> None:
    outlets = {
        name: source
        for name, source in catalog.sources.items()
        if any(outlet in source.publisher for outlet in STATE_OUTLETS)
    }
    assert outlets
    assert [name for name, source in outlets.items() if not source.note] == []


def test_values_lie_within_their_ranges(catalog: Catalog) -> None:
    for path, quantity in quantities(catalog):
        low, high = span(quantity)
        assert low <= quantity.value <= high, path


def test_threats_fly_as_their_class_does(catalog: Catalog) -> None:
    for name, threat in catalog.threats.items():
        kind = threat.threat_class
        if kind in LEVEL:
            assert threat.speed_m_s is not None, name
            assert threat.altitude_m is not None, name
            assert inside(threat.speed_m_s, SPEED_M_S[kind]), name
            assert inside(threat.altitude_m, ALTITUDE_M[kind]), name
        else:
            assert threat.ballistic is not None, name
            loft = threat.ballistic.loft
            assert (loft is None) == (kind == "ballistic-medium"), name
            assert loft is None or inside(loft, (0.25, 1)), name
        assert inside(threat.reach_km, REACH_KM[kind]), name
        assert inside(threat.rcs_m2, (0.001, 20)), name
        assert threat.cost_usd is None or inside(threat.cost_usd, (5e3, 2e7)), name


def test_where_the_world_is_unsure_there_is_a_range(catalog: Catalog) -> None:
    unsure = [
        *((name, threat.rcs_m2) for name, threat in catalog.threats.items()),
        *((name, threat.reliability) for name, threat in catalog.threats.items()),
        *(
            (f"{name} against {kind}", envelope.p_kill)
            for name, effector in catalog.effectors.items()
            for kind, envelope in effector.against.items()
        ),
        *(
            (f"{name} sees {kind}", chance)
            for name, sensor in catalog.sensors.items()
            for kind, chance in sensor.p_detect.items()
        ),
    ]
    assert [name for name, quantity in unsure if span(quantity)[0] == span(quantity)[1]] == []


def test_the_contested_half_of_the_iranian_ballistic_missiles(catalog: Catalog) -> None:
    for name in ("emad", "ghadr", "kheibar-shekan"):
        reliability = catalog.threats[name].reliability
        assert reliability.value == 0.5
        assert span(reliability)[1] >= 0.9
        assert "contested" in reliability.note


def test_no_kill_probability_passes_for_more_than_it_is(catalog: Catalog) -> None:
    for name, effector in catalog.effectors.items():
        for kind, envelope in effector.against.items():
            assert envelope.p_kill.kind == "notional", (name, kind)
            assert inside(envelope.p_kill, (0, 0.97)), (name, kind)
            assert envelope.p_kill.value > 0, (name, kind)


def test_envelopes_are_not_empty(catalog: Catalog) -> None:
    for name, effector in catalog.effectors.items():
        for kind, envelope in effector.against.items():
            near = span(envelope.min_range_km)[1] if envelope.min_range_km else 0
            floor = span(envelope.min_altitude_m)[1] if envelope.min_altitude_m else 0
            assert near < span(envelope.max_range_km)[0], (name, kind)
            assert floor < span(envelope.max_altitude_m)[0], (name, kind)


def test_money_time_and_speed_are_sane(catalog: Catalog) -> None:
    for name, effector in catalog.effectors.items():
        assert inside(effector.channels, (1, 1000)), name
        assert effector.ready.value >= effector.salvo, name
        assert inside(effector.reaction_s, (0, 60)), name
        assert inside(effector.assess_s, (0, 60)), name
        assert inside(effector.recover_s, (0, 600)), name
        assert inside(effector.reload_s, (0, 6 * 3600)), name
        if effector.kind == "soft":
            assert effector.cost_usd.value == 0, name
            assert effector.attempts is not None, name
            assert effector.attempts.value == 1, name
            assert effector.assess_s.value == 0, "jamming must not keep the guns of its group waiting"
        else:
            assert inside(effector.cost_usd, (500, 3e7)), name
        if effector.reserve.value > 0:
            assert effector.reload_s.value > 0, name
        if effector.interceptor_m_s is not None:
            speed = (80, 400) if name in AGAINST_THE_GROUND else (300, 3000)
            assert inside(effector.interceptor_m_s, speed), name


def test_an_interceptor_is_faster_than_what_it_is_sent_after(catalog: Catalog) -> None:
    fastest = {
        kind: max(
            span(threat.speed_m_s)[1]
            for threat in catalog.threats.values()
            if threat.threat_class == kind and threat.speed_m_s is not None
        )
        for kind in ("drone", "cruise")
    }
    for name, effector in catalog.effectors.items():
        if effector.interceptor_m_s is not None:
            for kind in fastest.keys() & effector.against.keys():
                assert span(effector.interceptor_m_s)[0] > fastest[kind], (name, kind)


def test_only_missile_defences_reach_ballistic_missiles(catalog: Catalog) -> None:
    capable = {
        name
        for name, effector in catalog.effectors.items()
        if any("ballistic" in kind for kind in effector.against)
    }
    assert capable == {
        "patriot-pac-2-gem-t",
        "patriot-pac-3-mse",
        "samp-t",
        "davids-sling",
        "arrow-2",
        "arrow-3",
        "aegis-sm-3",
        "aegis-sm-6",
    }
    for name in ("arrow-3", "aegis-sm-3"):
        floor = catalog.effectors[name].against["ballistic-medium"].min_altitude_m
        assert floor is not None
        assert floor.value >= 80_000


def test_fighters_stay_up_and_come_back(catalog: Catalog) -> None:
    for name in FIGHTERS:
        effector = catalog.effectors[name]
        assert effector.flight is not None
        assert set(effector.against) == {"drone", "cruise"}, name
        assert inside(effector.flight.dash_m_s, (200, 400)), name
        assert inside(effector.flight.reach_km, (30, 200)), name
        assert inside(effector.reload_s, (3600, 6 * 3600)), "the turnaround and the way"


def test_every_class_of_threat_can_be_seen_and_fought(catalog: Catalog) -> None:
    for kind in set(THREATS.values()):
        assert any(kind in effector.against for effector in catalog.effectors.values()), kind
        assert any(kind in s.p_detect for s in catalog.sensors.values()), kind


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        (
            "threats.yaml",
            "sources: [reuters-paveh-2023]",
            "sources: [reuters-pavhe-2023]",
            "reuters-paveh-2023",
        ),
        (
            "threats.yaml",
            "kind: reported, sources: [reuters-paveh-2023]",
            "kind: reported",
            "without a source",
        ),
        ("effectors.yaml", 'note: "One turret."', 'note: ""', "without a reason"),
        ("sensors.yaml", "value: 75, low: 50", "value: 45, low: 50", "outside its range"),
    ],
)
def test_a_broken_copy_is_refused(tmp_path: Path, file: str, old: str, new: str, complaint: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        load_catalog(folder)
    assert complaint in str(caught.value)
    assert file in str(caught.value)


# ------------------------------------------------------------------ looks, acquisition, what is alike


def test_every_system_says_how_it_finds_and_how_often_it_is_there(catalog: Catalog) -> None:
    """Nobody acquires for certain what must be found first, and no unit is always there."""
    for name, effector in catalog.effectors.items():
        if name == "bayraktar-tb2":  # the incident says how likely it sees the gun, and that it is there
            continue
        assert effector.availability is not None, name
        assert inside(effector.availability, (0.4, 1)), name
        for kind, envelope in effector.against.items():
            if effector.kind == "hard":
                assert envelope.p_acquire is not None, (name, kind)
                assert span(envelope.p_acquire)[0] < span(envelope.p_acquire)[1], (name, kind)


def test_crews_that_aim_by_eye_find_less_than_radars_do(catalog: Catalog) -> None:
    def finds(name: str, kind: ThreatClass) -> float:
        found = catalog.effectors[name].against[kind].p_acquire
        assert found is not None
        return found.value

    for kind in ("drone", "cruise"):
        eye = finds("mobile-fire-group", kind)
        radars = [finds(name, kind) for name in ("gepard", "hawk", "buk-m1", "nasams", "patriot-pac-2-gem-t")]
        assert eye < min(radars), kind
        assert finds("nasams", kind) > finds("hawk", kind), kind


def test_everything_of_a_family_is_below_what_the_family_can_reach(catalog: Catalog) -> None:
    for name, system in (*catalog.effectors.items(), *catalog.sensors.items()):
        assert [str(one) for one in exceeding(catalog, system)] == [], name
    used = {effector.family for effector in catalog.effectors.values()}
    used |= {effector.sensor.family for effector in catalog.effectors.values() if effector.sensor}
    used |= {sensor.family for sensor in catalog.sensors.values()}
    assert set(catalog.families) == used - {None}


def test_a_family_says_something_of_each_class_that_its_members_meet(catalog: Catalog) -> None:
    for name, effector in catalog.effectors.items():
        if effector.family is not None:
            assert set(effector.against) <= set(catalog.families[effector.family].susceptible), name
        if effector.sensor is not None and effector.sensor.p_detect:
            assert effector.sensor.family is not None, name
            known = catalog.families[effector.sensor.family].susceptible
            assert set(effector.sensor.p_detect) <= set(known), name
    for name, sensor in catalog.sensors.items():
        if sensor.family is not None:
            assert set(sensor.p_detect) <= set(catalog.families[sensor.family].susceptible), name


def test_a_unit_on_the_ground_does_not_stand_on_what_it_defends(catalog: Catalog) -> None:
    for name, effector in catalog.effectors.items():
        if name in GROUND - AGAINST_THE_GROUND - {"electronic-warfare"}:
            assert effector.scatter_km is not None, name
            assert span(effector.scatter_km)[0] < span(effector.scatter_km)[1], name
        else:
            assert effector.scatter_km is None, name

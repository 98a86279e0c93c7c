"""The shipped raid on Israel of April 2024 says what the record says, and where it says so."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic

from skypact.catalog import load_catalog
from skypact.geometry.atlas import atlas_of
from skypact.geometry.permission import permitted
from skypact.policy.build import build_situation
from skypact.reading import read_document, references, validate
from skypact.scenario.dates import first_day
from skypact.scenario.model import Scenario
from skypact.world.borders import country_at

FILE = files("skypact.scenario") / "shipped" / "israel-2024-04-13.yaml"
RECORD = {"drone": 170, "cruise": 30, "ballistic-medium": 120}  # the Israeli military's counts
ALLIES = {"USA", "GBR", "FRA", "JOR"}


@pytest.fixture(scope="module")
def document():
    return read_document(str(FILE))


@pytest.fixture(scope="module")
def scenario(document):
    return validate(Scenario, document)


@pytest.fixture(scope="module")
def situations(scenario):
    return {name: build_situation(scenario, load_catalog(), name) for name in scenario.policies}


def named(document, kind):
    return {name for _, what, name in references(Scenario, document.data) if what == kind}


# ------------------------------------------------------------------------------------- the record


def test_counts_by_class_equal_the_record(scenario):
    threats = load_catalog().threats
    launched = Counter()
    for wave in scenario.raid.waves:
        launched[threats[wave.threat].threat_class] += sum(wave.aims.values())
    assert launched == RECORD


@pytest.mark.parametrize("threat_class", sorted(RECORD))
def test_the_raid_is_the_israeli_count_and_the_others_are_kept(scenario, threat_class):
    versions = {
        entry.by: entry.value
        for entry in scenario.observed
        if entry.what == "launched" and entry.classes == (threat_class,)
    }
    assert versions["Israeli military"] == RECORD[threat_class]
    assert "Pentagon" in versions
    assert len(versions) >= 3


def test_the_three_ballistic_types_have_equal_shares(scenario):
    shares = {wave.threat: sum(wave.aims.values()) for wave in scenario.raid.waves if "ballistic" in wave.id}
    assert shares == {"emad": 40, "ghadr": 40, "kheibar-shekan": 40}


def test_one_drone_in_twelve_comes_from_iraq_and_yemen(scenario):
    where = {place: country_at(spot.lat, spot.lon) for place, spot in scenario.places.items()}
    drones = Counter()
    for wave in scenario.raid.waves:
        if wave.threat.startswith("shahed"):
            drones[where[wave.launch]] += sum(wave.aims.values())
    assert drones == {"IRN": 156, "IRQ": 7, "YEM": 7}


def test_everything_else_is_launched_from_iran(scenario):
    for wave in scenario.raid.waves:
        if not wave.threat.startswith("shahed"):
            place = scenario.places[wave.launch]
            assert country_at(place.lat, place.lon) == "IRN"


def test_contested_outcomes_keep_every_version(scenario):
    def versions(what):
        return {
            entry.value: entry.contested
            for entry in scenario.observed
            if entry.what == what and entry.classes == ("ballistic-medium",) and entry.owner is None
        }

    assert versions("leaked") == {4: True, 9: True, 60: True}
    assert versions("failed") == {60: True}


def test_counts_by_contributor_are_marked_as_contested_where_two_overlap(scenario):
    counted = [entry for entry in scenario.observed if entry.what == "killed" and entry.owner == "USA"]
    assert len(counted) == 4
    assert all(entry.contested and entry.note for entry in counted)


# ---------------------------------------------------------------------------------------- sources


def test_every_decision_and_rule_has_a_source_and_a_date(scenario):
    for name, decision in scenario.decisions.items():
        assert decision.sources, name
        assert first_day(decision.date).year in (2008, 2024), name
        for rule in decision.adds:
            assert rule.sources, rule.id
    for rule in scenario.rules:
        assert rule.sources, rule.id


def test_every_source_named_exists_and_every_source_is_used(document, scenario):
    assert named(document, "source") == set(scenario.sources)


@pytest.mark.parametrize("kind", ["actor", "place", "asset", "decision", "policy"])
def test_every_name_is_defined(document, scenario, kind):
    known = {
        "actor": scenario.actors,
        "place": scenario.places,
        "asset": scenario.assets,
        "decision": scenario.decisions,
        "policy": scenario.policies,
    }[kind]
    assert named(document, kind) <= set(known)


def test_every_system_is_in_the_catalogue(document):
    catalog = load_catalog()
    assert named(document, "threat") <= set(catalog.threats)
    assert named(document, "effector") <= set(catalog.effectors)
    assert named(document, "sensor") <= set(catalog.sensors)


def test_each_contributor_says_why(scenario):
    for actor in ALLIES:
        said = [entry for entry in scenario.statements if entry.actor == actor and entry.about]
        assert said, actor


def test_a_state_directed_outlet_is_named_as_one(scenario):
    for name in ("tass-2024-10-07", "petra-2024-04-14", "anadolu-2024-08-10"):
        assert "state agency" in scenario.sources[name].note


# ------------------------------------------------------------------------------------ time and way


def way(scenario, wave, asset):
    names = [wave.launch, *wave.via, scenario.assets[asset].place]
    return [(scenario.places[name].lat, scenario.places[name].lon) for name in names]


def test_what_flies_level_arrives_between_half_past_one_and_five(scenario):
    zero = scenario.raid.zero
    early, late = (datetime.fromisoformat(f"2024-04-14T{clock}+03:00") for clock in ("01:30", "05:00"))
    threats = load_catalog().threats
    for wave in scenario.raid.waves:
        if threats[wave.threat].ballistic:
            continue
        for asset in wave.aims:
            points = way(scenario, wave, asset)
            metres = sum(Geodesic.WGS84.Inverse(*a, *b)["s12"] for a, b in pairwise(points))
            minutes = wave.start_min + metres / threats[wave.threat].speed_m_s.value / 60
            assert early <= zero + timedelta(minutes=minutes) <= late, (wave.id, asset)


def test_ballistic_missiles_leave_about_ten_minutes_before_the_sirens(scenario):
    sirens = datetime.fromisoformat("2024-04-14T01:43+03:00")
    for wave in scenario.raid.waves:
        if "ballistic" in wave.id:
            before = sirens - (scenario.raid.zero + timedelta(minutes=wave.start_min))
            assert timedelta(minutes=8) <= before <= timedelta(minutes=15)


def test_the_ways_keep_clear_of_turkey_and_saudi_arabia(scenario):
    for wave in scenario.raid.waves:
        if load_catalog().threats[wave.threat].ballistic or country_of_launch(scenario, wave) == "YEM":
            continue
        for asset in wave.aims:
            points = way(scenario, wave, asset)
            for a, b in pairwise(points):
                line = Geodesic.WGS84.InverseLine(*a, *b)
                for part in range(51):
                    spot = line.Position(line.s13 * part / 50)
                    assert country_at(spot["lat2"], spot["lon2"]) not in {"TUR", "SAU"}, wave.id


def country_of_launch(scenario, wave):
    place = scenario.places[wave.launch]
    return country_at(place.lat, place.lon)


# ---------------------------------------------------------------------------------------- policies


def test_israel_alone_has_nobody_else_and_nobody_elses_eyes(situations):
    alone = situations["israel-alone"]
    assert {unit.owner for unit in alone.units} == {"ISR"}
    assert {site.owner for site in alone.sites} == {"ISR"}
    assert alone.tracks == {"isr": ("ISR",), "isr-fighters": ("ISR",)}


def test_as_happened_all_five_states_shoot_and_share(situations):
    happened = situations["as-happened"]
    assert {unit.owner for unit in happened.units} == {"ISR"} | ALLIES
    assert set(happened.tracks["isr"]) == {"ISR"} | ALLIES
    assert {unit.group for unit in happened.units if unit.basing != "air"} == {"isr", "usa"}
    assert {unit.group for unit in happened.units if unit.basing == "air"} == {"isr-fighters", "usa-fighters"}


def test_israels_own_forces_are_the_same_under_every_policy(situations):
    own = [[u.id for u in s.units if u.owner == "ISR"] for s in situations.values()]
    assert own[0] == own[1] == own[2]


def test_without_forward_intercepts_american_fighters_keep_their_number(situations):
    def american(policy):
        return Counter(
            unit.system for unit in situations[policy].units if unit.owner == "USA" and unit.basing == "air"
        )

    assert american("no-forward-intercepts") == american("as-happened")
    assert not {"GBR", "FRA", "JOR"} & {u.owner for u in situations["no-forward-intercepts"].units}


def test_without_forward_intercepts_a_prohibition_is_laid_over_every_forward_permission(situations):
    for unit in situations["no-forward-intercepts"].units:
        for threat_class, engagement in unit.engages.items():
            rules = [clause.because.rule for clause in engagement.clauses]
            whose = {"ISR": "israel", "USA": "americans"}[unit.owner]
            ban = f"no-forward-{'high' if threat_class == 'ballistic-medium' else 'low'}-{whose}"
            assert rules[-2:] == [ban, "own-territory"], (unit.id, threat_class)


def test_only_israel_and_the_ships_may_shoot_at_ballistic_missiles(situations):
    for unit in situations["as-happened"].units:
        assert ("ballistic-medium" in unit.engages) == (
            unit.system in {"arrow-2", "arrow-3", "davids-sling", "aegis-sm-3"}
        )


def test_all_policies_face_the_same_raid(situations):
    raids = [[threat.id for threat in situation.incoming] for situation in situations.values()]
    assert len(raids[0]) == sum(RECORD.values())
    assert raids[0] == raids[1] == raids[2]


# ----------------------------------------------------------------------------- where one may shoot

SPOTS = {
    "eastern Syria": (34.8, 40.0),
    "western Iraq": (33.2, 41.0),
    "eastern Jordan": (32.2, 38.0),
    "Syria at the Golan": (32.9, 36.1),
    "Jordan Valley, east side": (32.1, 35.7),
    "Golan": (33.0, 35.7),
    "Negev": (31.2, 34.9),
    "West Bank": (31.8, 35.3),
    "Gulf of Aqaba": (28.8, 34.7),
    "northern Saudi Arabia": (31.0, 40.0),
}
FORWARD = {"eastern Syria", "western Iraq", "eastern Jordan"}
HELD = {"Golan", "Negev", "West Bank", "Gulf of Aqaba"}


@pytest.fixture(scope="module")
def atlases(situations):
    return {name: atlas_of(situation.geography) for name, situation in situations.items()}


@pytest.mark.parametrize(
    ("policy", "owner", "may"),
    [
        ("as-happened", "USA", FORWARD | {"Jordan Valley, east side"}),
        ("as-happened", "GBR", {"eastern Syria", "western Iraq"}),
        ("as-happened", "FRA", {"eastern Jordan", "Jordan Valley, east side"}),
        ("as-happened", "JOR", {"eastern Jordan", "Jordan Valley, east side"}),
        ("as-happened", "ISR", HELD | {"Syria at the Golan", "Jordan Valley, east side"}),
        ("israel-alone", "ISR", HELD | {"Syria at the Golan"}),
        ("no-forward-intercepts", "ISR", HELD),
        ("no-forward-intercepts", "USA", HELD - {"Gulf of Aqaba"}),
    ],
)
def test_where_fighters_may_shoot_at_drones(situations, atlases, policy, owner, may):
    # Permission alone: what any fighter of the owner may do, wherever it has to fly for that.
    atlas = atlases[policy]
    unit = next(u for u in situations[policy].units if u.owner == owner and u.basing == "air")
    allowed = set()
    for name, (lat, lon) in SPOTS.items():
        there = replace(unit, lat=lat, lon=lon)
        area = permitted(atlas, there, unit.engages["drone"])
        if atlas.contains(area, [lat], [lon])[0]:
            allowed.add(name)
    assert allowed == may


def test_without_forward_intercepts_ballistic_missiles_are_met_near_israel_only(situations, atlases):
    atlas = atlases["no-forward-intercepts"]
    for unit in situations["no-forward-intercepts"].units:
        if "ballistic-medium" in unit.engages:
            area = permitted(atlas, unit, unit.engages["ballistic-medium"])
            near, far = atlas.contains(area, [31.5, 33.0], [36.5, 40.5])
            assert near, unit.id
            assert not far, unit.id

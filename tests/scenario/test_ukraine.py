"""The shipped raids on Ukraine say what the record says, who decided what, and where it says so."""

from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest
from geographiclib.geodesic import Geodesic

from skypact.catalog import load_catalog
from skypact.policy.build import build_situation
from skypact.reading import read_document, validate
from skypact.scenario.dates import first_day
from skypact.scenario.model import Scenario
from skypact.world.borders import country_at

SHIPPED = files("skypact.scenario") / "shipped"
BY_THREAT = {
    "ukraine-2024-08-26": {
        "geran-2": 109,
        "kh-101": 77,
        "kalibr": 28,
        "kh-59-69": 10,
        "kh-22-32": 3,
        "iskander-m": 6,
        "kinzhal": 3,
    },
    "ukraine-2024-08-11": {"geran-2": 57, "kn-23": 4},
}
KILLED = {  # the Air Force's counts
    "ukraine-2024-08-26": {
        "drone": 99,
        "cruise": 99,
        "fast-cruise": 1,
        "ballistic-short": 1,
        "aeroballistic": 1,
    },
    "ukraine-2024-08-11": {"drone": 53, "ballistic-short": 0},
}
POLICIES = {
    "status-quo",
    "neighbours-drones-70km",
    "neighbours-all-70km",
    "sky-shield",
    "joint-as-over-israel",
    "give-instead",
    "israel-like-systems",
}
ALLIES = {"POL", "ROU", "USA", "FRA", "NATO", "EUROPE"}
EVERY = sorted(BY_THREAT)
MAIN, OTHER = "ukraine-2024-08-26", "ukraine-2024-08-11"


@pytest.fixture(scope="module")
def scenarios():
    return {name: validate(Scenario, read_document(str(SHIPPED / f"{name}.yaml"))) for name in EVERY}


@pytest.fixture(scope="module")
def raid(scenarios):
    return scenarios[MAIN]


@pytest.fixture(scope="module")
def situations(raid):
    return {name: build_situation(raid, load_catalog(), name) for name in raid.policies}


def aimed(scenario, threats):
    """How many of these threats are aimed at each place."""
    total = Counter()
    for wave in scenario.raid.waves:
        if wave.threat in threats:
            total.update(wave.aims)
    return total


def owners(situation, entries):
    return {unit.owner for unit in situation.units if unit.entry in entries}


# ------------------------------------------------------------------------------------- the record


@pytest.mark.parametrize("name", EVERY)
def test_counts_by_type_equal_the_record(scenarios, name):
    launched = Counter()
    for wave in scenarios[name].raid.waves:
        launched[wave.threat] += sum(wave.aims.values())
    assert launched == BY_THREAT[name]


@pytest.mark.parametrize("name", EVERY)
def test_the_first_report_of_kills_by_class_is_the_air_forces(scenarios, name):
    reported = {}
    for entry in scenarios[name].observed:
        if entry.what == "killed" and entry.classes is not None:
            reported.setdefault(entry.classes[0], entry)
    assert {key: entry.value for key, entry in reported.items()} == KILLED[name]
    assert {entry.by for entry in reported.values()} == {"Ukraine's Air Force"}


def test_the_total_of_the_main_raid_is_the_sum_of_its_classes(raid):
    total = next(entry for entry in raid.observed if entry.what == "killed" and entry.classes is None)
    assert total.value == sum(KILLED[MAIN].values()) == 201
    assert total.contested


def test_launch_areas_are_those_of_the_air_force(raid):
    areas = {}
    for wave in raid.raid.waves:
        areas.setdefault(wave.threat, set()).add(wave.launch)
    assert areas == {
        "geran-2": {"kursk-region", "primorsko-akhtarsk", "yeysk", "chauda"},
        "kh-101": {"caspian-sea", "volgograd-region"},
        "kalibr": {"black-sea"},
        "kh-59-69": {"belgorod-region", "mariupol-direction"},
        "kh-22-32": {"voronezh-region"},
        "iskander-m": {"kursk-region", "voronezh-region"},
        "kinzhal": {"ryazan-region", "lipetsk-region"},
    }


def test_cruise_missiles_and_drones_are_spread_by_the_stated_rule(raid):
    west = {"lutsk", "rivne", "lviv", "stryi", "khmelnytskyi", "ternopil", "ivano-frankivsk", "chervonohrad"}
    south = {"odesa", "mykolaiv", "kropyvnytskyi"}
    for threats, shares in (({"kh-101", "kalibr", "kh-59-69"}, (34, 27, 54)), ({"geran-2"}, (7, 20, 82))):
        total = aimed(raid, threats)
        rest = sum(total.values()) - sum(total[place] for place in west | south)
        assert (sum(total[place] for place in west), sum(total[place] for place in south), rest) == shares
        others = {total[place] for place in total if place not in west | south | {"kyiv"}}
        assert len(others) == 1  # equally over the other places


def test_arrivals_are_near_the_reported_moments(situations, raid):
    """Local time at which the first of a wave arrives, against the reports named with the waves."""
    reported_min = {  # minutes after 21:00
        "geran-kursk-kyiv-1": 6 * 60,
        "geran-kursk-kyiv-2": 9 * 60,
        "kh-101-centre": 10 * 60 + 45,
        "kh-101-kyiv": 11 * 60 + 30,
        "kh-101-north-west": 12 * 60,
        "kh-101-stryi": 12 * 60 + 27,
    }
    situation = situations["status-quo"]
    first = {}
    for threat in situation.incoming:
        path = situation.paths[threat.path]
        legs = [Geodesic.WGS84.Inverse(*a, *b)["s12"] for a, b in pairwise(path.points)]
        arrival = (threat.launch_s + sum(legs) / path.speed_m_s) / 60 if path.speed_m_s else 0.0
        first[threat.wave] = min(first.get(threat.wave, arrival), arrival)
    assert {name: first[name] for name in reported_min} == pytest.approx(reported_min, abs=15)


@pytest.mark.parametrize("name", EVERY)
def test_launches_stay_within_reach(scenarios, name):
    scenario, threats = scenarios[name], load_catalog().threats
    for wave in scenario.raid.waves:
        for asset in wave.aims:
            names = (wave.launch, *wave.via, scenario.assets[asset].place)
            stops = [(scenario.places[stop].lat, scenario.places[stop].lon) for stop in names]
            flown = sum(Geodesic.WGS84.Inverse(*a, *b)["s12"] for a, b in pairwise(stops)) / 1000
            assert flown <= threats[wave.threat].reach_km.value, (wave.id, asset)


@pytest.mark.parametrize("name", EVERY)
def test_every_aim_point_is_in_ukraine(scenarios, name):
    scenario = scenarios[name]
    for asset in {asset for wave in scenario.raid.waves for asset in wave.aims}:
        place = scenario.places[scenario.assets[asset].place]
        assert country_at(place.lat, place.lon) == "UKR", asset


# --------------------------------------------------------------------- the second raid, unchanged


@pytest.mark.parametrize("part", ["places", "assets", "laydown", "sensors", "doctrine", "rules"])
def test_the_second_raid_meets_the_same_defence(scenarios, part):
    assert getattr(scenarios[OTHER], part) == getattr(scenarios[MAIN], part)


def test_the_second_raid_meets_the_same_status_quo(scenarios):
    one, other = scenarios[MAIN], scenarios[OTHER]
    assert one.policies["status-quo"] == other.policies["status-quo"]
    for name in one.policies["status-quo"].decisions:
        assert one.decisions[name] == other.decisions[name]
    assert one.raid.priorities == other.raid.priorities


def test_the_second_raid_keeps_the_rule_by_which_it_was_chosen(scenarios):
    classes = Counter()
    for wave in scenarios[OTHER].raid.waves:
        classes[load_catalog().threats[wave.threat].threat_class] += sum(wave.aims.values())
    assert classes["drone"] >= 30
    assert classes["ballistic-short"] + classes["aeroballistic"] >= 4
    assert classes["cruise"] + classes["fast-cruise"] <= sum(classes.values()) / 20
    days = (first_day(scenarios[MAIN].date) - first_day(scenarios[OTHER].date)).days
    assert abs(days) <= 60


# ------------------------------------------------------------------------------ laydown by its rule


def test_totals_come_with_a_source_or_a_reason(raid):
    for entry in (*raid.laydown, *raid.sensors):
        assert entry.sources or entry.note, entry.id
        if entry.count is not None:
            assert entry.count.sources or entry.count.note, entry.id


def test_the_weights_are_the_regions_populations(raid):
    """Thousands on 1 January 2021: Kyiv city and region together, and three regions shared by two places."""
    weight = {name: asset.weight for name, asset in raid.assets.items()}
    assert weight["kyiv"] == pytest.approx(2920.9 + 1782.7)
    assert weight["dnipro"] + weight["kryvyi-rih"] == pytest.approx(3138.7)
    assert weight["lviv"] + weight["stryi"] == pytest.approx(2479.4)
    assert weight["poltava"] + weight["kremenchuk"] == pytest.approx(1363.7)
    assert sum(weight.values()) == pytest.approx(33_073.8)


def test_both_parts_of_a_patriot_battery_stand_together(situations):
    for name, situation in situations.items():
        for owner in ("ukr", "usa", "rou"):
            gem_t = [unit.place for unit in situation.units if unit.entry == f"{owner}-patriot-gem-t"]
            mse = [unit.place for unit in situation.units if unit.entry == f"{owner}-patriot-mse"]
            assert gem_t == mse, (name, owner)
            assert gem_t


def test_israels_density_is_scaled_by_inhabitants(raid):
    factor = sum(asset.weight for asset in raid.assets.values()) / 9_900
    layers = [raid.decisions[name] for name in raid.decisions if name.startswith("israel-like-")]
    counts = {entry.id: entry.count.value for layer in layers for entry in layer.laydown}
    assert counts == {
        "il-iron-dome": round(12 * factor),
        "il-davids-sling": round(2 * factor),
        "il-arrow-2": round(3 * factor),
    }


# --------------------------------------------------------------------------- decisions and policies


@pytest.mark.parametrize("name", EVERY)
def test_every_decision_has_an_actor_a_date_and_a_source(scenarios, name):
    scenario = scenarios[name]
    for decision in scenario.decisions.values():
        assert decision.actor in scenario.actors
        assert 2024 <= first_day(decision.date).year <= 2025
        assert decision.sources
        assert set(decision.sources) <= set(scenario.sources)


def test_the_policies_are_the_seven_asked_for(raid):
    assert set(raid.policies) == POLICIES
    assert raid.baseline == raid.reported_under == "status-quo"
    assert set(raid.decisions) == {name for policy in raid.policies.values() for name in policy.decisions}


@pytest.mark.parametrize(
    ("decision", "status", "day"),
    [
        ("nato-refuses", "taken", "2024-07-14"),
        ("zone-70km-drones", "proposed", "2024-05-11"),
        ("sky-shield", "proposed", "2025-03-06"),
        ("joint-as-over-israel", "requested", "2024-10-03"),
        ("israel-like-lower-layer", "hypothetical", "2024-10-03"),
        ("joint-tracks", "hypothetical", "2024-10-03"),
    ],
)
def test_what_was_only_asked_for_is_not_called_taken(raid, decision, status, day):
    assert (raid.decisions[decision].status, raid.decisions[decision].date) == (status, day)


def test_requests_and_refusals_stand_side_by_side_with_reasons(raid):
    by = {(line.actor, line.date) for line in raid.statements if line.kind == "refusal"}
    assert {("GBR", "2024-04-15"), ("USA", "2024-04-15"), ("NATO", "2024-07-14"), ("USA", "2024-10-03")} <= by
    requests = [line for line in raid.statements if line.kind == "request"]
    assert len(requests) >= 4
    assert all(line.sources and len(line.text) > 40 for line in raid.statements)
    refused = {name for line in raid.statements if line.kind == "refusal" for name in line.about}
    assert {"zone-70km-drones", "zone-70km-all", "joint-as-over-israel"} <= refused


def test_a_state_directed_source_is_named_as_one(raid):
    hosts = ("tass.com", "sputnikglobe", "russian")
    for name, source in raid.sources.items():
        if any(host in source.url for host in hosts[:2]):
            assert "state" in source.note, name


def test_ukraine_alone_defends_under_the_status_quo(situations):
    """Allies may engage over their own territory and their hosts', nowhere else."""
    allied = [unit for unit in situations["status-quo"].units if unit.owner in ALLIES]
    assert allied
    for unit in allied:
        for engagement in unit.engages.values():
            areas = [area for clause in engagement.clauses if clause.allow for area in clause.over or ()]
            assert all(area.inside and set(area.inside) <= ALLIES for area in areas), unit.id


def test_allied_batteries_stand_on_allied_ground(situations):
    """A place rounded to a tenth of a degree may fall on the wrong side of the border."""
    for unit in situations["neighbours-all-70km"].units:
        if unit.owner in ALLIES:
            assert country_at(unit.lat, unit.lon) in {"POL", "ROU"}, unit.id


@pytest.mark.parametrize(
    ("policy", "classes"),
    [("neighbours-drones-70km", {"drone"}), ("neighbours-all-70km", {"drone", "cruise", "fast-cruise"})],
)
def test_the_70_km_zone_is_for_the_classes_proposed(situations, policy, classes):
    allowed = set()
    for unit in situations[policy].units:
        if unit.owner in ALLIES:
            for name, engagement in unit.engages.items():
                if any(clause.because.decision.startswith("zone-70km") for clause in engagement.clauses):
                    allowed.add(name)
    assert classes <= allowed
    assert policy == "neighbours-all-70km" or allowed == classes


def test_sky_shield_keeps_its_distance_and_leaves_the_east_out(raid):
    rule = next(rule for rule in raid.decisions["sky-shield"].adds if rule.action == "engage")
    (distance,) = rule.stand.beyond
    assert distance.of == ("RUS",)
    assert distance.km.value == 200
    assert rule.stand.outside == rule.over[0].outside == ("front-and-east",)


@pytest.mark.parametrize(
    ("policy", "owner", "fleet"), [("sky-shield", "EUROPE", 120), ("joint-as-over-israel", "NATO", 100)]
)
def test_pairs_in_the_air_follow_from_the_fleet(situations, policy, owner, fleet):
    """70 per cent fit to fly, three hours of seven on station, two aircraft to a pair."""
    pairs = [unit for unit in situations[policy].units if unit.owner == owner]
    assert len(pairs) == round(fleet * 0.7 * 3 / 7 / 2)


def test_give_instead_moves_the_same_units_and_rounds_to_ukraine(situations):
    given = {"usa-patriot-gem-t", "usa-patriot-mse", "rou-patriot-gem-t", "rou-patriot-mse", "fra-samp-t"}
    rounds = {}
    for name in ("neighbours-all-70km", "give-instead"):
        rounds[name] = Counter()
        for unit in situations[name].units:
            if unit.entry in given:
                rounds[name][unit.entry, unit.system] += unit.ready + unit.reserve
    assert rounds["give-instead"] == rounds["neighbours-all-70km"]
    assert owners(situations["give-instead"], given) == {"UKR"}
    assert owners(situations["neighbours-all-70km"], given) == {"USA", "ROU", "FRA"}


def test_crews_of_given_units_are_ready_before_the_raid(raid):
    decisions = [raid.decisions[name] for name in raid.decisions if name.startswith("give-instead-")]
    assert {decision.actor for decision in decisions} == {"USA", "ROU", "FRA"}
    since = (first_day(raid.date) - first_day(decisions[0].date)).days
    for gift in (gift for decision in decisions for gift in decision.gives):
        assert gift.training_days.value == 70  # ten weeks at Fort Sill
        assert gift.training_days.value <= since


def test_the_year_before_adds_up(raid):
    weapons = raid.landscape.weapons_per_month
    assert weapons.value == round((4_952 + 1_218 + 514) / 12)
    assert weapons.low == round((4_952 + 1_218 + 514 - 239 - 36) / 12)
    assert raid.landscape.raids_per_month.value == round(217 / 12, 1)

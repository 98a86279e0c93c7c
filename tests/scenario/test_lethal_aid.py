"""The shipped record of lethal aid in 2021 says what the public record says, and where it says so."""

from datetime import date
from functools import cache
from importlib.resources import files

import pytest

from skypact.catalog import load_catalog
from skypact.policy.build import build_situation
from skypact.reading import read_document, references, validate
from skypact.scenario.model import Scenario
from skypact.study.aid import aid_table
from skypact.study.check import check_scenario

FILE = files("skypact.scenario") / "shipped" / "lethal-aid-2021-10.yaml"
RECORD = "as-of-2021-10-26"
ASKED = ("us-request", "assistance-only", "sales-only", "all-restrictions-kept-and-us-stops")
DAY = "2021-10-26"

JAVELIN = ("USA", "UKR", "javelin-launcher", "government-sale")
GIVEN_JAVELIN = ("USA", "UKR", "javelin-launcher", "grant")
ANTI_DRONE = ("NSPA", "UKR", "anti-drone-rifle", "agency")
BARRETT = ("NSPA", "UKR", "rifle-barrett-m82", "agency")
NLAW_SOLD = ("GBR", "UKR", "nlaw", "government-sale")
NLAW = ("GBR", "UKR", "nlaw", "grant")
SHIPS = ("GBR", "UKR", "naval-package", "government-sale")
HOWITZER = ("EST", "UKR", "d-30", "re-export")
STINGER = ("LVA", "UKR", "stinger", "re-export")
BOAT = ("DEU", "UKR", "german-boat", "government-sale")
LAUNCHER = ("DEU", "UKR", "german-launcher", "grant")
GERMAN_STINGER = ("DEU", "UKR", "stinger", "re-export")
HELMET = ("DEU", "UKR", "helmet", "grant")
RIFLES = ("NLD", "UKR", "dutch-rifle", "grant")
CANADIAN = ("CAN", "UKR", "canadian-arms", "grant")
LRT_3 = ("CAN", "UKR", "rifle-lrt-3", "commercial-sale")
M72 = ("NOR", "UKR", "m72", "grant")
FINNISH = ("FIN", "UKR", "finnish-launcher", "grant")
TB2 = ("TUR", "UKR", "tb2", "commercial-sale")
SECOND_2020 = ("USA", "UKR", "usai-2020-second", "grant")
SECOND_2021 = ("USA", "UKR", "usai-2021-second", "grant")
M107 = ("USA", "UKR", "rifle-m107a1", "commercial-sale")
GEORGIAN = ("USA", "GEO", "javelin-launcher", "government-sale")
KALASHNIKOV = ("LTU", "UKR", "kalashnikov", "grant")
FUND = ("NATO", "UKR", "trust-fund", "grant")


@cache
def document():
    return read_document(str(FILE))


@cache
def scenario():
    return validate(Scenario, document())


@cache
def table(policy, day):
    rows = aid_table(scenario(), policy, date.fromisoformat(day))
    return {(row["donor"], row["recipient"], row["system"], row["channel"]): row for row in rows}


def named(kind):
    return {name for _, what, name in references(Scenario, document().data) if what == kind}


# ------------------------------------------------------------------------------------- the record

STATUS = [
    (JAVELIN, "2017-11-30", "blocked", "the government gave and sold no lethal weapons"),
    (M107, "2017-11-30", "allowed", "licences for private sales were given case by case"),
    (JAVELIN, "2018-05-01", "conditional", "sold on terms"),
    (JAVELIN, DAY, "conditional", "secure storage and self-defence"),
    (GIVEN_JAVELIN, DAY, "conditional", "the same terms for the gift"),
    (GEORGIAN, "2017-11-19", "blocked", "before the lift"),
    (GEORGIAN, DAY, "conditional", "stored safely, self-defence"),
    (ANTI_DRONE, "2021-04-30", "allowed", "before either version of the veto"),
    (ANTI_DRONE, "2021-11-20", "blocked", "both versions"),
    (ANTI_DRONE, "2021-12-13", "allowed", "no longer classed as lethal"),
    (BARRETT, "2021-12-13", "blocked", "still lethal"),
    (TB2, DAY, "allowed", "no restriction is known"),
    (KALASHNIKOV, DAY, "conditional", "for defence, under the UN Charter"),
    (SHIPS, "2021-06-20", "blocked", "no lethal equipment"),
    (SHIPS, DAY, "allowed", "by sale"),
    (NLAW, DAY, "blocked", "but not by grant"),
    (NLAW, "2022-01-16", "blocked", "the day before"),
    (NLAW, "2022-01-17", "conditional", "for self-defence, of short range"),
    (NLAW_SOLD, "2022-01-17", "blocked", "the gift says nothing of sales"),
    (CANADIAN, DAY, "blocked", "not by grant"),
    (LRT_3, "2017-12-12", "allowed", "Canada's own limit was on gifts"),
    (LRT_3, DAY, "conditional", "but by sale, with a permit each"),
    (CANADIAN, "2022-02-14", "allowed", "Canada's reversal"),
    (STINGER, "2022-01-18", "blocked", "without the origin's consent"),
    (STINGER, "2022-01-19", "allowed", "with it"),
    (HOWITZER, "2022-01-22", "blocked", "Germany withheld consent"),
    (HOWITZER, "2022-02-25", "blocked", "until the reversal"),
    (HOWITZER, "2022-02-26", "allowed", "the reversal"),
    (LAUNCHER, DAY, "blocked", "no weapons to regions in crisis"),
    (LAUNCHER, "2022-02-26", "allowed", "the reversal"),
    (HELMET, DAY, "allowed", "non-lethal"),
    (BOAT, DAY, "blocked", "asked for in June 2021"),
    (GERMAN_STINGER, "2022-02-26", "blocked", "no consent of the origin is on our record"),
    (RIFLES, "2022-02-17", "blocked", "the position shared with Germany"),
    (RIFLES, "2022-02-18", "allowed", "the Dutch decision"),
    (M72, "2022-02-27", "blocked", "a practice since the 1950s"),
    (M72, "2022-02-28", "allowed", "Norway's reversal"),
    (FINNISH, "2022-02-27", "blocked", "never to a conflict zone"),
    (FINNISH, "2022-02-28", "allowed", "Finland's reversal"),
    (FUND, DAY, "allowed", "non-lethal"),
]


@pytest.mark.parametrize(("row", "day", "status", "why"), STATUS, ids=lambda value: str(value)[:40])
def test_the_status_on_a_day_is_that_of_the_record(row, day, status, why):
    assert table(RECORD, day)[row]["status"] == status, why


@pytest.mark.parametrize("day", ["2021-05-01", "2021-07-01", DAY, "2021-10-31"])
def test_between_may_and_november_both_versions_of_the_veto_are_shown(day):
    versions = table(RECORD, day)[ANTI_DRONE]["versions"]
    assert versions == {"veto-november": "allowed", "veto-may": "blocked"}


@pytest.mark.parametrize("day", ["2021-04-30", "2021-11-20", "2021-12-13"])
def test_where_the_versions_agree_there_is_one(day):
    assert "versions" not in table(RECORD, day)[ANTI_DRONE]


def test_the_veto_is_by_germany_and_says_who_reports_it():
    because = table(RECORD, "2021-11-20")[ANTI_DRONE]["because"]
    assert "DEU" in {why["by"] for why in because}
    assert all(why["source"] for why in because)


def test_the_terms_of_the_javelins_are_secure_storage_and_self_defence():
    (why,) = (why for why in table(RECORD, DAY)[JAVELIN]["because"] if "version" not in why)
    assert "secure facility" in why["condition"]
    assert "self-defence" in why["condition"]
    assert "Politico" in why["source"]


def test_what_was_said_of_geographic_limits_has_speakers_and_dates():
    said = {statement.id: statement for statement in scenario().statements}
    rules = {rule.id: rule for d in scenario().decisions.values() for rule in d.adds}
    free, away = rules["usa-javelin-terms"], rules["usa-javelin-terms-away"]
    assert (free.version, away.version) == ("terms-no-limit", "terms-away")
    assert {said[name].date[:4] for name in free.said} >= {"2018", "2021"}
    assert said["kirby-terms"].actor == "USA"
    assert said["volker-terms"].date == "2018-01-28"


HELD = [
    ("javelin-launcher", "2018-03-31", 0),
    ("javelin-launcher", "2018-05-01", 37),
    ("javelin-launcher", "2020-06-15", 37),
    ("javelin-launcher", "2020-06-16", 47),
    ("javelin-launcher", "2021-10-22", 47),
    ("javelin-launcher", DAY, 77),
    ("javelin-missile", "2018-05-01", 210),
    ("javelin-missile", DAY, 540),
    ("tb2", "2018-12-31", 0),
    ("tb2", DAY, 12),
    ("island-boat", DAY, 2),
    ("island-boat", "2021-11-23", 4),
    ("rifle-barrett-m82", "2022-03-01", 0),
]


@pytest.mark.parametrize(("item", "day", "number"), HELD)
def test_what_ukraine_holds_follows_from_the_deliveries(item, day, number):
    rows = table(RECORD, day).values()
    assert sum(r["held"] for r in rows if (r["recipient"], r["system"]) == ("UKR", item)) == number


@pytest.mark.parametrize(("row", "before"), [(SECOND_2020, "2020-04-30"), (SECOND_2021, "2021-06-10")])
def test_a_tranche_waits_for_the_certification(row, before):
    rules = {rule.id: rule for rule in scenario().rules}
    rule = rules["usa-usai-2020" if row is SECOND_2020 else "usa-usai-2021"]
    assert rule.before_delivery
    assert rule.met
    assert table(RECORD, before)[row]["status"] == "conditional"
    assert table(RECORD, "2021-06-12")[row]["status"] == "allowed"


def test_a_date_known_to_the_month_stays_one():
    brought = {transfer.id: transfer for transfer in scenario().transfers}
    assert brought["javelin-launchers-ukr-2018"].delivered == "2018-04"
    assert table(RECORD, DAY)[JAVELIN]["usable_from"] == "2018-04"


# ------------------------------------------------------------------------------------ the policies


@pytest.mark.parametrize("policy", ASKED)
@pytest.mark.parametrize("day", [DAY, "2021-12-13", "2022-03-01"])
def test_every_policy_has_the_rows_of_the_record(policy, day):
    assert list(table(policy, day)) == list(table(RECORD, day))


def test_under_the_request_no_ally_blocks_defensive_lethal_systems():
    rows = table("us-request", DAY).values()
    left = [r for r in rows if r["category"] == "defensive-lethal" and r["status"] == "blocked"]
    assert left == []


def test_the_request_changes_nothing_but_statuses_and_blocks_nothing():
    for key, row in table(RECORD, DAY).items():
        asked = table("us-request", DAY)[key]
        assert (asked["held"], asked["category"]) == (row["held"], row["category"]), key
        if row["status"] != "blocked":
            assert asked["status"] != "blocked", key


def test_lethal_items_that_nobody_calls_defensive_stay_as_they_are():
    for key, row in table(RECORD, DAY).items():
        if row["category"] == "lethal":
            assert table("us-request", DAY)[key]["status"] == row["status"], key


@pytest.mark.parametrize(
    ("row", "assistance", "sales"),
    [
        (NLAW, "allowed", "blocked"),
        (NLAW_SOLD, "blocked", "allowed"),
        (LAUNCHER, "allowed", "blocked"),
        (BOAT, "blocked", "allowed"),
        (STINGER, "allowed", "blocked"),
        (M72, "allowed", "blocked"),
        (JAVELIN, "conditional", "conditional"),
        (RIFLES, "blocked", "blocked"),
    ],
)
def test_the_two_halves_of_the_request_lift_different_rows(row, assistance, sales):
    assert table("assistance-only", DAY)[row]["status"] == assistance
    assert table("sales-only", DAY)[row]["status"] == sales


def test_the_halves_together_are_the_request():
    for key, row in table("us-request", DAY).items():
        halves = {table(name, DAY)[key]["status"] for name in ("assistance-only", "sales-only")}
        assert (row["status"] == "blocked") == (halves == {"blocked"}), key


def test_where_the_united_states_stop_they_block_and_what_came_stays():
    for key, row in table("all-restrictions-kept-and-us-stops", DAY).items():
        if key[0] == "USA":
            assert row["status"] == "blocked", key
        assert row["held"] == table(RECORD, DAY)[key]["held"], key
    later = table("all-restrictions-kept-and-us-stops", "2022-03-01")
    assert later[HOWITZER]["status"] == later[LAUNCHER]["status"] == later[NLAW]["status"] == "blocked"


# ------------------------------------------------------------------------------------ the vignette


@cache
def teams(policy):
    """From when each Javelin team is in place, in hours from the start of the advance."""
    units = build_situation(scenario(), load_catalog(), policy).units
    return {u.id: u.on_station_s[0][0] / 3600 for u in units if u.system == "javelin-team"}


def test_the_same_teams_come_from_store_or_stand_forward():
    stored, forward = teams(RECORD), teams("javelins-forward")
    assert len(stored) == 12
    assert set(stored) == set(forward)
    assert set(stored.values()) == {8.0}
    assert max(forward.values()) <= 0


def test_terms_that_keep_them_away_keep_them_in_store():
    assert teams("javelins-forward-forbidden") == teams(RECORD)


def test_what_was_never_sent_stands_nowhere():
    assert teams("javelins-never-sent") == {}


def test_the_vignette_says_that_it_is_one():
    assert "textbook" in scenario().summary
    assert any("No such event took place" in line for line in scenario().notional)
    assert all(wave.kind == "notional" for wave in scenario().raid.waves)


# ---------------------------------------------------------------------------------------- sources


def test_the_file_has_neither_errors_nor_warnings():
    assert check_scenario(str(FILE)) == ()


def test_every_source_named_exists_and_every_source_is_used():
    assert named("source") == set(scenario().sources)


def test_every_decision_has_a_source_and_a_statement():
    spoken = {name for statement in scenario().statements for name in statement.about}
    for name, decision in scenario().decisions.items():
        assert decision.sources, name
        assert decision.status == "hypothetical" or decision.said or name in spoken, name


def test_every_rule_and_transfer_has_a_source():
    for decision in scenario().decisions.values():
        assert all(rule.sources for rule in decision.adds)
    assert all(rule.sources for rule in scenario().rules)
    assert all(transfer.sources for transfer in scenario().transfers)


@pytest.mark.parametrize("word", ["TASS", "Sputnik", "RT,", "TASR", "Ukrinform", "Anadolu"])
def test_a_state_directed_outlet_is_named_as_one(word):
    found = [source for source in scenario().sources.values() if word in source.publisher]
    assert found
    for source in found:
        assert "state" in source.note, source.title


def test_no_place_is_finer_than_a_city():
    for place in scenario().places.values():
        assert (round(place.lat, 1), round(place.lon, 1)) == (place.lat, place.lon)


@pytest.mark.parametrize(
    "part",
    ["lift their restrictions", "buy what it needs", "Javelins", "reforms"],
)
def test_the_ledger_has_the_statements_of_the_article(part):
    assert [s for s in scenario().statements if s.actor == "USA" and part in " ".join(s.text.split())]

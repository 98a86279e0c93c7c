"""The checks of a scenario, each on the small scenario with one change; and finding and loading files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skypact.reading import Problem, Problems, read_document
from skypact.scenario.load import find_scenario, load_scenario, shipped
from skypact.scenario.model import Scenario
from skypact.study.check import check_scenario
from tests.scenario.malformed import SMALL

Change = tuple[str, str]
RULES_END = "    sources: [proposal]\n\ndecisions:\n"
POLICIES_END = "    decisions: [help-70km]\n"
DECISION = """
  {name}:
    actor: POL
    date: "{date}"
    status: hypothetical
    title: Another decision
    sources: [proposal]
"""


def check_with(tmp_path: Path, *changes: Change) -> tuple[Problem, ...]:
    text = SMALL.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    file = tmp_path / "changed.yaml"
    file.write_text(text, encoding="utf-8")
    return check_scenario(file)


def another_decision(
    body: str, name: str = "more", date: str = "2024-06-01", policy: str = ""
) -> list[Change]:
    """A second decision, and a policy that has it besides the first."""
    decision = DECISION.format(name=name, date=date).lstrip("\n") + body
    return [
        ("decisions:\n  help-70km:", f"decisions:\n{decision}  help-70km:"),
        (POLICIES_END, f"    decisions: [{policy or f'help-70km, {name}'}]\n"),
    ]


WARNINGS: dict[str, tuple[list[Change], str, str]] = {
    "a source that is never used": (
        [("actors:\n", '  other: {title: A, publisher: B, date: "2024"}\n\nactors:\n')],
        "sources.other",
        "never used",
    ),
    "a decision in no policy": (
        [(POLICIES_END, "")],
        "decisions.help-70km",
        "no policy has this decision",
    ),
    "an act that never was beside reports": (
        [("reported_under: alone", "reported_under: helped")],
        "policies.helped.decisions[0]",
        "help-70km is proposed, and reports of what happened are put beside helped",
    ),
    "a city in the sea": (
        [("lutsk: {name: Lutsk, lat: 50.7, lon: 25.3}", "lutsk: {name: Lutsk, lat: 44.0, lon: 33.5}")],
        "places.lutsk",
        "lies in the sea",
    ),
    "a count that differs from the report": (
        [("value: 8, by", "value: 9, by")],
        "observed[0].value",
        "the waves have 8 such threats, The Newspaper reports 9 launched",
    ),
    "a route that comes back": (
        [
            (
                "via: [vinnytsia-region, chervonohrad]",
                "via: [vinnytsia-region, chervonohrad, vinnytsia-region]",
            )
        ],
        "raid.waves[0].via[2]",
        "comes to vinnytsia-region twice",
    ),
    "a ship on land": (
        [("system: iris-t-slm", "system: aegis-sm-6")],
        "laydown[0].at.lviv",
        "is not a sea area",
    ),
    "a rule that ended before": (
        [
            (
                "    to: [POL]\n    sources: [proposal]\n\n",
                '    to: [POL]\n    until: "2023"\n    sources: [proposal]\n\n',
            )
        ],
        "rules[0].until",
        "before the day of the raid",
    ),
    "a rule that begins afterwards": (
        [
            (
                "    to: [POL]\n    sources: [proposal]\n\n",
                '    to: [POL]\n    since: "2025"\n    sources: [proposal]\n\n',
            )
        ],
        "rules[0].since",
        "after the day of the raid",
    ),
    "an act of afterwards": (
        [
            *another_decision("    lifts: [tracks]\n", date="2024-08-27"),
            ("    status: hypothetical\n    title: Another", "    status: taken\n    title: Another"),
        ],
        "decisions.more.date",
        "taken after the day of the raid, and counted as in force on it by",
    ),
    "a raid on another day": (
        [("zero: 2024-08-26", "zero: 2024-09-26")],
        "raid.zero",
        "on another day than the scenario",
    ),
    "a unit that can reach nothing": (
        [
            (
                "chervonohrad: {name: Chervonohrad, lat: 50.4, lon: 24.2}",
                "chervonohrad: {name: Kherson, lat: 46.6, lon: 32.6}",
            )
        ],
        "laydown[2]",
        "pol-patriot at hrubieszow can reach nothing under any policy",
    ),
    "one idle unit of two": (
        [("at: {lviv: 1, ternopil: 1}", "at: {lviv: 1, hrubieszow: 1}")],
        "laydown[0]",
        "ukr-iris-t at hrubieszow can reach nothing",
    ),
    "a round that is better than all rounds of its kind together": (
        [
            (
                "doctrine:\n",
                "numbers:\n  effectors.patriot-pac-2-gem-t.against.drone.p_kill: "
                "{value: 0.975, kind: notional, note: x}\n\ndoctrine:\n",
            )
        ],
        "numbers.effectors.patriot-pac-2-gem-t.against.drone.p_kill",
        "0.975 is above the 0.97 of its family radar-guided, and raises it",
    ),
    "a gift to its owner": (
        another_decision(
            "    gives:\n      - {entries: [pol-patriot], to: POL, spread: {}, "
            "training_days: {value: 90, kind: notional, note: x}}\n"
        ),
        "decisions.more.gives[0].entries[0]",
        "belongs to POL already",
    ),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_names_what_is_odd_and_lets_the_file_pass(name: str, tmp_path: Path) -> None:
    changes, field, says = WARNINGS[name]
    problems = check_with(tmp_path, *changes)
    assert [p for p in problems if p.field == field and says in p.what], [str(p) for p in problems]
    assert {p.level for p in problems} == {"warning"}, [str(p) for p in problems]
    assert isinstance(load_scenario(tmp_path / "changed.yaml"), Scenario)


ERRORS: dict[str, tuple[list[Change], str, str]] = {
    "a region called as a place": (
        [
            (
                "# Weights",
                "regions:\n  lviv: {name: L, corners: [[49, 24], [50, 24], [50, 25]], note: x}\n\n# Weights",
            )
        ],
        "regions.lviv",
        "both a region and a place",
    ),
    "a region that crosses itself": (
        [
            (
                "# Weights",
                "regions:\n  r: {name: R, corners: [[49, 24], [50, 25], [50, 24], [49, 25]], note: x}\n\n# W",
            )
        ],
        "regions.r.corners",
        "without crossing",
    ),
    "a region over the date line": (
        [
            (
                "# Weights",
                "regions:\n  r: {name: R, corners: [[49, 179], [50, 179], [50, -179]], note: x}\n\n# W",
            )
        ],
        "regions.r.corners",
        "date line",
    ),
    "an actor that looks like a country": (
        [
            (
                "  RUS: {name: Russia, role: attacker}",
                "  RUS: {name: Russia, role: attacker}\n  XYZ: {name: X, role: other}",
            )
        ],
        "actors.XYZ",
        "XYZ is no country's code",
    ),
    "a source that the catalogue has with other words": (
        [
            (
                "sources:\n  proposal:",
                'sources:\n  afp-aster-2023: {title: A, publisher: B, date: "2023"}\n  proposal:',
            )
        ],
        "sources.afp-aster-2023",
        "the catalogue has another source",
    ),
    "a sensor called as a fire unit": (
        [("- id: ukr-radar", "- id: ukr-iris-t")],
        "sensors[0].id",
        "given twice",
    ),
    "two units that would be called the same": (
        [
            ("- id: pol-patriot", "- id: ukr-iris-t-west"),
            ("  hrubieszow: {", "  west-lviv: {name: West of Lviv, lat: 49.8, lon: 23.9}\n  hrubieszow: {"),
        ],
        "laydown[2].id",
        "units at lviv would be called as those of 'ukr-iris-t' at west-lviv",
    ),
    "the same name twice in a list": (
        [("attacker: [RUS]", "attacker: [RUS, RUS]")],
        "raid.attacker[1]",
        "stands twice",
    ),
    "a patrol without a radius": (
        [("radius_km: {value: 25,", "radius_km: {value: 0,")],
        "laydown[1].patrol.radius_km",
        "its patrol has no radius",
    ),
    "an interval that runs backwards": (
        [('a city."}\n', 'a city."}\n      on_station_min: [[60, 30]]\n')],
        "laydown[1].patrol.on_station_min[0]",
        "runs backwards",
    ),
    "intervals that overlap": (
        [('a city."}\n', 'a city."}\n      on_station_min: [[0, 60], [30, 90]]\n')],
        "laydown[1].patrol.on_station_min[1]",
        "before the one above it ends",
    ),
    "never on station": (
        [('a city."}\n', 'a city."}\n      on_station_min: []\n')],
        "laydown[1].patrol.on_station_min",
        "never on station",
    ),
    "half a round": (
        [
            (
                "    at: {hrubieszow: 1}\n",
                "    at: {hrubieszow: 1}\n    ready: {value: 2.5, kind: notional, note: x}\n",
            )
        ],
        "laydown[2].ready.value",
        "not a whole number of rounds",
    ),
    "a million units": (
        [("value: 12, low: 8, high: 16", "value: 900000"), ("spread: {at_most: 8}", "spread: {}")],
        "laydown[1].count",
        "units in one entry",
    ),
    "nothing to spread over": (
        [("weight: 720", "weight: 0"), ("weight: 215", "weight: 0"), ("weight: 225", "weight: 0")],
        "laydown[1].spread",
        "no asset has a weight above 0",
    ),
    "a million threats": (
        [("lviv: 6, lutsk: 2", "lviv: 1000000")],
        "raid.waves[0].aims",
        "1000000 threats in one wave",
    ),
    "a start next week": (
        [("start_min: 240", "start_min: 10080")],
        "raid.waves[1].start_min",
        "10080 min is impossible",
    ),
    "launches over a week": (
        [("spacing_s: 60", "spacing_s: 86400")],
        "raid.waves[0].spacing_s",
        "take more than two days",
    ),
    "an aim at the launch area": (
        [("lutsk: {place: lutsk,", "lutsk: {place: chervonohrad,")],
        "raid.waves[0].aims.lutsk",
        "where the last leg begins",
    ),
    "bounds of a report that cross": (
        [("value: 8, by", "value: 8, low: 9, high: 7, by")],
        "observed[0].low",
        "low 9 is above high 7",
    ),
    "an intercept inside a point": (
        [("- inside: [UKR]\n", "- inside: [lviv]\n")],
        "decisions.help-70km.adds[0].over[0].inside[0]",
        "no intercept lies inside a point",
    ),
    "an area of an actor without territory": (
        [("{name: Poland, role: ally}", "{name: Poland, role: ally, territory: []}")],
        "decisions.help-70km.adds[0].over[0].within[0].of[0]",
        "POL has no territory",
    ),
    "engage with another actor": (
        [("        classes: [drone]\n", "        classes: [drone]\n        to: [UKR]\n")],
        "decisions.help-70km.adds[0].to",
        "engage has no other actor",
    ),
    "pictures that are swapped": (
        [
            (
                "action: consent\n    to: [POL]\n    sources: [proposal]\n",
                "action: share-picture\n    to: [POL]\n    sources: [proposal]\n"
                "  - {id: other-way, holder: [POL], effect: may, action: share-picture, to: [UKR], "
                "sources: [proposal]}\n",
            )
        ],
        "rules[1].to",
        "UKR joins the picture of POL, and POL that of UKR",
    ),
    "a field that the action has no use for": (
        [("action: share-track\n", "action: share-track\n        classes: [drone]\n")],
        "decisions.help-70km.adds[1].classes",
        "share-track has no classes",
    ),
    "an end of aid in a rule of engagement": (
        [("action: engage\n", "action: engage\n        where: away\n")],
        "decisions.help-70km.adds[0].where",
        "engage has no where",
    ),
    "an act of afterwards in what happened": (
        [
            *another_decision("    lifts: [tracks]\n", date="2024-08-27"),
            ("    status: hypothetical\n    title: Another", "    status: taken\n    title: Another"),
            ("reported_under: alone", "reported_under: helped"),
        ],
        "decisions.more.date",
        "taken after the day of the raid",
    ),
    "tracks for oneself": (
        [("action: share-track\n        to: [POL]", "action: share-track\n        to: [UKR]")],
        "decisions.help-70km.adds[1].to[0]",
        "UKR is the holder itself",
    ),
    "consent with a place": (
        [("action: consent\n", "action: consent\n    over: [{inside: [UKR]}]\n")],
        "rules[0].over",
        "consent has no place",
    ),
    "a group for some classes alone": (
        [("    hold: {value: 8, kind: notional, note: Half of sixteen.}\n", "    group: west\n")],
        "doctrine[0].classes",
        "a unit is in one group",
    ),
    "half a round held back": (
        [("    hold: {value: 8,", "    hold: {value: 8.5,")],
        "doctrine[0].hold.value",
        "8.5 is not a whole number",
    ),
    "fewer at once when it is late": (
        [
            (
                "    hold: {value: 8,",
                "    concurrency: {value: 2, kind: notional, note: x}\n"
                "    concurrency_late: {value: 1, kind: notional, note: x}\n    hold: {value: 8,",
            )
        ],
        "doctrine[0].concurrency_late",
        "1 where there is no time to look, 2 where there is",
    ),
    "a family that there is not": (
        [
            (
                "doctrine:\n",
                "numbers:\n  families.radio-guided.susceptible.drone: {value: 1, kind: notional, note: x}\n\ndoctrine:\n",
            )
        ],
        "numbers.families.radio-guided.susceptible.drone",
        "the catalogue has no number of this name",
    ),
    "a reload that would never end": (
        [
            (
                "doctrine:\n",
                "numbers:\n  effectors.nasams.reload_at: {value: 18, kind: notional, note: x}\n\ndoctrine:\n",
            )
        ],
        "numbers.effectors.nasams.reload_at",
        "a reload at 18 rounds left would never end",
    ),
    "a doctrine that says nothing": (
        [("    hold: {value: 8, kind: notional, note: Half of sixteen.}\n", "")],
        "doctrine[0]",
        "says nothing",
    ),
    "a month that does not exist": (
        [
            (
                'publisher: The Newspaper\n    date: "2024-05-11"',
                'publisher: The Newspaper\n    date: "2024-13"',
            )
        ],
        "sources.proposal.date",
        "there is no day 2024-13",
    ),
    "an entry withdrawn and given": (
        another_decision(
            "    withdraws: [pol-patriot]\n    gives:\n      - {entries: [pol-patriot], to: UKR, spread: {}, "
            "training_days: {value: 90, kind: notional, note: x}}\n"
        ),
        "decisions.more.gives[0].entries[0]",
        "more gives the entry 'pol-patriot', but no policy that has more has it by then",
    ),
    "a rule lifted before it is added": (
        another_decision("    lifts: [tracks]\n", date="2024-01-01"),
        "decisions.more.lifts[0]",
        "but no policy that has more has it by then",
    ),
    "two acts of one day": (
        another_decision("    lifts: [tracks]\n", date="2024-05-11"),
        "decisions.more.lifts[0]",
        "help-70km touches the rule 'tracks' on the same day",
    ),
    "two acts that may be of one day": (
        another_decision("    lifts: [tracks]\n", date="2024-05"),
        "decisions.more.lifts[0]",
        "help-70km touches the rule 'tracks' on the same day",
    ),
    "a contradiction on what may be one day": (
        another_decision(
            "    adds:\n      - {id: no-tracks, holder: [UKR], effect: may-not, action: share-track, to: [POL], "
            "sources: [proposal]}\n",
            date="2024-05",
        ),
        "decisions.more.adds[0].effect",
        "contradict each other",
    ),
    "a gift that does not fit": (
        another_decision(
            "    gives:\n      - {entries: [ukr-mobile], to: POL, spread: {at_most: 1}, "
            "training_days: {value: 90, kind: notional, note: x}}\n"
        ),
        "decisions.more.gives[0].spread.at_most",
        "12 units do not fit",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_names_what_is_wrong(name: str, tmp_path: Path) -> None:
    changes, field, says = ERRORS[name]
    problems = check_with(tmp_path, *changes)
    found = [p for p in problems if p.field == field and says in p.what]
    assert found, [str(p) for p in problems]
    assert all(p.level == "error" and p.right for p in found)


def test_contradictions_are_only_those_of_one_day_and_one_scope(tmp_path: Path) -> None:
    """A prohibition of a later day, or of other classes, does not contradict: it decides."""

    def forbids(classes: str, date: str) -> list[Change]:
        body = (
            "    adds:\n      - {id: no-drones, holder: [POL], effect: may-not, action: engage, "
            f"classes: {classes}, stand: {{inside: [POL]}}, sources: [proposal], "
            "over: [{inside: [UKR], within: [{of: [POL], km: {value: 70, kind: notional, note: x}}]}]}\n"
        )
        return another_decision(body, date=date)

    def contradicts(changes: list[Change]) -> bool:
        problems = check_with(tmp_path, *changes)
        assert {p.level for p in problems} <= {"error", "warning"}
        return any("contradict each other" in p.what for p in problems)

    assert contradicts(forbids("[drone]", "2024-05-11"))
    assert not contradicts(forbids("[drone]", "2024-06-01"))
    assert not contradicts(forbids("[cruise]", "2024-05-11"))


def test_a_contested_count_is_no_fault_if_one_version_agrees(tmp_path: Path) -> None:
    line = "  - {what: launched, classes: [drone], value: 8, by: The Newspaper, sources: [proposal]}\n"
    other = line.replace("value: 8, by: The Newspaper", "value: 11, by: Another, contested: true")
    assert check_with(tmp_path, (line, line + other)) == ()
    over = line.replace("value: 8", "value: 7, low: 8")  # "over 7"
    assert check_with(tmp_path, (line, over)) == ()


@pytest.mark.parametrize(
    ("since", "until", "killed", "said"),
    [
        ("2023", "2024-08-01", 9, ""),
        ("2023", "2024-09", 9, "is not before"),
        ("2024-08-01", "2023", 9, "is after"),
        ("2023", "2024-08-01", 11, "more were shot down than launched"),
    ],
)
def test_a_record_ends_before_the_day(tmp_path: Path, since: str, until: str, killed: int, said: str) -> None:
    rate = f"reports: 3, launched: 10, killed: {killed}, between: 0.1"
    line = f'record:\n  drone: {{kind: reported, since: "{since}", until: "{until}", {rate}, sources: [proposal]}}\n'
    problems = check_with(tmp_path, ("observed:\n", f"{line}observed:\n"))
    assert bool(problems) == bool(said)
    assert all(said in problem.what for problem in problems)


def test_problems_are_sorted_by_place(tmp_path: Path) -> None:
    problems = check_with(
        tmp_path, ("weight: 720", "weight: -1"), ("lat: 50.7", "lat: 95"), ("baseline: alone", "baseline: x")
    )
    assert len(problems) == 3
    assert [p.line for p in problems] == sorted(p.line for p in problems)


def test_a_scenario_in_json_is_read_as_well(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(read_document(SMALL).data), encoding="utf-8")
    assert check_scenario(file) == ()
    assert load_scenario(file) == load_scenario(SMALL)


# -------------------------------------------------------------------------------- the library


def test_the_shipped_scenarios_have_no_errors() -> None:
    names = shipped()
    assert {"israel-2024-04-13", "ukraine-2024-08-26"} <= set(names)
    assert list(names) == sorted(names)
    for name in names:
        assert load_scenario(name).id == name


def test_a_misspelt_name_gets_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="did you mean ukraine-2024-08-26"):
        find_scenario("ukrain-2024-08-26")
    with pytest.raises(Problems, match="neither a shipped scenario nor a file"):
        load_scenario(tmp_path / "none.yaml")


def test_a_path_is_found_before_it_is_read(tmp_path: Path) -> None:
    assert find_scenario(SMALL) == SMALL
    assert find_scenario(str(SMALL)) == SMALL
    with pytest.raises(Problems, match="directory"):
        load_scenario(tmp_path)


def test_a_unit_that_reaches_nothing_may_be_meant(tmp_path: Path) -> None:
    """A copy of a shipped file has such warnings; who reads one must not think that the file is broken."""
    changes, _, _ = WARNINGS["a unit that can reach nothing"]
    (found,) = (one for one in check_with(tmp_path, *changes) if "can reach nothing" in one.what)
    assert "or leave it" in found.right
    assert "part of the answer" in found.right

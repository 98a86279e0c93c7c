"""Raid files: what is accepted, what is refused and in which words, and that writing gives it back."""

import copy
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Look, Raid, Threat, Track, Unit, Window, dump_raid, parse_raid, read_raid
from skypact.reading import Problems

SMALL = {
    "format": "skypact-raid/2",
    "threats": [
        {"id": "t0", "class": "cruise", "impact_s": 3600.0},
        {"id": "t1", "class": "drone", "impact_s": 4000, "offset_s": [0, 60], "wave": "w"},
        {"id": "t2", "class": "drone", "impact_s": 4100, "offset_s": [0, 60], "wave": "w"},
    ],
    "units": [
        {
            "id": "u0",
            "owner": "UKR",
            "group": "g",
            "channels": 4,
            "ready": 16,
            "salvo": 2,
            "assess_s": 5,
            "rank": 3,
        }
    ],
    "looks": [{"id": "l0", "threat": "t0", "at_s": 1185}, {"id": "l1", "threat": "t1", "at_s": 1000}],
    "tracks": [
        {"id": "k0", "threat": "t0", "looks": ["l0"]},
        {"id": "k1", "threat": "t1", "looks": ["l1"]},
    ],
    "windows": [
        {
            "threat": "t0",
            "unit": "u0",
            "opens_s": 1200,
            "closes_s": 1290,
            "flight_open_s": 31,
            "flight_close_s": 12,
            "p_kill": 0.7,
            "track": "k0",
        },
    ],
    "concurrency": {"cruise": 1, "ballistic": {"ukr": 2}},
    "concurrency_late": {"cruise": 2, "drone": {"ukr": 3}},
}


def test_the_defaults_are_those_of_the_format():
    data = copy.deepcopy(SMALL)
    del data["windows"][0]["track"]
    raid = parse_raid(data)
    assert raid.threats[0] == Threat("t0", "cruise", 3600.0, 0.0, 1.0, None, (0.0, 0.0), None, {})
    assert raid.units[0] == Unit(
        *("u0", "UKR", "g", 4, 16, "hard", None, 1.0, 16, 0, 0, 0.0, 2, 5.0, 0.0, 3.0, None, {})
    )
    assert raid.looks[0] == Look("l0", "t0", 1185.0, (0.0, 0.0), 1.0, None, 1.0, {})
    assert raid.tracks[0] == Track("k0", "t0", ("l0",))
    assert raid.windows[0] == Window("t0", "u0", 1200.0, 1290.0, 31.0, 12.0, 0.7, None, 1.0, 1.0, 2, 3.0, 0)
    assert [raid.concurrency_of(*pair) for pair in (("cruise", "g"), ("ballistic", "ukr"))] == [1, 2]
    assert [raid.concurrency_of(*pair) for pair in (("ballistic", "g"), ("drone", "g"))] == [1, 1]
    late = [("cruise", "g"), ("drone", "ukr"), ("drone", "g"), ("ballistic", "ukr")]
    assert [raid.concurrency_late_of(*pair) for pair in late] == [2, 3, 1, 2]


def test_a_window_may_differ_from_its_unit():
    data = copy.deepcopy(SMALL)
    data["windows"][0] |= {"salvo": 5, "rank": -0.5, "hold": 3}
    assert parse_raid(data).windows[0][-3:] == (5, -0.5, 3)


@pytest.mark.parametrize("empty", ["threats", "units", "windows", "concurrency", "concurrency_late"])
def test_lists_may_be_left_out(empty):
    data = {key: value for key, value in SMALL.items() if key not in (empty, "windows", "looks", "tracks")}
    assert isinstance(parse_raid(data), Raid)


# The place in SMALL, the value put there, and what the message must say.
REFUSED = [
    (("format",), "skypact-raid/3", "format: ", "skypact-raid/2"),
    (("format",), "skypact-raid/1", "format: skypact-raid/1 is an earlier format", "compile the scenario"),
    (("detections",), [], "detections: unknown field", "windows"),
    (("wimdows",), [], "wimdows: unknown field", "windows"),
    (("threats", 0, "imapct_s"), 5, "threats[0].imapct_s: unknown field", "impact_s"),
    (("threats", 0, "impact_s"), "late", "threats[0].impact_s: ", "number"),
    (("threats", 0, "impact_s"), 1e300, "threats[0].impact_s: 1e+300 is impossible", "at most 1,000,000,000"),
    (("threats", 0, "impact_s"), 10**400, "threats[0].impact_s: ", "number"),
    (("threats", 0, "impact_s"), None, "threats[0].impact_s: an empty value", "number"),
    (("threats", 0, "impact_s"), True, "threats[0].impact_s: true", "number"),
    (("threats", 0, "priority"), float("nan"), "threats[0].priority: ", "finite"),
    (("threats", 0, "priority"), float("inf"), "threats[0].priority: ", "finite"),
    (("threats", 0, "reliability"), 1.01, "threats[0].reliability: ", "at most 1"),
    (("threats", 0, "fails_s"), 3601, "threats[0].fails_s: 3601 is after impact_s", "at most 3600"),
    (("threats", 0, "fails_s"), -1, "threats[0].fails_s: ", "at least 0"),
    (("threats", 0, "offset_s"), [5, 1], "threats[0].offset_s: the interval runs backwards", "[1, 5]"),
    (("threats", 0, "offset_s"), [5], "threats[0].offset_s: ", "2"),
    (("threats", 0, "offset_s"), [1, 2, 3], "threats[0].offset_s: ", "2"),
    (("threats", 0, "offset_s"), 5, "threats[0].offset_s: ", "list"),
    (("threats", 2, "offset_s"), [0, 61], "threats[2].offset_s: differs from that of threats[1]", "[0, 60]"),
    (("threats", 1, "id"), "t0", "threats[1].id: 't0' is also the id of threats[0]", "of its own"),
    (("threats", 0, "id"), "", "threats[0].id: the name is empty", "character"),
    (("threats", 0, "id"), "a\x1fb", "threats[0].id: ", "printable"),
    (("threats", 0, "id"), "\ud800", "threats[0].id: ", "printable"),
    (("threats", 0, "id"), 7, "threats[0].id: 7", "text"),
    (("threats", 0, "class"), None, "threats[0].class: ", "text"),
    (("threats", 0, "info"), "words", "threats[0].info: ", "mapping"),
    (("threats", 0, "info"), {"a": [1, float("nan")]}, "threats[0].info.a[1]: nan", "finite"),
    (("threats", 0), 5, "threats[0]: 5", "mapping"),
    (("threats",), {}, "threats: a mapping", "list"),
    (("units", 0, "channels"), 2.5, "units[0].channels: 2.5", "whole number"),
    (("units", 0, "channels"), -1, "units[0].channels: -1", "at least 0"),
    (("units", 0, "ready"), 10**10, "units[0].ready: ", "at most 1,000,000,000"),
    (("units", 0, "ready"), "16", "units[0].ready: '16'", "whole number"),
    (("units", 0, "salvo"), 0, "units[0].salvo: 0", "at least 1"),
    (("units", 0, "kind"), "sofd", "units[0].kind: 'sofd'", "soft"),
    (("units", 0, "reload"), 5, "units[0].reload: ", "reload_s"),
    (("units", 0, "reload_at"), 1.5, "units[0].reload_at: ", "whole number"),
    (("units", 0, "family"), "", "units[0].family: the name is empty", "character"),
    (("units", 0, "availability"), 1.5, "units[0].availability: ", "at most 1"),
    (("units", 0, "recover_s"), -0.1, "units[0].recover_s: ", "at least 0"),
    (("units", 0, "attempts"), -1, "units[0].attempts: ", "at least 0"),
    (("windows", 0, "closes_s"), 1199.5, "windows[0].closes_s: 1199.5 is before opens_s", "at least 1200"),
    (("windows", 0, "p_kill"), -0.2, "windows[0].p_kill: ", "at least 0"),
    (("windows", 0, "flight_close_s"), -1, "windows[0].flight_close_s: ", "at least 0"),
    (("windows", 0, "unit"), "u1", "windows[0].unit: unknown unit 'u1'", "u0"),
    (("windows", 0, "threat"), "t00", "windows[0].threat: unknown threat 't00'", "t0"),
    (("windows", 0, "hold"), -1, "windows[0].hold: ", "at least 0"),
    (("windows", 0, "info"), {}, "windows[0].info: unknown field", ""),
    (("windows", 0, "track"), "k7", "windows[0].track: unknown track 'k7'", "did you mean k"),
    (("windows", 0, "track"), "k1", "windows[0].track: track 'k1' is of threat 't1'", "threat 't0'"),
    (("windows", 0, "p_acquire"), 1.1, "windows[0].p_acquire: ", "at most 1"),
    (("windows", 0, "susceptible"), 0, "windows[0].susceptible: 0 is impossible", "more than 0"),
    (
        ("windows", 0, "susceptible"),
        0.8,
        "windows[0].susceptible: 0.8, but unit 'u0' has no family",
        "family",
    ),
    (("windows", 0, "susceptible"), 0.6, "windows[0].susceptible: 0.6 is below p_kill, 0.7", "at least 0.7"),
    (("windows", 0, "opens_s"), 3600.5, "windows[0].closes_s: 1290 is before opens_s", "at least 3600.5"),
    (("windows", 0, "closes_s"), 3601, "windows[0].closes_s: 3601 is after the impact, 3600", "at most 3600"),
    (
        *(("windows", 0, "closes_s"), 3588.000001),
        *("windows[0].flight_close_s: the intercept at 3600.000001 is after the impact", "at most 11.999999"),
    ),
    (
        *(("windows", 0, "flight_open_s"), 2400.000001),
        *("windows[0].flight_open_s: the intercept at 3600.000001 is after the impact, 3600", "at most 2400"),
    ),
    (("looks", 0, "id"), "l1", "looks[1].id: 'l1' is also the id of looks[0]", "of its own"),
    (("looks", 0, "threat"), "T0", "looks[0].threat: unknown threat 'T0'", "t0"),
    (("looks", 0, "delay_s"), [3, 2], "looks[0].delay_s: the interval runs backwards", "[2, 3]"),
    (("looks", 0, "delay_s"), [-1, 2], "looks[0].delay_s[0]: ", "at least 0"),
    (("looks", 0, "p_detect"), 2, "looks[0].p_detect: ", "at most 1"),
    (
        ("looks", 0, "susceptible"),
        0.5,
        "looks[0].susceptible: 0.5, but the look has no family",
        "1, or a family",
    ),
    (("looks", 0, "info"), {"a": float("inf")}, "looks[0].info.a: inf", "finite"),
    (("tracks", 0, "threat"), "t9", "tracks[0].threat: unknown threat 't9'", "did you mean t"),
    (("tracks", 0, "looks"), [], "tracks[0].looks: empty", "at least 1"),
    (("tracks", 0, "looks", 0), "l9", "tracks[0].looks[0]: unknown look 'l9'", "did you mean l"),
    (("tracks", 0, "looks", 0), "l1", "tracks[0].looks[0]: look 'l1' is of threat 't1'", "threat 't0'"),
    (("tracks", 0, "info"), {}, "tracks[0].info: unknown field", ""),
    (("concurrency", "cruise"), 0, "concurrency.cruise: 0", "whole number from 1"),
    (("concurrency", "cruise"), 1.5, "concurrency.cruise: 1.5", "whole number"),
    (("concurrency", "ballistic"), {"ukr": None}, "concurrency.ballistic.ukr: ", "whole number"),
    (("concurrency_late", "cruise"), -1, "concurrency_late.cruise: -1", "whole number"),
    (("concurrency", "cruise"), 3, "concurrency_late.cruise: 2 is below concurrency, 3", "at least 3"),
    (("concurrency", "cruise"), {"x": 3}, "concurrency_late.cruise: 2 is below concurrency, 3", "at least 3"),
    (("concurrency", "drone"), 4, "concurrency_late.drone.ukr: 3 is below concurrency, 4", "at least 4"),
    (
        ("concurrency_late", "ballistic"),
        1,
        "concurrency_late.ballistic: 1 is below concurrency, 2",
        "at least 2",
    ),
    (("concurrency",), [1], "concurrency: ", "mapping"),
]


@pytest.mark.parametrize(("path", "value", "start", "right"), REFUSED)
def test_what_is_wrong_is_said_where_it_stands(path, value, start, right, tmp_path):
    data = copy.deepcopy(SMALL)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Problems) as bad:
        parse_raid(data)
    found = [p for p in map(str, bad.value.problems) if p.startswith(f"raid:1:1: {start}")]
    assert len(found) == 1, bad.value
    assert right in found[0][found[0].index(" (") :]

    file = tmp_path / "raid.json"
    file.write_text(json.dumps(data, indent=1), encoding="utf-8")
    with pytest.raises(Problems) as bad:
        read_raid(file)
    (problem,) = [p for p in bad.value.problems if f"{p.field}: {p.what}".startswith(start.rstrip())]
    named = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert named in "\n".join(lines[max(0, problem.line - 4) : problem.line])


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("threats", 0, "impact_s"), "threats[0].impact_s"),
        (("units", 0, "owner"), "units[0].owner"),
        (("windows", 0, "p_kill"), "windows[0].p_kill"),
        (("looks", 0, "at_s"), "looks[0].at_s"),
        (("tracks", 0, "looks"), "tracks[0].looks"),
        (("format",), "format"),
    ],
)
def test_what_is_missing_is_named(path, field):
    data = copy.deepcopy(SMALL)
    place = data
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    with pytest.raises(Problems, match=r"missing \(add"):
        parse_raid(data)
    with pytest.raises(Problems) as bad:
        parse_raid(data)
    assert [p.field for p in bad.value.problems] == [field]


def test_a_reserve_needs_a_magazine():
    data = copy.deepcopy(SMALL)
    data["units"][0] |= {"ready": 0, "reserve": 3}
    with pytest.raises(Problems, match=r"units\[0\].reserve: .* \(a magazine of at least 1\)"):
        parse_raid(data)
    data["units"][0]["magazine"] = 0
    with pytest.raises(Problems, match=r"units\[0\].magazine"):
        parse_raid(data)
    data["units"][0]["magazine"] = 1
    assert parse_raid(data).units[0].magazine == 1
    data["units"][0]["reload_at"] = 1
    with pytest.raises(Problems, match=r"units\[0\].magazine: .* reloaded at 1 \(a magazine of at least 2\)"):
        parse_raid(data)
    del data["units"][0]["reserve"]
    assert parse_raid(data).units[0].reload_at == 1


def test_endless_engagements_at_one_moment_are_refused():
    data = copy.deepcopy(SMALL)
    del data["units"][0]["assess_s"]
    assert parse_raid(data).units[0].assess_s == 0  # both flights take time
    data["windows"][0]["flight_close_s"] = 0
    with pytest.raises(Problems, match=r"units\[0\].recover_s: engagements take no time: .*windows\[0\]"):
        parse_raid(data)
    for more in ({"assess_s": 1e-6}, {"recover_s": 2}, {"attempts": 0}):
        again = copy.deepcopy(data)
        again["units"][0] |= more
        assert parse_raid(again)


def test_susceptible_may_be_as_low_as_the_chance_it_bounds():
    data = copy.deepcopy(SMALL)
    data["units"][0]["family"] = "radar"
    data["windows"][0]["susceptible"] = 0.7
    data["looks"][0] |= {"family": "radar", "p_detect": 0.5, "susceptible": 0.5}
    raid = parse_raid(data)
    assert (raid.windows[0].susceptible, raid.looks[0].susceptible) == (0.7, 0.5)


def test_a_raid_of_the_earlier_format_is_one_problem():
    data = copy.deepcopy(SMALL) | {"format": "skypact-raid/1", "detections": [{"group": 5}]}
    with pytest.raises(Problems) as bad:
        parse_raid(data)
    (problem,) = map(str, bad.value.problems)
    assert problem == (
        "raid:1:1: format: skypact-raid/1 is an earlier format, which is not read any more"
        " (skypact-raid/2: compile the scenario anew)"
    )


def test_all_problems_come_at_once_with_line_and_column(tmp_path):
    file = tmp_path / "raid.json"
    file.write_text(
        '{"format": "skypact-raid/2",\n'
        ' "threats": [{"id": "t0", "class": "a", "impact_s": -2e9},\n'
        '             {"id": "t0", "class": "a",  "impact_s": NaN}],\n'
        ' "units": [{"id": "u", "owner": "o", "group": "g", "channels": 1, "ready": 1, "ready": 2}]}\n'
    )
    with pytest.raises(Problems) as bad:
        read_raid(file)
    assert [(p.line, p.column, p.field) for p in bad.value.problems] == [
        (2, 53, "threats[0].impact_s"),
        (3, 21, "threats[1].id"),
        (3, 54, "threats[1].impact_s"),
        (4, 79, "units[0].ready"),
    ]
    assert str(bad.value.problems[3]).endswith("'ready' is given twice (keep one)")


@pytest.mark.parametrize(
    "text",
    ["", "{", '{"format": "skypact-raid/2",}', "[1]", "3", "null", "\x00", "[" * 200_000, '{"a": 1} 2', "'"],
)
def test_what_is_not_a_raid_at_all(text, tmp_path):
    file = tmp_path / "raid.json"
    file.write_text(text)
    with pytest.raises(Problems) as bad:
        read_raid(file)
    assert all(p.file == str(file) and p.line >= 1 and p.what for p in bad.value.problems)


def test_a_folder_and_a_missing_file(tmp_path):
    for path in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(Problems):
            read_raid(path)


# ------------------------------------------------------------------------- writing and reading back

names = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8)
moments = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda x: abs(x) <= 1e9)
durations = st.floats(0, 1e9)
chances = st.floats(0, 1)
reals = st.floats(allow_nan=False, allow_infinity=False)
counts = st.integers(0, 10**9)
descriptions = st.dictionaries(
    names,
    st.recursive(st.none() | st.booleans() | reals | names | counts, st.lists, max_leaves=4),
    max_size=2,
)


def intervals(ends):
    return st.tuples(ends, ends).map(lambda pair: (min(pair), max(pair)))


@st.composite
def raids(draw):
    waves = draw(st.dictionaries(names, intervals(moments), max_size=2))
    threats = []
    for one in draw(st.lists(names, unique=True, max_size=4)):
        wave = draw(st.sampled_from([None, *waves]))
        impact = draw(moments)
        fails = draw(st.none() | st.floats(0, impact)) if impact > 0 else None
        offset = draw(intervals(moments)) if wave is None else waves[wave]
        threats.append(
            Threat(
                one, draw(names), impact, draw(reals), draw(chances), fails, offset, wave, draw(descriptions)
            )
        )
    units = [
        Unit(
            one,
            *(draw(names), draw(names), draw(counts), draw(counts)),
            kind=draw(st.sampled_from(["hard", "soft"])),
            family=draw(st.none() | names),
            availability=draw(chances),
            magazine=draw(st.integers(10, 10**9)),
            reserve=draw(counts),
            reload_at=draw(st.integers(0, 9)),
            reload_s=draw(durations),
            salvo=draw(st.integers(1, 10**9)),
            assess_s=draw(durations),
            recover_s=draw(st.floats(1e-9, 1e9)),
            rank=draw(reals),
            attempts=draw(st.none() | counts),
            info=draw(descriptions),
        )
        for one in draw(st.lists(names, unique=True, max_size=3))
    ]
    looks = [
        Look(
            f"{threat.id}/{number}",
            threat.id,
            draw(moments),
            draw(intervals(durations)),
            *draw(susceptible(family := draw(st.none() | names))),
            info=draw(descriptions),
        )._replace(family=family)
        for threat in threats
        for number in range(draw(st.integers(0, 2)))
    ]
    tracks = [Track(f"k{number}", look.threat, (look.id,)) for number, look in enumerate(looks)]
    windows = []
    for threat in threats:
        for unit in units:
            for _ in range(draw(st.integers(0, 2))):
                opens, closes = draw(intervals(st.floats(-1e9, threat.impact_s)))
                p_kill, _, share = draw(susceptible(unit.family))
                windows.append(
                    Window(
                        threat.id,
                        unit.id,
                        opens,
                        closes,
                        max(0.0, min(draw(durations), threat.impact_s - opens - 1.0)),
                        0.0,
                        p_kill,
                        draw(st.sampled_from([None, *(k.id for k in tracks if k.threat == threat.id)])),
                        draw(chances),
                        share,
                        salvo=draw(st.integers(1, 9)),
                        rank=draw(reals),
                        hold=draw(counts),
                    )
                )
    limits = st.integers(1, 9) | st.dictionaries(names, st.integers(1, 9), max_size=2)
    late = st.integers(9, 99) | st.dictionaries(names, st.integers(9, 99), max_size=2)
    return Raid(
        tuple(threats),
        tuple(units),
        tuple(looks),
        tuple(tracks),
        tuple(windows),
        draw(st.dictionaries(names, limits, max_size=2)),
        draw(st.dictionaries(names, late, max_size=2)),
        draw(descriptions),
    )


def susceptible(family):
    """A chance, the family to which it belongs, and a share that is no less."""
    if family is None:
        return chances.map(lambda p: (p, None, 1.0))
    return st.tuples(chances, st.floats(1e-6, 1)).map(lambda pair: (min(pair), family, max(pair)))


@settings(deadline=None, max_examples=80)
@given(raids())
def test_a_raid_that_is_written_reads_back_equal(raid):
    assert parse_raid(json.loads(dump_raid(raid))) == raid


def test_a_synthetic_raid_reads_back_equal_from_a_file(tmp_path):
    raid = synthetic_raid(100, 20, 5, features="all")
    file = tmp_path / "raid.json"
    file.write_text(dump_raid(raid), encoding="utf-8")
    assert read_raid(file) == raid


def test_a_file_of_a_hundred_thousand_windows_is_read_quickly(tmp_path):
    raid = synthetic_raid(10_000, 400, 10)
    assert len(raid.windows) > 95_000
    file = tmp_path / "raid.json"
    file.write_text(dump_raid(raid), encoding="utf-8")
    began = time.process_time()
    read = read_raid(file)
    assert time.process_time() - began < 6  # about 1 s on an idle machine
    assert read == raid

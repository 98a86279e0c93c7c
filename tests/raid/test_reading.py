"""Raid files: what is accepted, what is refused and in which words, and that writing gives it back."""

import copy
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Detection, Raid, Threat, Unit, Window, dump_raid, parse_raid, read_raid
from skypact.reading import Problems

SMALL = {
    "format": "skypact-raid/1",
    "threats": [
        {"id": "t0", "class": "cruise", "impact_s": 3600.0},
        {"id": "t1", "class": "drone", "impact_s": 4000, "offset_s": [0, 60], "wave": "w"},
        {"id": "t2", "class": "drone", "impact_s": 4100, "offset_s": [0, 60], "wave": "w"},
    ],
    "units": [{"id": "u0", "owner": "UKR", "group": "g", "channels": 4, "ready": 16, "salvo": 2, "rank": 3}],
    "windows": [
        {
            "threat": "t0",
            "unit": "u0",
            "opens_s": 1200,
            "closes_s": 1290,
            "flight_open_s": 31,
            "flight_close_s": 12,
            "p_kill": 0.7,
        }
    ],
    "detections": [{"group": "g", "threat": "t0", "detected_s": 1185}],
    "concurrency": {"cruise": 1, "ballistic": {"ukr": 2}},
}


def test_the_defaults_are_those_of_the_format():
    raid = parse_raid(SMALL)
    assert raid.threats[0] == Threat("t0", "cruise", 3600.0, 0.0, 1.0, None, (0.0, 0.0), None, {})
    assert raid.units[0] == Unit("u0", "UKR", "g", 4, 16, "hard", 16, 0, 0.0, 2, 0.0, 0.0, 3.0, None, {})
    assert raid.windows[0] == Window("t0", "u0", 1200.0, 1290.0, 31.0, 12.0, 0.7, 2, 3.0, 0)
    assert raid.detections[0] == Detection("g", "t0", 1185.0, (0.0, 0.0), 1.0)
    assert [raid.concurrency_of(*pair) for pair in (("cruise", "g"), ("ballistic", "ukr"))] == [1, 2]
    assert [raid.concurrency_of(*pair) for pair in (("ballistic", "g"), ("drone", "g"))] == [1, 1]


def test_a_window_may_differ_from_its_unit():
    data = copy.deepcopy(SMALL)
    data["windows"][0] |= {"salvo": 5, "rank": -0.5, "hold": 3}
    assert parse_raid(data).windows[0][-3:] == (5, -0.5, 3)


@pytest.mark.parametrize("empty", ["threats", "units", "windows", "detections", "concurrency"])
def test_lists_may_be_left_out(empty):
    data = {key: value for key, value in SMALL.items() if key not in (empty, "windows", "detections")}
    assert isinstance(parse_raid(data), Raid)


# The place in SMALL, the value put there, and what the message must say.
REFUSED = [
    (("format",), "skypact-raid/2", "format: ", "skypact-raid/1"),
    (("wimdows",), [], "wimdows: unknown field", "windows"),
    (("threats", 0, "imapct_s"), 5, "threats[0].imapct_s: unknown field", "impact_s"),
    (("threats", 0, "impact_s"), "late", "threats[0].impact_s: ", "number"),
    (("threats", 0, "impact_s"), 1e300, "threats[0].impact_s: 1e+300 is impossible", "at most 1e+09"),
    (("threats", 0, "impact_s"), 10**400, "threats[0].impact_s: ", "number"),
    (("threats", 0, "impact_s"), None, "threats[0].impact_s: an empty value", "number"),
    (("threats", 0, "impact_s"), True, "threats[0].impact_s: true", "number"),
    (("threats", 0, "priority"), float("nan"), "threats[0].priority: ", "finite"),
    (("threats", 0, "priority"), float("inf"), "threats[0].priority: ", "finite"),
    (("threats", 0, "reliability"), 1.01, "threats[0].reliability: ", "at most 1"),
    (("threats", 0, "fails_s"), 3601, "threats[0].fails_s: 3601 is after impact_s", "at most 3600"),
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
    (("units", 0, "ready"), 10**10, "units[0].ready: ", "at most 1e+09"),
    (("units", 0, "ready"), "16", "units[0].ready: '16'", "whole number"),
    (("units", 0, "salvo"), 0, "units[0].salvo: 0", "at least 1"),
    (("units", 0, "kind"), "sofd", "units[0].kind: 'sofd'", "soft"),
    (("units", 0, "reload"), 5, "units[0].reload: ", "reload_s"),
    (("units", 0, "recover_s"), -0.1, "units[0].recover_s: ", "at least 0"),
    (("units", 0, "attempts"), -1, "units[0].attempts: ", "at least 0"),
    (("windows", 0, "closes_s"), 1199.5, "windows[0].closes_s: 1199.5 is before opens_s", "at least 1200"),
    (("windows", 0, "p_kill"), -0.2, "windows[0].p_kill: ", "at least 0"),
    (("windows", 0, "flight_close_s"), -1, "windows[0].flight_close_s: ", "at least 0"),
    (("windows", 0, "unit"), "u1", "windows[0].unit: unknown unit 'u1'", "u0"),
    (("windows", 0, "threat"), "t00", "windows[0].threat: unknown threat 't00'", "t0"),
    (("windows", 0, "hold"), -1, "windows[0].hold: ", "at least 0"),
    (("windows", 0, "info"), {}, "windows[0].info: unknown field", ""),
    (("detections", 0, "threat"), "T0", "detections[0].threat: unknown threat 'T0'", "t0"),
    (("detections", 0, "delay_s"), [3, 2], "detections[0].delay_s: the interval runs backwards", "[2, 3]"),
    (("detections", 0, "delay_s"), [-1, 2], "detections[0].delay_s[0]: ", "at least 0"),
    (("detections", 0, "p_detect"), 2, "detections[0].p_detect: ", "at most 1"),
    (("concurrency", "cruise"), -1, "concurrency.cruise: -1", "whole number"),
    (("concurrency", "cruise"), 1.5, "concurrency.cruise: 1.5", "whole number"),
    (("concurrency", "ballistic"), {"ukr": None}, "concurrency.ballistic.ukr: ", "whole number"),
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
        (("detections", 0, "detected_s"), "detections[0].detected_s"),
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
    with pytest.raises(Problems, match=r"units\[0\].reserve"):
        parse_raid(data)
    data["units"][0]["magazine"] = 0
    with pytest.raises(Problems, match=r"units\[0\].magazine"):
        parse_raid(data)
    data["units"][0]["magazine"] = 1
    assert parse_raid(data).units[0].magazine == 1


def test_a_pair_has_one_detection():
    data = copy.deepcopy(SMALL)
    data["detections"] *= 2
    with pytest.raises(Problems, match=r"detections\[1\]: group 'g' and threat 't0' already have"):
        parse_raid(data)


def test_all_problems_come_at_once_with_line_and_column(tmp_path):
    file = tmp_path / "raid.json"
    file.write_text(
        '{"format": "skypact-raid/1",\n'
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
    ["", "{", '{"format": "skypact-raid/1",}', "[1]", "3", "null", "\x00", "[" * 200_000, '{"a": 1} 2', "'"],
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
        fails = draw(st.none() | st.floats(-1e9, impact))
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
            magazine=draw(st.integers(1, 10**9)),
            reserve=draw(counts),
            reload_s=draw(durations),
            salvo=draw(st.integers(1, 10**9)),
            assess_s=draw(durations),
            recover_s=draw(durations),
            rank=draw(reals),
            attempts=draw(st.none() | counts),
            info=draw(descriptions),
        )
        for one in draw(st.lists(names, unique=True, max_size=3))
    ]
    windows = [
        Window(
            threat.id,
            unit.id,
            *draw(intervals(moments)),
            *(draw(durations), draw(durations), draw(chances), draw(st.integers(1, 9)), draw(reals)),
            hold=draw(counts),
        )
        for threat in threats
        for unit in units
        for _ in range(draw(st.integers(0, 2)))
    ]
    groups = draw(st.lists(names, unique=True, max_size=2))
    detections = [
        Detection(group, threat.id, draw(moments), draw(intervals(durations)), draw(chances))
        for group in groups
        for threat in threats
    ]
    limits = counts | st.dictionaries(names, counts, max_size=2)
    return Raid(
        tuple(threats),
        tuple(units),
        tuple(windows),
        tuple(detections),
        draw(st.dictionaries(names, limits, max_size=2)),
        draw(descriptions),
    )


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

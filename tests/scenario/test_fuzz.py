"""Whatever is done to a scenario file, the answer is a list of problems or a scenario that works."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skypact.catalog import load_catalog
from skypact.policy import build_situation
from skypact.reading import Problems, read_document
from skypact.scenario.load import load_scenario
from skypact.study.check import check_scenario
from tests.scenario.malformed import SMALL

GOOD = read_document(SMALL).data
TEXT = SMALL.read_text(encoding="utf-8")
SLOW = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}

names = st.sampled_from(
    [
        "lviv",
        "POL",
        "UKR",
        "drones",
        "help-70km",
        "tracks",
        "proposal",
        "alone",
        "kalibr",
        "iris-t-slm",
        "drone",
    ]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | names
    | st.text(max_size=20)
    | st.sampled_from(
        ["2024", "2024-02-30", "0000", "9999-12-31", "-", "1e3", "2024-08-26T03:00:00Z", "[key]"]
    )
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(names | st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
mutations = st.lists(
    st.tuples(
        st.sampled_from(["delete", "replace", "duplicate", "move"]),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        values,
    ),
    min_size=1,
    max_size=5,
)


def _nodes(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all values below the top."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, item in items for found in [(*path, key), *_nodes(item, (*path, key))]]


def _get(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _mutated(steps: list[tuple[str, int, int, Any]]) -> Any:
    data = copy.deepcopy(GOOD)
    for kind, where, whence, value in steps:
        paths = _nodes(data)
        if not paths:
            break
        path, other = paths[where % len(paths)], paths[whence % len(paths)]
        parent, key = _get(data, path[:-1]), path[-1]
        if kind == "delete":
            del parent[key]
        elif kind == "replace":
            parent[key] = value
        elif kind == "duplicate" and isinstance(parent, list):
            parent.insert(0, copy.deepcopy(parent[key]))
        else:  # a value of another place, or one of a mapping under another name
            fresh = copy.deepcopy(_get(data, other))
            parent[key if isinstance(parent, list) or kind == "move" else f"{key}x"] = fresh
    return data


def _answers(file: Path) -> None:
    problems = check_scenario(file)
    assert all(str(problem).startswith(f"{file}:") for problem in problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    errors = tuple(problem for problem in problems if problem.level == "error")
    if errors:
        with pytest.raises(Problems) as bad:
            load_scenario(file)
        assert bad.value.problems == errors
        return
    scenario = load_scenario(file)
    for policy in scenario.policies:
        build_situation(scenario, load_catalog(), policy)


@settings(max_examples=150, **SLOW)
@given(mutations)
def test_mutated_data_never_raise_anything_but_bad_input(
    tmp_path: Path, steps: list[tuple[str, int, int, Any]]
) -> None:
    file = tmp_path / "mutated.json"
    file.write_text(json.dumps(_mutated(steps)), encoding="utf-8")
    _answers(file)


@settings(max_examples=150, **SLOW)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 8), st.text(max_size=6)), min_size=1, max_size=4)
)
def test_mutated_text_never_raises_anything_but_bad_input(
    tmp_path: Path, cuts: list[tuple[int, int, str]]
) -> None:
    text = TEXT
    for start, length, instead in cuts:
        start %= len(text)
        text = text[:start] + instead + text[start + length :]
    file = tmp_path / "mutated.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    _answers(file)

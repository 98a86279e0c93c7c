"""A changed value stands in the text, and nothing else of it is another."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.reading import Problems, parse_document
from skypact.reading.edit import data_of, put, take

SMALL = (Path(__file__).parents[1] / "scenario" / "small.yaml").read_text(encoding="utf-8")
TEXT = """# first
units:   # who
  - id: a
    count: {value: 3, kind: notional}   # three
    note: >
      Long and
      folded.

    # of b
  - id: b
    at: {lviv: 1}
empty:
nothing: {}
list: [1, 2]
end: "x"  # last"""


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    data = copy.deepcopy(data)
    at = data
    for step in path[:-1]:
        at = at[step]
    if isinstance(at, list) and path[-1] == len(at):
        at.append(value)
    else:
        at[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("units", 0, "count", "value"), 4.5),
        (("units", 0, "count", "low"), 2),
        (("units", 0, "note"), "other: words # here"),
        (("units", 0, "count"), 7),
        (("units", 0, "at"), {"lviv": 1, "a-b": 2}),
        (("units", 1, "at", "kyiv"), 2),
        (("units", 2), {"id": "c", "count": {"value": 1, "note": "a" * 100}, "over": ["x", "y"]}),
        (("units", 1), {"id": "no"}),
        (("empty",), None),
        (("empty",), "yes"),
        (("nothing", "here"), [1, {"a": 2}]),
        (("list", 1), "two, three"),
        (("list", 2), {"a": ""}),
        (("end",), "- y"),
        (("new",), {"a": ["Ünder", "c’d", True, None, 1e300]}),
    ],
)
def test_only_what_was_meant_is_another(path: tuple[Any, ...], value: Any) -> None:
    found = put(TEXT, path, value)
    assert parse_document(found, "x").data == changed(parse_document(TEXT, "x").data, path, value)
    for comment in ("# first", "# who", "# of b", "# last"):
        assert comment in found


@pytest.mark.parametrize(
    "path", [("units", 0), ("units", 1), ("units", 0, "id"), ("units", 0, "note"), ("units", 1, "at", "lviv"),
             ("units", 0, "count", "kind"), ("units",), ("list", 0), ("list", 1), ("end",), ("empty",)]
)  # fmt: skip
def test_only_what_was_meant_is_gone(path: tuple[Any, ...]) -> None:
    data = parse_document(TEXT, "x").data
    at = data
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    assert parse_document(take(TEXT, path), "x").data == data
    assert take(TEXT, ("nobody",)) == TEXT


def test_what_is_missing_on_the_way_is_made() -> None:
    assert data_of(put("a: 1\n", ("b", "c", 0, "d"), 2)) == {"a": 1, "b": {"c": [{"d": 2}]}}


@pytest.mark.parametrize("path", [(), ("end", "deeper"), ("list", 5), ("list", "x"), ("new", 3)])
def test_where_nothing_can_stand_is_said(path: tuple[Any, ...]) -> None:
    with pytest.raises(Problems, match="nothing can be put there"):
        put(TEXT, path, 1)


def test_what_cannot_be_read_is_said() -> None:
    for text in ("a: [", "a: &x 1\nb: *x\n"):
        with pytest.raises(Problems):
            put(text, ("a",), 1)


def test_what_json_cannot_have_is_left_out() -> None:
    assert data_of("a: .inf\nb: [.nan, 1]\n") == {"a": None, "b": [None, 1]}


def paths(data: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, one in items for found in ((*above, key), *paths(one, (*above, key)))]


WHOLE = {"small": SMALL}
PLACES = [(name, path) for name, text in WHOLE.items() for path in paths(parse_document(text, name).data)]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b-c", "true"]), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(place=st.sampled_from(PLACES), value=VALUES)
@settings(max_examples=30, deadline=None, derandomize=True)
def test_anywhere_in_scenarios(place: tuple[str, tuple[Any, ...]], value: Any) -> None:
    name, path = place
    before = parse_document(WHOLE[name], name).data
    assert parse_document(put(WHOLE[name], path, value), name).data == changed(before, path, value)
    again = put(take(WHOLE[name], path), path, value) if isinstance(path[-1], str) else None
    if again is not None:
        assert parse_document(again, name).data == changed(before, path, value)

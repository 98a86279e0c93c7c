"""Reading files: plain data, the place of everything, and what is refused."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skypact.reading import Problem, Problems, parse_document, read_document, read_text, scan_document

keys = st.text("abcdefgh_-", min_size=1, max_size=6)
words = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=20)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(plain.filter(lambda data: data is not None))
def test_json_means_what_json_means(data: object) -> None:
    assert parse_document(json.dumps(data), "x.json").data == data


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        parse_document(text, "x.yaml")
    except Problems as bad:
        return bad.problems
    return ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("12", 12),
        ("-3", -3),
        ("+7", 7),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        (".inf", math.inf),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("12:30:45", "12:30:45"),
        ("2024-08-26", "2024-08-26"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("1.2.3", "1.2.3"),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    """No surprises of YAML 1.1: words stay words, and dates and times stay text."""
    found = parse_document(f"a: {text}\n", "x.yaml").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_value_and_key_has_its_place() -> None:
    document = parse_document("a:\n  - x\n  - {b: 1, c: [2,\n      3]}\n", "x.yaml")
    assert document.mark(("a", 0)) == (2, 5)
    assert document.mark(("a", 1, "b")) == (3, 9)
    assert document.mark(("a", 1, "b"), key=True) == (3, 6)
    assert document.mark(("a", 1, "c", 1)) == (4, 7)


def test_what_is_missing_stands_at_its_nearest_ancestor() -> None:
    document = parse_document("a:\n  b: {c: 1}\n", "x.yaml")
    assert document.mark(("a", "b", "d", "e")) == (2, 6)
    assert document.mark(("z",)) == (1, 1)


def test_a_problem_is_one_line() -> None:
    document = parse_document("a:\n  b: 1\n", "x.yaml")
    assert str(document.problem(("a", "b"), "is\nwrong", "2")) == "x.yaml:2:6: a.b: is wrong (2)"
    assert str(document.problem(("a", "b"), "odd", level="warning")) == "x.yaml:2:6: warning: a.b: odd"
    assert str(document.problem(("a",), "steers \x1b[31m the terminal")).isprintable()


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: 1\nb: &x 2\n", 2, 4, "anchors and aliases are not allowed"),
        ("a: 1\nb: *x\n", 2, 4, "anchors and aliases are not allowed"),
        ("a: !!int 3\n", 1, 4, "the tag tag:yaml.org,2002:int is not allowed"),
        ("a: !mine 3\n", 1, 4, "the tag !mine is not allowed"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document begins"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "'a' is given twice (keep one; the first is in line 1)"),
        ("? {a: 1}\n: 2\n", 1, 3, "a key must be a plain word"),
        ("a:\n\tb: 1\n", 2, 1, "indent with spaces, not with tabs"),
        ("a: 'open\nb: 1\n", 1, 4, "end of stream"),
        ("a: [1, 2\nb: 3\n", 2, 2, "not valid YAML"),
        ("a: 1\nb: \x01\n", 2, 4, "a control character"),
        ("a: é€\nb: x\x1b\n", 2, 5, "a control character"),
        ("", 1, 1, "the file is empty"),
        ("# nothing\n", 1, 1, "the file is empty"),
        ("a: " + "[" * 70 + "]" * 70, 1, 63, "nested more than 60 deep"),
    ],
)
def test_what_is_refused_and_where(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(Problems) as bad:
        parse_document(text, "x.yaml")
    (problem,) = bad.value.problems
    assert str(problem).startswith(f"x.yaml:{line}:{column}: ")
    assert says in str(problem)


def test_a_quote_that_closes_too_late_is_traced_to_where_it_opened() -> None:
    with pytest.raises(Problems, match="One was opened in line 2"):
        parse_document('a: 1\nb: "two\nc: 3\nd: "four"\n', "x.yaml")


def test_reading_goes_on_after_a_key_that_is_given_twice() -> None:
    document = scan_document("a: 1\na: 2\nb: 3\n", "x.yaml")
    assert document.data == {"a": 1, "b": 3}
    assert len(document.problems) == 1


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert all(1 <= problem.line <= max(1, len(text.splitlines())) for problem in problems_of(text))


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"a: 1\nb: \xe9\n")
    (tmp_path / "zero").write_bytes(b"a: \0\n")
    (tmp_path / "large").write_bytes(b"a" * 2_000_001)
    for name, says in (
        ("latin", r"latin:2:1: not text in UTF-8"),
        ("zero", "zero bytes"),
        ("none", "no such file"),
        (".", "this is a directory"),
    ):
        with pytest.raises(Problems, match=says):
            read_document(tmp_path / name)
    with pytest.raises(Problems, match="too large"):
        read_text(tmp_path / "large", max_bytes=2_000_000)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "bom").write_bytes("a: 1\r\nb: é\r\n".encode("utf-8-sig"))
    assert read_document(tmp_path / "bom").data == {"a": 1, "b": "é"}

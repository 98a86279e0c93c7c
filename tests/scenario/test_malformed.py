"""Malformed scenario files: each is reported in one line that names the place, none by a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from skypact.reading import Problems
from skypact.scenario.load import load_scenario
from skypact.study.check import check_scenario
from tests.scenario.malformed import CASES, SMALL, Case


def test_there_are_fifty() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 50


def test_the_small_scenario_has_no_fault() -> None:
    assert check_scenario(SMALL) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_problem_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(case.text(), encoding="utf-8")
    problems = check_scenario(file)
    lines = [str(problem) for problem in problems]
    assert all("\n" not in line for line in lines)
    start = f"{file}:{case.line_number()}:"
    here = [problem for problem in problems if str(problem).startswith(start) and problem.field == case.field]
    assert [problem for problem in here if case.says in str(problem) and problem.level == "error"], lines
    with pytest.raises(Problems) as bad:
        load_scenario(file)
    assert list(bad.value.problems) == [problem for problem in problems if problem.level == "error"]


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    """Cases that do not touch each other, all in one file: schema, names, physics and rules together."""
    together = ("unknown-source", "unknown-place", "unknown-effector", "too-fine", "no-such-effect",
                "key-without-unit", "other-unit", "key-twice", "lifts-nothing", "before-zero")  # fmt: skip
    text = SMALL.read_text(encoding="utf-8")
    cases = [case for case in CASES if case.name in together]
    assert len(cases) == len(together)
    for case in cases:
        assert case.old in text
        text = text.replace(case.old, case.new, 1)
    file = tmp_path / "bad.yaml"
    file.write_text(text, encoding="utf-8")
    problems = check_scenario(file)
    for case in cases:
        assert any(problem.field == case.field and case.says in str(problem) for problem in problems), (
            case.name
        )


# ---------------------------------------------------------------------------- not even YAML


def _files(folder: Path) -> dict[str, Path]:
    """Things that are no text file, or a hostile one, made when they are needed."""
    laughs = "".join(
        f"{chr(97 + n)}: &{chr(97 + n)} [{', '.join([f'*{chr(96 + n)}'] * 9)}]\n" for n in range(1, 9)
    )
    contents: dict[str, bytes] = {
        "empty": b"",
        "only-a-comment": b"# nothing here\n",
        "a-word": b"hello\n",
        "a-number": b"42\n",
        "null": b"null\n",
        "list": b"- one\n- two\n",
        "binary": bytes(range(256)) * 8,
        "zero-bytes": b"format: skypact\0-scenario/1\n",
        "utf-16": "format: skypact-scenario/1\n".encode("utf-16"),
        "latin-1": "title: Przemy\xe9l\n".encode("latin-1"),
        "image": b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        "gzip": b"\x1f\x8b\x08\x00" + b"\x9c" * 64,
        "control-character": b"format: skypact-scenario/1\ntitle: a\x07bell\n",
        "billion-laughs": b"a: &a [x, x, x, x, x, x, x, x, x]\n" + laughs.encode(),
        "alias-to-itself": b"a: &a [*a]\n",
        "merge-key": b"a: &a {b: 1}\nc:\n  <<: *a\n",
        "deep-flow": b"a: " + b"[" * 100_000,
        "deep-mapping": b"{a: " * 50_000,
        "deep-block": b"\n".join(b" " * n + b"a:" for n in range(2_000)),
        "wide-key": b"? [a, b]\n: c\n",
        "long-key": b"k" * 200_000 + b": 1\n",
        "long-number": b"id: " + b"9" * 200_000 + b"\n",
        "many-keys": b"".join(b"k%d: 1\n" % n for n in range(3_000)),
        "too-large": b"a: b\n" * 1_000_000,
        "python-object": b"a: !!python/object/apply:os.system [echo]\n",
        "other-yaml": b"%YAML 9.9\n---\na: 1\n",
    }
    for name, content in contents.items():
        (folder / f"{name}.yaml").write_bytes(content)
    paths = {name: folder / f"{name}.yaml" for name in contents}
    (folder / "directory.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    paths |= {name: folder / f"{name}.yaml" for name in ("directory", "pipe", "missing")}
    return paths | {"zero-in-the-path": Path("a\0b.yaml"), "long-path": Path("x" * 5_000)}


NAMES = (
    *("empty", "only-a-comment", "a-word", "a-number", "null", "list", "binary", "zero-bytes", "utf-16"),
    *("latin-1", "image", "gzip", "control-character", "billion-laughs", "alias-to-itself", "merge-key"),
    *("deep-flow", "deep-mapping", "deep-block", "wide-key", "long-key", "long-number", "many-keys"),
    *("too-large", "python-object", "other-yaml", "directory", "pipe", "missing", "zero-in-the-path"),
    "long-path",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return _files(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_in_short_lines(name: str, hostile: dict[str, Path]) -> None:
    assert set(hostile) == set(NAMES)
    problems = check_scenario(hostile[name])
    assert any(problem.level == "error" for problem in problems)
    for problem in problems[:100]:
        line = str(problem)
        assert line.isprintable()
        assert len(line) < 600 + len(str(hostile[name]))
    with pytest.raises(Problems):
        load_scenario(hostile[name])


# --------------------------------------------------------------------------- the command line


def _check(file: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    from skypact.cli import main

    monkeypatch.setattr(sys, "argv", ["skypact", "check", str(file)])
    try:
        main()
    except SystemExit as leaving:
        return int(leaving.code or 0)
    return 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_check_leaves_with_2_and_prints_the_place(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(case.text(), encoding="utf-8")
    assert _check(file, monkeypatch) == 2
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err + printed.out
    assert any(line.startswith(f"{file}:{case.line_number()}:") for line in printed.err.splitlines())


@pytest.mark.parametrize("name", NAMES)
def test_check_leaves_with_2_for_a_hostile_file(
    name: str,
    hostile: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _check(hostile[name], monkeypatch) == 2
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err + printed.out
    assert printed.err.startswith(f"{hostile[name]}:".replace("\0", "\N{REPLACEMENT CHARACTER}"))


def test_check_leaves_with_0_for_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(
        SMALL.read_text(encoding="utf-8").replace("value: 8, by", "value: 9, by"), encoding="utf-8"
    )
    assert _check(file, monkeypatch) == 0
    assert "warning" in capsys.readouterr().err
    assert _check(SMALL, monkeypatch) == 0

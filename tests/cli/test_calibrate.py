"""Calibrating and what follows, as a user does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.forked import run

SCENARIO = "ukraine-2024-08-26"
ASKED = ("calibrate", SCENARIO, "--evidence", "ukraine-to-2025-06", "--output", "narrowed.json")


def test_numbers_are_narrowed_and_used(tmp_path: Path) -> None:
    # 25 cruise missiles: as little to play as there is.
    done = run(*ASKED, "--nights", "2023-05-09", "--until", "2024-08-25", cwd=tmp_path)
    assert done.returncode == 0
    for part in (
        "narrowed by one recorded night, 2023-05-09",
        "effective size",
        "2023-05-09,",
    ):
        assert part in done.stdout
    assert "skypact compare ukraine-2024-08-26 --calibrated narrowed.json" in done.stdout
    asked = ("run", SCENARIO, "--calibrated", "narrowed.json", "--sets", "2", "--replications", "20")
    shown = run(*asked, cwd=tmp_path)
    assert "The numbers are narrowed by one recorded night" in " ".join(shown.stdout.split())
    document = json.loads(run(*asked, "--json", cwd=tmp_path).stdout)
    assert document["calibrated"]["nights"] == ["2023-05-09"]
    assert document["calibrated"]["changed"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--nights", "2024-09-02", "--until", "2024-08-25"), "2024-09-02 lies after 2024-08-25"),
        (("--nights", "2024-08-27", "--until", "soon"), "'soon' is no date"),
        (("--nights", "2022-12-01", "--until", "2024-08-25"), "2022-12-01"),
        (
            ("--nights", "2023-05-09", "--until", "2024-08-25", "--overclaimed", "drone"),
            "no class with a share",
        ),
        (
            ("--nights", "2023-05-09", "--until", "2024-08-25", "--overclaimed", "dron=1"),
            "no class of threats",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*ASKED, *arguments, cwd=tmp_path)
    assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert not (tmp_path / "narrowed.json").exists()


def test_another_file_is_no_calibration(tmp_path: Path) -> None:
    (tmp_path / "it.json").write_text("{}")
    for command in ("run", "compare", "report"):
        done = run(command, SCENARIO, "--calibrated", "it.json", cwd=tmp_path)
        assert done.returncode == 2
        (line,) = done.stderr.splitlines()
        assert line.startswith("it.json: ")
        assert "no calibration" in line

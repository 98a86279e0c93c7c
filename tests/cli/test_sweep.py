"""Sweeping as a user does it, and a cluster that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from skypact.sweeps.load import read_sweep
from tests.cli.forked import run

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
STUDY = f"""
format: skypact-sweep/1
id: small
title: A small sweep
scenario: {SMALL}
vary: {{families: [detection, reach]}}
design: {{kind: sobol, points: 4}}
replications: 4
"""


def test_it_is_played_shown_and_refused_a_second_time(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    file = "study.yaml"
    played = run("sweep", file, "--into", "into", cwd=tmp_path)
    assert played.returncode == 0, played.stderr
    assert "16 pieces" in played.stdout
    assert "Too few points to say what it rests on: 4" in played.stdout
    shown = run("sweep", "show", "into", "--output", "page.html", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "What it rests on" in shown.stdout
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")
    again = run("sweep", file, "--into", "into", cwd=tmp_path)
    assert again.returncode == 2
    assert "--resume to go on" in again.stderr


def test_the_help_shows_the_usual_call_and_a_study_file_that_can_be_played(tmp_path: Path) -> None:
    said = run("sweep", "--help").stdout
    for word in ("STUDY.yaml --into DIR", "--resume", "--threads", "docs/sweep.md"):
        assert word in said
    lines = [line[4:] for line in said.splitlines()]
    first = lines.index("format: skypact-sweep/1")
    (tmp_path / "study.yaml").write_text("\n".join(lines[first : lines.index("", first)]), encoding="utf-8")
    assert read_sweep(tmp_path / "study.yaml").axes == ("detection", "stock")


def test_a_study_file_that_is_not_there_is_answered_with_one_that_is(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    said = run("sweep", "study.yml", "--into", "into", cwd=tmp_path).stderr
    assert "did you mean study.yaml?" in said
    assert "'skypact sweep --help' shows one" in run("sweep", "none/x.yaml", "--into", "into").stderr


@pytest.mark.parametrize("where", ["local:none", "nowhere", "tcp://127.0.0.1:9"])
def test_a_cluster_that_is_not_there_is_one_line(where: str) -> None:
    asked = ("compare", SMALL, "--sets", "2", "--replications", "2", "--cluster", where)
    refused = run(*asked)
    assert refused.returncode == 2
    assert refused.stdout == ""
    last = refused.stderr.strip().splitlines()[-1]
    assert "cluster" in last
    assert where in last
    assert "Traceback" not in refused.stderr

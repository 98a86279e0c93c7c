"""The table of `skypact bench` is whole and well formed; nothing is asserted about speed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import rates, standin
from bench.answers import variance_row
from bench.row import QUICK, Pairs, Row
from skypact.engine import FAILED, KILLED, LEAKED
from skypact.scenario.load import load_scenario

SKYPACT = (sys.executable, "-c", "from skypact.cli import main; main()")
PACKAGE = Path(__file__).parents[2] / "src" / "skypact"


def test_the_quick_table_is_whole() -> None:
    """A start of `what` for each row of the contract, in order, and one row for every policy but the baseline."""
    done = subprocess.run([*SKYPACT, "bench", "--quick", "--json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    against = "engine against the C++ stand-in"
    expected = [
        "engine against the Python oracle, 236 x 60",
        f"{against}, 236 x 60",
        f"{against}, 1,000 x 200",
        f"{against}, 4,000 x 400",
        f"{against}, 236 x 60, every feature",
        f"{against}, 1,000 x 200, every feature",
        f"{against}, 4,000 x 400, every feature",
        "the stand-in's engagements, 236 x 60",
        "the stand-in's engagements, 1,000 x 200",
        "the stand-in's engagements, 4,000 x 400",
        "two threads against one",
        "cost of an engagement, 4,000 x 400 against 236 x 60",
        "geometry and permission, 1,000 threats x 200 units",
        "a what-if, against",
        "compiling ukraine-2024-08-26 with numbers of its own",
        "compiling it with one decision changed",
        "a what-if of one decision",
        "compare ukraine-2024-08-26",
        "three days of nights, three policies",
        "a night of four days against one of two days",
        "memory of four days against four days",
        *["variance of the difference"] * (len(load_scenario("ukraine-2024-08-26").policies) - 1),
        "memory of skypact simulate, 4,000 x 400",
        "memory of skypact simulate, 4,000 x 400",
        "skypact --help",
        "first run on a new machine",
        "loading the compiled code later",
    ]
    assert len(document["rows"]) == len(expected)
    for row, start in zip(document["rows"], expected, strict=True):
        assert row["what"].startswith(start)
        check_row(row)
        if start.startswith("first run"):
            assert "ompiling" in row["note"]
    machine = document["machine"]
    assert machine["processor"]
    assert machine["cores"] >= 1
    assert document["quick"] is True


def check_row(row: dict[str, Any]) -> None:
    assert {"what", "measured", "asked", "holds", "bound", "unit", "note"} == set(row)
    assert row["holds"] in (True, False, None)
    assert (row["holds"] is None) == (row["measured"] is None or row["asked"] is None)
    if row["measured"] is None:
        assert row["note"]
    else:
        assert np.isfinite(row["measured"])
        assert row["measured"] >= 0


def test_what_is_not_on_the_machine_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standin, "compiler", lambda: None)
    rows = list(rates.standin_rows(QUICK))
    assert len(rows) == 9
    for row in rows:
        assert row.measured is None
        assert row.holds is None
        assert row.asked is not None
        assert row.note == "no C++ compiler here"


def test_bounds() -> None:
    assert Row("x", 10, 10).holds is True
    assert Row("x", 9.9, 10).holds is False
    assert Row("x", 1.5, 1.5, "at most").holds is True
    assert Row("x", 1.6, 1.5, "at most").holds is False
    assert Row("x", 20, 10, met=False).holds is False
    assert Row("x", None, 10).holds is None
    assert Row("x", 10).holds is None


def test_the_ratio_is_taken_pair_by_pair() -> None:
    """A machine that is ten times slower for one pair changes nothing."""
    assert Pairs((10.0, 1.0, 10.0), (5.0, 0.5, 5.0)).ratio == 2.0


def test_variance_of_a_known_difference() -> None:
    """Independent fates with chance 1/2: a policy that saves one threat in some replications only."""
    chance = np.random.default_rng(1)
    runs, threats = 20_000, 40
    baseline = np.where(chance.random((runs, threats)) < 0.5, LEAKED, KILLED)
    elsewhere = (chance.random((runs, threats)) < 0.5).sum(axis=1)
    other = baseline.copy()
    other[chance.random(runs) < 0.25, 0] = FAILED
    row = variance_row("neighbours-drones-70km", baseline, other, elsewhere)
    # Leakers: variance 10 each; with the policy a leak has chance 0.375 for the first threat.
    # The paired difference is -1 with chance 1/8.
    expected = (10 + 39 * 0.25 + 0.375 * 0.625) / (0.125 * 0.875)
    # Both variances are known to about 1 % and 2 %: 15 % is beyond six standard errors.
    assert row.measured == pytest.approx(expected, rel=0.15)
    assert row.asked == 20
    assert row.holds is True


def test_a_policy_that_changes_nothing_proves_nothing() -> None:
    fates = np.array([[LEAKED, KILLED], [KILLED, KILLED], [LEAKED, LEAKED]])
    row = variance_row("neighbours-drones-70km", fates, fates, np.array([2, 0, 1]))
    assert row.measured is None
    assert row.holds is None
    assert "never varies" in row.note


def test_outside_a_checkout_it_says_so(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "skypact"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(target.parent)!r}); {SKYPACT[2]}",
            "bench",
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "in the repository only" in done.stderr

"""Asking where one more unit would help, as a user does it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


def test_the_tables_are_shown(run: Run) -> None:
    asked = ("place", SMALL, "--system", "iris-t-slm", "--sets", "2", "--replications", "4", "--count", "2")
    shown = run(*asked, "--at", "lviv,lutsk")
    assert shown.returncode == 0, shown.stderr
    for part in ("Place by place", "Whom it protects", "2 at once", "No place is called best"):
        assert part in shown.stdout
    assert "Ternopil," not in shown.stdout

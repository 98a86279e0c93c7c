"""Asking where one more unit would help, as a user does it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


def test_it_is_shown_written_and_a_wrong_question_is_a_line_for_each_fault(run: Run, tmp_path: Path) -> None:
    asked = ("place", SMALL, "--system", "iris-t-slm", "--sets", "2", "--replications", "4")
    shown = run(*asked, "--count", "2", "--output", "page.html", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    for part in ("Place by place", "Whom it protects", "2 at once", "No place is called best"):
        assert part in shown.stdout
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")
    wrong = run(*asked, "--at", "kiev,lviv,lvov", cwd=tmp_path)
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert "no place kiev" in wrong.stderr
    assert "no place lvov" in wrong.stderr
    assert "Traceback" not in wrong.stderr

"""Asking where one more unit would help, as a user does it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.forked import run

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
ASKED = ("place", SMALL, "--system", "iris-t-slm", "--sets", "2", "--replications", "4")


def test_the_tables_are_shown_and_the_page_is_written(tmp_path: Path) -> None:
    shown = run(*ASKED, "--count", "2", "--at", "lviv,lutsk", "--output", "page.html", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    for part in ("Place by place", "Whom it protects", "2 at once", "No place is called best"):
        assert part in shown.stdout
    assert "Ternopil," not in shown.stdout
    assert "<svg" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_wrong_question_is_a_line_for_each_fault() -> None:
    wrong = run(*ASKED, "--at", "kiev,lviv,lvov")
    assert wrong.returncode == 2
    assert wrong.stdout == ""
    assert "no place kiev" in wrong.stderr
    assert "no place lvov" in wrong.stderr
    assert "Traceback" not in wrong.stderr

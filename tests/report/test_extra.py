"""Tables need the base installation alone; a page without its extra is refused before the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from skypact.reading import Problems
from skypact.report import extra

SMALL = str(Path(__file__).parents[1] / "scenario" / "small.yaml")
WITHOUT = (
    "import sys; sys.modules.update(dict.fromkeys(('altair', 'vl_convert', 'jinja2', 'markupsafe')));"
    "from skypact.cli import main; main()"
)


def without_extra(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", SMALL, "--replications", "20"),
        ("compare", SMALL, "--replications", "20"),
        ("aid", "lethal-aid-2021-10"),
        ("ledger", "hranitne-2021-10-26"),
        ("explain", "lethal-aid-2021-10", "--donor", "NSPA", "--system", "anti-drone-rifle"),
    ],
)
def test_terminal_tables_need_no_extra(arguments: tuple[str, ...]) -> None:
    done = without_extra(*arguments)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 5


@pytest.mark.parametrize("arguments", [("report", SMALL), ("compare", SMALL, "--report", "never.html")])
def test_a_page_without_its_extra_is_refused_in_one_line_before_the_work(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = without_extra(*arguments)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "Altair, vl-convert, Jinja2" in line
    assert "pip install 'skypact[report]'" in line
    assert done.stdout == ""


def test_only_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    extra.expect_extra()
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(Problems, match=r"^report: pictures and pages need vl-convert \("):
        extra.expect_extra()

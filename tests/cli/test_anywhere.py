"""The program works wherever it is put, and whoever starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, environment

HEAVY = ("numba", "scipy", "altair", "rich", "shapely", "pyproj", "jinja2", "numpy")
SCENARIO = "hranitne-2021-10-26"


@pytest.fixture
def nowhere(fresh: Path, tmp_path: Path) -> dict[str, Any]:
    """Variables under which the program finds no folder that it could write."""
    blocked = tmp_path / "blocked"
    blocked.touch()
    below = str(blocked / "below")
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR", "TEMP", "TMP", "NUMBA_CACHE_DIR"), below)
    return {**places, "PYTHONPATH": str(fresh), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("--help",),
        ("ledger", SCENARIO),
        ("aid", "lethal-aid-2021-10"),
        ("explain", "ukraine-2024-08-26"),
    ],
    ids=" ".join,
)
def test_nothing_that_cannot_be_written_stops_a_command(
    arguments: tuple[str, ...], run: Run, nowhere: dict[str, Any]
) -> None:
    done = run(*arguments, **nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_kernel_is_compiled_where_nothing_can_be_kept(nowhere: dict[str, Any], tmp_path: Path) -> None:
    """Also where the system knows no temporary folder, and no home."""
    code = (
        "import tempfile; tempfile._candidate_tempdir_list = lambda: [];"
        "from skypact import kept; assert kept.writable() is None;"
        "from skypact.world.earth import chord_km; print(round(chord_km(100.0)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment(**nowhere), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "100\n"), done.stderr


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (("--help",), HEAVY),
        (("compare", "--help"), HEAVY),
        (("list",), HEAVY),
        (("list", "--json"), HEAVY),
        (("check", SCENARIO), HEAVY),
        (("export", SCENARIO, "--output", "mine.yaml"), HEAVY),
    ],
    ids=str,
)
def test_a_command_loads_only_what_it_needs(
    arguments: tuple[str, ...], unwanted: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    if arguments[0] == "check":  # what it found is remembered
        run(*arguments)
    code = (
        "import sys\nfrom skypact.cli import main\ntry:\n main()\nexcept SystemExit as e:\n assert not e.code\n"
        "print('loaded', *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stderr.rpartition("loaded")[2].split()}
    assert not loaded & set(unwanted)


def test_check_remembers_no_more_than_what_is_true(run: Run, tmp_path: Path) -> None:
    """The same text gives the same answer; another text a new one."""
    small = Path(__file__).parents[1] / "scenario" / "small.yaml"
    copy = tmp_path / "mine.yaml"
    copy.write_text(small.read_text(encoding="utf-8"), encoding="utf-8")
    first, second = run("check", copy), run("check", copy)
    assert first.returncode == 0, first.stderr
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    copy.write_text("format: skypact-scenario/1\n", encoding="utf-8")
    assert run("check", copy).returncode == 2


@pytest.mark.parametrize("page", ["cp1252", "cp437", "cp932", "ascii"])
def test_a_code_page_spoils_neither_text_nor_json(page: str, run: Run) -> None:
    import json

    ledger = ("ledger", SCENARIO)
    done = run(*ledger, PYTHONIOENCODING=page, text=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Requests, refusals and other statements" in done.stdout.decode(page)
    done = run(*ledger, "--json", PYTHONIOENCODING=page, text=False)
    assert any("ü" in row["text"] or "ł" in str(row) for row in json.loads(done.stdout.decode("utf-8")))
    done = run("check", "没有.yaml", PYTHONIOENCODING=page, text=False)
    assert done.returncode == 2
    assert b"neither" in done.stderr
    assert b"internal" not in done.stderr


PRINTS = [
    ("list",),
    ("list", "--json"),
    ("--help",),
    ("ledger", SCENARIO),
    ("ledger", SCENARIO, "--json"),
    ("check", SCENARIO),
]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", PRINTS, ids=" ".join)
def test_a_full_disk_is_told_in_one_line(arguments: tuple[str, ...], unbuffered: str, run: Run) -> None:
    with open("/dev/full", "w") as full:
        done = run(*arguments, stdout=full, PYTHONUNBUFFERED=unbuffered)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 2
    assert "No space left on device" in last
    assert "internal error" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_part_of_the_output_is_no_success(unbuffered: str, run: Run, tmp_path: Path) -> None:
    import resource

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    for arguments in (("ledger", SCENARIO, "--json"), ("list",)):
        with open(tmp_path / "out", "w") as target:
            done = run(*arguments, stdout=target, PYTHONUNBUFFERED=unbuffered, preexec_fn=small_files)
        assert done.returncode == 2
        assert "File too large" in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", PRINTS, ids=" ".join)
def test_a_reader_that_leaves_early_is_no_fault(
    arguments: tuple[str, ...], unbuffered: str, run: Run
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(*arguments, stdout=writing, PYTHONUNBUFFERED=unbuffered)
    os.close(writing)
    assert done.returncode == 0
    assert not [line for line in done.stderr.splitlines() if "warning:" not in line]


def test_words_that_nobody_reads_change_nothing(run: Run, tmp_path: Path) -> None:
    """As in ``skypact check bad.yaml 2>&1 | true``."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: skypact-scenario/1\n", encoding="utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    done = run("check", bad, stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == 2
    assert run("list", stderr=None, preexec_fn=lambda: os.close(2)).returncode == 0


def test_a_closed_output_is_told(run: Run) -> None:
    done = run("list", preexec_fn=lambda: os.close(1))
    assert done.returncode == 2
    assert "closed" in done.stderr


def test_explain_says_what_can_be_asked(run: Run) -> None:
    import json
    import shlex

    done = run("explain", "ukraine-2024-08-26")
    assert done.returncode == 0, done.stderr
    for name in (
        "ukr-gepard",
        "patriot-pac-3-mse",
        "ROU",
        "kinzhal-ryazan",
        "geran-2",
        "cruise",
        "sky-shield",
    ):
        assert name in done.stdout
    half = run("explain", "ukraine-2024-08-26", "--unit", "ukr-gepard")
    assert half.returncode == 2
    assert "--threat" in half.stderr
    transfers = json.loads(run("explain", "lethal-aid-2021-10", "--json").stdout)
    assert {"donor": "TUR", "recipient": "UKR", "system": "tb2", "channel": "commercial-sale"} in transfers[
        "transfers"
    ]
    assert run("explain", "lethal-aid-2021-10", *shlex.split(transfers["example"])).returncode == 0

"""What the package says it supports is what the smoke test tries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tools import smoke


def test_every_dependency_has_a_lowest_version_to_try() -> None:
    lowest = smoke.lowest()
    given = smoke.project()
    extras = [line for one in smoke.EXTRAS for line in given["optional-dependencies"][one]]
    assert len(lowest) == len(given["dependencies"]) + len(extras)
    assert {"numpy", "click", "altair", "pandas", "pyogrio", "starlette", "uvicorn"} <= lowest.keys()
    assert all(bound[0].isdigit() for bound in lowest.values())


def test_the_oldest_supported_python_is_the_one_required() -> None:
    assert smoke.project()["requires-python"] == f">={smoke.supported()[0]}"


def test_a_python_that_is_not_there_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(smoke, "supported", lambda: ["3.999"])
    assert list(smoke.others()) == []
    assert capsys.readouterr().out == "Python 3.999: not on this machine, not tried\n"


def test_a_command_that_fails_stops_the_try(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        smoke.run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)

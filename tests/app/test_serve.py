"""The command: where it listens, what it needs, and that it stops."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from skypact.app import extra
from skypact.cli.commands import skypact as command
from skypact.reading import Problems
from tests.app.conftest import SMALL

MAIN = "from skypact.cli import main; main()"


def test_it_says_where_and_stops_when_asked(tmp_path: Path) -> None:
    asked = [sys.executable, "-c", MAIN, "serve", str(SMALL), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        asked, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = line.partition(": ")[2].strip()
        assert address.startswith("http://localhost:")
        with urllib.request.urlopen(f"{address}api/scenarios", timeout=60) as answer:
            assert b'"first":"small"' in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130)


def test_without_its_extra_it_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    with pytest.raises(Problems) as refused:
        CliRunner().invoke(command, ["serve"], catch_exceptions=False)
    (line,) = refused.value.problems
    assert "pip install 'skypact[app]'" in str(line)


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(Problems, match="neither a shipped scenario nor a file"):
        CliRunner().invoke(command, ["serve", "nobody.yaml", "--no-browser"], catch_exceptions=False)

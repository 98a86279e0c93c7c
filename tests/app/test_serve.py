"""The command: where it listens, what it needs, and that it stops."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.app.conftest import SMALL

MAIN = "from skypact.cli import main; main()"
WITHOUT = f"import sys; sys.modules.update(dict.fromkeys(('starlette', 'uvicorn'))); {MAIN}"


def test_it_says_where_and_stops_when_asked(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAIN, "serve", str(SMALL), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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


def test_without_its_extra_it_is_refused_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "serve"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "pip install 'skypact[app]'" in line


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAIN, "serve", "nobody.yaml", "--no-browser"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "neither a shipped scenario nor a file" in done.stderr

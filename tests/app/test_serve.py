"""The command: where it listens, what it needs, and that it stops."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from skypact.app import extra
from skypact.cli.commands import skypact as command
from skypact.reading import Problems
from tests.app.conftest import SMALL

WRITERS = 8
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


def test_a_kill_in_the_middle_of_saving_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Eight writers of drafts and new files of 1.5 MB each, and a kill while all of them write."""
    asked = [sys.executable, "-c", MAIN, "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        asked, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    port = int(process.stdout.readline().strip().strip("/").rpartition(":")[2])
    written = [0] * WRITERS

    def write(number: int) -> None:
        etag = None
        while True:
            text = _text(number, written[number])
            known = {"if-none-match": "*"} if etag is None else {"if-match": etag}
            headers = {"content-type": "application/yaml", **known}
            name = f"{number}-{written[number]}"
            body = json.dumps({"name": name, "text": text})
            try:
                etag = _sent(port, "PUT", f"/api/drafts/{number}", text, headers)
                _sent(port, "POST", "/api/save", body, {"content-type": "application/json"})
            except (OSError, http.client.HTTPException):
                return
            written[number] += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for one in writers:
        one.start()
    while min(written) < 2:
        time.sleep(0.01)
    process.kill()
    process.wait(20)
    for one in writers:
        one.join()
    kept = [*tmp_path.glob("*.yaml"), *(tmp_path / ".skypact-drafts").glob("*.yaml")]
    assert len(kept) >= 3 * WRITERS
    whole = {_text(number, count) for number in range(WRITERS) for count in range(written[number] + 1)}
    assert {file.read_text(encoding="utf-8") for file in kept} <= whole


def _text(number: int, count: int) -> str:
    return f"a: {number}-{count}\n" + "# a line of a long file\n" * 65_000


def _sent(port: int, method: str, path: str, body: str, headers: dict[str, str]) -> str | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 300, answer.status
        return answer.getheader("etag")
    finally:
        connection.close()


def test_without_its_extra_it_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    with pytest.raises(Problems) as refused:
        CliRunner().invoke(command, ["serve"], catch_exceptions=False)
    (line,) = refused.value.problems
    assert "pip install 'skypact[app]'" in str(line)


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(Problems, match="neither a shipped scenario nor a file"):
        CliRunner().invoke(command, ["serve", "nobody.yaml", "--no-browser"], catch_exceptions=False)

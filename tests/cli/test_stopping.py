"""One Ctrl-C ends any command, soon and quietly, and leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from skypact.cli import commands, leaving, stopping
from tests.cli.conftest import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
START = "import sys; from skypact.cli import main; print('ready', file=sys.stderr, flush=True); main()"
LONG = (
    "compare",
    "ukraine-2024-08-26",
    "--policies",
    "status-quo,sky-shield",
    "--central",
    "--replications",
    "1000000",
)
SOON_S = 4.0  # a second on a machine with nothing else to do


@contextmanager
def started(*arguments: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    program = subprocess.Popen(
        [sys.executable, "-c", START, *arguments],
        env=environment(**variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def wait_for(program: subprocess.Popen[str], words: str) -> None:
    assert program.stderr is not None
    for line in program.stderr:
        if words in line:
            return
    raise AssertionError(f"it never said {words!r}")


def is_stopped(program: subprocess.Popen[str]) -> None:
    asked = time.monotonic()
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "internal error" not in said
    assert [line for line in said.splitlines() if not line.startswith("skypact:")] == ["Stopped."]
    assert time.monotonic() - asked < SOON_S


@pytest.mark.parametrize("after_s", [0.02, 0.3, 1.0])
def test_while_it_is_loading(after_s: float) -> None:
    with started(*LONG) as program:
        wait_for(program, "ready")
        time.sleep(after_s)
        is_stopped(program)


def test_while_it_is_playing() -> None:
    with started(*LONG) as program:
        wait_for(program, "playing")
        is_stopped(program)


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not os.path.exists(f"/proc/{os.getpid()}/task"), reason="the system has no /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_while_kernels_are_compiled(how: signal.Signals, fresh: Path, tmp_path: Path) -> None:
    """The processes that compile end as well, even if the program had no time to end them."""
    variables = {"PYTHONPATH": str(fresh), "NUMBA_CACHE_DIR": str(tmp_path)}
    with started(*LONG, **variables) as program:
        wait_for(program, "Compiling")
        deadline = time.monotonic() + 30
        while len(compiling := children(program.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(compiling) == 2
        if how == signal.SIGINT:
            is_stopped(program)
        else:
            time.sleep(0.3)  # until they listen
            program.kill()
            program.wait()
        deadline = time.monotonic() + 10
        while any(map(alive, compiling)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(alive, compiling))


def test_what_a_library_makes_of_the_signal_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code called from C may turn the exception of Ctrl-C into another one."""

    def ended() -> None:
        raise SystemExit(130)

    def fails(**options: object) -> None:
        raise SystemError("returned a result with an exception set")

    monkeypatch.setattr(stopping, "_asked", [signal.SIGINT])
    monkeypatch.setattr(stopping, "end", ended)
    monkeypatch.setattr(commands, "skypact", fails)
    with pytest.raises(SystemExit) as left:
        leaving._run()
    assert left.value.code == 130
    assert capsys.readouterr().err == ""

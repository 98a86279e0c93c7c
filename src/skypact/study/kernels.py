"""Compiling the kernels once on a new machine, on two cores, with a word on the screen.

Numba compiles a kernel when it is first called and keeps the machine code on disk.  Left to itself it would do
so one kernel after the other in the middle of an answer; here geometry and engine are compiled side by side.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
JOBS = ("geometry", "engine")


def warm(say: Callable[[str], None]) -> None:
    """Compile all kernels unless that was done before; `say` is told what one waits for.

    A fault while compiling is not reported here: the command that needs the kernel will meet it.
    """
    stamp = _stamp()
    if stamp.exists():
        return
    say("Compiling geometry and engine for this machine, once: about ten seconds ...")
    command = [sys.executable, "-m", "skypact.study.kernels"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    children = [subprocess.Popen([*command, job], **silent) for job in JOBS]  # type: ignore[call-overload]
    if all([child.wait() == 0 for child in children]):
        try:
            stamp.parent.mkdir(parents=True, exist_ok=True)
            stamp.touch()
        except OSError:
            return  # Nothing is lost: the next run looks again, and finds the kernels compiled.


def _stamp() -> Path:
    """A file that stands for "these sources are compiled with this Python on this machine"."""
    sources = sorted(PACKAGE.glob("*/*.py"))
    state = [(path.name, path.stat().st_mtime_ns) for path in sources]
    mark = hashlib.sha256(repr((state, sys.version, platform.node(), sys.prefix)).encode()).hexdigest()[:16]
    folder = os.environ.get("NUMBA_CACHE_DIR") or str(PACKAGE / "__pycache__")
    if not os.access(Path(folder) if Path(folder).exists() else Path(folder).parent, os.W_OK):
        folder = str(Path.home() / ".cache" / "skypact")
    return Path(folder) / f"compiled-{mark}"


def _geometry() -> None:
    from skypact.study import Study

    Study.ask("ukraine-2024-08-26", only_baseline=True).compile("status-quo")


def _engine() -> None:
    from skypact.engine.synthetic import synthetic_raid
    from skypact.study import Player, RunSettings, play
    from skypact.study.measures import RaidMeasures

    raid = synthetic_raid(4, 2, 1, seed=1)
    play({"": Player(raid, (RaidMeasures(raid),))}, RunSettings(2))


if __name__ == "__main__":
    {"geometry": _geometry, "engine": _engine}[sys.argv[1]]()

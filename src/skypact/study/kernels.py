"""Compiling the kernels once on a new machine, on two cores, with a word on the screen.

A kernel is compiled when it is first called, and its machine code is kept on disk.  Left to itself that would
happen to one kernel after the other in the middle of an answer; here geometry and engine are compiled side by
side.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from skypact import kept

JOBS = ("geometry", "engine")
CHILD = """
import os, sys, threading
def end_with_parent():
    os.read(0, 1)  # until the other end of stdin is closed
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
from skypact.study.kernels import compile_one
compile_one(sys.argv[1])
"""


def warm(say: Callable[[str], None]) -> None:
    """Compile all kernels unless that was done before; `say` is told what one waits for.

    A fault while compiling is not reported here: the command that needs the kernel will meet it.
    """
    if kept.writable() is None:
        say(
            "Compiling geometry and engine; no folder can be written that would keep them for the next time ..."
        )
        return
    stamp = _stamp()
    if kept.read("kernels", stamp) is not None:
        return
    say("Compiling geometry and engine for this machine, once: about twenty seconds ...")
    with _children() as children:
        if all([child.wait() == 0 for child in children]):
            kept.write("kernels", stamp, b"compiled")


def _stamp() -> str:
    """Stands for "these kernels, with these libraries, on this processor"."""
    files = sorted(kept.PACKAGE.rglob("*.py"))
    kernels = [text for file in files if b"njit" in (text := file.read_bytes())]
    return kept.mark(kernels, kept.version("numba"), kept.version("llvmlite"), _processor())


def _processor() -> str:
    """What the processor can do, where the system tells: machine code is made for it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:
            return "".join(
                sorted({line for line in lines if line.startswith(("model name", "flags", "Features"))})
            )
    except OSError:
        return os.environ.get("PROCESSOR_IDENTIFIER", "")


@contextmanager
def _children() -> Iterator[list[subprocess.Popen[bytes]]]:
    """One process for each job; none outlives this one, however it ends."""
    command = [sys.executable, "-c", CHILD]
    children: list[subprocess.Popen[bytes]] = []
    try:
        for job in JOBS:
            children.append(
                subprocess.Popen(
                    [*command, job],
                    stdin=subprocess.PIPE,  # closes when this process is gone
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        yield children
    finally:
        for child in children:
            child.kill()
        for child in children:
            child.wait()
            if child.stdin is not None:
                child.stdin.close()


def _geometry() -> None:
    from skypact.study import Study

    Study.ask("ukraine-2024-08-26", only_baseline=True).compile("status-quo")


def _engine() -> None:
    from skypact.engine.synthetic import synthetic_raid
    from skypact.study import Player, RunSettings, play
    from skypact.study.measures import RaidMeasures

    raid = synthetic_raid(4, 2, 1, seed=1)
    play({"": Player(raid, (RaidMeasures(raid),))}, RunSettings(2))


def compile_one(job: str) -> None:
    """Do one of the `JOBS`, in this process."""
    {"geometry": _geometry, "engine": _engine}[job]()

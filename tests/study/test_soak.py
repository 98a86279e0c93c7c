"""Nothing hangs: many comparisons in one process while the cores are busy and the collector runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

COMPARISONS = 40
"""`python -m tests.study.soak 300` goes on for longer."""
BUSY = "while True: pass"


@pytest.fixture
def load():
    """Every core kept busy by another process."""
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    yield
    for one in busy:
        one.send_signal(signal.SIGKILL)
        one.wait()


def test_many_comparisons_end(load: None) -> None:
    """All shipped scenarios, few and many replications, `gc.set_threshold(1)`, under faulthandler."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.study.soak", str(COMPARISONS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"{COMPARISONS} comparisons" in done.stdout

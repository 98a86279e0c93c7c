"""The machine and the programs that the numbers belong to."""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

import numba
import numpy

from bench import standin


def machine() -> dict[str, object]:
    """The machine and the programs that the numbers belong to."""
    compiler = standin.compiler()
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True) if compiler else None
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "numba": numba.__version__,
        "compiler": version.stdout.splitlines()[0] if version else None,
    }


def processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()

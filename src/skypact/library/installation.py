"""What is installed here, for a report of a fault: versions and machine, nothing about whose it is."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from skypact import kept
from skypact.library.record import fingerprint
from skypact.raid.model import FORMAT
from skypact.version import __version__

NAME = re.compile(r"[A-Za-z0-9._-]+")
EXTRA = re.compile(r"extra\s*==\s*[\"']([\w-]+)[\"']")
OF_MAKERS = "dev"
COMPILER = "llvmlite"
"""Comes with Numba, and makes the machine code."""
STEER = ("NUMBA_", "SKYPACT_", "OMP_NUM_THREADS")
"""Variables that change how the program runs."""


def installation() -> dict[str, Any]:
    """What ``skypact --version --json`` gives.

    Examples
    --------
    >>> found = installation()
    >>> found["skypact"] == __version__, found["packages"]["numpy"] is not None
    (True, True)
    """
    return {
        "skypact": __version__,
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "packages": _packages(),
        "extras": {name: all(_version(one) for one in parts) for name, parts in _asked().items() if name},
        "formats": {"raid": FORMAT},
        "catalogue": fingerprint(),
        "keeps_machine_code": kept.writable() is not None,
        "variables": {
            name: _no_path(value) for name, value in sorted(os.environ.items()) if name.startswith(STEER)
        },
    }


def _packages() -> dict[str, str | None]:
    """Version of every package that Skypact may use; None: not installed."""
    names = {name for parts in _asked().values() for name in parts} | {COMPILER}
    return {name: _version(name) for name in sorted(names, key=str.lower)}


def _asked() -> dict[str, list[str]]:
    """The packages that are asked for, by extra; "" for those of every installation."""
    found: dict[str, list[str]] = {"": []}
    try:
        lines = requires("skypact") or []
    except PackageNotFoundError:
        lines = []
    for line in lines:
        name, extra = NAME.match(line), EXTRA.search(line)
        part = extra[1] if extra else ""
        if name is not None and part != OF_MAKERS and name[0].lower() != "skypact":
            found.setdefault(part, []).append(name[0])
    return found


def _no_path(value: str) -> str:
    """A setting; of a path only that there is one, for it may name a user."""
    return "(a path)" if "/" in value or "\\" in value else value


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None

"""What two computers must have alike so that they compute the same bits: versions, files, and a sum as proof."""

from __future__ import annotations

import hashlib
import math
import platform
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
from scipy.special import gammaln

from skypact import kept
from skypact.compiled import njit
from skypact.version import __version__

LIBRARIES = ("numpy", "scipy", "numba", "shapely", "pyproj", "pydantic")
PROOF = 512
"""Over how many numbers the proof goes."""


@cache
def identity() -> Mapping[str, str]:
    """What results depend on beside the question: by name, as a short text."""
    return {
        "skypact": __version__,
        "files of skypact": _files(),
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: kept.version(name) for name in LIBRARIES},
        "arithmetic": _proof(),
    }


def difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What differs, in words; empty if nothing does."""
    parts = []
    for name, mine in ours.items():
        other = theirs.get(name, "")
        if mine != other:
            shown = name in ("files of skypact", "arithmetic")
            parts.append(f"other {name}" if shown else f"{name} {other or 'missing'} (here {mine})")
    return ", ".join(parts)


def _files() -> str:
    """Stands for the program and the numbers that come with it."""
    digest = hashlib.sha256()
    for file in sorted(kept.PACKAGE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and file.suffix not in (".pyc", ".nbi", ".nbc"):
            digest.update(file.relative_to(kept.PACKAGE).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _proof() -> str:
    """Stands for the last bits of functions that libraries and processors may compute in more than one way."""
    x = np.linspace(0.01, 12.0, PROOF)
    parts = (np.exp(-x), np.log(x), np.sin(x), np.arctan2(x, 3.0), np.sqrt(x), gammaln(x), x @ x, _sums(x))
    return hashlib.sha256(b"".join(np.asarray(one).tobytes() for one in parts)).hexdigest()[:16]


@njit(nogil=True)
def _sums(x: Any) -> Any:
    out = np.zeros(4)
    for one in x:
        out[0] += math.exp(-one) * math.sin(one)
        out[1] += math.log(one) * math.cos(one)
        out[2] += math.atan2(one, 3.0) * one
        out[3] = out[3] * 0.9 + one**1.5
    return out

"""What a report carries so that it can be made again."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from skypact.catalog import load_catalog
from skypact.study.estimates import Estimate
from skypact.version import __version__

if TYPE_CHECKING:
    from skypact.library.results import Comparison, Landscapes
    from skypact.study.calibration import Calibration

RECORD_ID = "skypact-record"
"""The id of the element of the page that holds the record."""
PACKAGES = ("numpy", "numba", "scipy", "shapely", "pyproj")
"""Whose versions may change a number."""

Record = dict[str, Any]


def record_of(comparison: Comparison, beside: Landscapes | None = None) -> Record:
    """The record of a comparison: scenario, settings, versions and the means that were found.

    Examples
    --------
    >>> import skypact
    >>> found = skypact.compare("ukraine-2024-08-26", ["status-quo"], central=True, replications=5)
    >>> record_of(found)["replications"]
    5
    """
    return {
        "skypact": __version__,
        "name": comparison.of.name,
        "text": comparison.of.text,
        "policies": list(comparison.policies),
        "added": {name: list(decisions) for name, decisions in comparison.of.added.items()},
        "baseline": comparison.baseline,
        "seed": comparison.seed,
        "replications": comparison.replications,
        "sets": None if comparison.drawn is None else comparison.drawn.sets.count,
        "calibrated": None
        if comparison.narrowed is None
        else fingerprint_of(comparison.narrowed.calibration),
        "beside": None
        if beside is None
        else {"texts": list(beside.texts), "replications": beside.document["replications"]},
        "catalogue": fingerprint(),
        "versions": _versions(),
        "means": {
            policy: {
                ".".join(key): leaf.mean
                for key, leaf in result.measures.leaves()
                if isinstance(leaf, Estimate) and key[0] != "by_unit"
            }
            for policy, result in comparison.policies.items()
        },
    }


def fingerprint_of(calibration: Calibration) -> str:
    """A fingerprint of a calibration: of what it says, and of the draws from which sets are taken."""
    sample = calibration.sample
    draws = [sample.weights, *sample.factors.values(), *sample.owns.values()]
    found = hashlib.sha256(json.dumps(calibration.to_dict(), sort_keys=True).encode())
    for one in draws:
        found.update(one.tobytes())
    return found.hexdigest()[:16]


def as_script(record: Record) -> str:
    """The record as the text of a script element: JSON that cannot end the element."""
    return json.dumps(record, ensure_ascii=False).replace("<", "\\u003c")


def fingerprint() -> str:
    """A fingerprint of the shipped catalogue: another one has other numbers."""
    text = load_catalog().model_dump_json()
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found

"""The file of a calibration: JSON, written whole or not at all, and read with care."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.reading import Problem, Problems, read_text
from skypact.reading.write import write_text
from skypact.study.calibration.calibration import Calibration, FamilyChange, Judged, Prediction
from skypact.study.calibration.nights import Discrepancy

FORMAT = "skypact-calibration/1"
MAX_BYTES = 256 * 2**20
ARRAYS = ("weights", "factors", "owns")


def write_calibration(path: str | Path, found: Calibration) -> Path:
    """Write a calibration.

    Raises
    ------
    Problems
        If the place cannot be written to.
    """
    said = found.to_dict()
    for name in ("draws", "effective_size", "unmatched"):  # these follow from the rest
        del said[name]
    for one in said["families"]:
        del one["informed"]
    draws = {
        "weights": found.weights.tolist(),
        "factors": {name: values.tolist() for name, values in found.factors.items()},
        "owns": {name: values.tolist() for name, values in found.owns.items()},
    }
    write_text(path, json.dumps({"format": FORMAT, **said, "draws": draws}, allow_nan=False) + "\n")
    return Path(path)


def read_calibration(path: str | Path) -> Calibration:
    """Read a calibration.

    Raises
    ------
    Problems
        In one line, if it is another file, one of another format, or damaged.
    """
    text = read_text(path, MAX_BYTES)

    def bad(what: str) -> Problems:
        return Problems([Problem(str(path), 0, 0, "", what, "a file that 'skypact calibrate' wrote")])

    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise bad("this is no calibration, or a damaged one: it is not JSON") from None
    kind = document.get("format") if isinstance(document, dict) else None
    if not isinstance(kind, str) or not kind.startswith("skypact-calibration/"):
        raise bad("this is no calibration")
    if kind != FORMAT:
        raise bad(f"this is of the format {kind}, and this version reads {FORMAT}")
    try:
        return _made(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad(f"the calibration is damaged: {_told(error)}") from None


def _made(document: dict[str, Any]) -> Calibration:
    draws = document["draws"]
    weights = _numbers(draws["weights"], None)
    if not len(weights) or weights.min() < 0 or not math.isclose(weights.sum(), 1, abs_tol=1e-6):
        raise ValueError("its weights do not add up to one")
    arrays = {
        part: {str(name): _numbers(values, len(weights)) for name, values in draws[part].items()}
        for part in ("factors", "owns")
    }
    known = {one.name for one in fields(Calibration)} - {*ARRAYS}
    plain = {name: document[name] for name in known}
    return Calibration(
        **{
            **plain,
            "nights": tuple(map(str, plain["nights"])),
            "lacking": tuple(map(str, plain["lacking"])),
            "directions": float(plain["directions"]),
            "emulator": float(plain["emulator"]),
            "correlation": float(plain["correlation"]),
            "played": {name: int(many) for name, many in plain["played"].items()},
            "discrepancies": {name: Discrepancy(**one) for name, one in plain["discrepancies"].items()},
            "families": tuple(FamilyChange(**one) for one in plain["families"]),
            "outcomes": tuple(_judged(one) for one in plain["outcomes"]),
        },
        weights=weights,
        factors=arrays["factors"],
        owns=arrays["owns"],
    )


def _judged(given: dict[str, Any]) -> Judged:
    both = {name: Prediction(**given[name]) for name in ("prior", "posterior")}
    return Judged(**{**given, **both})


def _numbers(values: Any, length: int | None) -> NDArray[np.float64]:
    found = np.array(values, dtype=np.float64)
    if found.ndim != 1 or not np.all(np.isfinite(found)) or length not in (None, len(found)):
        raise ValueError("its draws are not as many numbers as it says")
    return found


def _told(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return (
        str(error).splitlines()[0][:100]
        if isinstance(error, ValueError)
        else "a part of it is something else"
    )

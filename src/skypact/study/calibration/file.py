"""The file of a calibration: JSON, written whole or not at all, and read with care."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from skypact.reading import Problem, Problems, read_text
from skypact.reading.write import write_text
from skypact.study.calibration.calibration import Calibration, Sample

FORMAT = "skypact-calibration/1"
MAX_BYTES = 256 * 2**20


def write_calibration(path: str | Path, found: Calibration) -> Path:
    """Write a calibration.

    Raises
    ------
    Problems
        If the place cannot be written to.
    """
    document = {"format": FORMAT, **asdict(found)}
    write_text(path, json.dumps(document, allow_nan=False, default=np.ndarray.tolist) + "\n")
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
    kind = document.pop("format", None) if isinstance(document, dict) else None
    if not isinstance(kind, str) or not kind.startswith("skypact-calibration/"):
        raise bad("this is no calibration")
    if kind != FORMAT:
        raise bad(f"this is of the format {kind}, and this version reads {FORMAT}")
    try:
        return _made(document)
    except ValidationError as error:
        first = error.errors()[0]
        raise bad(f"the calibration is damaged: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except ValueError as error:
        raise bad(f"the calibration is damaged: {error}") from None


@cache
def _form() -> TypeAdapter[Calibration]:
    """What a file must hold; made when it is first needed."""
    return TypeAdapter(Calibration)


def _made(document: dict[str, Any]) -> Calibration:
    found = _form().validate_python(document)
    for sample in filter(None, (found.sample, found.as_told)):
        _expect_whole(sample)
    return found


def _expect_whole(sample: Sample) -> None:
    """Expect as many numbers of each kind as there are weights, and weights that are some.

    Raises
    ------
    ValueError
        If not.
    """
    weights = sample.weights
    if not len(weights) or weights.min() < 0 or not math.isclose(weights.sum(), 1, abs_tol=1e-6):
        raise ValueError("its weights do not add up to one")
    parts = (sample.factors, sample.owns, sample.terms)
    columns = [sample.sizes, sample.levels, *(values for part in parts for values in part.values())]
    if any(len(values) != len(weights) for values in columns):
        raise ValueError("its draws are not as many numbers as it says")

"""A calibration's file: what was written is read, and anything else is refused in one line."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skypact.reading import Problems
from skypact.study.calibration import Calibration, read_calibration, write_calibration
from skypact.study.calibration.calibration import FamilyChange, Judged, Played, Prediction, Sample
from skypact.study.calibration.nights import Discrepancy

WEIGHTS = np.array([0.25, 0.75])


def made() -> Calibration:
    """A small calibration that nobody computed."""
    sample = Sample(
        WEIGHTS,
        {"reach": np.array([0.5, -1.25])},
        {"effectors.hawk.against.drone.max_range_km": np.array([0.1, 0.2])},
        {"drone": np.array([-0.3, 0.4])},
        np.array([0.5, 1.0]),
        np.array([0.0, 0.0]),
        (FamilyChange("reach", -0.8, 0.4, -1.25, 0.5),),
        1.5,
    )
    given = Prediction(3.0, 1.0, 6.0, 0.4, 0.9)
    judged = Judged("2024-01-13", "drone", 10, 2, given, given, 0.3)
    return Calibration(
        *("ukraine-2024-08-26", ("2024-01-13",), "2024-08-25", "record", 1, Played(64, 32, 16, 100, 1)),
        *(
            {"drone": Discrepancy()},
            0.5,
            {},
            sample,
            None,
            (judged,),
            1.1,
            ("effectors.x",),
            {"nights": "ab"},
        ),
    )


def same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, Sample):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return bool(one == other)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = write_calibration(tmp_path / "it.json", made())
    found = read_calibration(path)
    assert all(same(getattr(made(), field.name), getattr(found, field.name)) for field in fields(found))


def changed(**parts: Any) -> Any:
    def change(document: dict[str, Any]) -> Any:
        for name, value in parts.items():
            at, *rest = name.split("__")
            place = document
            for deeper in rest:
                place, at = place[at], deeper
            place[at] = value
        return document

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: [1, 2], "this is no calibration"),
        (lambda document: {**document, "format": "skypact-raid/2"}, "this is no calibration"),
        (changed(format="skypact-calibration/9"), "of the format skypact-calibration/9"),
        (lambda document: {name: one for name, one in document.items() if name != "sample"}, "sample"),
        (changed(sample__weights=[0.5, 0.1]), "weights do not add up to one"),
        (changed(sample__weights=[]), "weights do not add up to one"),
        (changed(sample__weights=["a", "b"]), "sample.weights.0"),
        (changed(sample__sizes=[1.0]), "not as many numbers as it says"),
        (changed(sample__factors={"reach": [0.5]}), "not as many numbers as it says"),
        (changed(sample__owns={"x": [None, 1]}), "sample.owns.x.0"),
        (changed(outcomes=[{"night": "2024-01-13"}]), "outcomes.0"),
        (changed(correlation="half"), "correlation"),
        (changed(played={"prior": 64}), "played.again"),
    ],
)
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, change: Any, said: str) -> None:
    path = write_calibration(tmp_path / "it.json", made())
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(Problems, match="calibration") as raised:
        read_calibration(path)
    assert said in str(raised.value)
    assert len(raised.value.problems) == 1


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{", b"[" * 100_000, b"night,launched\n1,2\n"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "it.json"
    path.write_bytes(content)
    with pytest.raises(Problems) as raised:
        read_calibration(path)
    assert len(raised.value.problems) == 1

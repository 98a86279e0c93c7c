"""Calibrating through the library: which nights are taken, what counts as through, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import skypact
from skypact.evidence import NO_ROW, UNREPORTED
from skypact.evidence.night import RecordedFlight
from skypact.library.calibration import calibration_of, outcomes_of
from skypact.study.calibration import Outcome
from skypact.study.calibration.nights import Reading
from tests.study.calibration.test_file import made

RECORD = "ukraine-to-2025-06"
FLIGHT = RecordedFlight(
    0, NO_ROW, "Shahed-136/131", "shahed", "drone", "shahed-136", True, 10, 7, UNREPORTED, ("a",)
)


def test_through_is_what_was_neither_shot_down_nor_lost() -> None:
    assert outcomes_of([FLIGHT]) == (Outcome(("drone",), 10, 3, with_failed=True),)
    assert outcomes_of([replace(FLIGHT, not_reached=2)]) == (Outcome(("drone",), 10, 1),)
    # Claims may be higher than what came.
    assert outcomes_of([replace(FLIGHT, not_reached=9)]) == (Outcome(("drone",), 10, 0),)


def test_classes_that_a_report_joins_stand_together() -> None:
    cruise = replace(FLIGHT, threat_class="cruise", launched=4, destroyed=UNREPORTED)
    other = replace(FLIGHT, report=1, threat_class="cruise", launched=5, destroyed=5)
    assert outcomes_of([FLIGHT, cruise, other]) == (Outcome(("cruise", "drone"), 19, 7, with_failed=True),)


def test_a_class_without_a_number_shot_down_is_left_out() -> None:
    assert outcomes_of([replace(FLIGHT, destroyed=UNREPORTED)]) == ()


def test_every_wrong_night_and_share_is_named_at_once() -> None:
    with pytest.raises(skypact.Problems) as raised:
        skypact.calibrate(
            "ukraine-2024-08-26",
            RECORD,
            ["2024-01-13", "2024-01-13", "2024-03-22", "2024-01-14", "soon"],
            until="2024-02-01",
            overclaimed={"drones": 0.5, "cruise": 2.0},
        )
    said = str(raised.value)
    assert len(raised.value.problems) == 6
    for one in (
        "named twice",
        "2024-03-22 lies after 2024-02-01",
        "2024-01-14",
        "'soon'",
        "drone",
        "2 is no share",
    ):
        assert one in said


def test_central_values_go_with_no_calibration(tmp_path: Path) -> None:
    with pytest.raises(skypact.Problems, match="leave out one of calibrated and central"):
        skypact.compare("ukraine-2024-08-26", central=True, calibrated=made())
    path = skypact.write_calibration(tmp_path / "it.json", made())
    assert calibration_of(path).until == "2024-08-25"


def test_of_what_got_through_a_share_is_claimed() -> None:
    both = Outcome(("cruise", "drone"), 10, 1)
    assert Reading(level=0.5).overclaimed(both, {"drone": 0.4, "cruise": 0.2}) == pytest.approx(0.2)
    assert Reading(level=0.5).overclaimed(both, {}) == 0


def test_an_answer_with_a_calibration_stands_beside_that_without_it() -> None:
    asked = {"policies": ["status-quo", "sky-shield"], "sets": 2, "replications": 20, "besides": False}
    found = skypact.compare("ukraine-2024-08-26", calibrated=made(), **asked)
    plain = skypact.compare("ukraine-2024-08-26", **asked)
    document = found.to_dict()["calibrated"]
    assert (
        document["before"]["policies"]["status-quo"]["leakers"]
        == (plain.to_dict()["policies"]["status-quo"]["leakers"])
    )
    assert document["nights"] == ["2024-01-13"]
    assert document["changed"] == ["catalogue", "scenario"]
    assert "effectors.hawk.against.drone.max_range_km" not in document["lacking"]
    assert document["lacking"]

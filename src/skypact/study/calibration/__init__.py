"""Calibration: which sets of numbers give what was recorded, all nights together."""

from skypact.study.calibration.calibrate import calibrate
from skypact.study.calibration.calibration import Calibration
from skypact.study.calibration.file import read_calibration, write_calibration
from skypact.study.calibration.nights import (
    CalibrationSettings,
    Discrepancy,
    Night,
    Outcome,
)
from skypact.study.calibration.predict import Foretold, foretell

__all__ = [
    "Calibration",
    "CalibrationSettings",
    "Discrepancy",
    "Foretold",
    "Night",
    "Outcome",
    "calibrate",
    "foretell",
    "read_calibration",
    "write_calibration",
]

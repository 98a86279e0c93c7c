"""Calibration: which sets of numbers give what was recorded, all nights together."""

from skypact.study.calibration.calibrate import calibrate
from skypact.study.calibration.calibration import Calibration
from skypact.study.calibration.nights import CalibrationSettings, Discrepancy, Night, Outcome

__all__ = ["Calibration", "CalibrationSettings", "Discrepancy", "Night", "Outcome", "calibrate"]

"""What the numbers were narrowed by, and the answer before and after."""

from __future__ import annotations

from skypact.report import calibration_charts
from skypact.report.material import Material
from skypact.report.section import Bullets, Figure, Key, Section, blocks
from skypact.report.tables import calibration

KEYS = (
    Key("bar", "var(--faint)", "before: sets of the ranges as they were; mean, and nine sets of ten"),
    Key("bar", "var(--accent)", "after: sets of the calibration"),
    Key("diamond", "var(--reported)", "recorded: one side's claim"),
)


def section(material: Material) -> Section | None:
    """Where the sets are from a calibration."""
    calibrated = material.calibrated
    if calibrated is None:
        return None
    drawn = Figure(
        "What gets through on the recorded nights, before and after calibration.",
        calibration_charts.outcomes(calibrated),
        KEYS,
        "Chance and the discrepancy that is allowed for come on top of these ranges.",
    )
    found = blocks(
        Bullets([calibration.rests_on(calibrated), *calibration.said(material)]),
        calibration.before_and_after(material),
        drawn,
        *calibration.tables(calibrated, material.catalog),
    )
    return Section("calibration", "What the numbers were narrowed by", "Calibration", found)

"""The sections of the report, in their order.

To add one, write a module here with a function ``section(material)`` and add a line to `SECTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable

from skypact.report.material import Material
from skypact.report.section import Section
from skypact.report.sections import (
    aid,
    answer,
    arrivals,
    by_decision,
    by_family,
    by_number,
    calibration,
    differences,
    exposure,
    full,
    further,
    idle,
    incident,
    landscapes,
    left_out,
    maps,
    policy,
    reported,
    rests_on,
    sources,
    spent,
    unsure,
    who_may,
)

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    answer.section,
    who_may.section,
    incident.section,
    aid.section,
    differences.section,
    calibration.section,
    by_decision.section,
    by_family.section,
    by_number.section,
    full.section,
    arrivals.section,
    idle.section,
    spent.section,
    exposure.section,
    reported.section,
    unsure.section,
    maps.section,
    policy.section,
    landscapes.section,
    further.section,
    rests_on.section,
    left_out.section,
    sources.section,
)
"""In the order in which people ask: what comes of it, why, at what price, how sure, where, who decided, from what."""


def sections(material: Material) -> list[Section]:
    """The sections that have something to show."""
    return [found for make in SECTIONS if (found := make(material)) is not None]

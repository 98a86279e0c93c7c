"""What people read: tables on the terminal and in pages, and the report, one page in one file.

Tables need nothing beyond the base installation.  The report needs the extra ``skypact[report]``; its modules
are loaded when a report is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from skypact.catalog.model import Catalog
    from skypact.policy.situation import Situation
    from skypact.report.quantities import Rests
    from skypact.scenario.model import Scenario

__all__ = ["render_report", "write_report"]


def render_report(
    scenario: Scenario,
    catalog: Catalog,
    comparison: dict[str, Any],
    situations: Mapping[str, Situation],
    landscapes: dict[str, Any] | None = None,
    uncertain: dict[str, Any] | None = None,
    made: datetime | None = None,
    used: Rests | None = None,
) -> str:
    """Make the page (`skypact.report.page.render_report`)."""
    from skypact.report.extra import expect_extra

    expect_extra()
    from skypact.report import page

    return page.render_report(scenario, catalog, comparison, situations, landscapes, uncertain, made, used)


def write_report(
    path: str | Path,
    scenario: Scenario,
    catalog: Catalog,
    comparison: dict[str, Any],
    situations: Mapping[str, Situation],
    landscapes: dict[str, Any] | None = None,
    uncertain: dict[str, Any] | None = None,
    used: Rests | None = None,
) -> None:
    """Write the page to a file; either the whole file is there or the old one.

    Raises
    ------
    BadInput
        If the place cannot be written to, or what drawings and pages need is not installed.
    """
    from skypact.reading.write import write_text

    page = render_report(scenario, catalog, comparison, situations, landscapes, uncertain, used=used)
    write_text(path, page)

"""What people read: tables on the terminal and in pages, and the report, one page in one file.

Tables need nothing beyond the base installation.  The report needs the extra ``skypact[report]``; its modules
are loaded when a report is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from skypact.report.material import Material

__all__ = ["render_report", "write_report"]


def render_report(material: Material, record: str = "", made: datetime | None = None) -> str:
    """Make the page (`skypact.report.page.render_report`).

    Raises
    ------
    Problems
        If what drawings and pages need is not installed.
    """
    from skypact.report.extra import expect_extra

    expect_extra()
    from skypact.report import page

    return page.render_report(material, record, made)


def write_report(path: str | Path, material: Material, record: str = "") -> None:
    """Write the page to a file; either the whole file is there or the old one.

    Raises
    ------
    Problems
        If the place cannot be written to, or what drawings and pages need is not installed.
    """
    from skypact.reading.write import write_text

    write_text(path, render_report(material, record))

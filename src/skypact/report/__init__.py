"""The report: one page in one file, that answers the question and says what it rests on."""

from skypact.report.page import render_report, write_report

__all__ = ["render_report", "write_report"]

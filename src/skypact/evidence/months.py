"""Months as people give them."""

from __future__ import annotations

import re

import numpy as np

from skypact.reading import Problem, Problems

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\Z")


def months(since: str | None, until: str | None) -> tuple[np.datetime64 | None, np.datetime64 | None]:
    """First and last month as ``datetime64[M]``; None for none.

    Raises
    ------
    Problems
        If one is no month, or the last is before the first.

    Examples
    --------
    >>> str(months("2024-07", None)[0])
    '2024-07'
    """
    asked = (("from", since), ("until", until))
    wrong = [
        Problem(name, 0, 0, "", f"{month!r} is no month", "as 2024-07")
        for name, month in asked
        if month is not None and not _MONTH.match(month)
    ]
    if wrong:
        raise Problems(wrong)
    if since is not None and until is not None and until < since:
        raise Problems([Problem("until", 0, 0, "", f"{until} is before {since}", "the later month last")])
    first, last = (None if month is None else np.datetime64(month, "M") for _, month in asked)
    return first, last

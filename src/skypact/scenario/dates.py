"""Dates as well as they are known: a year, a month or a day, and the days that they can mean."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated

from pydantic import Field

from skypact.reading import Ref

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A date as well as it is known: ``2024``, ``2024-05`` or ``2024-05-11``."""

StatementId = Annotated[str, Ref("statement")]


def first_day(text: str) -> date:
    """The first day that a partial date can mean.

    >>> first_day("2024-05")
    datetime.date(2024, 5, 1)
    """
    parts = [int(part) for part in text.split("-")]
    return date(*(parts + [1, 1])[:3])


def last_day(text: str) -> date:
    """The last day that a partial date can mean.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts + [12])[:2]
    return date(year, month, monthrange(year, month)[1])


def days(text: str) -> tuple[date, date] | None:
    """First and last day that a partial date can mean; None if there is no such day.

    Examples
    --------
    >>> days("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> days("2024-02-30") is None
    True
    """
    try:
        return first_day(text), last_day(text)
    except ValueError:
        return None


def may_be_one_day(one: str, other: str) -> bool:
    """Whether two partial dates can mean the same day; a text that is no date only itself.

    >>> may_be_one_day("2021-10", "2021-10-26"), may_be_one_day("2021-10", "2021-11-01")
    (True, False)
    """
    first, second = days(one), days(other)
    if first is None or second is None:
        return one == other
    return first[0] <= second[1] and second[0] <= first[1]

"""Understanding a row of the record: times, numbers, weapons, places; or the reason to set it aside."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from skypact.evidence.columns import COUNTS, is_blank
from skypact.evidence.reports import UNREPORTED
from skypact.evidence.weapons import Named, eligible_class, publisher_of, understood

NIGHT = timedelta(hours=12)
"""What is added to the start, so that a night has the date of its morning."""
MOST = 100_000
"""More weapons in one report are a slip of the pen."""
FIRST_DAY, LAST_DAY = datetime(2014, 1, 1), datetime(2100, 1, 1)
_TIME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\Z")

DOUBTS: Mapping[str, str] = {
    "launched-missing": "without a number launched",
    "destroyed-missing": "without a number destroyed",
    "more-than-launched": "with more destroyed and not reached than launched; together they count as launched",
    "several-classes": "about weapons of several classes together",
    "unknown-weapon": "about a weapon that is not in the table of names",
    "still-attacking": "with weapons still in the air at the end",
    "start-without-hour": "whose start has no hour; the night is that of its date",
    "several-nights": "whose time goes over several nights; the night is that of its start",
    "ends-before-start": "that end before they start",
}
"""What makes a report less than it seems, and the end of a sentence that begins with a number of reports."""


class BadRow(Exception):
    """A row that cannot be used."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.reason = column, reason


@dataclass(frozen=True)
class Report:
    """A row that was understood; other fields as of `skypact.evidence.reports.Reports`.

    Attributes
    ----------
    launch_places, targets, regions
        Each place that is named; a comma belongs to a place ("Chauda, Crimea").
    crossings
        How many are said to have crossed the border, by country.
    launched_by
        Of weapons reported together, how many of each, where it is said.
    doubts
        Names in `DOUBTS`.
    """

    night: datetime
    starts: datetime
    ends: datetime
    named: Named
    launched: int
    destroyed: int
    not_reached: int
    still_attacking: int
    launch_places: tuple[str, ...]
    targets: tuple[str, ...]
    regions: tuple[str, ...]
    crossings: Mapping[str, int]
    launched_by: Mapping[str, int]
    publisher: str
    level: str
    eligible: bool
    doubts: tuple[str, ...]


def report_of(fields: Mapping[str, str], as_scored: bool = False) -> Report:
    """Understand a row.

    Parameters
    ----------
    fields
        The row by column.
    as_scored
        Whether to be as generous as the definition of the scores: it looks at neither the end nor at what
        is still attacking, and counts more destroyed than launched as launched.

    Raises
    ------
    BadRow
        If it cannot be used.
    """
    starts, hour = _time(fields, "time_start")
    ends, end_hour = (starts, hour) if as_scored else _time(fields, "time_end")
    if not end_hour:
        ends += timedelta(days=1) - timedelta(minutes=1)
    model = fields["model"]
    if is_blank(model):
        raise BadRow("model", "empty")
    named = understood(model)
    launched, destroyed, not_reached = (_count(fields, name) for name in COUNTS[:3])
    still = UNREPORTED if as_scored else _count(fields, COUNTS[3])
    if not as_scored and launched != UNREPORTED and destroyed > launched:
        raise BadRow("destroyed", f"{destroyed} destroyed of {launched} launched")
    source = fields["source"]
    publisher, level = publisher_of(source)
    night = _day(starts + NIGHT)
    present = {
        "launched-missing": launched == UNREPORTED,
        "destroyed-missing": destroyed == UNREPORTED,
        "more-than-launched": launched != UNREPORTED and max(destroyed, 0) + max(not_reached, 0) > launched,
        "several-classes": named.kind == "several" or (named.kind == "strike" and not named.strike),
        "unknown-weapon": bool(named.unknown),
        "still-attacking": still > 0,
        "start-without-hour": not hour,
        "several-nights": end_hour and _day(ends + NIGHT - timedelta(minutes=1)) > night,
        "ends-before-start": ends < starts,
    }
    return Report(
        night=night,
        starts=starts,
        ends=ends,
        named=named,
        launched=launched,
        destroyed=destroyed,
        not_reached=not_reached,
        still_attacking=still,
        launch_places=_places(fields["launch_place"]),
        targets=_places(fields["target"]),
        regions=_regions(fields.get("affected region", "")),
        crossings=_counts(fields["border_crossing"]),
        launched_by=_counts(fields.get("launched_details", "")),
        publisher=publisher,
        level=level,
        eligible=bool(eligible_class(model))
        and source.startswith("kpszsu")
        and launched >= 1
        and destroyed != UNREPORTED,
        doubts=tuple(name for name in DOUBTS if present[name]),
    )


def _time(fields: Mapping[str, str], column: str) -> tuple[datetime, bool]:
    """A time, and whether it has an hour; one digit will do for the hour."""
    text = fields[column].strip()
    found = _TIME.match(text)
    if found is None:
        raise BadRow(column, f"no time: {_shown(text)}")
    year, month, day, hour, minute, second = (None if part is None else int(part) for part in found.groups())
    try:
        time = datetime(year or 0, month or 0, day or 0, hour or 0, minute or 0, second or 0)
    except ValueError:
        raise BadRow(column, f"no time of the calendar: {_shown(text)}") from None
    if not FIRST_DAY <= time < LAST_DAY:
        raise BadRow(column, f"not of this war: {_shown(text)}")
    return time, hour is not None


def _day(time: datetime) -> datetime:
    return datetime(time.year, time.month, time.day)


def _count(fields: Mapping[str, str], column: str) -> int:
    """A whole number; `UNREPORTED` for a blank."""
    text = fields[column].strip()
    if is_blank(text):
        return UNREPORTED
    try:
        value = float(text)
    except ValueError:
        raise BadRow(column, f"no number: {_shown(text)}") from None
    if not math.isfinite(value) or value != int(value):
        raise BadRow(column, f"not a whole number: {_shown(text)}")
    if not 0 <= value <= MOST:
        raise BadRow(column, f"{'negative' if value < 0 else 'too large'}: {_shown(text)}")
    return int(value)


def _places(text: str) -> tuple[str, ...]:
    """Places joined by "and"."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(" and ") if not is_blank(part)))


def _regions(text: str) -> tuple[str, ...]:
    """Regions from a list as Python writes it, or from a text."""
    found = literal(text)
    return tuple(str(one) for one in found if one) if isinstance(found, list) else _places(text)


def _counts(text: str) -> dict[str, int]:
    """Numbers by name from a mapping as Python writes it, as ``{'belarus': 2.0}``; unknown ones are left out."""
    found = literal(text)
    if not isinstance(found, dict):
        return {}
    return {
        str(name): int(one)
        for name, one in found.items()
        if isinstance(one, int | float) and math.isfinite(one) and 0 <= one <= MOST
    }


def literal(text: str) -> object:
    """A value as Python writes it; None for anything else."""
    if len(text) > 10_000:
        return None
    try:
        return ast.literal_eval(re.sub(r"\bnan\b", "None", text.strip(), flags=re.IGNORECASE))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _shown(text: str) -> str:
    """A text from a file, so that it fits into a line."""
    return repr(text if len(text) <= 40 else text[:37] + "...")

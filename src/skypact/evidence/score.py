"""Scoring predictions by the definition of the scores, which is carried as it was given.

`skypact.evidence.score_forecasts` is that definition, unchanged; it reads a record file, so it is given one
made of the store.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from skypact.evidence.months import months
from skypact.evidence.reports import UNREPORTED, Reports
from skypact.reading import Problem, Problems, read_text

COLUMNS = ("row", "target", "origin", "trained_to", "pmf")
TARGETS = {"D": "destroyed", "S": "destroyed or did not reach"}
ORIGINS = {"month": "made before the month", "day": "made before the night"}
MOST_SHOWN = 20
"""More problems of one file are counted, not listed."""


@dataclass(frozen=True)
class Scored:
    """Scores of predictions beside those of the baselines.

    Attributes
    ----------
    since, until
        The months scored, as ``2024-07``.
    predictions, beside
        How many predictions were scored, and how many were for other rows.
    scores
        As the definition gives them: ``"D month"`` and the like, then ``all``, ``missiles`` and
        ``by_class``, each with reports, model and baselines.
    """

    since: str
    until: str
    predictions: int
    beside: int
    scores: Mapping[str, Any]


def score_predictions(
    reports: Reports, predictions: str | Path, since: str | None = None, until: str | None = None
) -> Scored:
    """Score a file of predictions.

    Parameters
    ----------
    reports
        The record.
    predictions
        A CSV file with the columns of `COLUMNS`.
    since, until
        First and last month scored; by default those of the first and last night predicted.

    Raises
    ------
    Problems
        If the file cannot be used, an eligible report is missing or predicted twice, a prediction is no
        distribution or was trained too late, or pandas is not installed.
    """
    definition = _definition()
    asked = months(since, until)
    file = str(predictions)
    text = read_text(predictions) if Path(predictions).exists() else None
    if text is None:
        raise Problems([Problem(file, 0, 0, "", "no such file", "a file of predictions")])
    rows = _rows(text, file)
    known = reports.forecastable()
    if not len(known):
        raise Problems([Problem("score", 0, 0, "", "the record has no report that can be scored", "")])
    predicted = known.take(np.isin(known.row, list(rows)))
    if not len(predicted):
        what = "none of its rows is a report that is scored"
        raise Problems([Problem(file, 0, 0, "row", what, "0-based data rows of the file imported last")])
    nights = predicted.month
    first = nights.min() if asked[0] is None else asked[0]
    last = nights.max() if asked[1] is None else asked[1]
    result = definition.evaluate(as_file(reports), io.StringIO(text), str(first), str(last))
    if result["problems"]:
        raise Problems(Problem(file, 0, 0, "", str(one), "") for one in result["problems"][:MOST_SHOWN])
    within = predicted.take((nights >= first) & (nights <= last))
    scored = sum(rows[int(row)] for row in within.row)
    return Scored(str(first), str(last), scored, sum(rows.values()) - scored, result["scores"])


def _definition() -> Any:
    try:
        from skypact.evidence import score_forecasts
    except ImportError:
        what = "scores need pandas"
        raise Problems([Problem("score", 0, 0, "", what, "pip install 'skypact[report]'")]) from None
    return score_forecasts


def as_file(reports: Reports) -> io.StringIO:
    """The record as a file with every report in its row; a row that was set aside is empty."""
    columns = ("time_start", "model", "launched", "destroyed", "not_reach_goal", "source")
    here = reports.take(reports.row >= 0)
    lines: list[tuple[object, ...]] = [("",) * len(columns)] * (int(here.row.max()) + 1)
    for at, row in enumerate(here.row):
        lines[row] = (
            str(here.starts[at]).replace("T", " "),
            here.model[at],
            _given(here.launched[at]),
            _given(here.destroyed[at]),
            _given(here.not_reached[at]),
            here.source[at],
        )
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(lines)
    file.seek(0)
    return file


def _given(number: int) -> object:
    return "" if number == UNREPORTED else int(number)


def _rows(text: str, file: str) -> dict[int, int]:
    """The rows that a file predicts, each with how many predictions.

    Raises
    ------
    Problems
        With every line that is no prediction.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        what = f"missing column{'s'[: len(missing) > 1]} {', '.join(missing)}"
        raise Problems([Problem(file, 1, 1, "header", what, f"the columns {', '.join(COLUMNS)}")])
    found: dict[int, int] = {}
    problems: list[Problem] = []
    try:
        for given in reader:
            wrong = list(_wrong(given))
            problems += [Problem(file, reader.line_num, 1, name, what, right) for name, what, right in wrong]
            if not wrong:
                found[int(given["row"])] = found.get(int(given["row"]), 0) + 1
    except csv.Error as error:
        problems.append(Problem(file, reader.line_num, 1, "", f"not a CSV file: {error}", ""))
    if problems:
        more = len(problems) - MOST_SHOWN
        rest = [Problem(file, 0, 0, "", f"and {more} more problems like these", "")] if more > 0 else []
        raise Problems([*problems[:MOST_SHOWN], *rest])
    if not found:
        raise Problems([Problem(file, 1, 1, "", "no predictions below the header", "")])
    return found


def _wrong(given: Mapping[str, str | None]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a prediction: field, what, and what would be right."""
    texts = {name: given.get(name) or "" for name in COLUMNS}
    if not texts["row"].isdecimal():
        yield "row", f"{texts['row']!r} is no row", "a whole number from 0"
    if texts["target"] not in TARGETS:
        yield "target", f"{texts['target']!r} is no target", "D or S"
    if texts["origin"] not in ORIGINS:
        yield "origin", f"{texts['origin']!r} is no origin", "month or day"
    try:
        np.datetime64(texts["trained_to"], "D") if texts["trained_to"] else int("")
    except ValueError:
        yield "trained_to", f"{texts['trained_to']!r} is no day", "2024-06-30"
    try:
        if not all(math.isfinite(float(part)) for part in texts["pmf"].split()):
            raise ValueError
    except ValueError:
        yield "pmf", "not all of it are numbers", "probabilities of 0, 1, ... with blanks between"

"""The public record: bringing it into a store, showing it, scoring predictions of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from skypact import evidence
from skypact.evidence.arrays import reports_of
from skypact.evidence.changes import DefinitionChange, definition_changes
from skypact.evidence.counts import CLASS_NAMES, by_class, by_month, counted, left_out, pooled
from skypact.evidence.importing import Imported as ImportDone
from skypact.evidence.importing import import_file
from skypact.evidence.load import is_shipped, load_entries, load_reports
from skypact.evidence.months import months
from skypact.evidence.score import score_predictions
from skypact.library.results import Listing
from skypact.library.show import Frame, frame_of, notebook
from skypact.report import told_record
from skypact.report.table import Table
from skypact.report.tables import evidence as tables
from skypact.report.terminal import Line
from skypact.study.results import Document
from skypact.version import __version__


@dataclass(frozen=True, repr=False)
class Imported(ImportDone):
    """What an import did (`skypact.import_record`); attributes as of `skypact.evidence.importing.Imported`."""

    def to_dict(self) -> Document:
        """What ``skypact evidence import --json`` gives."""
        found = {
            "skypact": __version__,
            **{one.name: getattr(self, one.name) for one in fields(self)},
            "doubts": dict(self.doubts),
            "unknown_weapons": dict(self.unknown_weapons),
            "unknown_columns": list(self.unknown_columns),
            "missing_columns": list(self.missing_columns),
            "changes": _changes(self.changes),
        }
        aside = found.pop("aside")
        found["set_aside"] = [
            {
                "row": one.number,
                "line": one.line,
                "column": one.column,
                "reason": one.reason,
                "text": one.text,
            }
            for one in aside
        ]
        return found

    @property
    def lines(self) -> tuple[Line, ...]:
        """The same in words, a line each."""
        return tuple(told_record.imported(self.to_dict()))

    def __repr__(self) -> str:
        return "\n".join("  " * line.indent + line.text for line in self.lines)


@dataclass(frozen=True, repr=False)
class Record(Listing):
    """What the public record claims (`skypact.record`): a row for each month and class.

    Attributes
    ----------
    reports
        Every report, as arrays.
    document
        What ``skypact evidence show --json`` gives.
    """

    reports: evidence.Reports
    document: Document

    def to_dict(self) -> Document:
        """What ``skypact evidence show --json`` gives."""
        return self.document

    def charts(self, strike: str | None = None) -> list[tuple[str, list[Document]]]:
        """What to draw by month, each with its title.

        Shahed drones and all others together by default; one class, or each for ``all``.
        """
        named = {name: [one for one in self.rows if one["class"] == name] for name in CLASS_NAMES}
        if strike is None:
            others = [name for name in CLASS_NAMES if name != "shahed"]
            chosen = counted(self.reports.take(self.reports.strike != "shahed"))
            missiles = [one.to_dict() for one in pooled(by_month(chosen), others, "missiles")]
            return [(CLASS_NAMES["shahed"], named["shahed"]), ("missiles of all classes", missiles)]
        return [(CLASS_NAMES[name], named[name]) for name in (CLASS_NAMES if strike == "all" else (strike,))]

    def table(self) -> Table:
        """Counts by month and class."""
        return tables.by_month(self.document)

    def report(self, path: str | Path) -> Path:
        """Write a page with charts and counts; needs the extra ``skypact[report]``.

        Raises
        ------
        skypact.Problems
            If the place cannot be written to, or the extra is not installed.
        """
        from skypact.reading.write import write_text
        from skypact.report.extra import expect_extra

        expect_extra()
        from skypact.report.record_page import render_record

        write_text(path, render_record(self.document))
        return Path(path)

    def __repr__(self) -> str:
        launched = sum(one["launched"] for one in self.document["totals"])
        return (
            f"<Record: {self.document['counted']:,} national reports of strikes, {launched:,} weapons launched, "
            f"{self.document['from']} to {self.document['until']}; claims, not truth>"
        )

    def _repr_html_(self) -> str:
        return notebook([tables.by_class(self.document)])


@dataclass(frozen=True, repr=False)
class Scores:
    """Scores of predictions beside the baselines (`skypact.score`).

    Attributes
    ----------
    since, until
        The months scored.
    scores
        As the definition of the scores gives them.
    """

    since: str
    until: str
    predictions: int
    beside: int
    scores: Mapping[str, Any] = field(repr=False)

    def to_dict(self) -> Document:
        """What ``skypact evidence score --json`` gives."""
        found = asdict(self)
        return {"skypact": __version__, "from": found.pop("since"), **found}

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each target, origin, part of the reports, and model or baseline."""
        rows = []
        for name, scored in self.scores.items():
            target, origin = name.split(" ")
            parts = {"all": scored["all"], "missiles": scored["missiles"], **scored["by_class"]}
            for part, found in parts.items():
                for model, values in (
                    {"predictions": found["model"], **found["baselines"]}.items() if found else ()
                ):
                    measured = {one: value for one, value in values.items() if one != "model_minus_it"}
                    about = {"target": target, "origin": origin, "part": part, "reports": found["reports"]}
                    rows.append({**about, "model": model, **measured})
        return frame_of(rows)

    def tables(self) -> list[Table]:
        """The scores as tables to be shown."""
        return tables.scores(self.to_dict())

    def __repr__(self) -> str:
        lines = [f"{self.predictions:,} predictions, {self.since} to {self.until}"]
        for name, scored in self.scores.items():
            model = scored["all"]["model"]
            lines.append(f"  {name}: log score {model['log_score']:.3f}, CRPS {model['crps']:.3f}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook(self.tables())


def import_record(file: str | Path, into: str | Path) -> Imported:
    """Bring a published file of the record into a store; one that is not there is made.

    Parameters
    ----------
    file
        A CSV file in the published format.
    into
        The store.  Only what differs changes in it; it is replaced in one step, or left as it was.

    Raises
    ------
    skypact.Problems
        If the file is not the record, or the store cannot be written.
    """
    done = import_file(file, into)
    return Imported(**{one.name: getattr(done, one.name) for one in fields(done)})


def record(store: str | Path, *, since: str | None = None, until: str | None = None) -> Record:
    """What the public record claims, by month and class.

    Parameters
    ----------
    store
        A store that `import_record` made, or ``ukraine-to-2025-06``: the nightly counts in the package.
    since, until
        First and last month, as ``2024-07``; None: all.

    Raises
    ------
    skypact.Problems
        If there is no such store.

    Examples
    --------
    >>> import skypact
    >>> claimed = skypact.record("ukraine-to-2025-06", since="2024-08", until="2024-08")
    >>> shahed = claimed.rows[0]
    >>> shahed["class"], shahed["launched"], shahed["destroyed"]
    ('shahed', 789, 655)
    """
    entries, _ = load_entries(store)
    reports = reports_of(entries)
    chosen = reports.take(_between(reports, since, until))
    nights = counted(chosen).night
    document: Document = {
        "skypact": __version__,
        "store": str(store),
        "nightly": is_shipped(store),
        "from": str(nights.min()) if len(nights) else None,
        "until": str(nights.max()) if len(nights) else None,
        "reports": len(chosen),
        "counted": len(nights),
        "left_out": left_out(chosen),
        "totals": [one.to_dict() for one in by_class(chosen)],
        "counts": [one.to_dict() for one in by_month(chosen)],
        "changes": _changes(definition_changes([(fields, report) for _, fields, report in entries])),
    }
    return Record(tuple(document["counts"]), chosen, document)


def score(
    store: str | Path, predictions: str | Path, *, since: str | None = None, until: str | None = None
) -> Scores:
    """Score predictions of the record beside the baselines; needs the extra ``skypact[report]`` (pandas).

    Parameters
    ----------
    store
        As for `record`.
    predictions
        A CSV file with the columns row, target, origin, trained_to, pmf.
    since, until
        First and last month scored, as ``2024-07``; by default those of the first and last night predicted.

    Raises
    ------
    skypact.Problems
        If the file is no such file, or a report that should be predicted is missing.
    """
    found = score_predictions(load_reports(store), predictions, since, until)
    return Scores(found.since, found.until, found.predictions, found.beside, found.scores)


def _between(reports: evidence.Reports, since: str | None, until: str | None) -> Any:
    first, last = months(since, until)
    chosen = np.ones(len(reports), dtype=np.bool_)
    if first is not None:
        chosen &= reports.month >= first
    return chosen if last is None else chosen & (reports.month <= last)


def _changes(found: tuple[DefinitionChange, ...]) -> list[Document]:
    return [{**asdict(one), "text": str(one)} for one in found]

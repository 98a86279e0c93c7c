"""What the library's functions give: the results of the study, with frames, notebook display and reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from skypact import study
from skypact.catalog import Source
from skypact.library.scenarios import Scenario
from skypact.library.show import Frame, frame_of, notebook
from skypact.reading import Problem, Problems
from skypact.report import printed, told
from skypact.report.answer import agreement, headlines, notional
from skypact.report.as_json import table_document
from skypact.report.by_class import by_class
from skypact.report.headline import Headline, headline, so_far
from skypact.report.material import Material
from skypact.report.recorded import Recorded, recorded
from skypact.report.table import Table
from skypact.report.tables import aid, files, landscapes, spending
from skypact.report.tables.scenario import statements
from skypact.report.terminal import Line
from skypact.report.who_may import posts, said
from skypact.study.aid import aid_table
from skypact.study.results import Document, played

TOLD = {"engagement": told.explanation, "transfer": told.transfer, "steps": told.steps}
"""How each kind of explanation is put in words."""


@dataclass(frozen=True, repr=False)
class Comparison(study.Comparison):
    """Policies over the same raid with the same random numbers (`skypact.compare`).

    Attributes
    ----------
    of
        The scenario.

    Other attributes are those of `skypact.study.Comparison`: ``policies``, ``differences``, ``reported``,
    ``exposure``, ``variations``, ``drawn``.
    """

    of: Scenario = field(kw_only=True)

    @cached_property
    def material(self) -> Material:
        """What is shown of it, as the report's parts take it."""
        return Material.of(self)

    def headline(self) -> Headline | None:
        """The answer in one sentence with its range, and what weakens it; None where nothing was asked that has one."""
        return headline(self.material)

    def so_far(self) -> str:
        """What central values alone say, in one sentence without any range; "" where nothing was asked that has one."""
        return so_far(self.material)

    def by_class(self) -> str:
        """What one other policy changes by class of threat, with its ranges; "" where no sets were drawn."""
        return by_class(self.material)

    def by_policy(self) -> dict[str, str]:
        """What may be said of each policy in a sentence or two; empty where no arrivals are counted."""
        material = self.material
        if not material.counts_arrivals:
            return {}
        return dict(zip((material.baseline, *material.differences), headlines(material), strict=True))

    def who_may(self) -> tuple[str, ...]:
        """Who may intercept over the defended country under each policy, and by whose decision; none where nobody else has units."""
        return said(self.material)

    def caveats(self) -> tuple[str, ...]:
        """What a reader of the headline has to know besides: whose idea the places are, how much is notional, how near the record was."""
        material = self.material
        if not material.counts_arrivals:
            return ()
        near = agreement(material)
        return (*posts(material), notional(material), *((near,) if near else ()))

    def beside_the_record(self) -> tuple[Recorded, ...]:
        """What was reported of all that arrived, each report beside what is simulated."""
        return recorded(self.material)

    def tables(self) -> list[Table]:
        """What is known, as tables to be shown."""
        material = self.material
        found = [
            *printed.comparison_tables(material),
            *(make(material) for make in (spending.spent_by_system, spending.by_owner)),
        ]
        kept = {table.id: table for table in found if table is not None}
        return list(kept.values())

    def table_documents(self) -> list[Document]:
        """The same as JSON, with the text of every cell."""
        return [table_document(table, self.material.sources) for table in self.tables()]

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each policy and measure, then for each difference, with units."""
        return frame_of(self.rows())

    def report(self, path: str | Path, beside: Landscapes | None = None) -> Path:
        """Write the report, one HTML file that works offline; needs the extra ``skypact[report]``.

        Parameters
        ----------
        path
            Where to write it.
        beside
            Two landscapes to show in it (`skypact.landscapes`).

        Raises
        ------
        skypact.Problems
            If the place cannot be written to, or the extra is not installed.
        """
        from skypact.library.record import as_script, record_of
        from skypact.report import write_report

        material = Material.of(self, None if beside is None else beside.to_dict())
        write_report(path, material, as_script(record_of(self, beside)))
        return Path(path)

    def __repr__(self) -> str:
        how = played(None if self.drawn is None else self.drawn.sets.count, self.replications)
        lines = [f"{self.of.title}: {how}, seed {self.seed}"]
        changes = {change.policy: change for change in self.differences}
        for name, result in self.policies.items():
            lines.append(f"  {result!r}")
            if name in changes:
                lines.append(f"    {changes[name]!r}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        material = Material.of(self)
        return notebook(printed.comparison_tables(material), material)


@dataclass(frozen=True, repr=False)
class PolicyResult(study.PolicyResult):
    """What happens under one policy (`skypact.run`, `skypact.simulate`).

    Attributes
    ----------
    comparison
        The comparison of one policy that it is part of, with reports and exposure; None for a raid file.
    """

    comparison: Comparison | None = field(default=None, kw_only=True, compare=False)

    def to_dict(self) -> Document:
        """The document that ``skypact run --json`` gives."""
        document = super().to_dict()
        if self.comparison is None:
            return document
        if self.comparison.variations is not None:
            document["incident"] = self.comparison.variations
        if self.comparison.narrowed is not None:
            document["calibrated"] = self.comparison.narrowed.to_dict()
        return document

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each measure, with its unit."""
        return frame_of(self.rows())

    def report(self, path: str | Path) -> Path:
        """Write the report (`Comparison.report`).

        Raises
        ------
        skypact.Problems
            For the result of a raid file, which has no scenario to report on.
        """
        if self.comparison is None:
            what = "a raid file alone makes no report"
            raise Problems([Problem("report", 0, 0, "", what, "run or compare a scenario")])
        return self.comparison.report(path)

    def _repr_html_(self) -> str:
        if self.comparison is None:
            return notebook(printed.raid_tables(self.to_dict()))
        material = Material.of(self.comparison)
        return notebook(printed.policy_tables(material), material)


@dataclass(frozen=True, repr=False)
class FileComparison(study.FileComparison):
    """Two scenario files: what differs in them, and what that changes (`skypact.compare_files`)."""

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each policy, file and measure, then for each difference and measure."""
        return frame_of(self.rows())

    def __repr__(self) -> str:
        lines = [f"{self.names[1]} against {self.names[0]}: {len(self.fields)} fields differ"]
        lines += [f"  {policy}: {change!r}" for policy, change in self.differences.items()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook(self.tables())

    def lines(self) -> list[str]:
        """What the second file changes under each policy, a sentence each."""
        return files.sentences(self.to_dict())

    def tables(self) -> list[Table]:
        """What differs in the files, and what that changes, as tables to be shown."""
        return files.tables(self.to_dict())


@dataclass(frozen=True)
class Listing:
    """Rows of a table, as JSON has them.

    Attributes
    ----------
    rows
        One mapping a row.
    """

    rows: tuple[Document, ...] = field(repr=False)

    def to_dict(self) -> Any:
        """What ``--json`` gives."""
        return list(self.rows)

    def to_frame(self) -> Frame:
        """A pandas frame with a row for each row."""
        return frame_of(self.rows)

    def table(self) -> Table:
        """The rows as a table to be shown."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        return notebook([self.table()])


@dataclass(frozen=True, repr=False)
class AidTable(Listing):
    """Who may hand what to whom by which channel (`skypact.aid`): on one day, or the changes over a time."""

    of: Scenario
    policy: str
    day: str
    until: str | None = None

    def table(self) -> Table:
        """The rows as a table to be shown."""
        material = Material(self.of.data, self.of.study().catalog)
        if self.until is not None:
            return aid.over_time(material, self.policy, self.rows)
        day, baseline = date.fromisoformat(self.day), self.of.baseline
        usual = () if self.policy == baseline else aid_table(self.of.data, baseline, day)
        return aid.on_day(material, self.policy, day, self.rows, usual)

    def table_document(self) -> Document:
        """The same as JSON, with the text of every cell."""
        return table_document(self.table(), Material(self.of.data, self.of.study().catalog).sources)


@dataclass(frozen=True, repr=False)
class Ledger(Listing):
    """The statements and acts that a scenario rests on, by date (`skypact.ledger`)."""

    of: Scenario

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source that a statement may name."""
        return Material(self.of.data, self.of.study().catalog).sources

    def table(self) -> Table:
        """The rows as a table to be shown."""
        material = Material(self.of.data, self.of.study().catalog)
        return statements(material) or Table("statements", "The scenario records no statements", (), ())


@dataclass(frozen=True, repr=False)
class Landscapes(Listing):
    """Two scenarios side by side (`skypact.landscapes`).

    Attributes
    ----------
    document
        What ``skypact landscapes --json`` gives.
    texts
        The YAML texts of both scenarios.
    """

    document: Document
    texts: tuple[str, str] = ("", "")

    def to_dict(self) -> Document:
        """What ``skypact landscapes --json`` gives."""
        return self.document

    def table(self) -> Table:
        """The rows as a table to be shown."""
        return landscapes.landscapes(self.document)

    def to_frame(self) -> Frame:
        """A pandas frame: what is compared, its unit, a column for each scenario, and a note."""
        names = self.document["scenarios"]
        return frame_of(
            {
                "what": row["what"],
                "unit": row["unit"],
                **dict(zip(names, row["values"], strict=True)),
                "note": row["note"],
            }
            for row in self.rows
        )


@dataclass(frozen=True)
class Explanation:
    """Why something is possible or not (`skypact.explain`).

    Attributes
    ----------
    kind
        ``engagement``, ``transfer`` or ``steps``.
    document
        The answer, as ``skypact explain --json`` gives it.
    """

    kind: str
    document: Document = field(repr=False)
    of: Scenario = field(repr=False)

    def to_dict(self) -> Document:
        """What ``skypact explain --json`` gives."""
        return self.document

    @property
    def lines(self) -> tuple[Line, ...]:
        """The answer in words, a line each."""
        return tuple(TOLD[self.kind](self.document))

    def __repr__(self) -> str:
        return "\n".join("  " * line.indent + line.text for line in self.lines)

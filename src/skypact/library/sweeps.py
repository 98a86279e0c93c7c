"""Sweeps: one scenario at many points of what is not known, kept in a folder as one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from skypact.library.playing import Progress, settings_of
from skypact.library.show import Frame, frame_of, notebook
from skypact.report.table import Table
from skypact.report.tables import sweep as tables
from skypact.study.results import Document
from skypact.sweeps.folder import read_folder
from skypact.sweeps.load import read_sweep
from skypact.sweeps.play import play_sweep
from skypact.sweeps.shares import Outcome, outcomes
from skypact.version import __version__

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True, repr=False)
class SweepResult:
    """What a sweep says (`skypact.sweep`, `skypact.read_sweep`).

    Attributes
    ----------
    folder
        Where it is.
    question
        What was asked: the sweep file as plain data, axes, policies, and fingerprints of scenario and program.
    pieces, wanted
        How many pieces are there, and how many the sweep has.
    outcomes
        Arrivals by policy and what they change, over the points, with the share of each axis.
    """

    folder: str
    question: Mapping[str, Any] = field(repr=False)
    pieces: int
    wanted: int
    outcomes: tuple[Outcome, ...] = field(repr=False)
    table: Mapping[str, NDArray[Any]] = field(repr=False)

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each piece and policy."""
        names = list(self.table)
        columns = (self.table[name].tolist() for name in names)
        return frame_of(dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))

    def to_dict(self) -> Document:
        """As ``skypact sweep show --json`` writes it."""
        return {
            "skypact": __version__,
            "folder": self.folder,
            **self.question,
            "pieces": self.pieces,
            "wanted": self.wanted,
            "outcomes": [one.to_dict() for one in self.outcomes],
        }

    def tables(self) -> list[Table]:
        """Outcomes and shares as tables to be shown."""
        return tables.all_tables(self.to_dict())

    def report(self, path: str | Path) -> None:
        """Write a page with the picture and the tables; needs the extra ``skypact[report]``."""
        from skypact.reading.write import expect_writable, write_text
        from skypact.report.extra import expect_extra

        expect_extra()
        expect_writable(path)
        from skypact.report.sweep_page import render_sweep

        write_text(path, render_sweep(self.to_dict()))

    def __repr__(self) -> str:
        lines = [f"{self.question['sweep']['title']}: {self.pieces} of {self.wanted} pieces"]
        for one in self.outcomes:
            lines.append(f"  {one.policy}, {one.measure}: {one.mean:.4g} ({one.p05:.4g} to {one.p95:.4g})")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook(self.tables())


def sweep(
    study: str | Path,
    into: str | Path,
    *,
    resume: bool = False,
    threads: int | None = None,
    cluster: Client | None = None,
    progress: Progress | None = None,
) -> SweepResult:
    """Play a scenario at many points of what is not known; each point is kept as soon as it is played.

    Parameters
    ----------
    study
        The sweep's file.
    into
        The folder of the results, which other programs read as one table: ``DIR/piece-*.parquet``.
    resume
        Whether to go on in a folder that has pieces of this sweep.
    threads, cluster, progress
        As for `skypact.compare`.

    Raises
    ------
    skypact.Problems
        With everything that is wrong with the file; or if the folder holds something else.
    """
    asked = read_sweep(study)
    play_sweep(asked, settings_of(1, 1, threads, progress, cluster=cluster), into, resume)
    return sweep_in(into)


def sweep_in(folder: str | Path) -> SweepResult:
    """What the folder of a sweep says, also of one that is not finished.

    Raises
    ------
    skypact.Problems
        If it is no such folder.
    """
    from skypact.sweeps.design import count_of
    from skypact.sweeps.model import Design

    question, table = read_folder(folder)
    asked = question["sweep"]
    wanted = count_of(Design(**asked["design"]), len(question["axes"])) * max(1, asked["sets"])
    pieces = len(set(table["piece"].tolist()))
    return SweepResult(str(folder), question, pieces, wanted, outcomes(question, table), table)

"""The folder of a sweep: each piece is a Parquet file, written once and whole; all of them are one table."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.kept import mark
from skypact.reading import Problem, Problems
from skypact.reading.parquet import Kind, write_parquet
from skypact.study.alike import identity
from skypact.sweeps.load import Asked

QUESTION = "sweep.json"
PIECE = re.compile(r"piece-(\d{6})\.parquet")
TEXTS = frozenset({"policy", "block", "scenario", "scenario_fingerprint", "program"})
WHOLES = frozenset({"piece", "row", "set", "replications"})


class Folder:
    """The folder of a sweep; made if it is not there.

    Parameters
    ----------
    path
        Where.
    question
        What is played, so that nothing else goes on there.
    resume
        Whether to go on where pieces are.

    Raises
    ------
    Problems
        If it has pieces and is not to be gone on with, has those of another sweep, holds something else, or cannot
        be written.
    """

    def __init__(self, path: str | Path, question: Mapping[str, Any], resume: bool) -> None:
        self.path = Path(path)
        self._about = {name: question[name] for name in ("scenario", "scenario_fingerprint", "program")}
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            file = self.path / QUESTION
            if not file.exists():
                if any(self.path.iterdir()):
                    raise self._bad("this folder holds something else", "an empty folder, or a new one")
                _whole(file, json.dumps(question, indent=1).encode())
                return
            before = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise self._bad(f"cannot be used: {reason}", "another folder") from None
        other = sorted(name for name in question if before.get(name) != question[name])
        if other:
            what = f"this folder has another sweep: it differs in {', '.join(other)}"
            raise self._bad(what, "the same sweep and program, or another folder")
        if not resume and self.done():
            raise self._bad("this folder has pieces of this sweep", "--resume to go on, or another folder")

    def done(self) -> set[int]:
        """The pieces that are there."""
        return {int(found[1]) for one in self.path.iterdir() if (found := PIECE.fullmatch(one.name))}

    def write(self, number: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep a piece."""
        import duckdb

        whole = [{**row, **self._about} for row in rows]
        kinds: dict[str, Kind] = {
            name: "string" if name in TEXTS else "integer" if name in WHOLES else "number"
            for name in whole[0]
        }
        file = self.path / f"piece-{number:06d}.parquet"
        beside = self.path / f".{file.name}.{os.getpid()}"
        try:
            write_parquet(beside, kinds, ([row.get(name) for name in kinds] for row in whole))
            os.replace(beside, file)
        except (OSError, duckdb.Error) as error:
            raise self._bad(
                f"a piece cannot be written: {error}", "room on the disk, or another folder"
            ) from None

    def _bad(self, what: str, right: str) -> Problems:
        return Problems([Problem(str(self.path), 0, 0, "", what, right)])


def question_of(asked: Asked) -> dict[str, Any]:
    """What is played, as a folder keeps it."""
    study = asked.study
    return {
        "sweep": asked.sweep.model_dump(),
        "axes": list(asked.axes),
        "policies": list(study.policies),
        "baseline": study.baseline,
        "scenario": study.scenario.id,
        "scenario_fingerprint": mark(study.scenario.model_dump_json()),
        "program": " ".join(identity()[name] for name in ("skypact", "files of skypact")),
    }


def read_folder(path: str | Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """What was asked in a folder, and all its pieces as one table, in order: a column by name.

    Raises
    ------
    Problems
        If it is no folder of a sweep, or a piece cannot be read.
    """
    import duckdb

    folder = Path(path)

    def bad(what: str, right: str) -> Problems:
        return Problems([Problem(str(path), 0, 0, "", what, right)])

    try:
        question = json.loads((folder / QUESTION).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise bad("this is no folder of a sweep", "one that skypact sweep STUDY.yaml --into made") from None
    files = sorted(str(one) for one in folder.iterdir() if PIECE.fullmatch(one.name))
    if not files:
        raise bad("no piece was played yet", "skypact sweep STUDY.yaml --into it --resume")
    try:
        with duckdb.connect() as connection:
            order = "order by piece, list_position(?, policy)"
            found = connection.execute(
                f"select * from read_parquet(?, union_by_name = true) {order}", [files, question["policies"]]
            ).fetchnumpy()
    except duckdb.Error as error:
        raise bad(f"a piece cannot be read: {error}", "delete it, and go on with --resume") from None
    return question, {name: _plain(column) for name, column in found.items()}


def _plain(column: Any) -> NDArray[Any]:
    """A column without a mask: a number that is not there is NaN."""
    if not hasattr(column, "filled"):
        return np.asarray(column)
    if column.dtype.kind in "iuf":
        return np.asarray(np.ma.filled(column.astype(np.float64), np.nan))
    return np.asarray(column.filled(""))


def _whole(file: Path, text: bytes) -> None:
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_bytes(text)
    os.replace(beside, file)

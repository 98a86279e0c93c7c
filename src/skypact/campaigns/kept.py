"""A run that goes on where it was killed: what each set gave stands in a folder, whole or not at all."""

from __future__ import annotations

import io
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.measures import Counted
from skypact.campaigns.setup import CampaignStudy
from skypact.kept import mark, program
from skypact.reading import Problem, Problems

QUESTION = "question.json"
NIGHTS = ("empty", "last_empty", "short")
"""What is kept of each replication and page as a night."""


class Folder:
    """The folder of a run; made if it is not there.

    Parameters
    ----------
    path
        Where.
    question
        What is played, so that nothing else goes on there.

    Raises
    ------
    Problems
        If another question was asked there, or the folder cannot be written.
    """

    def __init__(self, path: str | Path, question: dict[str, object]) -> None:
        self.path = Path(path)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            asked = self.path / QUESTION
            if asked.exists():
                before = json.loads(asked.read_text(encoding="utf-8"))
                if before != question:
                    other = [name for name in question if before.get(name) != question[name]]
                    what = f"another question was asked in this folder: it differs in {', '.join(other)}"
                    raise Problems(
                        [Problem(str(path), 0, 0, "", what, "the same options, or another folder")]
                    )
            else:
                if any(self.path.iterdir()):
                    what = "this folder holds something else"
                    raise Problems([Problem(str(path), 0, 0, "", what, "an empty folder, or a new one")])
                self._write(asked, json.dumps(question, indent=1).encode())
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            what = f"cannot be used to go on from: {reason}"
            raise Problems([Problem(str(path), 0, 0, "", what, "another folder")]) from None

    def read(self, job: int) -> dict[str, Counted] | None:
        """What a job gave; None where it was not done, or its file is damaged."""
        try:
            with np.load(self._file(job), allow_pickle=False) as table:
                about = json.loads(bytes(table["about"]).decode())
                arrays = {name: table[name] for name in table.files if name != "about"}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
            return None
        return {
            policy: Counted(
                tuple(tuple(key) for key in one["keys"]),
                arrays[f"values-{row}"],
                {tuple(key): fact for key, fact in one["facts"]},
                arrays[f"by_night-{row}"],
                *(arrays[f"{name}-{row}"] for name in NIGHTS),
            )
            for row, (policy, one) in enumerate(about.items())
        }

    def write(self, job: int, found: Mapping[str, Counted]) -> None:
        """Keep what a job gave."""
        about = {
            policy: {"keys": one.keys, "facts": [[key, fact] for key, fact in one.facts.items()]}
            for policy, one in found.items()
        }
        arrays: dict[str, NDArray[Any]] = {"about": np.frombuffer(json.dumps(about).encode(), np.uint8)}
        for row, one in enumerate(found.values()):
            arrays |= {
                f"values-{row}": one.values,
                f"by_night-{row}": one.by_night,
                **{f"{name}-{row}": getattr(one, name) for name in NIGHTS},
            }
        room = io.BytesIO()
        np.savez_compressed(room, **arrays)  # type: ignore[arg-type]
        try:
            self._write(self._file(job), room.getvalue())
        except OSError as error:
            what = f"cannot be written: {error.strerror}"
            raise Problems([Problem(str(self.path), 0, 0, "", what, "another folder")]) from None

    def _file(self, job: int) -> Path:
        return self.path / f"set-{job:05d}.npz"

    def _write(self, file: Path, text: bytes) -> None:
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        beside.write_bytes(text)
        os.replace(beside, file)


def question_of(study: CampaignStudy, **how: object) -> dict[str, object]:
    """What is played, as a folder keeps it: by the text, the program and the options.

    The base scenario and the nights count by what was read of them.
    """
    nights = [[str(night.day), str(night.recorded), repr(night.waves)] for night in study.nights]
    return {
        "campaign": study.campaign.id,
        "text": mark(study.text),
        "base": mark(study.base.model_dump_json()),
        "nights": mark(json.dumps(nights)),
        "program": mark(program()),
        "policies": list(study.policies),
        "baseline": study.baseline,
        **how,
    }

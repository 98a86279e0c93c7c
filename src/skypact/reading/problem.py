"""What is wrong with a file, in one line, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Steps = tuple[str | int, ...]
"""The path of a value in a document: keys and indices."""
Mark = tuple[int, int]
"""Line and column, both counted from 1."""
Level = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with a file (or an option: then line 0), and what would be right.

    Examples
    --------
    >>> print(Problem("raid.yaml", 3, 7, "waves[0].from", "unknown place 'Kiev'", "kyiv?"))
    raid.yaml:3:7: waves[0].from: unknown place 'Kiev' (kyiv?)
    """

    file: str
    line: int
    column: int
    field: str
    what: str
    right: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        warning = "warning: " if self.level == "warning" else ""
        name = f"{_short(self.field)}: " if self.field else ""
        right = f" ({self.right})" if self.right else ""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return _printable(f"{where}: {warning}{name}{self.what}{right}")


class BadInput(Exception):
    """What a user gave cannot be used; carries every `Problem` that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def dotted(path: Steps) -> str:
    """Write a path as people do.

    >>> dotted(("raid", "waves", 0, "from"))
    'raid.waves[0].from'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else str(step))
    return text


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name nearest to `name`, or the empty string.

    >>> nearest("kiev", ["lviv", "kyiv", "odesa"])
    'kyiv'
    """
    by_fold = {candidate.casefold(): candidate for candidate in sorted(known)}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.5)
    return by_fold[close[0]] if close else ""


def suggest(name: str, known: Iterable[str]) -> str:
    """What would be right instead of an unknown name: the nearest one, or a list of all.

    >>> suggest("kiev", ["lviv", "kyiv"])
    'did you mean kyiv?'
    """
    names = sorted(known)
    if close := nearest(name, names):
        return f"did you mean {close}?"
    if not names:
        return "none is defined"
    shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    return f"known: {shown}"


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:197] + "..."


def _printable(text: str) -> str:
    """One line, without characters that steer a terminal."""
    line = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)

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


class Problems(Exception):
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


def in_full(number: float) -> str:
    """A number as people write it, with no exponent up to where nobody would write it out.

    >>> in_full(1_000_000), in_full(0.25), in_full(1e300)
    ('1,000,000', '0.25', '1e+300')
    """
    whole = abs(number) < 1e12 and number == int(number)
    return f"{number:,.0f}" if whole else f"{number:g}"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name nearest to `name`, or the empty string.

    >>> nearest("kiev", ["lviv", "kyiv", "odesa"])
    'kyiv'
    """
    close = _near(name, known, 1, _CLOSE)
    return close[0][1] if close else ""


def suggest(name: str, known: Iterable[str], listed: str = "") -> str:
    """What would be right instead of an unknown name.

    The nearest names where some are near, all of them where they are few; else the three least far and
    how to see the rest.

    Parameters
    ----------
    name
        What was written.
    known
        What may be written.
    listed
        Where all of them are listed, in words: a command, a part of the file.

    Examples
    --------
    >>> suggest("kiev", ["lviv", "kyiv"])
    'did you mean kyiv?'
    >>> suggest("patriot", ["patriot-pac-3", "patriot-pac-2", "hawk"])
    'did you mean patriot-pac-2 or patriot-pac-3?'
    >>> suggest("x", [f"unit-{number}" for number in range(20)], "units in this file")
    'such as unit-0, unit-1, unit-10; all 20: units in this file'
    """
    names = sorted(known)
    if not names:
        return "none is defined"
    if ranked := _near(name, names, _FEW, _CLOSE):
        close = [one for share, one in ranked if share >= ranked[0][0] - _AS_NEAR]
        return f"did you mean {' or '.join(close)}?"
    if len(names) <= _ALL:
        return f"known: {', '.join(names)}"
    few = [one for _, one in _near(name, names, _FEW, _FAR)]
    shown = f"nearest: {', '.join(few)}" if few else f"such as {', '.join(names[:_FEW])}"
    return f"{shown}; all {len(names)}: {listed}" if listed else shown


_CLOSE = 0.5
"""From this similarity on (0 to 1) a name is taken to be the one that was meant."""
_AS_NEAR = 0.05
"""Names so little less similar than the best may have been meant as well."""
_FEW, _ALL = 3, 8
"""How many names are shown of many, and up to how many all are."""
_FAR, _LONGEST = 0.25, 80
"""From which similarity on a name is called near at all, and how much of a long one is looked at."""


def _near(name: str, known: Iterable[str], few: int, least: float) -> list[tuple[float, str]]:
    """At most so many known names with their similarity, nearest first; then by the alphabet."""
    wanted = name.casefold()[:_LONGEST]
    by_fold = {one.casefold(): one for one in sorted(known, reverse=True)}
    whole = [one for one in by_fold if len(wanted) > 2 and wanted in one.split("-")]
    close = {*whole[:few], *difflib.get_close_matches(wanted, sorted(by_fold), few, least)}
    shares = {one: difflib.SequenceMatcher(None, one, wanted).ratio() for one in close}
    shares |= {one: max(_CLOSE, shares[one]) for one in whole[:few]}  # a whole word of it is near
    ranked = sorted(close, key=lambda one: (-shares[one], one))
    return [(shares[one], by_fold[one]) for one in ranked[:few]]


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:197] + "..."


def _printable(text: str) -> str:
    """One line, without characters that steer a terminal."""
    line = " ".join(text.split())
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in line)

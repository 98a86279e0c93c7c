"""Plausible bands: between which values a number is usual, and between which it is possible at all.

A slip of the pen (metres for kilometres, a nought too many) makes a number that can be read and is
wrong.  The catalogue and the scenario have a table of bands each, one row for each field and kind of thing; what is
outside the possible is an error, what is outside the usual a warning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from skypact.quantity import Quantity
from skypact.reading import Steps, in_full
from skypact.reading.problem import Level

Span = tuple[float, float]


@dataclass(frozen=True)
class Band:
    """The band of one field, for every thing or for some.

    Attributes
    ----------
    part
        The model that has the field, by its name.
    field
        The field; its unit is in the name.
    usual, possible
        From and to, ends included, in the field's unit.
    of
        What the thing must be, any of these (``drone``, ``ground``, ``soft``); empty for all.
    """

    part: str
    field: str
    usual: Span
    possible: Span
    of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        low, high = self.possible
        if not low <= self.usual[0] <= self.usual[1] <= high:
            raise ValueError(f"{self.part}.{self.field}: the usual must lie within the possible")


def band_of(bands: Sequence[Band], part: str, field: str, tags: Collection[str] = ()) -> Band | None:
    """The first band that is about a field of a thing of this kind.

    Examples
    --------
    >>> speed = Band("Threat", "speed_m_s", (20, 180), (5, 300), ("drone",))
    >>> band_of([speed], "Threat", "speed_m_s", {"drone"}).usual
    (20, 180)
    >>> band_of([speed], "Threat", "speed_m_s", {"cruise"}) is None
    True
    """
    for band in bands:
        if (band.part, band.field) == (part, field) and (not band.of or set(band.of) & set(tags)):
            return band
    return None


@dataclass(frozen=True)
class Finding:
    """A number that can hardly be meant: where, what is wrong, what would be right, how bad it is."""

    path: Steps
    what: str
    right: str
    level: Level = "error"


def outside(
    bands: Sequence[Band], part: BaseModel, path: Steps = (), tags: Collection[str] = ()
) -> Iterator[Finding]:
    """The numbers of one part of a file that are outside their bands; at most one for each field.

    Parameters
    ----------
    bands
        The table.
    part, path
        The part, and where it stands; what it holds besides numbers is not looked into.
    tags
        What kind of thing it is.
    """
    for name in type(part).model_fields:
        kinds = (kind.__name__ for kind in type(part).__mro__)
        band = next(filter(None, (band_of(bands, kind, name, tags) for kind in kinds)), None)
        if band is None:
            continue
        wrong = [
            (not _inside(number, band.possible), step, number)
            for step, number in numbers(getattr(part, name))
            if not _inside(number, band.usual)
        ]
        if wrong:
            impossible, step, number = max(wrong, key=lambda one: one[0])
            kind = next((tag for tag in band.of if tag in tags), "")
            yield _finding((*path, name, *step), number, band, kind, impossible)


def _finding(path: Steps, number: float, band: Band, kind: str, impossible: bool) -> Finding:
    towards = "against" if band.part == "Envelope" else "for"
    about = f" {towards} {KINDS.get(kind, kind)}" if kind else ""
    if impossible:
        return Finding(path, f"{in_full(number)} is impossible{about}", f"between {words(band.possible)}")
    right = f"usually between {words(band.usual)}; is it meant?"
    return Finding(path, f"{in_full(number)} is unusual{about}", right, "warning")


def words(span: Span) -> str:
    """A span in words.

    >>> words((0, 1_500_000))
    '0 and 1,500,000'
    """
    return " and ".join(in_full(end) for end in span)


def numbers(value: Any) -> Iterator[tuple[Steps, float]]:
    """The numbers of a field: of a quantity its value and its range, of a list or mapping all; with their steps.

    Examples
    --------
    >>> list(numbers(((0.0, 60.0),)))
    [((0, 0), 0.0), ((0, 1), 60.0)]
    """
    if isinstance(value, Quantity):
        for name in ("value", "low", "high"):
            number = getattr(value, name)
            if number is not None:
                yield (name,), number
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield (), float(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from (((key, *step), number) for step, number in numbers(item))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from (((index, *step), number) for step, number in numbers(item))


def _inside(number: float, span: Span) -> bool:
    return span[0] <= number <= span[1]


KINDS = {
    "drone": "a drone",
    "cruise": "a cruise missile",
    "fast-cruise": "a fast cruise missile",
    "ballistic-short": "a short-range ballistic missile",
    "ballistic-medium": "a medium-range ballistic missile",
    "aeroballistic": "an aeroballistic missile",
    "armour": "armour",
    "artillery": "artillery",
    "ground": "what stands on the ground",
    "air": "what flies",
    "ship": "what is at sea",
    "hard": "what destroys",
    "soft": "what jams",
    "reach-6-km": "what reaches 6 km at most",
    "reach-50-km": "what reaches 50 km at most",
    "reach-250-km": "what reaches 250 km at most",
    "reach-far": "what reaches beyond 250 km",
}
"""The kinds of things that bands tell apart, in words."""

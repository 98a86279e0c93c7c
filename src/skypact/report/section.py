"""A section of the report as a value: a title, and what stands in it one below the other.

A section is made by a function ``section(material) -> Section | None`` in a module of
`skypact.report.sections`, and shown by the page, which knows the kinds of blocks and no section by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from skypact.report.table import Table


@dataclass(frozen=True)
class Key:
    """An entry of a legend: a small drawing of a line, a mark or an area, and what it means."""

    kind: str
    colour: str
    text: str
    dash: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `style` is a class of the style sheet.  Text that is not `Markup` is escaped."""

    text: str
    style: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class Heading:
    """A heading below the section's own: level 3, or 4."""

    text: str
    level: int = 3
    kind: str = "heading"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    lines: Sequence[str]
    style: str = ""
    kind: str = "bullets"


@dataclass(frozen=True)
class Term:
    """A word and what it means; `mark` stands beside it."""

    word: str
    meaning: str
    mark: str = ""


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    terms: Sequence[Term]
    style: str = ""
    kind: str = "terms"


@dataclass(frozen=True)
class Shown:
    """A table.

    `folded` shows its caption, or these words, and the table when asked.  `kind_of_source` says beside
    each source what kind of outlet it is.
    """

    table: Table
    folded: str = ""
    kind_of_source: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """A drawing with what it shows, a legend and a note; `folded` shows these words, and the rest when asked."""

    caption: str
    drawing: Markup
    keys: Sequence[Key] = ()
    note: str = ""
    folded: str = ""
    kind: str = "figure"


@dataclass(frozen=True)
class Gallery:
    """Drawings beside each other, and a legend of all of them."""

    figures: Sequence[Figure]
    keys: Sequence[Key] = ()
    kind: str = "gallery"


@dataclass(frozen=True)
class SourceList:
    """The list of sources that every cell with a source points into, by these names."""

    names: Sequence[str]
    kind: str = "sources"


Block = Paragraph | Heading | Bullets | Terms | Shown | Figure | Gallery | SourceList


@dataclass(frozen=True)
class Section:
    """A section.

    Attributes
    ----------
    id
        Where links point to.
    title
        Its heading.
    short
        What the contents call it.
    blocks
        What stands in it.
    """

    id: str
    title: str
    short: str
    blocks: tuple[Block, ...]


def blocks(*found: Block | Table | None) -> tuple[Block, ...]:
    """Blocks of a section: a table becomes one, and what there is not is left out."""
    return tuple(Shown(one) if isinstance(one, Table) else one for one in found if one is not None)


def figure(caption: str, drawing: Markup | None, keys: Sequence[Key] = ()) -> Figure | None:
    """A drawing with its caption; None where there is no drawing."""
    return None if drawing is None else Figure(caption, drawing, keys)

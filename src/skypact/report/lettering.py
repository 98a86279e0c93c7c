"""How much room a text takes in a drawing, whatever font the reader has.

A drawing is made once and read on many machines.  Each takes the first font of the style sheet that it has,
and the widest of them (DejaVu Sans, Verdana) is a fifth wider than the one the drawing was measured with.
So room is left for the widest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

# Widths in shares of the font's height, of the widest of the usual fonts (DejaVu Sans), rounded up.
_WIDTHS = (
    (0.32, "'ijlIJ ,.’"),
    (0.41, "/:;\\|f-()[]t!²r"),
    (0.54, '"*_`–°“”sz?'),
    (0.60, "cLFkvxy"),
    (0.70, "KAVXZBRC"),
    (0.80, "UNHDGOQ&"),
    (0.87, "w#+<=>^~−×M"),
    (1.00, "%mW@—…"),
)
_WIDTH_OF = {letter: width for width, letters in _WIDTHS for letter in letters}
_OTHER = 0.64


def room(text: str, size_px: float) -> float:
    """The width in pixels that a text of this font size takes at most.

    >>> round(room("Ukraine", 12))
    49
    """
    return size_px * sum(_WIDTH_OF.get(letter, _OTHER) for letter in text)


def lines(text: str, width_px: float, size_px: float) -> list[str]:
    """A text in lines that fit a width in pixels, broken at spaces; a longer word stands alone, whole.

    >>> lines("Difference in threats that arrive", 130, 12)
    ['Difference in threats', 'that arrive']
    """
    found: list[str] = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and room(longer, size_px) > width_px:
            found.append(word)
        else:
            found[-1] = longer
    return found


def beyond(drawing: str, width_px: float) -> tuple[float, float]:
    """How far the texts of an SVG drawing may reach beyond its left and its right edge, in pixels.

    Upright texts are as wide as they are high, and count as such.
    """
    left = right = 0.0
    for start, end in _spans(ElementTree.fromstring(drawing), 0.0, upright=False):
        left, right = max(left, -start), max(right, end - width_px)
    return left, right


def _spans(element: ElementTree.Element, x: float, upright: bool) -> Iterator[tuple[float, float]]:
    """From where to where each text below an element reaches, sideways."""
    moved = element.get("transform", "")
    if found := re.search(r"translate\(([-\d.e]+)", moved):
        x += float(found[1])
    upright = upright or re.search(r"rotate\(-?90", moved) is not None
    if element.tag.endswith("text"):
        size = float(element.get("font-size", "12px").removesuffix("px"))
        parts = [part for part in element if part.tag.endswith("tspan")]
        for words in [part.text or "" for part in parts] or [element.text or ""]:
            long = size if upright else room(words, size)
            start = {"middle": x - long / 2, "end": x - long}.get(element.get("text-anchor", "start"), x)
            yield start, start + long
        return
    for part in element:
        yield from _spans(part, x, upright)

"""Numbers and names in words, for screens and reports."""

from __future__ import annotations

import math
from collections.abc import Iterable

CLASS_NAMES = {
    "drone": "drones",
    "cruise": "cruise missiles",
    "fast-cruise": "fast cruise missiles",
    "ballistic-short": "short-range ballistic missiles",
    "ballistic-medium": "medium-range ballistic missiles",
    "aeroballistic": "aeroballistic missiles",
}


def class_name(threat_class: str) -> str:
    """A class of threat in the plural."""
    return CLASS_NAMES.get(threat_class, threat_class)


def class_names(classes: tuple[str, ...] | None) -> str:
    """Classes in words; None means all."""
    return "all classes" if classes is None else listed(map(class_name, classes))


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def fixed(value: float | None, decimals: int = 1) -> str:
    """A number with a fixed number of decimals, a true minus sign and no minus zero.

    >>> fixed(-0.04), fixed(1234.5, 0), fixed(None)
    ('0.0', '1,234', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text.replace("-", "−")


def brief(value: float | None) -> str:
    """A number to three significant digits, whole from 100 up.

    >>> brief(1234.5), brief(0.04567), brief(12.0)
    ('1,234', '0.0457', '12')
    """
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    decimals = min(6, max(0, 2 - math.floor(math.log10(abs(value)))))
    text = fixed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text
